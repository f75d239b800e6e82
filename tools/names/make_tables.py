#!/usr/bin/env python3
"""Makes the tables in src/names/data/ (all but spellings.tsv, which train_spelling.cpp makes).

    tools/names/make_tables.py --screening DIR --rigour DATA --unicode /usr/share/unicode --out src/names/data

Needs PyICU and PyYAML; DATA is the folder rigour/data of the package rigour 1.8.2 of PyPI (MIT), whose names/persons.txt
has people's names in many languages as Wikidata (CC0) has them; DIR holds transliteration/ (CC0), nicknames/ (Apache-2.0), rigour/ (MIT), watchman/ (US public
domain, UN list) and yente/ (MIT); the Unicode folder is that of the Debian package unicode-data. docs/names.md says
what each table is and what it owes to whom.
"""
import argparse, bz2, collections, csv, json, math, os, re, sys, unicodedata
import icu, yaml

HERE = os.path.dirname(os.path.abspath(__file__))
to_latin = icu.Transliterator.createInstance("Any-Latin; NFKD; [:M:] Remove; Latin-ASCII; Lower")
latin_ascii = icu.Transliterator.createInstance("NFKD; [:M:] Remove; Latin-ASCII; Lower")


def letters_only(text):
    return re.sub(r"[^a-z0-9]", "", text)


# Where ICU follows a library standard (one letter, one sign), passports and newspapers spell otherwise.
SPELLED = {
    "Latin": "ə a ǝ a ɛ e ɔ o ɩ i ʋ v ɣ gh",
    "Cyrillic": "а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch "
                "ш sh щ shch ъ - ы y ь - э e ю yu я ya і i ї yi є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ѕ dz "
                "ә a ғ gh қ q ң ng ө o ұ u ү u һ h ҳ h ҷ j ӣ i ӯ u",
    "Greek": "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o",
    "Hebrew": "א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts ק k ר r ש sh ת t",
    "Arabic": "ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q "
              "ك k ک k ل l م m ن n ه h ہ h ھ h ة a و w ؤ w ي y ی y ى a ئ y ء - پ p چ ch ژ zh گ g ٹ t ڈ d ڑ r ں n ے e ۀ e ـ - "
              "ګ g ړ r ښ sh ټ t ډ d ڼ n ځ z څ ts ږ zh ې e ۍ ai ڭ ng ۆ o ۇ u ۈ u ە a ۋ w ڕ r ڵ l ێ e",
    "Georgian": "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts "
                "ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h",
    "Armenian": "ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch պ p "
                "ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev",
    "Thai": "ก k ข kh ฃ kh ค kh ฅ kh ฆ kh ง ng จ ch ฉ ch ช ch ซ s ฌ ch ญ y ฎ d ฏ t ฐ th ฑ th ฒ th ณ n ด d ต t ถ th ท th ธ th น n "
            "บ b ป p ผ ph ฝ f พ ph ฟ f ภ ph ม m ย y ร r ล l ว w ศ s ษ s ส s ห h ฬ l อ - ฮ h ฤ rue ะ a า a ำ am เ e แ ae โ o ใ ai ไ ai",
}
SINHALA = ("ක k ඛ kh ග g ඝ gh ඟ g ච ch ඡ ch ජ j ඣ j ඤ n ඥ gn ට t ඨ t ඩ d ඪ d ණ n ඬ d ත th ථ th ද d ධ dh න n ඳ d ප p ඵ ph බ b භ bh "
           "ම m ඹ b ය y ර r ල l ව w ශ sh ෂ sh ස s හ h ළ l ෆ f")
