#include "names/names.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>

#include "base/text.h"
#include "names/detail/evidence.h"
#include "names/index.h"

namespace tideline::names {

namespace {

double score(std::string_view a, std::string_view b, Schema schema = Schema::person) {
    return compare(prepare(a, schema), prepare(b, schema)).score;
}

bool is_match(std::string_view a, std::string_view b, Schema schema = Schema::person) {
    return score(a, b, schema) >= match_threshold;
}

/// The relation of the row in which a part of the first name stands.
std::string relation_of(std::string_view part, std::string_view a, std::string_view b) {
    const Prepared first = prepare(a, Schema::person), second = prepare(b, Schema::person);
    const Comparison comparison = compare(first, second);
    for (const Aligned& row : comparison.aligned()) {
        if (row.a_count > 0 && first.text_of(first.parts()[row.a]) == part) return std::string(name_of(row.relation));
    }
    return "not there";
}

std::string kinds(std::string_view name, Schema schema = Schema::person) {
    std::string result;
    const Prepared prepared = prepare(name, schema);
    for (const Part& part : prepared.parts())
        result += std::string(result.empty() ? "" : " ") + std::string(name_of(part.kind));
    return result;
}

std::string latin(std::string_view name, Schema schema = Schema::person) { return prepare(name, schema).latin(); }

struct LabelledPair {
    std::string schema, first, second;
    bool is_match;
};

std::vector<LabelledPair> labelled_pairs(const std::string& name = "pairs.csv") {
    std::vector<LabelledPair> pairs;
    std::ifstream file(TIDELINE_SOURCE_DIR "/tests/names/" + name);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        // No field but a quoted one has a comma.
        std::vector<std::string> columns(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                columns.emplace_back();
            else
                columns.back() += c;
        }
        pairs.push_back({columns[0], columns[1], columns[2], columns[3] == "true"});
    }
    return pairs;
}

Schema schema_of(const LabelledPair& pair) {
    if (pair.schema == "LegalEntity") return Schema::unknown;
    return pair.schema == "Person" ? Schema::person : Schema::organisation;
}

std::string explained(std::string_view first, std::string_view second) {
    const Prepared a = prepare(first, Schema::person), b = prepare(second, Schema::person);
    return explain(a, b, compare(a, b));
}

double ratio(std::string_view first, std::string_view second, Schema schema = Schema::person) {
    const auto [a, b] = prepare_pair(first, second, schema);
    return compare(a, b).log_likelihood_ratio;
}

/// Nats a pair of what the ratio says, the same and the others counting alike.
double log_loss(const std::string& list) {
    double loss_same = 0, loss_different = 0, same = 0, different = 0;
    for (const LabelledPair& pair : labelled_pairs(list)) {
        const auto [a, b] = prepare_pair(pair.first, pair.second, schema_of(pair));
        const double ratio = compare(a, b).log_likelihood_ratio;
        (pair.is_match ? loss_same : loss_different) += std::log1p(std::exp(pair.is_match ? -ratio : ratio));
        (pair.is_match ? same : different) += 1;
    }
    return 0.5 * (loss_same / same + loss_different / different);
}

/// Bytes that are names now and then: letters of several scripts, separators, and anything.
std::string some_name() {
    static const std::vector<std::string> pieces = {
        "Mohammed",   "al-",         "Abd ", "Юлия", "王",   "小明",     "김",    "عبد",    "ال",     "ਸਿੰਘ",
        "ทร์",         "Smith",       ", ",   " ",    "-",    "/",        "<<",    "'",      "\"",     "(",
        "J.",         "Jr",          "GmbH", "Ltd",  "\xff", "\xe2\x82", " aka ", "(ABC)",  "ッ",     "キャ",
        "ー",         "é",           "1",    "II",   "&",    "fnu",      "bin",   "Mc",     "a",      "zh",
        "President ", " lawyer of ", "'s ",  " XVI", "ŭ",    "ế",        "主席",  "Branch", " Energy"};
    std::string name;
    for (const std::size_t at :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size())))
        name += pieces[at];
    return *rc::gen::arbitrary<bool>() ? name : *rc::gen::arbitrary<std::string>();
}

bool same_company(std::string_view a, std::string_view b) { return is_match(a, b, Schema::organisation); }
bool same_person(std::string_view a, std::string_view b) { return is_match(a, b); }

}  // namespace

TEST(names, labelled_pairs_are_judged_rightly) {
    struct List {
        std::string file;
        double right_least;
        double f1_least;
    };
    // docs/names.md says who wrote each, and which were learned from; pairs_measured*.csv were not and must not be;
    // only the eight points of the ratio are fitted to them.
    const List lists[] = {{"pairs.csv", 100, .95},
                          {"pairs_public.csv", 200, .92},
                          {"pairs_world.csv", 150, .94},
                          {"pairs_world2.csv", 150, .94},
                          {"pairs_kinds.csv", 150, .94},
                          {"pairs_fresh.csv", 150, .94},
                          {"pairs_checks_people.csv", 70, .96},
                          {"pairs_checks_orgs.csv", 70, .96},
                          {"pairs_round2_people.csv", 100, .96},
                          {"pairs_round2_orgs.csv", 100, .96},
                          {"pairs_round3.csv", 200, .96},
                          {"pairs_classes3.csv", 200, .98},
                          {"pairs_round4.csv", 150, .97},
                          {"pairs_classes4.csv", 100, .96},
                          {"pairs_classes.csv", 70, .96},
                          {"pairs_classes_people.csv", 70, .96},
                          {"pairs_round5.csv", 200, .93},
                          {"pairs_round6.csv", 300, .85},
                          {"pairs_round7.csv", 200, .93},
                          {"pairs_measured.csv", 200, .90},
                          {"pairs_measured2.csv", 120, .88},
                          {"pairs_measured3.csv", 250, .81}};
    const auto apart = [](const LabelledPair& pair) { return score(pair.first, pair.second, schema_of(pair)); };
    const auto together = [](const LabelledPair& pair) {
        const auto [first, second] = prepare_pair(pair.first, pair.second, schema_of(pair));
        return compare(first, second).score;
    };
    const auto judge = [](const List& list, auto&& score_of) {
        double right = 0, wrongly = 0, missed = 0;
        for (const LabelledPair& pair : labelled_pairs(list.file)) {
            const bool said = score_of(pair) >= match_threshold;
            right += said && pair.is_match;
            wrongly += said && !pair.is_match;
            missed += !said && pair.is_match;
        }
        EXPECT_GT(right, list.right_least) << list.file;
        EXPECT_GE(2 * right / (2 * right + wrongly + missed), list.f1_least) << list.file;
    };
    for (const List& list : lists) {
        judge(list, apart);
        judge(list, together);
    }
}

TEST(names, a_word_that_is_none_is_a_slip_in_one_that_is) {
    EXPECT_TRUE(same_person("GAXIOLA MEDINA, Rigoberto", "GAXIOLA MEDINA, Rigoberso"));
    EXPECT_TRUE(same_person("Viktor Alekseevich Ozerov", "Vikmor Alekseevich Ozerov"));
    EXPECT_TRUE(same_company("Tariq Gidar Group", "Tarkq Gidar Group"));
    EXPECT_TRUE(same_company("Qods Aviation Industries", "Qds Aviation Industries"));
    EXPECT_FALSE(same_company("Omsk Oil Refinery", "Orsk Oil Refinery"));
    EXPECT_FALSE(same_company("CSIC", "CSSC"));
}

