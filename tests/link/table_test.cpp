#include "link/table.h"

#include "link/dataset.h"

namespace tideline::link {

TEST(table, quoted_cells_keep_commas_line_breaks_and_doubled_quotes) {
    auto table = parse_table("id,name,note\r\n1,\"Smith, Ann\",\"said \"\"no\"\"\r\ntwice\"\r\n2,Bo,\r\n");
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->rows(), 2u);
    EXPECT_EQ(table->cell(0, 1), "Smith, Ann");
    EXPECT_EQ(table->cell(0, 2), "said \"no\"\r\ntwice");
    EXPECT_EQ(table->cell(1, 2), "");
    EXPECT_TRUE(table->bad_lines().empty());
}

TEST(table, a_line_that_does_not_fit_the_header_is_kept_with_its_number_and_the_rest_is_read) {
    auto table = parse_table("id,name\n1,Ann\n2,Bo,extra\n\n3,\"never closed\n4,Di\n");
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->bad_lines().size(), 2u);
    EXPECT_EQ(table->bad_lines()[0].line, 3u);
    EXPECT_EQ(table->bad_lines()[0].text, "2,Bo,extra");
    EXPECT_EQ(table->bad_lines()[1].line, 5u);
    ASSERT_EQ(table->rows(), 2u);
    EXPECT_EQ(table->cell(1, 1), "Di");
}

TEST(table, a_file_read_in_several_stretches_is_read_as_in_one) {
    // Line breaks within quotation marks stand wherever a stretch may end; cells are of all lengths around eight
    // and 64.
    std::string file = "id,note,place\n";
    std::vector<std::array<std::string, 3>> rows;
    std::size_t seed = 1;
    while (file.size() < (13u << 20)) {
        seed = seed * 6364136223846793005ull + 1442695040888963407ull;
        const std::string text((seed >> 33) % 90, static_cast<char>('a' + rows.size() % 26));
        const bool quoted = (seed >> 50) % 3 == 0;
        rows.push_back(
            {std::to_string(rows.size()), quoted ? text + "\n,\"" + text : text, quoted ? "Ōtaki" : "Levin"});
        file += rows.back()[0] + ',' + (quoted ? '"' + text + "\n,\"\"" + text + '"' : text) + ',' + rows.back()[2] +
                (quoted ? "\r\n" : "\n");
    }
    const auto table = parse_table(file);
    ASSERT_TRUE(table.ok());
    EXPECT_TRUE(table->bad_lines().empty());
    ASSERT_EQ(table->rows(), rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < 3; ++column) ASSERT_EQ(table->cell(row, column), rows[row][column]);
    }
}

TEST(table, bytes_that_are_no_text_are_found_in_quoted_cells_too) {
    std::string file = "id,name\n";
    for (int row = 0; row < 1000; ++row) file += std::to_string(row) + ",Zoë\n";
    auto table = parse_table(file + "1000,\"Jos\xE9\"\n1001,Jos\xE9\n1002,Ana\n");
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->bad_lines().size(), 2u);
    EXPECT_EQ(table->bad_lines()[0].line, 1002u);
    EXPECT_EQ(table->rows(), 1001u);
}

TEST(table, the_delimiter_is_found_and_said) {
    auto table = parse_table("id;name;town\n1;Ann;Napier\n2;Bo;Levin\n");
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->columns().size(), 3u);
    EXPECT_EQ(table->cell(1, 2), "Levin");
    EXPECT_FALSE(table->notes().empty());
}

TEST(table, windows_1252_and_utf16_are_recognised) {
    auto western = parse_table("id,name\n1,Jos\xE9\n2,Zo\xEB\n");
    ASSERT_TRUE(western.ok());
    EXPECT_EQ(western->cell(0, 1), "José");
    const std::u16string wide = u"id,name\n1,Zoë\n";
    std::string bytes = "\xFF\xFE";
    for (const char16_t unit : wide) {
        bytes.push_back(static_cast<char>(unit & 0xFF));
        bytes.push_back(static_cast<char>(unit >> 8));
    }
    auto unicode = parse_table(bytes);
    ASSERT_TRUE(unicode.ok());
    EXPECT_EQ(unicode->cell(0, 1), "Zoë");
}

TEST(table, headers_that_cannot_work_are_refused_with_a_reason) {
    EXPECT_EQ(parse_table("").kind(), ErrorKind::invalid);
    EXPECT_EQ(parse_table("a,b,a\n1,2,3\n").error().message, "line 1: two columns are called 'a'");
    EXPECT_EQ(read_table("/nonexistent/file.csv").kind(), ErrorKind::not_found);
}