SINHALA_VOWELS = "ා a ැ ae ෑ ae ි i ී i ු u ූ u ෙ e ේ e ෛ ai ො o ෝ o ෞ au ෘ ru"
SINHALA_LETTERS = "අ a ආ a ඇ ae ඈ ae ඉ i ඊ i උ u ඌ u එ e ඒ e ඓ ai ඔ o ඕ o ඖ au"
THAI_VOWELS = {"ั": "a", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u"}


def letters(unicode_dir, out):
    spelled = {}
    for words in SPELLED.values():
        parts = words.split()
        for char, latin in zip(parts[::2], parts[1::2]):
            spelled[char] = "" if latin == "-" else latin
    spelled.update(THAI_VOWELS)
    spelled.update(zip(SINHALA_LETTERS.split()[::2], SINHALA_LETTERS.split()[1::2]))
    consonants = dict(zip(SINHALA.split()[::2], SINHALA.split()[1::2]))
    dependent = dict(zip(SINHALA_VOWELS.split()[::2], SINHALA_VOWELS.split()[1::2]))
    indic = {}
    for line in open(os.path.join(unicode_dir, "IndicSyllabicCategory.txt"), encoding="utf-8"):
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if m:
            for c in range(int(m[1], 16), int(m[2] or m[1], 16) + 1):
                indic[c] = m[3]
    groups = collections.defaultdict(list)
    for c in list(range(0x30, 0x3400)) + list(range(0xA000, 0xAC00)) + list(range(0xF900, 0x10000)) + list(range(0x10000, 0x12000)):
        char = chr(c)
        category = unicodedata.category(char)
        if 0x2E80 <= c < 0x3040 or 0xF900 <= c < 0xFB00 or 0xD7B0 <= c < 0xE000:
            continue
        if char == "ª":  # 1ª
            groups["M", ""].append(char)
            continue
        if category[0] not in "LMN" or category in ("Nl", "No"):
            continue
        if category == "Nd":
            groups["D", str(unicodedata.digit(char))].append(char)
            continue
        if char in spelled:
            groups["T" if char in "เแโใไ" else "L", spelled[char]].append(char)
            continue
        lower = char.lower()
        if lower in spelled:
            groups["L", spelled[lower]].append(char)
            continue
        stripped = unicodedata.normalize("NFKD", lower)[0]
        if stripped in spelled and category[0] == "L":
            groups["L", spelled[stripped]].append(char)
            continue
        brahmic = 0x0900 <= c < 0x0E00 or 0x0F00 <= c < 0x10A0 or 0x1780 <= c < 0x1800 or 0x1A00 <= c < 0x1C50
        latin = letters_only(to_latin.transliterate(char))
        name = unicodedata.name(char, "")
        if char in consonants:
            groups["C", consonants[char]].append(char)
        elif char in dependent:
            groups["V", dependent[char]].append(char)
        elif brahmic and indic.get(c, "").startswith("Consonant") and category == "Lo" and re.search(r" (S?SHA|SSA|CA|CHA)$", name):
            groups["C", "sh" if name.endswith(("SHA", "SSA")) else "ch"].append(char)
        elif brahmic and indic.get(c, "").startswith("Consonant") and category == "Lo" and not latin:
            # Scripts that ICU does not know: the letter's own name, without its vowel (KHMER LETTER KHA).
            groups["C", re.sub(r"[AOUEI]+$", "", name.split()[-1]).lower() if name else ""].append(char)
        elif brahmic and indic.get(c) == "Vowel_Dependent" and not latin:
            groups["V", letters_only(name.split()[-1].lower()) if name.startswith(("KHMER", "LAO", "TIBETAN", "BALINESE")) else ""].append(char)
        elif brahmic and indic.get(c, "").startswith("Consonant") and category == "Lo":
            groups["C", latin[:-1] if latin.endswith("a") and len(latin) > 1 else latin].append(char)
        elif brahmic and indic.get(c) in ("Virama", "Invisible_Stacker", "Pure_Killer"):
            groups["H", ""].append(char)
        elif brahmic and indic.get(c) == "Vowel_Dependent":
            groups["V", latin].append(char)
        elif brahmic and indic.get(c) == "Bindu":
            groups["L", "n"].append(char)
        elif category[0] == "M" and not (brahmic and latin):
            groups["K" if c == 0x0E4C else "M", ""].append(char)
        else:
            groups["L", latin].append(char)
    with open(os.path.join(out, "letters.tsv"), "w", encoding="utf-8") as f:
        f.write("# kind, Latin letters, characters. L letter, C consonant with an inherent vowel, V dependent vowel, H vowel killer,\n"
                "# T vowel written before its consonant, K silencer of the letter before, M mark, D digit\n")
        for (kind, latin), chars in sorted(groups.items()):
            f.write(f"{kind}\t{latin}\t{''.join(chars)}\n")


# Jyutping as it is spelled on Hong Kong papers: the sounds that differ.
def hong_kong(jyutping):
    s = re.sub(r"\d", "", jyutping)
    m = re.match(r"(gw|kw|ng|[bpmfdtnlgkhwzcsj]?)(.*)", s)
    initial, final = m[1], m[2]
    initial = {"z": "ch", "c": "ch", "j": "y", "g": "k", "gw": "kw"}.get(initial, initial)
    for a, b in (("aa", "a"), ("oeng", "eung"), ("oek", "euk"), ("eoi", "ui"), ("eon", "un"), ("eot", "ut"), ("yu", "ue"), ("ei", "ei")):
        final = final.replace(a, b)
    if initial in ("ch",) and final in ("e", "ang", "ui", "oi", "un", "ou"):
        initial = "ts"
    return initial + final


def unihan(unicode_dir, name):
    """Rows of a file of Unihan: character's number, key, value."""
    path = os.path.join(unicode_dir, name)
    lines = open(path, encoding="utf-8") if os.path.exists(path) else bz2.open(path + ".bz2", "rt", encoding="utf-8")
    for line in lines:
        if line.startswith("U+"):
            code, key, value = line.rstrip("\n").split("\t")
            yield int(code[2:], 16), key, value


def han(unicode_dir, out):
    readings = collections.defaultdict(dict)
    for code, key, value in unihan(unicode_dir, "Unihan_Readings.txt"):
        readings[code][key] = value
    # Chinese papers write Koreans with simplified characters, which have readings in Chinese only: 金与正 is Kim Yo-jong.
    for code, key, value in unihan(unicode_dir, "Unihan_Variants.txt"):
        if key == "kTraditionalVariant" and "kHangul" not in readings[code]:
            for traditional in value.split():
                if "kHangul" in readings[int(traditional[2:], 16)]:
                    readings[code]["kHangul"] = readings[int(traditional[2:], 16)]["kHangul"]
                    break
    def romanised(hangul):
        initials = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
        vowels = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
        finals = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
        syllable = ord(hangul) - 0xAC00
        return (initials[syllable // 588] + vowels[syllable % 588 // 28] + finals[syllable % 28]).replace("-", "")

    kinds = {"korean": collections.defaultdict(str), "mandarin": collections.defaultdict(str), "cantonese": collections.defaultdict(str), "japanese": collections.defaultdict(str)}
    for code in sorted(readings):
        if not (0x3400 <= code < 0xA000):
            continue
        row = readings[code]
        common = code >= 0x4E00
        if "kMandarin" in row:
            kinds["mandarin"][letters_only(latin_ascii.transliterate(row["kMandarin"].split()[0].replace("ü", "u")))] += chr(code)
        if common and "kCantonese" in row:
            kinds["cantonese"][hong_kong(row["kCantonese"].split()[0])] += chr(code)
        if common and "kHangul" in row:
            kinds["korean"][romanised(row["kHangul"][0])] += chr(code)
        if common and ("kJapaneseKun" in row or "kJapaneseOn" in row):
            for reading in dict.fromkeys((row.get("kJapaneseKun", "").split()[:3] + row.get("kJapaneseOn", "").split()[:2])):
                kinds["japanese"][letters_only(reading.lower())] += chr(code)
    # 陕西 and 山西 differ in a tone; the province writes itself Shaanxi.
    kinds["mandarin"]["shan"] = "".join(c for c in kinds["mandarin"]["shan"] if c not in "陕陝")
    kinds["mandarin"]["shaan"] = "陕陝"
    with open(os.path.join(out, "han.tsv"), "w", encoding="utf-8") as f:
        f.write("# language, reading in Latin letters, characters read so\n")
        for language, table in kinds.items():
            for reading, chars in sorted(table.items()):
                if reading:
                    f.write(f"{language}\t{reading}\t{chars}\n")


def hong_kong_habits(jyutping):
    """The ways in which a Cantonese syllable is spelled on papers of Hong Kong, Macau and Malaysia."""
    m = re.match(r"(gw|kw|ng|[bpmfdtnlgkhwzcsj]?)(.*)", re.sub(r"\d", "", jyutping))
    initials = {"z": "ch ts tz j", "c": "ch ts", "j": "y", "g": "k g", "gw": "kw gw", "b": "p b", "d": "t d", "s": "s sh",
                "ng": "ng"}.get(m[1], m[1]).split() or [""]
    finals = {"aa": "a ar ah", "oeng": "eung ueng", "oek": "euk", "eoi": "ui", "eon": "un", "eot": "ut", "o": "o or oh", "ou": "o ou ow",
              "an": "an un", "am": "am um", "at": "at ut", "ap": "ap up", "i": "i ee ze", "u": "u oo", "yu": "u yu ue", "yun": "uen yuen un",
              "yut": "uet yuet", "ik": "ik ick", "ei": "ei ee ay i", "e": "e eh", "iu": "iu", "au": "au ow", "aau": "au", "ing": "ing",
              "ang": "ang", "aang": "ang", "aan": "an", "aam": "am", "aat": "at", "aak": "ak", "aap": "ap", "aai": "ai", "ai": "ai",
              "oe": "eu"}.get(m[2], m[2]).split()
    for initial in initials:
        for final in finals:
            if initial == "y" and final.startswith("y"):
                final = final[1:]
            yield initial + final


def cantonese(unicode_dir, out):
    """Cantonese syllables as they are spelled in Latin letters, and the pinyin of the common characters read so."""
    common = {bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)}
    rows = collections.defaultdict(dict)
    for code, key, value in unihan(unicode_dir, "Unihan_Readings.txt"):
        if key in ("kMandarin", "kCantonese") and chr(code) in common:
            rows[code][key] = value.split()[0]
    table = collections.defaultdict(set)
    for row in rows.values():
        if len(row) == 2:
            pinyin = letters_only(latin_ascii.transliterate(row["kMandarin"].replace("ü", "u")))
            for spelled in hong_kong_habits(row["kCantonese"]):
                table[spelled].add(pinyin)
    with open(os.path.join(out, "cantonese.tsv"), "w", encoding="utf-8") as f:
        f.write("# Cantonese syllable in Latin letters, pinyin of the characters read so\n")
        for spelled, pinyin in sorted(table.items()):
            f.write(f"{spelled}\t{' '.join(sorted(pinyin))}\n")


JAPANESE = ("沢澤広廣鉄鐵関關竜龍浜濱辺邊桜櫻栄榮気氣応應円圓塩鹽産產発發総總図圖実實黒黑県縣巌巖恵惠徳德斎齋斉齊寿壽穂穗亀龜蔵藏駅驛駿駿巻卷検檢験驗滝瀧仏佛価價単單厳嚴囲圍"
            "売賣両兩帰歸従從拡擴拠據挙擧渓溪満滿経經続續緑綠縄繩聴聽芸藝薬藥覚覺読讀豊豐軽輕転轉鉱鑛銭錢静靜頼賴顕顯齢齡楽樂歩步毎每来來万萬会會写寫当當号號与與旧舊台臺"
            "伝傳労勞勧勸効效労勞営營変變嬢孃宝寶専專対對将將届屆属屬岳嶽峡峽帯帶庁廳廃廢弾彈径徑恋戀悪惡戦戰択擇担擔摂攝撃擊暁曉権權欧歐残殘殻殼沢澤浄淨湿濕温溫焼燒猟獵獣獸画畫"
            "瓶甁畳疊礼禮禅禪称稱糸絲粋粹絵繪継繼缶罐脳腦臓臟茎莖荘莊蛍螢虫蟲装裝観觀触觸証證訳譯誉譽財財賛贊践踐輸輸遥遙遅遲郷鄕酔醉醸釀釈釋鋳鑄錬鍊陥陷険險隠隱雑雜霊靈響響騒騷験驗髄髓鶏鷄麦麥黄黃斉齊齢齡団團国國学學体體区區参參双雙収收")


# Two ways of writing one character.
VARIANTS = "昇升陞升羣群峯峰裏里傑杰嶽岳煙烟佈布託托祕秘砲炮週周誌志菸烟牀床敘叙滙汇匯汇綫线鋪铺舖铺"


def simplified(unicode_dir, out):
    """Traditional Chinese characters by the simplified one that is written for them."""
    table = collections.defaultdict(str)
    written_for = {}
    others = []
    for code, kind, value in unihan(unicode_dir, "Unihan_Variants.txt"):
        one, other = chr(code), chr(int(value.split()[0].split("<")[0][2:], 16))
        if not (0x4E00 <= ord(one) < 0xA000 and 0x3400 <= ord(other) < 0xA000) or one == other:
            continue
        if kind == "kSimplifiedVariant":
            written_for[one] = other
        if kind == "kTraditionalVariant":
            # 升 is written for itself and for 昇.
            for v in value.split():
                if 0x4E00 <= int(v[2:], 16) < 0xA000 and chr(int(v[2:], 16)) != one:
                    others.append((chr(int(v[2:], 16)), one))
    for traditional, simple in others:
        if traditional not in written_for and traditional not in (s for s in written_for.values()):
            written_for[traditional] = simple
    # What Japan simplified otherwise: 沢 is 澤 is 泽.
    for japanese, traditional in zip(JAPANESE[::2], JAPANESE[1::2]):
        written_for.setdefault(japanese, written_for.get(traditional, traditional))
    for other, usual in zip(VARIANTS[::2], VARIANTS[1::2]):
        written_for.setdefault(other, usual)
    for traditional, simple in sorted(written_for.items()):
        table[simple] += traditional
    with open(os.path.join(out, "simplified.tsv"), "w", encoding="utf-8") as f:
        f.write("# simplified character, the traditional ones it is written for\n")
        for simple, traditional in sorted(table.items()):
            f.write(f"{simple}\t{traditional}\n")


def thai_spellings(out):
    with open(os.path.join(out, "thai_spellings.tsv"), "w", encoding="utf-8") as f:
        f.write("# as spellings.tsv, by hand\n")
        for line in open(os.path.join(HERE, "thai_spellings.txt"), encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                unit, *spellings = line.split()
                f.write("\t".join([unit] + sorted(s.replace("_=", "=") for s in spellings)) + "\n")


def japanese_names(out):
    with open(os.path.join(out, "japanese_names.tsv"), "w", encoding="utf-8") as f:
        f.write("# f: family name, g: given name; characters; readings\n")
        for line in open(os.path.join(HERE, "japanese_names.txt"), encoding="utf-8"):
            if line.startswith("#"):
                continue
            kind, *words = line.split()
            for characters, readings in zip(words[::2], words[1::2]):
                f.write(f"{kind}\t{characters}\t{readings.replace(',', ' ')}\n")


def wade_giles(out):
    """Every Mandarin syllable in the older spelling of Taiwan and of older books."""
    syllables = set()
    for line in open(os.path.join(out, "han.tsv"), encoding="utf-8"):
        if line.startswith("mandarin\t"):
            syllables.add(line.split("\t")[1])
    initials = [("zhi", "chih"), ("chi", "chih"), ("shi", "shih"), ("ri", "jih"), ("zi", "tzu"), ("ci", "tzu"), ("si", "ssu")]
    start = [("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"),
             ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j")]
    with open(os.path.join(out, "wade_giles.tsv"), "w", encoding="utf-8") as f:
        f.write("# pinyin syllable, the same in Wade-Giles without its apostrophe\n")
        for s in sorted(syllables):
            older = dict(initials).get(s)
            if older is None:
                older = s
                for a, b in start:
                    if s.startswith(a):
                        older = b + s[len(a):]
                        break
                older = re.sub(r"ong$", "ung", older)
                older = re.sub(r"^yan$", "yen", older)
                older = re.sub(r"ian$", "ien", older)
                older = re.sub(r"ie$", "ieh", older)
                older = re.sub(r"^ye$", "yeh", older)
                older = re.sub(r"ue$", "ueh", older)
                older = re.sub(r"^you$", "yu", older)
                older = re.sub(r"(?<=[tnlsk])uo$", "o", older) if s[0] in "dtnlzcsr" else older
                older = re.sub(r"^([kh])e$", r"\1o", older) if s in ("ge", "ke", "he") else older
                older = re.sub(r"^er$", "erh", older)
            f.write(f"{s}\t{older}\n")


# Letters of Arabic that languages and writers exchange.
ONE_LETTER = str.maketrans("یىکہةأإ", "ييكههاا")


def tokens_of(text):
    return [t for t in re.split(r"[^a-z]+", latin_ascii.transliterate(text)) if t]


def is_latin(text):
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


KNOWN = 2  # the count given to a name of known_names.txt
COMMON = 60  # the count given to a name of common_names.txt


def frequencies(screening, out):
    total, given, family = collections.Counter(), collections.Counter(), collections.Counter()
    folder = os.path.join(screening, "transliteration")
    for name in sorted(os.listdir(folder)):
        for line in open(os.path.join(folder, name), encoding="utf-8"):
            latin, _, count = line.rstrip("\n").split("\t")
            for token in tokens_of(latin):
                total[token] += float(count)
    for row in csv.DictReader(open(os.path.join(screening, "yente/negatives_global.csv"), encoding="utf-8")):
        if is_latin(row["full_name"]):
            for token in tokens_of(row["first_name"]) + tokens_of(row["middle_name"]):
                total[token] += 1
                given[token] += 1
            for token in tokens_of(row["last_name"]):
                total[token] += 1
                family[token] += 1
    for row in csv.reader(open(os.path.join(screening, "watchman/sdn.csv"), encoding="utf-8", errors="replace")):
        if len(row) > 2 and row[2].strip() == "individual" and "," in row[1]:
            last, first = row[1].split(",", 1)
            for token in tokens_of(first):
                total[token] += 1
                given[token] += 1
            for token in tokens_of(last):
                total[token] += 1
                family[token] += 1
    for line in open(os.path.join(HERE, "common_names.txt"), encoding="utf-8"):
        if line[:2] in ("g ", "f "):
            for token in tokens_of(line.split(": ", 1)[1]):
                total[token] = max(total[token], COMMON)
                (given if line[0] == "g" else family)[token] += 3
    everything = sum(total.values())
    for line in open(os.path.join(HERE, "known_names.txt"), encoding="utf-8"):
        head, _, names = line.partition(": ")
        first, _, second = names.partition(" | ")
        for token in [a + b for a in first.split() for b in second.split()] if head == "halves" else names.split() if len(head) == 1 else []:
            total[token] = max(total[token], KNOWN)
    levels = collections.defaultdict(list)
    for token, count in total.items():
        if count < 2 or len(token) < 2:
            continue
        level = int(round(-2 * math.log(count / everything)))  # half nats
        g, f = given[token], family[token]
        role = "g" if g >= 4 * f and g >= 3 else "f" if f >= 4 * g and f >= 3 else "-"
        levels[level, role].append(token)
    with open(os.path.join(out, "frequencies.tsv"), "w", encoding="utf-8") as f:
        f.write("# how rare (half nats), mostly given (g) or family (f) name, tokens\n")
        for (level, role), tokens in sorted(levels.items()):
            f.write(f"{level}\t{role}\t{' '.join(sorted(tokens))}\n")


# Short forms that neither begin like the name nor lie inside it. The public list has others, most of them mistaken.
UNLIKE = set("""bill-william billy-william bob-robert bobby-robert dick-richard peggy-margaret peg-margaret polly-mary molly-mary ted-edward
ted-theodore teddy-edward teddy-theodore ned-edward nell-eleanor nell-helen nelly-helen nellie-eleanor hank-henry jack-john tony-anthony
xander-alexander sandy-alexander sandy-alexandra gene-eugene kit-christopher topher-christopher nan-ann nancy-ann minnie-wilhelmina
trixie-beatrice patsy-martha patty-martha lottie-charlotte harry-henry jim-james jimmy-james chuck-charles sally-sarah daisy-margaret
bess-elizabeth bessie-elizabeth libby-elizabeth lizzie-elizabeth hal-henry hal-harold bert-robert rick-richard ricky-richard
sadie-sarah mamie-mary milly-emily millie-amelia dolly-dorothy dot-dorothy fanny-frances frank-francis""".split())


def believable(full, short):
    if f"{short}-{full}" in UNLIKE:
        return True
    if len(full) <= len(short):
        return False
    stem = re.sub(r"(.)\1$", r"\1", re.sub(r"(ie|ey|y|i|e)$", "", short))
    return len(stem) >= 2 and (full[0] == stem[0] or (len(stem) >= 3 and stem in full))


def nicknames(screening, out):
    forms = collections.defaultdict(set)
    for row in csv.DictReader(open(os.path.join(screening, "nicknames/names.csv"), encoding="utf-8")):
        full, short = "".join(tokens_of(row["name1"])), "".join(tokens_of(row["name2"]))
        if len(full) > 1 and len(short) > 1 and full != short and believable(full, short):
            forms[full].add(short)
    for line in open(os.path.join(HERE, "short_forms.txt"), encoding="utf-8"):
        if ":" in line and not line.startswith("#"):
            full, short = line.split(":")
            forms[full.strip()].update(short.split())
    for pair in yaml.safe_load(open(os.path.join(screening, "rigour/symbols.yml"), encoding="utf-8"))["person_nick"].values():
        for full in pair[1:]:
            forms[full.lower()].add(pair[0].lower())
    with open(os.path.join(out, "nicknames.tsv"), "w", encoding="utf-8") as f:
        f.write("# given name, its short and pet forms\n")
        for full in sorted(forms):
            f.write(f"{full}\t{' '.join(sorted(forms[full]))}\n")


def held_out(latin):
    """As in names/detail/spelling_units.h: these pairs are for judging only."""
    h = 2166136261
    for b in latin.encode():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return (h >> 8) % 5 == 0


def variants(screening, out):
    """Latin spellings that stand for one and the same Cyrillic, Arabic or Hangul spelling of at least three letters."""
    found = collections.Counter()
    for script in ("russian", "arabic", "korean"):
        by_native = collections.defaultdict(dict)
        for line in open(os.path.join(screening, f"transliteration/wd_{script}_20"), encoding="utf-8"):
            latin, native, count = line.rstrip("\n").split("\t")
            token = "".join(tokens_of(latin))
            if not held_out(latin) and len(token) >= 3 and float(count) >= 2 and len(native.replace(" ", "")) >= (3 if script != "korean" else 2):
                by_native[native][token] = max(by_native[native].get(token, 0), float(count))
        for spellings in by_native.values():
            top = max(spellings.values())
            kept = sorted(t for t, c in spellings.items() if c >= 0.04 * top)
            for i, a in enumerate(kept):
                for b in kept[i + 1:]:
                    found[a, b] += 1
    with open(os.path.join(out, "variants.tsv"), "w", encoding="utf-8") as f:
        f.write("# s, k: surname, g: other; Latin spellings of one name\n")
        for line in open(os.path.join(HERE, "spelling_groups.txt"), encoding="utf-8"):
            if line[:1] in "skg" and line[1:2] == " ":
                kind, *group = line.split()
                group = dict.fromkeys("".join(tokens_of(w)) for w in group)
                f.write("\t".join([kind] + list(group)) + "\n")
        for (a, b), _ in sorted(found.items()):
            f.write(f"g\t{a}\t{b}\n")
    return len(found)


def written(screening, out):
    """How common names are written in Latin letters, where letters tell it badly: no vowels, or characters by their sound."""
    by_native = collections.defaultdict(dict)
    for script in ("arabic", "hebrew", "korean", "chinese"):
        for line in open(os.path.join(screening, f"transliteration/wd_{script}_20"), encoding="utf-8"):
            latin, native, count = line.rstrip("\n").split("\t")
            token, native = "".join(tokens_of(latin)), native.replace(" ", "")
            if not held_out(latin) and len(token) >= 3 and len(native) >= 2 and float(count) >= 2:
                by_native[native][token] = max(by_native[native].get(token, 0), float(count))
    with open(os.path.join(out, "written.tsv"), "w", encoding="utf-8") as f:
        f.write("# name in its own script, how it is written in Latin letters\n")
        for line in open(os.path.join(HERE, "written_names.txt"), encoding="utf-8"):
            native, _, forms = line.strip().partition(": ")
            forced, native = native.startswith("+"), native.lstrip("+")
            native = native.translate(ONE_LETTER)
            if forms and (forced or native not in by_native):  # what is learned of Arabic names is enough
                f.write(f"{native.replace(' ', '')}\t{forms}\n")
        for native, forms in sorted(by_native.items()):
            kept = sorted(t for t, c in forms.items() if c >= 0.1 * max(forms.values()))
            f.write(f"{native}\t{' '.join(kept)}\n")


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def script_of(text):
    return next((unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()), "?")


WRITTEN_IN = {"CJK": "", "HIRAGANA": "j", "KATAKANA": "", "HANGUL": "", "CYRILLIC": "", "ARABIC": "", "HEBREW": "", "GREEK": "", "GEORGIAN": "",
              "ARMENIAN": "", "BENGALI": "", "DEVANAGARI": "", "THAI": ""}


def consonants(latin):
    latin = re.sub("ph", "f", re.sub("(sh|ch|ts|zh|cz|sz)", "s", re.sub("x", "ks", latin)))
    return re.sub(r"(.)\1", r"\1", re.sub("[aeiouyhw]", "", latin).translate(str.maketrans("lcqvbdgzj", "rkkfptkss")))


def written_apart(native, script, japanese, latin, syllables):
    """The Latin forms of a name that its letters in another script do not tell: κόουλμαν is Coleman."""
    if script == "CJK" and len(native) == 1:
        return []
    if script in ("CJK", "HANGUL"):  # readings of characters are known
        latin = [form for form in latin if not re.fullmatch("(%s){1,3}" % "|".join(syllables), form)]
    read = letters_only(to_latin.transliterate(native))
    if script == "CJK" and not japanese and len(native) == 2:  # else a name of its own: 麗華 is no Rayhana
        latin = [form for form in latin if edits(read, form) <= len(form) // 2]
    told = [form for form in latin if read and (edits(read, form) <= len(form) // 4 or consonants(read) == consonants(form))]
    return [] if told and script != "CJK" else latin if script == "CJK" else sorted(latin, key=lambda form: (edits(read, form), form))[:4]


def spelled_alike(latin):
    """Sorted spellings in groups of what is spelled alike: Ada and Adaobi are two."""
    while latin:
        alike, rest = [latin[0]], latin[1:]
        for one in alike:
            near = [other for other in rest if edits(one, other) <= max(1, len(one) // 3)]
            alike += near
            rest = [other for other in rest if other not in near]
        yield sorted(alike)
        latin = rest


def person_names(persons, out):
    """Spellings of one name, as Wikidata records them, and of several that are written as one where vowels are not."""
    syllables = {line.split("\t")[0] for line in open(os.path.join(out, "wade_giles.tsv"), encoding="utf-8") if line[0] != "#"}
    syllables = {syllable for syllable in syllables if syllable not in ("m", "n", "ng")}
    groups = set()
    written = collections.defaultdict(dict)
    together = collections.defaultdict(set)
    for line in open(persons, encoding="utf-8"):
        forms, arrow, _ = line.rpartition("=>")
        if not arrow:
            continue
        forms = [form.strip() for form in forms.split(",")]
        latin = {letters_only(latin_ascii.transliterate(form)) for form in forms if is_latin(form) and form.isalpha()}
        latin = sorted(form for form in latin if 3 <= len(form) <= 20)
        scripts = {form: script_of(form) for form in forms if form.isalpha()}
        japanese = "HIRAGANA" in scripts.values()
        for form, script in scripts.items() if len(forms) > 2 else ():
            if script in WRITTEN_IN and 2 <= len(form) <= 12:
                of = written["j" if japanese and script == "CJK" else "-", form]
                for spelling in written_apart(form, script, japanese, latin, syllables):
                    of[spelling] = max(of.get(spelling, 0), len(forms))
        if any(form in syllables for form in latin):
            latin = [form for form in latin if len(form) > 6]
        groups.update(" ".join(alike) for alike in spelled_alike(latin))
        for form, script in scripts.items():
            if script == "ARABIC" and len(form) >= 4:
                for spelling in latin:
                    if len(spelling) >= 5:
                        together[form.translate(ONE_LETTER), consonants(spelling)].add(spelling)
    for latin in together.values():  # Yusuf and Yusif: one in Arabic letters, and the same consonants in Latin ones
        groups.update(" ".join(alike) for alike in spelled_alike(sorted(latin)) if len(alike) > 1)
    with open(os.path.join(out, "person_names.tsv"), "w", encoding="utf-8") as f:
        f.write("# spellings of one name of people\n")
        for group in sorted(groups):
            f.write(group + "\n")
    with open(os.path.join(out, "written_persons.tsv"), "w", encoding="utf-8") as f:
        f.write("# j: read in Japanese; name of people in its own script, how it is written in Latin letters\n")
        for (language, native), forms in sorted(written.items()):
            commonest = sorted(forms, key=lambda form: (-forms[form], form))[:8 if language == "j" else 5]
            if commonest:
                f.write(f"{language}\t{native}\t{' '.join(commonest)}\n")
    print("names of people:", len(groups))


# What ICU calls a country, where companies.txt calls it otherwise.
CALLED = {"Myanmar (Burma)": "burma", "United States": "united states", "Czechia": "czechia", "Côte d’Ivoire": "ivory coast", "Türkiye": "turkey",
          "Congo - Kinshasa": "dr congo", "Congo - Brazzaville": "congo", "Bosnia & Herzegovina": "bosnia", "North Macedonia": "macedonia",
          "Palestinian Territories": "palestine", "North Korea": "north korea", "South Korea": "south korea", "Hong Kong SAR China": "hong kong"}
LANGUAGES = """ar fa he ru uk be bg sr mk pl cs sk hr sl lt lv et fi hu ro de nl sv da nb fr es pt it ca tr az kk uz el ka hy hi bn ta th vi id ms
               zh zh_Hant ja ko sw""".split()
SLAVIC = "ru uk be bg sr mk pl cs sk hr sl".split()


def countries():
    """Every country's name in many languages, as ICU knows it; stems for the Slavic ones, and the Arabic adjectives."""
    found = collections.defaultdict(dict)
    for code in icu.Locale.getISOCountries():
        english = icu.Locale("", code).getDisplayCountry(icu.Locale("en"))
        meaning = CALLED.get(english, latin_ascii.transliterate(english))
        if "&" in meaning or "island" in meaning or "(" in meaning or "." in meaning or len(meaning) < 4 or meaning in ("jersey", "guernsey", "reunion"):
            continue
        found[meaning][english if english not in CALLED else meaning] = None
        for language in LANGUAGES:
            name = icu.Locale("", code).getDisplayCountry(icu.Locale(language))
            if name == english or "(" in name or len(name) < (2 if language in ("zh", "zh_Hant", "ja", "ko") else 3 if language in ("ar", "fa") else 4):
                continue
            found[meaning][name] = None
            if language in SLAVIC and " " not in name and "-" not in name:
                stem = re.sub(r"[аяеоьіїiaey]+$", "", name)
                if len(stem) >= 4:
                    found[meaning][stem + "~"] = None
            if language == "ar" and " " not in name:
                stem = re.sub(r"(يا|ا|ة)$", "", re.sub(r"^ال", "", name))
                for ending in ("ي", "ية"):
                    found[meaning][stem + ending] = None
            if language == "fa" and " " not in name:
                found[meaning][name + ("یی" if name.endswith("ا") else "ی")] = None
    return {meaning: list(names) for meaning, names in sorted(found.items())}


def without_article(listed):
    """النفط: companies are read without the article."""
    return [re.sub("(^| )ال(?=[\u0600-\u06ff]{3})", r"\1", w) for w in listed if re.search("(^| )ال[\u0600-\u06ff]{3}", w)]


# Whole names of single bodies that stand among the words.
BODIES = {"alqaeda", "irgc", "pla", "ccp", "cia", "tpb"}


def territories(rigour):
    """What countries call themselves in full, and their parts: meaning, names."""
    for line in open(os.path.join(rigour, "territories/data.jsonl"), encoding="utf-8"):
        row = json.loads(line)
        if row.get("is_historical"):
            continue
        names = [row["name"], row.get("full_name") or row["name"]] + (row.get("names_strong") or [])
        part = len(row["code"]) != 2
        names = [n for n in dict.fromkeys(names) if not (part and re.search("(?i)republic|region|province|республик|област", n)) and "(" not in n and "," not in n and "." not in n and
                 (len(n) >= 4 or not is_latin(n)) and len(n) > 1 and
                 latin_ascii.transliterate(n) not in ("best korea", "man", "central", "bharat", "hindustan", "भारत")]
        if not part:
            english = icu.Locale("", row["code"].upper()).getDisplayCountry(icu.Locale("en"))
            meaning = "country " + CALLED.get(english, latin_ascii.transliterate(english))
        else:
            meaning = "place " + latin_ascii.transliterate(row["name"])
        if part:  # not its capital
            own = letters_only(latin_ascii.transliterate(row["name"]))[:4]
            names = [n for n in names if is_latin(n) or letters_only(to_latin.transliterate(n)).startswith(own)]
        if names and re.fullmatch("[a-z -]+", meaning):
            yield meaning, names


def companies(screening, rigour_data, out):
    rigour = os.path.join(screening, "rigour")
    with open(os.path.join(out, "legal_forms.tsv"), "w", encoding="utf-8") as f:
        f.write("# kind of legal form, form, how it is written\n")
        for number, row in enumerate(yaml.safe_load(open(os.path.join(rigour, "org_types.yml"), encoding="utf-8"))["types"]):
            names = list(dict.fromkeys([*(row.get("aliases") or []), *[row[k] for k in ("display", "compare") if row.get(k)]]))
            form = row.get("compare") or row.get("display") or row.get("generic") or names[0]
            f.write("\t".join([row.get("generic") or "-", re.sub(r"\s+", " ", str(form))] + [re.sub(r"\s+", " ", str(n)) for n in names]) + "\n")
    dropped = set()
    for line in open(os.path.join(HERE, "companies.txt"), encoding="utf-8"):
        if line.startswith("drop:"):
            dropped.update(w.strip().lower() for w in line[5:].split("|"))
    symbols = yaml.safe_load(open(os.path.join(rigour, "symbols.yml"), encoding="utf-8"))
    with open(os.path.join(out, "company_words.tsv"), "w", encoding="utf-8") as f:
        f.write("# g a word that says little / d a trade / p a place, meaning, how it is written; l meanings of lines of business, a of attributes\n")
        for kind, group in (("g", "org_symbols"), ("d", "org_domains")):
            for meaning, words in symbols[group].items():
                written = [w for w in dict.fromkeys(re.sub(r"\s+", " ", str(w)) for w in words) if w.lower() not in dropped]
                written += without_article(written)
                if meaning in BODIES:
                    f.write("\t".join(["w", "own " + meaning] + written) + "\n")
                else:
                    f.write("\t".join([kind, str(meaning)] + written) + "\n")
    with open(os.path.join(out, "legal_forms.tsv"), "a", encoding="utf-8") as forms, open(os.path.join(out, "company_words.tsv"), "a", encoding="utf-8") as words:
        letter = {"common": "g", "trade": "d", "country": "d", "place": "p", "contrast": "p", "own": "w", "number": "n"}
        for line in open(os.path.join(HERE, "companies.txt"), encoding="utf-8"):
            head, _, written = line.strip().partition(":")
            kind, _, meaning = head.partition(" ")
            listed = [w.strip() for w in written.split("|")]
            if kind == "country" and len(listed) == 1 and written.isascii():
                listed = written.split()
            if kind == "place":
                listed = [meaning] + [w.replace("_", " ") if not w.endswith("_") else w for w in written.split()]
                # Казань, Казани, казанский.
                listed += [re.sub("[аяеоьіїий]+$", "", w) + "~" for w in listed if re.fullmatch("[а-яіїєґё-]{5,}", w)]
                # 深圳市: a town of China with the word for town or province behind.
                listed += [w + unit for w in listed if re.fullmatch("[\u4e00-\u9fff]{2,3}", w) for unit in "市省"]
            if kind == "country":
                listed = [meaning] + listed
            listed += without_article(listed)
            listed = [w for w in dict.fromkeys(listed) if not w.endswith("_")]
            if kind == "form":
                forms.write("\t".join(meaning.split(" ", 1) + listed) + "\n")
            elif kind in ("lines", "attributes"):
                words.write("\t".join([kind[0]] + listed) + "\n")
            elif kind in letter:
                words.write("\t".join([letter[kind], head if kind in ("country", "place", "contrast", "own") else meaning] + listed) + "\n")
        for meaning, names in territories(rigour_data):
            words.write("\t".join(["d" if meaning.startswith("country") else "p", meaning] + names + without_article(names)) + "\n")
        for meaning, names in countries().items():
            words.write("\t".join(["d", "country " + meaning] + names) + "\n")
    # How rare the words of companies' names are.
    count = collections.Counter()
    for row in csv.reader(open(os.path.join(screening, "watchman/sdn.csv"), encoding="utf-8", errors="replace")):
        if len(row) > 2 and row[2].strip() == "-0-":
            count.update(set(tokens_of(row[1])))
    total = sum(count.values())
    levels = collections.defaultdict(list)
    for token, n in count.items():
        if n >= 3 and len(token) > 1:
            levels[int(round(-2 * math.log(n / total)))].append(token)
    with open(os.path.join(out, "company_frequencies.tsv"), "w", encoding="utf-8") as f:
        f.write("# how rare among companies (half nats), words\n")
        for level, tokens in sorted(levels.items()):
            f.write(f"{level}\t{' '.join(sorted(tokens))}\n")


def words(out):
    with open(os.path.join(out, "words.tsv"), "w", encoding="utf-8") as f:
        f.write("# kind, words and phrases\n")
        for line in open(os.path.join(HERE, "words.txt"), encoding="utf-8"):
            if ":" in line and not line.startswith("#"):
                kind, listed = line.split(":", 1)
                kept = [w for w in listed.split() if not w.endswith("_")]
                f.write("\t".join([kind] + [w.replace("_", " ") for w in kept]) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screening", required=True)
    parser.add_argument("--rigour", required=True)
    parser.add_argument("--unicode", default="/usr/share/unicode")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    letters(args.unicode, args.out)
    han(args.unicode, args.out)
    wade_giles(args.out)
    simplified(args.unicode, args.out)
    cantonese(args.unicode, args.out)
    japanese_names(args.out)
    thai_spellings(args.out)
    frequencies(args.screening, args.out)
    nicknames(args.screening, args.out)
    print("variant pairs:", variants(args.screening, args.out))
    written(args.screening, args.out)
    person_names(os.path.join(args.rigour, "names/persons.txt"), args.out)
    companies(args.screening, args.rigour, args.out)
    words(args.out)