TEST(names, another_letter_beside_names_that_agree_is_a_slip) {
    EXPECT_TRUE(same_person("GONZALEZ VALENCIA, Abigael", "GONZALEZ VALENCIA, Abigail"));
    EXPECT_TRUE(same_person("CARBAJAL REYES, Ramon Ulises", "CARVAJAL REYES, Ramon Ulises"));
    EXPECT_FALSE(same_person("Rajesh Kumar Sharma", "Rakesh Kumar Sharma"));
    EXPECT_TRUE(same_company("Villa de Arte", "Villa de Arnte"));
}

TEST(names, spellings_of_one_name_are_known_from_other_languages) {
    EXPECT_TRUE(same_person("Ihab Makhluf", "Ehab Makhlouf"));
    EXPECT_TRUE(same_person("弗拉基米尔·普京", "Vladimir Putin"));
    EXPECT_TRUE(same_person("Βλαντίμιρ Πούτιν", "Vladimir Putin"));
    EXPECT_TRUE(same_person("블라디미르 푸틴", "Vladimir Putin"));
    EXPECT_TRUE(same_person("金与正", "Kim Yo-jong"));  // a Korean in simplified Chinese
    EXPECT_TRUE(same_person("리병철", "RI, Pyong Chol"));
    EXPECT_TRUE(same_person("Yun Ho-jin", "Yun Ho-chin"));
    EXPECT_FALSE(same_person("Nguyễn Thị Hoa", "Nguyễn Thị Hòa"));
}

TEST(names, words_that_stand_beside_names_are_known_in_several_scripts) {
    EXPECT_FALSE(same_person("محمد بن سلمان بن عبدالعزيز آل سعود", "Mohammed bin Nayef bin Abdulaziz Al Saud"));
    EXPECT_TRUE(same_person("أحمد الشرع المعروف بأبو محمد الجولاني", "Ahmed Hussein al-Sharaa"));
    EXPECT_TRUE(same_person("Аслан Иванов он же Хасан Петров", "Khasan Petrov"));
    EXPECT_TRUE(same_person("Rear Admiral John Brantvik", "John Brantvik"));
    EXPECT_TRUE(same_person("Charles Brantvik, Doctor of Medicine", "Charles Brantvik"));
    EXPECT_TRUE(same_person("Ռուբեն Վարդանյան", "Ruben Vardanyan"));
    EXPECT_TRUE(same_person("ವಿಜಯ್ ಮಲ್ಯ", "Vijay Mallya"));
}

TEST(names, a_family_name_may_end_as_a_fathers_does) {
    EXPECT_FALSE(same_person("RUSAKEVICH, Vladimir Vasilyevich", "USTINOV, Vladimir Vasilyevich"));
    EXPECT_FALSE(same_person("Ivan Ivanovich Petrovich", "Ivan Ivanovich Sidorov"));
    EXPECT_TRUE(same_person("Roman Abramovich", "Roman Arkadyevich Abramovich"));
    EXPECT_TRUE(same_person("ABRAMOVICH ROMAN", "Roman Arkadyevich Abramovich"));
    EXPECT_TRUE(same_person("R. Abramovich", "Roman Arkadyevich Abramovich"));
    EXPECT_FALSE(same_person("Bortnikov Aleksandr Vasilievich", "Бортников Денис Александрович"));
}

TEST(names, a_letter_may_hide_behind_a_digit) {
    EXPECT_TRUE(same_company("5berbank", "Sberbank"));
    EXPECT_TRUE(same_company("Alfa 8ank", "Alfa Bank"));
    EXPECT_TRUE(same_person("5ergei Lavrov", "Sergei Lavrov"));
    EXPECT_FALSE(same_company("1st Guards Army", "2nd Guards Army"));
    EXPECT_FALSE(same_company("Growth Fund 1 2", "Growth Fund 12"));
}

TEST(names, capitals_say_what_is_the_familys_name) {
    EXPECT_TRUE(same_person("Muhammad SALMAN", "SALMAN Muhammad"));
    EXPECT_FALSE(same_person("Ali Hassan", "Hassan Ali"));
    EXPECT_TRUE(same_person("BIN LADEN Hamza", "BIN LADEN, Hamza"));
    EXPECT_TRUE(same_person("LAI CHEE YING Jimmy", "Jimmy Lai"));
    EXPECT_TRUE(same_person("AL-HADI, Abd al-Rahman", "AlHadi, Abd AlRahman"));
}

TEST(names, a_telling_family_name_or_nickname_says_who_is_meant) {
    EXPECT_TRUE(same_person("Timchenko", "Gennady Nikolayevich Timchenko"));
    EXPECT_TRUE(same_person("Hemedti", "Mohamed Hamdan Dagalo (Hemedti)"));
    EXPECT_FALSE(same_person("Ivanov", "Sergei Borisovich Ivanov"));
    EXPECT_FALSE(same_person("Vladimir", "Vladimir Putin"));
}

TEST(names, an_acronym_needs_words_that_nothing_contradicts) {
    EXPECT_TRUE(same_company("CNPC", "China National Petroleum Corp"));
    EXPECT_TRUE(same_company("IRISL", "Islamic Republic of Iran Shipping Lines"));
    EXPECT_TRUE(same_company("ООО «КМЗ» Кингисеппский машиностроительный завод", "Kingisepp Machine-Building Plant"));
    EXPECT_FALSE(same_company("Lasa Peru S.A.C.", "State Administrative Council"));
    EXPECT_FALSE(same_company("National Iranian Oil Company", "Oyster Investments LLC"));
    EXPECT_FALSE(same_company("Bolsak E.U.", "Eurofootball OOD"));
    EXPECT_FALSE(same_company("Air Koryo", "Recreo S.A."));
}

TEST(names, bodies_are_known_by_what_they_are_called) {
    EXPECT_TRUE(same_company("IRGC", "Army of the Guardians of the Islamic Revolution"));
    EXPECT_TRUE(same_company("Government of the People's Republic of China", "Government of China"));
    EXPECT_TRUE(same_company("Bank for Development and Foreign Economic Affairs (Vnesheconombank)", "Внешэкономбанк"));
    EXPECT_TRUE(same_company("4th Guards Division", "IVth Guards Division"));
    EXPECT_TRUE(same_company("Zhuhai Zhenrong Company", "Zhu Hai Zhen Rong Company"));
    EXPECT_TRUE(same_company("Haraz Shipping Company Limited", "HARAZSHIPPING COMPANY LIMITED"));
    EXPECT_TRUE(same_company("G.L.G. S.A.", "G.L.G. Sociedad Anonima"));
    EXPECT_TRUE(same_company("Cedar Capital Europe S.à r.l.", "Cedar Capital Europe SARL"));
}

TEST(names, companies_that_differ_in_what_is_hardly_ever_a_slip_are_two) {
    EXPECT_FALSE(same_company("Ningbo Hailong Trading Co Ltd", "Ningbo Haihong Trading Co Ltd"));
    EXPECT_TRUE(same_company("Xin Da Trading Ltd", "Xinda Trading Limited"));
    EXPECT_FALSE(same_company("Hong Di Shipping Ltd", "Hong An Shipping Ltd"));
    EXPECT_FALSE(same_company("Casterlin Metals", "Masterlin Metals"));
    EXPECT_TRUE(same_company("Hermioni Tours SA", "Ermioni Tours AE"));
    EXPECT_FALSE(same_company("Uralenergomash", "Uralenergomontazh"));
    EXPECT_FALSE(same_company("Nowicki Meble Sp. z o.o.", "Nowakowski Meble Sp. z o.o."));
    EXPECT_FALSE(same_company("Central Bank of Congo-Kinshasa", "Central Bank of Congo-Brazzaville"));
}