TEST(table, json_lines_take_lists_as_several_values_and_name_lines_that_are_not_json) {
    auto table = parse_table("{\"id\":1,\"phone\":[\"021 1\",\"021 2\"]}\nnot json\n{\"id\":2,\"name\":\"Bo\"}\n");
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->rows(), 2u);
    EXPECT_EQ(table->cell(0, *table->column("phone")), std::string("021 1") + value_separator + "021 2");
    EXPECT_EQ(table->cell(1, *table->column("name")), "Bo");
    ASSERT_EQ(table->bad_lines().size(), 1u);
    EXPECT_EQ(table->bad_lines()[0].line, 2u);
}

TEST(table, entities_of_follow_the_money_become_records) {
    auto table = parse_table(
        R"({"id":"x1","schema":"Person","properties":{"firstName":["Ann"],"lastName":["Smith"],"birthDate":["1990-02-03"],"passportNumber":["P1234567"]}})"
        "\n");
    ASSERT_TRUE(table.ok());
    const Schema schema = recognise(*table);
    EXPECT_EQ(schema.id_column, "id");
    EXPECT_EQ(schema.fields.size(), 4u);
}

RC_GTEST_PROP(table, whatever_was_quoted_comes_back, (std::vector<std::string> cells)) {
    RC_PRE(!cells.empty());
    std::string header, line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::erase(cells[i], '\0');
        for (char& c : cells[i]) c = static_cast<char>(c & 0x7F);
        header += (i != 0 ? ",c" : "c") + std::to_string(i);
        line += i != 0 ? ",\"" : "\"";
        for (const char c : cells[i]) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += "\"";
    }
    auto table = parse_table(header + "\n" + line + "\n", {Format::csv, ',', 1});
    RC_ASSERT(table.ok());
    RC_ASSERT(table->rows() == 1u);
    for (std::size_t i = 0; i < cells.size(); ++i) RC_ASSERT(table->cell(0, i) == cells[i]);
}

TEST(recognise, columns_are_known_by_their_names_however_they_are_written) {
    auto table = parse_table(
        "recId,firstName,Last "
        "Name,date_of_birth,Gender,mobile,E-Mail,passport_no,street_number,address_1,suburb,ZIP,cluster\n"
        "a1,Ann,Smith,1990-02-03,f,021 555 1234,a@b.nz,P1234567,12,Main Street,Napier,4110,7\n");
    ASSERT_TRUE(table.ok());
    const Schema schema = recognise(*table);
    std::map<std::string, Kind> kinds;
    for (const Field& field : schema.fields) kinds[field.columns[0]] = field.kind;
    EXPECT_EQ(schema.id_column, "recId");
    EXPECT_EQ(kinds["firstName"], Kind::given_name);
    EXPECT_EQ(kinds["Last Name"], Kind::family_name);
    EXPECT_EQ(kinds["date_of_birth"], Kind::date);
    EXPECT_EQ(kinds["Gender"], Kind::sex);
    EXPECT_EQ(kinds["mobile"], Kind::phone);
    EXPECT_EQ(kinds["E-Mail"], Kind::email);
    EXPECT_EQ(kinds["passport_no"], Kind::document);
    EXPECT_EQ(kinds["street_number"], Kind::address);
    EXPECT_EQ(kinds["suburb"], Kind::city);
    EXPECT_EQ(kinds["ZIP"], Kind::postcode);
    EXPECT_FALSE(kinds.contains("cluster"));
}

TEST(recognise, columns_without_telling_names_are_known_by_what_stands_in_them) {
    std::string text = "a,b,c\n";
    for (int i = 0; i < 50; ++i)
        text += "x" + std::to_string(i) + "@mail.nz,19" + std::to_string(50 + i % 50) + "-03-0" +
                std::to_string(1 + i % 9) + ",021 555 1" + std::to_string(100 + i) + "\n";
    auto table = parse_table(text);
    ASSERT_TRUE(table.ok());
    const Schema schema = recognise(*table);
    ASSERT_EQ(schema.fields.size(), 3u);
    EXPECT_EQ(schema.fields[0].kind, Kind::email);
    EXPECT_EQ(schema.fields[1].kind, Kind::date);
    EXPECT_EQ(schema.fields[2].kind, Kind::phone);
}

TEST(recognise, a_configuration_written_out_reads_back_the_same) {
    auto table = parse_table("id,given_name,family_name,phone1,phone2\n1,Ann,Smith,021,022\n");
    ASSERT_TRUE(table.ok());
    const Schema schema = recognise(*table);
    auto again = parse_schema(to_yaml(schema));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(to_yaml(*again), to_yaml(schema));
    EXPECT_EQ(again->fields.back().columns, (std::vector<std::string>{"phone1", "phone2"}));
    EXPECT_EQ(parse_schema("fields: [{kind: hat, columns: [x]}]").error().message, "line 1: there is no kind 'hat'");
}

}  // namespace tideline::link
