#include "web/pages/public/report_form.h"

#include <string.h>

#include <algorithm>

#include "base/text.h"

namespace tideline::web::pages {
namespace {

constexpr char version = '2';
constexpr std::size_t form_number_bytes = 16;
// The version, whether one answer is being changed, and the form's number.
constexpr std::size_t head_bytes = 2 + form_number_bytes;
constexpr std::size_t number_bytes = 4;

void put_number(vault::SecretText& to, std::size_t number) {
    char bytes[number_bytes];
    for (std::size_t i = 0; i < number_bytes; ++i) bytes[i] = static_cast<char>((number >> (8 * i)) & 0xff);
    to.append({bytes, number_bytes});
}

std::optional<std::size_t> take_number(std::string_view& from) {
    if (from.size() < number_bytes) return std::nullopt;
    std::size_t number = 0;
    for (std::size_t i = 0; i < number_bytes; ++i)
        number |= std::size_t{static_cast<unsigned char>(from[i])} << (8 * i);
    from.remove_prefix(number_bytes);
    return number;
}

}  // namespace

ReportForm ReportForm::begin() {
    ReportForm form;
    vault::fill_random(form.number);
    return form;
}

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
    ::explicit_bzero(cleaned.data(), cleaned.size());
}

void ReportForm::take(int page, const Fields& fields) {
    for (const Question& question : questions) {
        if (question.page == page) take(question.name, fields.first(question.name));
    }
}

std::vector<FieldError> ReportForm::errors(int page, bool leaving_forward) const {
    std::vector<FieldError> found;
    const Question* longest = nullptr;
    for (const Question& question : questions) {
        if (question.page != page || question.chosen()) continue;
        const std::size_t count = text::length(answer(question.name));
        if (count > question.characters_max) {
            found.push_back({question.name, FieldError::Kind::too_long, count, question.characters_max});
        } else if (count == 0 && leaving_forward && question.name == required_question) {
            found.push_back({question.name, FieldError::Kind::empty, 0, 0});
        }
        if (longest == nullptr || answer(question.name).size() > answer(longest->name).size()) longest = &question;
    }
    if (found.empty() && longest != nullptr && packed_bytes(0) > packed_bytes_max) {
        found.push_back({longest->name, FieldError::Kind::too_long_together, 0, 0});
    }
    return found;
}

std::size_t ReportForm::packed_bytes(int without_page) const {
    std::size_t bytes = head_bytes;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        bytes += number_bytes + (questions[i].page == without_page ? 0 : answers_[i].size());
    }
    return bytes;
}

vault::SecretText ReportForm::pack(int without_page) const {
    vault::SecretText bytes(std::string_view(&version, 1));
    bytes.append(editing ? "e" : "-");
    bytes.append({reinterpret_cast<const char*>(number.data()), number.size()});
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const std::string_view words = questions[i].page == without_page ? std::string_view{} : answers_[i].expose();
        put_number(bytes, words.size());
        bytes.append(words);
    }
    return bytes;
}

std::optional<ReportForm> ReportForm::unpack(std::string_view bytes) {
    if (bytes.size() < head_bytes || bytes[0] != version || (bytes[1] != 'e' && bytes[1] != '-')) return std::nullopt;
    ReportForm form;
    form.editing = bytes[1] == 'e';
    std::copy_n(bytes.begin() + 2, form_number_bytes, form.number.begin());
    bytes.remove_prefix(head_bytes);
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