TEST(names, companies_are_found_beside_register_numbers_repetitions_and_shortened_words) {
    EXPECT_TRUE(same_company("OCEAN TULIP IMO 8765432", "MV Ocean Tulip"));
    EXPECT_FALSE(same_company("Sea Rover IMO: 9123456", "Sea Rover IMO: 9654321"));
    EXPECT_TRUE(same_company("Partido Nueva Luz", "New Light Party (Nueva Luz)"));
    EXPECT_TRUE(same_company("NIOOC (Iran)", "National Iranian Offshore Oil Company"));
    EXPECT_TRUE(same_company("TD Ferrosnab OOO", "Trading House Ferrosnab LLC"));
    EXPECT_TRUE(same_company("Harrow Nat'l Bank", "Harrow National Bank"));
    EXPECT_TRUE(same_company("Qafqaz Neft ASC", "Gafgaz Neft OJSC"));
}

TEST(names, companies_words_are_known_by_their_meaning_in_every_ending) {
    EXPECT_TRUE(same_company("Институт прикладной физики Самарканда", "Samarkand Institute of Applied Physics"));
    EXPECT_TRUE(same_company("Institut prikladnoi fiziki Samarkanda", "Samarkand Institute of Applied Physics"));
    EXPECT_TRUE(same_company("주식회사 한빛조선", "Hanbit Shipbuilding"));
    EXPECT_TRUE(same_company("海瑞丰18", "Hai Rui Feng 18"));
    EXPECT_TRUE(same_company("Ninety Nine Rivers", "99 Rivers"));
    EXPECT_TRUE(same_company("Orient. Chem. Ind.", "Oriental Chemical Industries"));
    EXPECT_FALSE(same_company("Ministry of Transport of Austria", "Ministry of Transport of Australia"));
    EXPECT_FALSE(same_company("Nordwest Handels GmbH", "Nordost Handels GmbH"));
}

TEST(names, a_child_of_the_same_names_is_another) {
    EXPECT_FALSE(is_match("Osama bin Laden", "Hamza Osama bin Laden"));
    EXPECT_FALSE(is_match("Rustam Guliyev", "Elnur Rustam oglu Guliyev"));
    EXPECT_TRUE(is_match("Elnur Guliyev", "Elnur Rustam oglu Guliyev"));
    EXPECT_FALSE(is_match("Валерий Климов", "Валерия Климова"));
    EXPECT_FALSE(is_match("Karl Bauer", "Karl Brauer"));
    EXPECT_TRUE(is_match("Sergejs Kuzņecovs", "Sergey Kuznetsov"));
    EXPECT_TRUE(is_match("Chas. Thornbury", "Charles Thornbury"));
}

TEST(names, what_somebody_is_and_whose_is_no_part_of_the_name) {
    EXPECT_EQ(latin("Dmitry Peskov, Press Secretary of President Vladimir Putin"), "dmitry peskov");
    EXPECT_EQ(latin("President of Belarus Aleksandr Lukashenko"), "aleksandr lukashenko");
    EXPECT_EQ(latin("Julian Assange's lawyer Jennifer Robinson"), "jennifer robinson");
    EXPECT_EQ(latin("Министр иностранных дел РФ Сергей Лавров"), "sergey lavrov");
    EXPECT_EQ(latin("LUKASHENKO, President Aleksandr"), "lukashenko president aleksandr");
    EXPECT_EQ(latin("NGUYEN, Son"), "nguyen son");
    EXPECT_EQ(latin("Mary Head"), "mary head");
    // Nothing but a description is compared as it is.
    EXPECT_FALSE(prepare("President of Belarus", Schema::person).empty());
}

TEST(names, numbers_of_sovereigns_are_no_initials) {
    EXPECT_EQ(kinds("Elizabeth I"), "name generation");
    EXPECT_EQ(kinds("Pope John Paul II").substr(0, 5), "title");
    EXPECT_FALSE(is_match("Louis XIV", "Louis XVI"));
    EXPECT_TRUE(is_match("Xi Jinping", "Jinping XI"));
    EXPECT_FALSE(is_match("George H. W. Bush", "George W. Bush"));
    EXPECT_TRUE(is_match("George H. W. Bush", "George Herbert Walker Bush"));
}

TEST(names, marks_of_vietnamese_tell_names_apart_where_both_have_them) {
    EXPECT_FALSE(is_match("Nguyễn Thị Hoa", "Nguyễn Thị Hòa"));
    EXPECT_TRUE(is_match("Nguyễn Thị Hoà", "Nguyễn Thị Hòa"));
    EXPECT_TRUE(is_match("Nguyễn Thị Hòa", "NGUYEN THI HOA"));
    EXPECT_FALSE(is_match("Trần Văn Hùng", "Trần Văn Hưng"));
    EXPECT_FALSE(is_match("Tran Van Hung", "Tran Van Hung Anh"));
}

TEST(names, a_line_of_business_tells_a_company_from_another_of_its_house) {
    EXPECT_FALSE(same_company("Siemens AG", "Siemens Energy AG"));
    EXPECT_TRUE(same_company("Rosneft", "Rosneft Oil Company"));
    EXPECT_TRUE(same_company("Huawei", "Huawei Technologies Co Ltd"));
    EXPECT_FALSE(same_company("Sudan Liberation Army", "Sudan People's Liberation Army"));
    EXPECT_TRUE(same_company("Bank Melli Iran", "BANK MELLI IRAN HAMBURG BRANCH"));
    EXPECT_FALSE(same_company("Bank Melli Iran Hamburg Branch", "Bank Melli Iran Paris Branch"));
    EXPECT_FALSE(same_company("Sinopec", "Sinotec"));
    EXPECT_TRUE(same_company("Sukhoi", "Sukhoy"));
}

TEST(names, marks_of_gender_and_relation_that_contradict_make_another_person) {
    EXPECT_FALSE(is_match("Mr Sam Whitfield", "Mrs Sam Whitfield"));
    EXPECT_TRUE(is_match("Dr Sam Whitfield", "Mrs Sam Whitfield"));
    EXPECT_FALSE(is_match("Iman bin Yusof", "Iman binti Yusof"));
    EXPECT_TRUE(is_match("Noor bint Ali bin Salim", "Noor Ali bin Salim"));
    EXPECT_FALSE(is_match("Shanti d/o Raman", "Shanti w/o Raman"));
    EXPECT_FALSE(is_match("Tóth Ferenc", "Tóth Ferencné"));
    EXPECT_FALSE(is_match("Sól Gunnarsson", "Sól Gunnarsdóttir"));
}

TEST(names, who_is_the_father_tells_two_apart) {
    EXPECT_FALSE(is_match("Otieno wa Barasa", "Barasa wa Otieno"));
    EXPECT_FALSE(is_match("Hashim bin Karim", "Karim bin Hashim"));
    EXPECT_FALSE(is_match("Plamen Iliev Kostov", "Plamen Kostov Iliev"));
    EXPECT_TRUE(is_match("Kostov, Plamen Iliev", "Plamen Iliev Kostov"));
}

TEST(names, compounds_are_compared_by_their_halves) {
    EXPECT_FALSE(is_match("Atiqul Hasan", "Ashiqul Hasan"));
    EXPECT_TRUE(is_match("Atiqul Hasan", "Ateequl Hasan"));
    EXPECT_FALSE(is_match("Gholamreza Parsa", "Gholamali Parsa"));
    EXPECT_FALSE(is_match("Nurbol Iskakov", "Nurlan Iskakov"));
    EXPECT_TRUE(is_match("Nurjan Iskakov", "Nurzhan Iskakov"));
}

