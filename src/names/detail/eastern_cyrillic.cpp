#include "names/detail/eastern_cyrillic.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tideline::names::detail {

namespace {

using Sound = std::pair<std::u32string_view, std::string_view>;

// Longest first. Before и, ю and я the hissing ones are j, q and x.
constexpr Sound beginnings[] = {{U"цз", "z"}, {U"чж", "zh"}, {U"ч", "ch"}, {U"ш", "sh"}, {U"ц", "c"}, {U"с", "s"},
                                {U"ж", "r"},  {U"б", "b"},   {U"п", "p"},  {U"м", "m"},  {U"ф", "f"}, {U"д", "d"},
                                {U"т", "t"},  {U"н", "n"},   {U"л", "l"},  {U"г", "g"},  {U"к", "k"}, {U"х", "h"}};
constexpr Sound rhymes[] = {{U"а", "a"},      {U"ай", "ai"},  {U"ань", "an"},  {U"ан", "ang"},  {U"ао", "ao"},
                            {U"э", "e"},      {U"эй", "ei"},  {U"энь", "en"},  {U"эн", "eng"},  {U"и", "i"},
                            {U"инь", "in"},   {U"ин", "ing"}, {U"я", "ia"},    {U"ян", "iang"}, {U"янь", "ian"},
                            {U"яо", "iao"},   {U"е", "ie"},   {U"ю", "iu"},    {U"юй", "u"},    {U"юань", "uan"},
                            {U"юнь", "un"},   {U"юэ", "ue"},  {U"юн", "iong"}, {U"о", "uo"},    {U"о", "o"},
                            {U"оу", "ou"},    {U"у", "u"},    {U"уа", "ua"},   {U"уай", "uai"}, {U"уань", "uan"},
                            {U"уан", "uang"}, {U"уй", "ui"},  {U"унь", "un"},  {U"ун", "ong"},  {U"уо", "uo"},
                            {U"ы", "i"},      {U"эр", "er"},  {U"уэй", "ui"}};
constexpr Sound alone[] = {{U"а", "a"},     {U"ай", "ai"},     {U"ань", "an"},   {U"ан", "ang"},   {U"ао", "ao"},
                           {U"э", "e"},     {U"эй", "ei"},     {U"энь", "en"},   {U"эн", "eng"},   {U"эр", "er"},
                           {U"оу", "ou"},   {U"и", "yi"},      {U"инь", "yin"},  {U"ин", "ying"},  {U"я", "ya"},
                           {U"ян", "yang"}, {U"янь", "yan"},   {U"яо", "yao"},   {U"е", "ye"},     {U"ю", "you"},
                           {U"юй", "yu"},   {U"юань", "yuan"}, {U"юнь", "yun"},  {U"юэ", "yue"},   {U"юн", "yong"},
                           {U"у", "wu"},    {U"ва", "wa"},     {U"вай", "wai"},  {U"вань", "wan"}, {U"ван", "wang"},
                           {U"вэй", "wei"}, {U"вэнь", "wen"},  {U"вэн", "weng"}, {U"во", "wo"}};

/// Pinyin of one syllable; empty if it is none.
std::string syllable(const Tables& tables, std::u32string_view letters) {
    for (const auto& [written, latin] : alone) {
        if (letters == written) return std::string(latin);
    }
    for (const auto& [begin, latin] : beginnings) {
        if (!letters.starts_with(begin)) continue;
        const std::u32string_view rest = letters.substr(begin.size());
        for (const auto& [written, rhyme] : rhymes) {
            if (rest != written) continue;
            const bool soft = rest[0] == U'и' || rest[0] == U'я' || rest[0] == U'ю' || rest[0] == U'е';
            const std::string_view initial = !soft          ? latin
                                             : latin == "z" ? std::string_view("j")
                                             : latin == "c" ? std::string_view("q")
                                             : latin == "s" ? std::string_view("x")
                                                            : latin;
            std::string result = std::string(initial) + std::string(rhyme);
            if (tables.pinyin_syllables.find(result) != TextMap::absent) return result;
        }
        return {};
    }
    return {};
}

bool read(const Tables& tables, std::u32string_view letters, std::string& pinyin) {
    constexpr std::size_t longest = 6;
    if (letters.empty()) return true;
    if (letters[0] == U'ъ') return read(tables, letters.substr(1), pinyin);
    for (std::size_t length = std::min(longest, letters.size()); length > 0; --length) {
        const std::string one = syllable(tables, letters.substr(0, length));
        if (one.empty()) continue;
        const std::size_t before = pinyin.size();
        pinyin += one;
        if (read(tables, letters.substr(length), pinyin)) return true;
        pinyin.resize(before);
    }
    return false;
}

}  // namespace

bool pinyin_of_cyrillic(const Tables& tables, std::u32string_view letters, std::string& pinyin) {
    pinyin.clear();
    if (!letters.empty() && read(tables, letters, pinyin)) return true;
    pinyin.clear();
    return false;
}

