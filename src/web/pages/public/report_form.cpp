#include "web/pages/public/report_form.h"

#include <algorithm>

#include "base/text.h"

namespace tideline::web::pages {
namespace {

constexpr char version = '1';

void put_number(vault::SecretText& to, std::uint64_t number) {
    char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>((number >> (8 * i)) & 0xff);
    to.append({bytes, 8});
}

std::optional<std::uint64_t> take_number(std::string_view& from) {
    if (from.size() < 8) return std::nullopt;
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number |= std::uint64_t{static_cast<unsigned char>(from[static_cast<std::size_t>(i)])} << (8 * i);
    from.remove_prefix(8);
    return number;
}

}  // namespace

bool ReportForm::any_answer_on(int page) const {
    return std::ranges::any_of(questions, [&](const Question& q) { return q.page == page && answered(q.name); });
}

void ReportForm::take(std::string_view name, std::string_view typed) {
    const std::size_t index = question_index(name);
    if (index == questions.size()) return;
    const Question& question = questions[index];
    if (question.chosen()) {
        const bool known = !typed.empty() && std::ranges::find(question.choices, typed) != question.choices.end();
        answers_[index] = vault::SecretText(known ? typed : std::string_view{});
        return;
    }
    std::string cleaned = text::clean(typed);
    answers_[index] = vault::SecretText(text::trim(cleaned));
    std::ranges::fill(cleaned, '\0');
}

void ReportForm::take(int page, const Fields& fields) {
    for (const Question& question : questions) {
        if (question.page == page) take(question.name, fields.first(question.name));
    }
}

std::vector<FieldError> ReportForm::errors(int page, bool leaving_forward) const {
    std::vector<FieldError> found;
    for (const Question& question : questions) {
        if (question.page != page || question.chosen()) continue;
        const std::size_t count = text::length(answer(question.name));
        if (count > question.characters_max) {
            found.push_back({question.name, FieldError::Kind::too_long, count, question.characters_max});
        } else if (count == 0 && leaving_forward && question.name == required_question) {
            found.push_back({question.name, FieldError::Kind::empty, 0, 0});
        }
    }
    return found;
}

bool ReportForm::fits() const {
    return std::ranges::all_of(questions, [&](const Question& question) {
        return question.chosen() || text::length(answer(question.name)) <= question.characters_max;
    });
}

vault::SecretText ReportForm::pack() const {
    vault::SecretText bytes(std::string_view(&version, 1));
    bytes.append(editing ? "e" : "-");
    put_number(bytes, static_cast<std::uint64_t>(wait_until_ms));
    for (const vault::SecretText& answer : answers_) {
        put_number(bytes, answer.size());
        bytes.append(answer.expose());
    }
    return bytes;
}

std::optional<ReportForm> ReportForm::unpack(std::string_view bytes) {
    if (bytes.size() < 2 || bytes[0] != version || (bytes[1] != 'e' && bytes[1] != '-')) return std::nullopt;
    ReportForm form;
    form.editing = bytes[1] == 'e';
    bytes.remove_prefix(2);
    const auto wait_until = take_number(bytes);
    if (!wait_until) return std::nullopt;
    form.wait_until_ms = static_cast<std::int64_t>(*wait_until);
    for (vault::SecretText& answer : form.answers_) {
        const auto size = take_number(bytes);
        if (!size || *size > bytes.size()) return std::nullopt;
        answer = vault::SecretText(bytes.substr(0, *size));
        bytes.remove_prefix(*size);
    }
    if (!bytes.empty()) return std::nullopt;
    return form;
}

}  // namespace tideline::web::pages