TEST(names, names_are_known_by_way_of_another_peoples_spelling) {
    EXPECT_TRUE(is_match("Hanna Andriivna Holub", "Anna Andreevna Golub"));
    EXPECT_TRUE(is_match("Mikalai Kavaliou", "Nikolay Kovalev"));
    EXPECT_TRUE(is_match("Ли Сяолун", "李小龙"));
    EXPECT_TRUE(is_match("Ким Ир Сен", "Kim Il Sung"));
    EXPECT_TRUE(is_match("Kebede W/Giorgis", "Kebede Woldegiorgis"));
    EXPECT_TRUE(is_match("ریاض گجر", "Riaz Gujjar"));
    EXPECT_FALSE(is_match("حسين كاظم", "Hassan Kazim"));
}

TEST(names, a_syllable_is_a_name_of_its_own_in_china_and_burma) {
    EXPECT_FALSE(is_match("Wang Yang", "Wang Yong"));
    EXPECT_TRUE(is_match("Wang Lin", "Wong Lam"));
    EXPECT_TRUE(is_match("Lee Ji-woo", "Yi Ji-woo"));
    EXPECT_FALSE(is_match("Zhang Li", "Zhang Li Hua"));
    EXPECT_FALSE(is_match("Than Shwe", "Tin Shwe"));
    EXPECT_TRUE(is_match("Tun Tun Oo", "Htun Htun Oo"));
    EXPECT_FALSE(is_match("Kyaw Win", "Kyaw Win Oo"));
    EXPECT_TRUE(is_match("薄小明", "Bo Xiaoming"));
}

TEST(names, digits_that_a_scanner_took_for_letters_are_letters) {
    EXPECT_TRUE(is_match("Semion Vo1kov", "Semion Volkov"));
    EXPECT_TRUE(is_match("Dm1try Ivan0v", "Dmitry Ivanov"));
    EXPECT_TRUE(is_match("Dzhon Smit", "John Smith"));
}

TEST(names, another_name_in_the_same_text_is_compared_too) {
    const Prepared both = prepare("Edson Arantes do Nascimento a.k.a. Pelé", Schema::person);
    ASSERT_EQ(both.also_known_as().size(), 1U);
    EXPECT_EQ(both.also_known_as()[0].original(), "Pelé");
    const Prepared alias = prepare("Pele", Schema::person);
    const Comparison comparison = compare(both, alias);
    EXPECT_GE(comparison.score, match_threshold);
    EXPECT_EQ(comparison.score, compare(alias, both).score);
    EXPECT_EQ(comparison.rows, 0);
    EXPECT_NE(explain(both, alias, comparison).find("another name"), std::string::npos);
    // What stands in brackets is another name only if it shortens the name.
    EXPECT_TRUE(is_match("Petróleos de Venezuela S.A. (PDVSA)", "PDVSA", Schema::organisation));
    EXPECT_TRUE(prepare("Hengtai Tankers (Dalian)", Schema::organisation).also_known_as().empty());
}

TEST(names, words_run_together_anywhere_are_the_same_name) {
    EXPECT_TRUE(is_match("KHODOTOV, Yevgeny", "YevgenyKhodotov"));
    EXPECT_TRUE(is_match("Uralvagonzavod", "Ural Vagon Zavod", Schema::organisation));
    EXPECT_TRUE(is_match("Penta Ocean Ship Operation LLC", "PentaOceanShipOperation", Schema::organisation));
    EXPECT_FALSE(is_match("Yevgeny Khodotov", "YevgenyKhodorov Igor"));
    // The one row of the alignment is the whole of both.
    const Prepared apart = prepare("KHODOTOV, Yevgeny", Schema::person),
                   together = prepare("YevgenyKhodotov", Schema::person);
    const Comparison comparison = compare(apart, together);
    ASSERT_EQ(comparison.rows, 1);
    EXPECT_EQ(comparison.aligned()[0].relation, Relation::joined);
    EXPECT_NE(explain(apart, together, comparison).find("“KHODOTOV, Yevgeny”"), std::string::npos);
}

TEST(names, beginnings_behind_the_comma_belong_to_the_name_before_it) {
    EXPECT_EQ(latin("HAQ, Abdul"), "abdulhaq");
    EXPECT_TRUE(is_match("HAQ, Abdul", "Abdul Haq"));
    EXPECT_EQ(kinds("MAKHLUF, Hafiz"), "family given");
    EXPECT_EQ(kinds("Hafiz Muhammad Saeed"), "title given family");
}

TEST(names, cantonese_and_mandarin_readings_in_latin_letters_are_one_name) {
    EXPECT_TRUE(is_match("Lee Ka-shing", "Li Jiacheng"));
    EXPECT_TRUE(is_match("Chow Yun Fat", "Zhou Runfa"));
    EXPECT_FALSE(is_match("Lee Ka-shing", "Li Jianhua"));
    EXPECT_FALSE(is_match("Wong Kar Wai", "Wang Jianwei"));
}

TEST(names, thai_is_read_as_its_letters_are_spelled) {
    EXPECT_TRUE(is_match("สมชาย วงศ์สวัสดิ์", "Somchai Wongsawat"));
    EXPECT_TRUE(is_match("ยิ่งลักษณ์ ชินวัตร", "Yingluck Shinawatra"));
    EXPECT_FALSE(is_match("สมชาย วงศ์สวัสดิ์", "Somsak Wongsawat"));
    EXPECT_TRUE(is_match("นายทักษิณ ชินวัตร", "Thaksin Shinawatra"));
}

TEST(names, burmese_script_is_read_by_syllables_as_names_are_spelled) {
    EXPECT_EQ(latin("မင်းအောင်လှိုင်"), "min aung hlaing");
    EXPECT_EQ(latin("အောင်ဆန်းစုကြည်"), "aung san su kyi");
    EXPECT_EQ(latin("သန်းရွှေ"), "than shwe");
    EXPECT_EQ(latin("ဝင်းမြင့်"), "win myint");
    EXPECT_EQ(latin("ခင်ညွန့်"), "khin nyunt");
    EXPECT_EQ(latin("ထင်ကျော်"), "htin kyaw");
    EXPECT_EQ(latin("စိုးဌေးထွန်း"), "soe htay htun");
    EXPECT_EQ(latin("မောင်အေး"), "maung aye");
    EXPECT_TRUE(is_match("ဦးသိန်းစိန်", "Thein Sein"));
    EXPECT_TRUE(is_match("ထွန်းထွန်းဦး", "Tun Tun Oo"));
    EXPECT_TRUE(is_match("မင်းအောင်လှိုင်", "Min Aung Hlaing"));
    EXPECT_FALSE(is_match("မင်းအောင်လှိုင်", "Myint Aung Kyaw"));
}

TEST(names, burmese_honorifics_are_titles_only_before_burmese_names) {
    EXPECT_EQ(kinds("U Thein Sein"), "title given family");
    EXPECT_EQ(kinds("Daw Aung San Suu Kyi"), "title given name name family");
    EXPECT_EQ(kinds("Ko Ni Aung"), "title given family");
    EXPECT_EQ(kinds("Maung Maung Aye"), "given name family");
    EXPECT_EQ(kinds("Ma Ying Jeou").substr(0, 6), "family");
    EXPECT_TRUE(is_match("Ko Kyaw Htay", "Kyaw Htay"));
}