std::string vietnamese_of_cyrillic(std::u32string_view letters) {
    static constexpr Sound sounds[] = {
        {U"нг", "ng"}, {U"нь", "nh"}, {U"тх", "th"}, {U"кх", "kh"}, {U"ы", "u"}, {U"з", "d"}, {U"ч", "tr"},
        {U"ф", "ph"},  {U"б", "b"},   {U"в", "v"},   {U"г", "g"},   {U"д", "d"}, {U"а", "a"}, {U"е", "e"},
        {U"э", "e"},   {U"и", "i"},   {U"й", "i"},   {U"к", "c"},   {U"л", "l"}, {U"м", "m"}, {U"н", "n"},
        {U"о", "o"},   {U"п", "p"},   {U"р", "r"},   {U"с", "s"},   {U"т", "t"}, {U"у", "u"}, {U"х", "h"},
        {U"я", "ia"},  {U"ю", "iu"},  {U"ш", "s"},   {U"ж", "gi"},  {U"ь", ""}};
    std::string result;
    while (!letters.empty()) {
        const auto found = std::find_if(std::begin(sounds), std::end(sounds),
                                        [letters](const Sound& sound) { return letters.starts_with(sound.first); });
        if (found == std::end(sounds)) return {};
        result += found->second;
        letters.remove_prefix(found->first.size());
    }
    return result;
}

bool is_vietnamese_family_in_cyrillic(std::u32string_view letters) {
    static constexpr std::u32string_view families[] = {U"нгуен", U"чан",   U"ле",   U"фам",   U"хоанг", U"фан",
                                                       U"ву",    U"во",    U"данг", U"буй",   U"до",    U"хо",
                                                       U"нго",   U"зыонг", U"динь", U"чыонг", U"чинь",  U"лам"};
    return std::find(std::begin(families), std::end(families), letters) != std::end(families);
}

std::vector<std::string> korean_of_cyrillic(std::u32string_view letters, bool family) {
    static constexpr Sound families[] = {{U"ким", "kim"},
                                         {U"ли", "lee ri yi"},
                                         {U"и", "lee yi"},
                                         {U"пак", "park pak"},
                                         {U"цой", "choi choe"},
                                         {U"чхве", "choi choe"},
                                         {U"чой", "choi"},
                                         {U"чон", "jung jeong jeon chung"},
                                         {U"чжон", "jung jeong"},
                                         {U"кан", "kang"},
                                         {U"чо", "cho jo"},
                                         {U"юн", "yoon yun"},
                                         {U"чан", "jang chang"},
                                         {U"лим", "lim rim"},
                                         {U"им", "lim im"},
                                         {U"хан", "han"},
                                         {U"о", "oh"},
                                         {U"со", "seo suh"},
                                         {U"син", "shin sin"},
                                         {U"квон", "kwon"},
                                         {U"хван", "hwang"},
                                         {U"ан", "ahn an"},
                                         {U"сон", "song sohn son"},
                                         {U"хон", "hong"},
                                         {U"мун", "moon mun"},
                                         {U"ко", "ko go"},
                                         {U"нам", "nam"},
                                         {U"рю", "ryu"},
                                         {U"ю", "yoo yu"},
                                         {U"но", "roh noh"},
                                         {U"пэ", "bae pae"},
                                         {U"пан", "ban pan"},
                                         {U"пэк", "baek paek"},
                                         {U"чу", "joo chu"},
                                         {U"хо", "heo hur ho"},
                                         {U"хё", "hyo"},
                                         {U"чхве", "choe"},
                                         {U"тэ", "thae tae"}};
    if (family) {
        for (const auto& [written, latin] : families) {
            if (letters != written) continue;
            std::vector<std::string> forms;
            for (const std::string_view form : text::split(latin, ' ')) forms.emplace_back(form);
            return forms;
        }
        return {};
    }
    static constexpr Sound starts[] = {{U"чж", "j"},  {U"чх", "ch"},  {U"кх", "k"},  {U"тх", "t"},  {U"пх", "p"},
                                       {U"дж", "j"},  {U"ч", "j ch"}, {U"к", "k g"}, {U"т", "t d"}, {U"п", "p b"},
                                       {U"х", "h"},   {U"с", "s"},    {U"м", "m"},   {U"н", "n"},   {U"р", "r"},
                                       {U"л", "l r"}, {U"г", "g k"},  {U"б", "b p"}, {U"д", "d"},   {U"в", "w"}};
    static constexpr Sound vowels[] = {{U"ве", "we"},
                                       {U"ва", "wa"},
                                       {U"во", "wo"},
                                       {U"ы", "eu u"},
                                       {U"ё", "yeo yo you yu"},
                                       {U"ю", "yu yoo"},
                                       {U"я", "ya"},
                                       {U"э", "ae e"},
                                       {U"и", "i ee"},
                                       {U"о", "o eo u"},
                                       {U"у", "u oo"},
                                       {U"а", "a ah"},
                                       {U"е", "e eo o yo yeo ye"}};
    static constexpr Sound ends[] = {{U"", ""},   {U"нъ", "n"}, {U"нь", "n"}, {U"н", "n ng"}, {U"к", "k"},  {U"м", "m"},
                                     {U"п", "p"}, {U"т", "t"},  {U"ль", "l"}, {U"л", "l"},    {U"р", "l r"}};
    std::string_view start;
    for (const auto& [written, latin] : starts) {
        if (!letters.starts_with(written)) continue;
        start = latin;
        letters.remove_prefix(written.size());
        break;
    }
    std::string_view vowel;
    for (const auto& [written, latin] : vowels) {
        if (!letters.starts_with(written)) continue;
        vowel = latin;
        letters.remove_prefix(written.size());
        break;
    }
    if (vowel.empty()) return {};
    for (const auto& [written, latin] : ends) {
        if (letters != written) continue;
        std::vector<std::string> result;
        for (const std::string_view first : text::split(start, ' ')) {
            for (const std::string_view second : text::split(vowel, ' ')) {
                for (const std::string_view third : text::split(latin, ' '))
                    result.push_back(std::string(first) + std::string(second) + std::string(third));
            }
        }
        return result;
    }
    return {};
}

}  // namespace tideline::names::detail