TEST(names, titles_of_chiefs_are_titles_where_samoan_names_follow) {
    EXPECT_EQ(kinds("Tuilaepa Sailele Malielegaoi"), "title given family");
    EXPECT_EQ(kinds("Lau Afioga Fiame Naomi Mata'afa"), "title title title given family");
    EXPECT_EQ(kinds("Susuga Malietoa Tanumafili"), "title given family");
    EXPECT_EQ(kinds("Malietoa Tanumafili II"), "given family generation");
    EXPECT_EQ(kinds("Tuilaepa Sailele"), "given family");
    EXPECT_EQ(kinds("Tuilaepa Schwalger Brown"), "given name family");
    EXPECT_EQ(kinds("Hon. 'Aisake Eke"), "title given family");
    EXPECT_EQ(kinds("'Eiki Tu'ivakano"), "title name");
    EXPECT_EQ(kinds("Lau Wai Ming").substr(0, 6), "family");
    EXPECT_TRUE(is_match("Fiame Naomi Mata'afa", "Naomi Mata\u02bbafa"));
}

TEST(names, where_there_are_no_family_names_the_order_tells_two_apart) {
    EXPECT_FALSE(is_match("Ali Hassan", "Hassan Ali"));
    EXPECT_FALSE(is_match("Ahmad Muhammad Husain", "Mohamed Ahmed Hussein"));
    EXPECT_FALSE(is_match("Thein Sein", "Sein Thein"));
    EXPECT_FALSE(is_match("Abebe Tesfaye", "Tesfaye Abebe"));
    EXPECT_LT(ratio("Ali Hassan", "Hassan Ali"), 0);
    // The comma says what the family's is, a form puts the last name first, and elsewhere a name may be turned round.
    EXPECT_TRUE(is_match("HASSAN, Ali", "Ali Hassan"));
    EXPECT_TRUE(is_match("Saleh Ali Abdullah", "Ali Abdullah Saleh"));
    EXPECT_TRUE(is_match("Wilson Peter", "Peter Wilson"));
    EXPECT_TRUE(is_match("Ali Zardari", "Zardari Ali"));
}

TEST(names, older_spellings_of_chinese_keep_their_breath) {
    EXPECT_TRUE(is_match("Chiang Ch'ing", "Jiang Qing"));
    EXPECT_TRUE(is_match("Ch'iao Kuan-hua", "Qiao Guanhua"));
    EXPECT_TRUE(is_match("Tung Pi-wu", "Dong Biwu"));
    EXPECT_TRUE(is_match("Tsang Yam-kuen", "Zeng Yinquan"));
    EXPECT_FALSE(is_match("Tseng Ch'ing-hung", "Zeng Qingling"));
}

TEST(names, surnames_of_men_and_women_of_one_family_agree_and_their_given_names_decide) {
    EXPECT_TRUE(is_match("Irena Novakova", "Irena Novak"));
    EXPECT_TRUE(is_match("Eleni Papadopoulou", "Eleni Papadopoulos"));
    EXPECT_TRUE(is_match("Ona Petrauskiene", "Ona Petrauskas"));
    EXPECT_FALSE(is_match("Jan Novak", "Jana Novakova"));
}

TEST(names, abbreviations_are_read_in_their_own_language) {
    EXPECT_TRUE(is_match("РЖД", "Российские железные дороги", Schema::organisation));
    EXPECT_TRUE(is_match("МТС", "Мобильные ТелеСистемы", Schema::organisation));
    EXPECT_TRUE(is_match("ФСБ", "Федеральная служба безопасности", Schema::organisation));
    EXPECT_FALSE(is_match("РЖД", "Российские морские дороги", Schema::organisation));
}

TEST(names, a_slip_in_a_word_that_many_companies_have_is_that_word) {
    EXPECT_TRUE(is_match("Kalliope Materials Company", "Kalliope Materails Compnay", Schema::organisation));
    EXPECT_TRUE(is_match("Vabo Systems Limited", "Vabo Systems Limted", Schema::organisation));
    EXPECT_EQ(kinds("Vabo Systems Limted", Schema::organisation), kinds("Vabo Systems Limited", Schema::organisation));
    // Where nothing else is left it is the company's own word.
    EXPECT_EQ(kinds("Limted", Schema::organisation), "word");
}

TEST(names, common_names_are_known_in_scripts_that_tell_their_sound_badly) {
    EXPECT_TRUE(is_match("彼得·史密斯", "Peter Smith"));
    EXPECT_TRUE(is_match("마이클 스미스", "Michael Smith"));
    EXPECT_TRUE(is_match("منى حسين", "Mona Hussein"));
    EXPECT_TRUE(is_match("عيسى الأحمد", "Issa al-Ahmad"));
    EXPECT_FALSE(is_match("彼得·史密斯", "Paul Smith"));
    EXPECT_FALSE(is_match("منى حسين", "Mariam Hussein"));
}

TEST(names, characters_are_read_in_one_language_throughout_a_name) {
    EXPECT_TRUE(is_match("金正恩", "Kim Jong Un"));
    EXPECT_TRUE(is_match("李嘉誠", "Lee Ka-shing"));
    EXPECT_TRUE(is_match("李嘉誠", "Li Jiacheng"));
    // Korean Ri and Mandarin Jiacheng.
    EXPECT_LT(score("李嘉誠", "Ri Jiacheng"), score("李嘉誠", "Li Jiacheng") - 0.1);
}

TEST(names, two_names_of_unknown_kind_are_read_alike) {
    const auto [letters, words] = prepare_pair("NIOC", "National Iranian Oil Company", Schema::unknown);
    EXPECT_EQ(letters.schema(), Schema::organisation);
    EXPECT_GE(compare(letters, words).score, match_threshold);
    const auto [first, second] = prepare_pair("Ana Silva", "Silva, Ana", Schema::unknown);
    EXPECT_EQ(first.schema(), Schema::person);
    EXPECT_EQ(second.schema(), Schema::person);
    EXPECT_EQ(prepare("Bank of China", Schema::unknown).schema(), Schema::organisation);
    EXPECT_EQ(prepare("OAO Lukoil", Schema::unknown).schema(), Schema::organisation);
}

TEST(names, every_letter_counts_in_names_of_vietnam) {
    EXPECT_FALSE(is_match("Tran Van An", "Tran Van Anh"));
    EXPECT_FALSE(is_match("Nguyen Van Dung", "Nguyen Van Duong"));
    EXPECT_TRUE(is_match("Nguyễn Phú Trọng", "Nguyen Phu Trong"));
    EXPECT_TRUE(is_match("Anh Tran Duc", "Tran Duc Anh"));
}

TEST(names, one_vowel_heard_otherwise_is_one_name_and_another_gender_is_another) {
    EXPECT_TRUE(is_match("AYAD, Yosef", "AYAD, Youssef"));
    EXPECT_TRUE(is_match("Reza Zahedi", "Riza Zahedi"));
    EXPECT_FALSE(is_match("Karim Benali", "Karima Benali"));
    EXPECT_FALSE(is_match("Emmanuel Mwangi", "Emmanuella Mwangi"));
    EXPECT_TRUE(is_match("Noureddine Boutarfa", "Nur al-Din Butarfa"));
    EXPECT_TRUE(is_match("JR Harrington", "John Robert Harrington"));
    EXPECT_FALSE(is_match("JR Harrington", "Peter Thomas Harrington"));
}

TEST(names, companies_are_the_same_in_other_languages_words) {
    EXPECT_TRUE(is_match("Российские железные дороги", "Russian Railways", Schema::organisation));
    EXPECT_TRUE(is_match("شركة النور للتجارة ذ.م.م", "Al Noor Trading LLC", Schema::organisation));
    EXPECT_TRUE(is_match("株式会社田中貿易", "Tanaka Boeki Kabushiki Kaisha", Schema::organisation));
    EXPECT_TRUE(is_match("大连海丰有限公司", "Dalian Haifeng Co., Ltd.", Schema::organisation));
    EXPECT_FALSE(is_match("Shanghai Rising Sun Trading", "Shenzhen Rising Sun Trading", Schema::organisation));
    EXPECT_TRUE(is_match("Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd.", Schema::organisation));
    // Nothing but trades, places and common words agrees: then what is left out tells them apart.
    EXPECT_FALSE(is_match("Bank of China", "Agricultural Bank of China", Schema::organisation));
    EXPECT_TRUE(is_match("KOMID", "Korea Mining Development Trading Corporation", Schema::organisation));
    EXPECT_FALSE(is_match("NITC", "National Iranian Oil Company", Schema::organisation));
    EXPECT_FALSE(is_match("Ocean Star", "Ocean Star 2", Schema::organisation));
    EXPECT_TRUE(is_match("Ningde Huo 0628", "Ningde Huo 628", Schema::organisation));
    EXPECT_FALSE(is_match("Hansa Group", "Hana Group", Schema::organisation));
    EXPECT_EQ(prepare("Florence Paris", Schema::unknown).schema(), Schema::person);
}

TEST(names, father_and_child_of_like_names_are_two) {
    EXPECT_FALSE(is_match("Khalid bin Ahmed Al Mansoori", "Ahmed bin Khalid Al Mansoori", Schema::person));
    EXPECT_TRUE(is_match("Khalid bin Ahmed Al Mansoori", "Khalid Ahmed Al-Mansouri", Schema::person));
}

TEST(names, syllables_of_east_asian_names_are_no_slips_of_each_other) {
    EXPECT_FALSE(is_match("Wang Fang", "Wang Feng", Schema::person));
    EXPECT_FALSE(is_match("이영희", "이영호", Schema::person));
    EXPECT_FALSE(is_match("이영희", "Lee Young-ho", Schema::person));
    EXPECT_TRUE(is_match("이영희", "Rhee Yeong-hui", Schema::person));
    EXPECT_FALSE(is_match("张伟", "章伟", Schema::person));
    EXPECT_TRUE(is_match("陳國強", "陈国强", Schema::person));
    EXPECT_FALSE(is_match("سعيد جابر", "سعد جابر", Schema::person));
    EXPECT_TRUE(is_match("長谷川健", "Hasegawa Ken", Schema::person));
}

TEST(names, a_father_may_be_named_in_two_languages) {
    EXPECT_TRUE(is_match("Elnur H\u00fcseyn o\u011flu Hac\u0131yev", "Elnur Guseynovich Gadzhiyev", Schema::person));
    EXPECT_FALSE(is_match("Elnur H\u00fcseyn o\u011flu Hac\u0131yev", "Elnur Ramizovich Gadzhiyev", Schema::person));
}

TEST(names, a_name_spelled_by_another_languages_habit_keeps_its_forms) {
    EXPECT_TRUE(is_match("Nadja Kuchumova", "Nadezhda Kuchumova"));
    EXPECT_TRUE(is_match("Sascha Petrov", "Aleksandr Petrov"));
    EXPECT_FALSE(is_match("Saeed Ghani", "Sajeed Ghani"));
    EXPECT_TRUE(is_match("Harith Karimi", "Haris Karimi"));
    EXPECT_TRUE(is_match("Nadhir Karimi", "Nazir Karimi"));
    EXPECT_FALSE(is_match("Harith Karimi", "Haroun Karimi"));
    EXPECT_TRUE(is_match("Nourredine Adam", "Nouradine Adam"));
    EXPECT_TRUE(is_match("Nurettin Kaya", "Nur al-Din Kaya"));
    EXPECT_FALSE(is_match("Nadine Adam", "Nourdine Adam"));
    EXPECT_TRUE(is_match("Khamis Elkaddafi", "Khamis Gaddafi"));
    EXPECT_TRUE(is_match("Muhammad Jamal Abdo Kashif", "Muhammad Jamal Abd al-Rahim Kashif"));
    EXPECT_TRUE(is_match("Alexander Mihajlovich Babakov", "Alexander Mikhailovich Babakov"));
    EXPECT_FALSE(is_match("Anna Yuryevna Petrova", "Anna Georgievna Petrova"));
    EXPECT_TRUE(is_match("Yusif al-Madani", "Yusuf al-Madani"));
}

TEST(names, thai_is_compared_by_how_it_sounds) {
    EXPECT_TRUE(is_match("Suwit Puangpetch", "Suwit Phuangphet"));
    EXPECT_TRUE(is_match("Siriporn Thongchai", "Siriphon Tongchai"));
    EXPECT_TRUE(is_match("Abhisit Vejjajiva", "Aphisit Wetchachiwa"));
    EXPECT_FALSE(is_match("Siriporn Thongchai", "Siriwan Thongchai"));
    EXPECT_FALSE(is_match("Nattaya Suksawat", "Nattapong Suksawat"));
}

TEST(names, a_syllable_that_chinese_has_not_makes_a_korean_name) {
    EXPECT_TRUE(is_match("Kim Yon Chun", "Kim Yon Jun"));
    EXPECT_FALSE(is_match("Kim Chun", "Kim Jun"));
    EXPECT_FALSE(is_match("Kim Yon Chun", "Kim Yon Chol"));
}

TEST(names, names_behind_a_semicolon_are_other_names) {
    EXPECT_TRUE(is_match("Qari Saifullah", "Abdul Rehman; Abd Ur-Rehman; Saifullah Qari"));
    EXPECT_FALSE(is_match("Khalid Rehman", "Abdul Rehman; Abdur Rahman"));
    EXPECT_EQ(prepare("Smith; John", Schema::person).also_known_as().size(), 0U);
}

TEST(names, two_given_names_that_change_places_are_of_another_person) {
    EXPECT_FALSE(is_match("Luis Carlos Pereira", "Carlos Luis Pereira", Schema::person));
    EXPECT_FALSE(is_match("Kim Yo-jong", "Kim Jong-yo", Schema::person));
    EXPECT_TRUE(is_match("Luis Carlos Pereira", "Pereira Luis Carlos", Schema::person));
}

TEST(names, a_syllable_more_or_less_makes_another_name_in_japan_but_not_the_length_of_a_vowel) {
    EXPECT_FALSE(is_match("Kenji Tanaka", "Kenzo Tanaka", Schema::person));
    EXPECT_TRUE(is_match("Koichi Ohno", "Kouichi Ono", Schema::person));
}

TEST(names, what_one_name_leaves_out_is_omitted_and_not_contradicted) {
    EXPECT_EQ(relation_of("Francis", "John Francis Harrison", "John Harrison"), "omitted");
    EXPECT_EQ(relation_of("Francis", "John Francis Harrison", "John Peter Harrison"), "contradicted");
    EXPECT_TRUE(is_match("John Francis Harrison", "John Harrison"));
    EXPECT_FALSE(is_match("John Francis Harrison", "John Peter Harrison"));
}

TEST(names, every_relation_is_named_for_what_it_is) {
    EXPECT_EQ(relation_of("Bob", "Bob Harrison", "Robert Harrison"), "nickname");
    EXPECT_EQ(relation_of("J", "J. Harrison", "John Harrison"), "initial");
    EXPECT_EQ(relation_of("Юлия", "Юлия Петрова", "Yulia Petrova"), "transliteration");
    EXPECT_EQ(relation_of("Mohammed", "Mohammed Harrison", "Muhammad Harrison"), "variant");
    EXPECT_EQ(relation_of("Harriston", "John Harriston", "John Harrison"), "typing_error");
    EXPECT_EQ(relation_of("Maryjane", "Maryjane Watson", "Mary Jane Watson"), "joined");
}

TEST(names, letters_that_a_system_has_lost_are_not_missed) {
    for (const std::string_view name : {"Jos? Garc?a", "Garc?a, Jos?",
                                        "Jos\xe9 Garc\xed"
                                        "a",
                                        "Jos\uFFFD Garc\uFFFDa", "Jos?? Garc??a"})
        EXPECT_GT(score(name, "José García"), .9) << name;
    EXPECT_TRUE(is_match("Nguy?n Th? Hoa", "Nguyễn Thị Hoa"));
    EXPECT_TRUE(is_match("M?ller Hans", "Hans Mueller"));
    EXPECT_TRUE(is_match("?ukasz Nowak", "Łukasz Nowak"));
    EXPECT_TRUE(is_match("Maria?", "Maria"));
    EXPECT_FALSE(is_match("Jos? Garc?a", "Juan García"));
    EXPECT_FALSE(is_match("Jos? Garc?a", "José Martínez"));
    EXPECT_FALSE(is_match("?????? ??????", "Юлия Петрова"));
    Index index;
    index.add(7, prepare("José García Ñíguez", Schema::person));
    index.seal();
    const auto hits = index.search(prepare("Jos? Garc?a ??guez", Schema::person), 1);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_GE(hits[0].score, match_threshold);
}

TEST(names, one_letter_counts_more_in_a_short_name_than_in_a_long_one) {
    EXPECT_FALSE(is_match("Li Wu", "Lu Wu"));
    EXPECT_TRUE(is_match("Katherine Wu", "Katharine Wu"));
}

TEST(names, rare_names_that_agree_are_more_evidence_than_common_ones) {
    EXPECT_GT(ratio("Wilhelmina Featherstonehaugh", "Wilhelmina Featherstonehaugh"),
              ratio("Mohammed Ali", "Mohammed Ali") + 2);
    EXPECT_GT(ratio("Wilhelmina Featherstonehaugh", "Wilhelmina Fetherstonehaugh"),
              ratio("Mohammed Ali", "Muhammad Aly") + 2);
    EXPECT_GT(ratio("Gennady Timchenko", "Gennady Timchenko"), ratio("Maria", "Maria") + 1);
    EXPECT_GT(ratio("Zarubezhneft Shipping", "Zarubezhneft Shipping Ltd", Schema::organisation),
              ratio("General Trading", "General Trading Company", Schema::organisation) + 1);
}

TEST(names, what_a_whole_people_bears_is_little_evidence_however_seldom_it_stands_on_lists) {
    for (const auto& [name, other] :
         {std::pair("Nguyen Thi Hoa", "Nguyễn Thị Hoa"), std::pair("Wang Wei", "王伟"),
          std::pair("Kim Min-jun", "Kim Minjun"), std::pair("Li Jianguo", "李建国"),
          std::pair("Harpreet Singh", "HARPREET SINGH"), std::pair("Mohammed Ali", "Muhammad Ali")}) {
        EXPECT_TRUE(is_match(name, other)) << name;
        EXPECT_GT(ratio(name, other), 0) << name;
        EXPECT_LT(ratio(name, other), 2.3) << name;
    }
    for (const std::string_view name : {"Nguyen Thi Hoa", "Wang Wei", "Harpreet Singh", "John Smith", "Maria Santos"})
        EXPECT_NE(explained(name, name).find("others share such a name"), std::string::npos) << name;
    for (const std::string_view name : {"Wilhelmina Featherstonehaugh", "Zbynek Kopecky", "Quim Philby"})
        EXPECT_EQ(explained(name, name).find("others share"), std::string::npos) << name;
    // One name of a family that East and West have is read as it stands.
    EXPECT_GT(ratio("Kim Philby", "Kim Philby"), ratio("Kim Min", "Kim Min"));
    // A company's own word is its own.
    const Prepared company = prepare("Zarubezhneft", Schema::organisation);
    EXPECT_EQ(explain(company, company, compare(company, company)).find("others share"), std::string::npos);
}

TEST(names, of_names_with_aliases_the_best_two_count_in_both_directions) {
    constexpr std::string_view one = "Ilich Ramírez Sánchez alias Carlos", other = "Carlos alias Ilich Ramirez Sanchez";
    EXPECT_EQ(ratio(one, other), ratio(other, one));
    EXPECT_GT(ratio(one, other), ratio("Carlos", "Carlos") + 2);
    EXPECT_NE(explained(one, other).find("“Ilich Ramirez Sanchez”; strong"), std::string::npos)
        << explained(one, other);
}

TEST(names, agreeing_is_never_evidence_against) {
    for (const std::string_view name : {"Nguyen", "Singh", "Ali", "Maria", "Wang Wei", "Kim Min-jun"})
        EXPECT_GE(ratio(name, name), 0) << name;
    EXPECT_GT(ratio("Саакашвили Михаил Николаевич", "СаакашвилиМихаилНиколаевич"), 1);
    EXPECT_GT(ratio("محمد بن راشد آل مكتوم", "محمدبنراشدآلمكتوم"), 0);
    const auto same = compare(prepare("Ali Hassan", Schema::person), prepare("Hassan, Ali", Schema::person));
    EXPECT_GT(same.rarity, 0);
    EXPECT_LE(same.rarity, 2 * 14);
}

TEST(names, the_ratio_never_falls_when_the_score_or_what_agrees_rises) {
    for (const auto& points : {detail::evidence_of_people, detail::evidence_of_companies}) {
        for (int rarity = 0; rarity <= 60; ++rarity) {
            for (int score = 0; score < 100; ++score) {
                const double here = detail::evidence_of(score / 100.0, rarity, points);
                EXPECT_GE(detail::evidence_of((score + 1) / 100.0, rarity, points), here) << score << ' ' << rarity;
                EXPECT_GE(detail::evidence_of(score / 100.0, rarity + 1, points), here) << score << ' ' << rarity;
                EXPECT_LE(here, 0.25 * rarity) << score << ' ' << rarity;
            }
        }
    }
}

TEST(names, the_ratio_says_how_often_pairs_are_the_same) {
    // Knowing nothing costs ln 2. The points are fitted to these lists among others: this guards the fit and does not
    // judge it.
    EXPECT_LT(log_loss("pairs_measured.csv"), 0.30);
    EXPECT_LT(log_loss("pairs_measured2.csv"), 0.43);
    EXPECT_LT(log_loss("pairs_measured3.csv"), 0.45);
}

TEST(names, every_culture_has_its_order) {
    EXPECT_EQ(kinds("Zhang Wei"), "family given");
    EXPECT_EQ(kinds("Nguyen Van Anh"), "family given given");
    EXPECT_EQ(kinds("王小明"), "family given");
    EXPECT_EQ(kinds("김정은"), "family given");
    EXPECT_EQ(kinds("García López, María José"), "family family given given");
    EXPECT_EQ(kinds("Владимир Владимирович Путин"), "given patronymic family");
    EXPECT_EQ(kinds("Dr. John Harrison Jr."), "title given family generation");
    EXPECT_EQ(kinds("FNU Harpreet"), "placeholder name");
    EXPECT_EQ(kinds("HARRISON/JOHNMR"), "family given");
    EXPECT_EQ(latin("HARRISON/JOHNMR"), "harrison john");
    EXPECT_EQ(kinds("Harpreet d/o Gurdeep Singh"), "given particle patronymic family");
}

TEST(names, scripts_are_written_in_latin_letters) {
    EXPECT_EQ(latin("Щербаков"), "shcherbakov");
    EXPECT_EQ(latin("Παπαδόπουλος"), "papadopoulos");
    EXPECT_EQ(latin("राजेश"), "rajesh");
    EXPECT_EQ(latin("ਹਰਪ੍ਰੀਤ"), "haraprit");
    EXPECT_EQ(latin("ジョンソン"), "jonson");
    EXPECT_EQ(latin("Tāmati"), "tamati");
    EXPECT_EQ(latin("Nguyễn"), "nguyen");
    EXPECT_EQ(latin("Łukasz Ørsted"), "lukasz orsted");
    EXPECT_EQ(latin("Abd al-Rahman"), "abdulrahman");
}

TEST(names, companies_are_told_apart_by_their_own_words_and_not_by_their_form) {
    EXPECT_EQ(kinds("Harbour View Fishing Ltd", Schema::organisation), "word word word legal_form");
    EXPECT_TRUE(is_match("ООО «Северный Ветер»", "Severny Veter LLC", Schema::organisation));
    EXPECT_FALSE(is_match("Bank of Tarawa", "Bank of Honiara", Schema::organisation));
    EXPECT_FALSE(is_match("Fishing Vessel No. 5", "Fishing Vessel No. 6", Schema::organisation));
    EXPECT_TRUE(is_match("First Pacific Bank", "1st Pacific Bank", Schema::organisation));
    EXPECT_EQ(prepare("Harbour View Fishing Ltd", Schema::unknown).schema(), Schema::organisation);
    EXPECT_EQ(prepare("John Harrison", Schema::unknown).schema(), Schema::person);
}

TEST(names, titles_and_placeholders_alone_are_no_name) {
    EXPECT_TRUE(prepare("", Schema::person).empty());
    EXPECT_TRUE(prepare("FNU LNU", Schema::person).empty());
    EXPECT_EQ(score("FNU LNU", "XXX"), 0.0);
    EXPECT_EQ(score("", ""), 0.0);
}

TEST(names, the_explanation_names_what_agrees_and_what_differs) {
    const Prepared a = prepare("Bob Harrison", Schema::person), b = prepare("Robert Garrison", Schema::person);
    const std::string sentence = explain(a, b, compare(a, b));
    EXPECT_NE(sentence.find("“Bob” is a short or pet form of “Robert”"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("“Harrison” contradicts “Garrison”"), std::string::npos) << sentence;
    EXPECT_EQ(sentence.back(), '.');
}

RC_GTEST_PROP(names, any_bytes_compare_alike_in_both_directions_and_best_with_themselves, ()) {
    const auto schema = *rc::gen::element(Schema::person, Schema::organisation, Schema::unknown);
    const Prepared a = prepare(some_name(), schema), b = prepare(some_name(), schema);
    const Comparison there = compare(a, b), back = compare(b, a), again = compare(a, b);
    RC_ASSERT(there.score == back.score);
    RC_ASSERT(there.log_likelihood_ratio == back.log_likelihood_ratio);
    RC_ASSERT(there.rarity == back.rarity);
    RC_ASSERT(there.score == again.score);
    RC_ASSERT(there.score >= 0.0 && there.score <= 1.0);
    RC_ASSERT(there.rows == back.rows);
    if (!a.empty()) RC_ASSERT(compare(a, a).score == 1.0);
    RC_ASSERT(text::is_utf8(explain(a, b, there)) || !text::is_utf8(a.original()) || !text::is_utf8(b.original()));
}

TEST(names, a_name_of_ten_thousand_bytes_is_read_to_its_limit) {
    std::string longest;
    while (longest.size() < 10'240) longest += "Wolfeschlegelsteinhausen-bergerdorff ";
    const Prepared name = prepare(longest, Schema::person);
    EXPECT_LE(name.parts().size(), parts_max);
    EXPECT_LE(name.parts().back().end, name_bytes_max);
    EXPECT_EQ(compare(name, name).score, 1.0);
}

TEST(names, names_that_match_share_a_blocking_key) {
    std::size_t matches = 0, found = 0;
    for (const LabelledPair& pair : labelled_pairs()) {
        const Prepared a = prepare(pair.first, schema_of(pair)), b = prepare(pair.second, schema_of(pair));
        if (compare(a, b).score < match_threshold) continue;
        ++matches;
        const auto of_a = blocking_keys(a), of_b = blocking_keys(b);
        std::vector<std::uint64_t> both;
        std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both));
        found += !both.empty();
    }
    EXPECT_GT(matches, 100U);
    EXPECT_GE(static_cast<double>(found), 0.98 * static_cast<double>(matches));
}

TEST(names, keys_of_two_words_make_narrower_blocks) {
    const Prepared a = prepare("John Harrison", Schema::person), b = prepare("Mary Harrison", Schema::person);
    const auto share = [](const std::vector<std::uint64_t>& x, const std::vector<std::uint64_t>& y) {
        std::vector<std::uint64_t> both;
        std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
        return !both.empty();
    };
    EXPECT_TRUE(share(blocking_keys(a, 1), blocking_keys(b, 1)));
    EXPECT_FALSE(share(blocking_keys(a, 2), blocking_keys(b, 2)));
    EXPECT_TRUE(share(blocking_keys(a, 2), blocking_keys(prepare("Harrison, John", Schema::person), 2)));
}

TEST(name_index, finds_a_name_by_another_spelling_and_gives_one_hit_for_each_id) {
    Index index;
    index.add(7, prepare("Юлия Петрова", Schema::person));
    index.add(7, prepare("Julia Petrowa", Schema::person));
    index.add(8, prepare("John Harrison", Schema::person));
    index.seal();
    const auto hits = index.search(prepare("PETROVA, Yulia", Schema::person), 10);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].id, 7U);
    EXPECT_GE(hits[0].score, match_threshold);
    EXPECT_TRUE(index.search(prepare("", Schema::person), 10).empty());
    const auto without = index.search(prepare("John Harrison", Schema::person), 10, 2);
    EXPECT_TRUE(without.empty());
}

/// What a command printed; empty if it failed.
std::string printed_by(const std::string& command) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    for (char buffer[4096]; const std::size_t read = fread(buffer, 1, sizeof buffer, pipe);)
        output.append(buffer, read);
    return pclose(pipe) == 0 ? output : std::string();
}

TEST(names_command, bench_prints_what_a_judge_asks_for) {
    const std::string binary = TIDELINE_BINARY;
    if (binary.empty() || !std::ifstream(binary)) GTEST_SKIP() << "the program is not built";
    const std::string output = printed_by(binary + " names bench --json " TIDELINE_SOURCE_DIR "/tests/names/pairs.csv");
    for (const char* key : {"\"f1\"", "\"best_f1\"", "\"threshold\"", "\"us_per_pair\"", "\"wrong\""}) {
        EXPECT_NE(output.find(key), std::string::npos) << key;
    }
    EXPECT_EQ(printed_by(binary + " names bench /does/not/exist.csv 2>/dev/null"), "");
    EXPECT_NE(printed_by(binary + " names compare --json 'Bob Harrison' 'Robert Harrison'").find("\"nickname\""),
              std::string::npos);
    EXPECT_NE(printed_by(binary + " names parse --json '王小明'").find("\"family\""), std::string::npos);
}

}  // namespace tideline::names
