#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/secret.h"
#include "web/http.h"

namespace tideline::web::pages {

/// One question of the report form.
struct Question {
    std::string_view name;                        ///< of the field, of the template's variable and of the answer
    int page;                                     ///< 1 … last_question_page
    std::array<std::string_view, 3> choices{};    ///< what may be chosen; all empty: words are typed
    std::size_t characters_max = 0;               ///< for words
    bool chosen() const { return !choices[0].empty(); }
};

/// Together they stay below FormSeal::bytes_max in every script (four bytes a character at most).
constexpr std::size_t narrative_characters_max = 8000;
constexpr std::size_t answer_characters_max = 800;

inline constexpr std::array<Question, 14> questions{{
    {"who", 1, {"me", "someone", "saw"}},
    {"what", 2, {}, narrative_characters_max},
    {"place", 3, {}, answer_characters_max},
    {"when", 3, {}, answer_characters_max},
    {"people", 4, {}, answer_characters_max},
    {"phones", 4, {}, answer_characters_max},
    {"businesses", 4, {}, answer_characters_max},
    {"vehicles", 4, {}, answer_characters_max},
    {"accounts", 4, {}, answer_characters_max},
    {"danger", 5, {"yes", "no", "unsure"}},
    {"child", 5, {"yes", "no", "unsure"}},
    {"contact", 6, {"no", "yes", ""}},
    {"contact_how", 6, {}, answer_characters_max},
    {"contact_safe", 6, {}, answer_characters_max},
}};
constexpr int last_question_page = 6;
constexpr int check_page = 7;  ///< check your answers, add files, send
/// The question that must be answered, and its page.
constexpr std::string_view required_question = "what";
constexpr int required_page = 2;

/// The row of `questions` with that name; questions.size() if there is none.
constexpr std::size_t question_index(std::string_view name) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (questions[i].name == name) return i;
    }
    return questions.size();
}

/// Something to be mended on a page.
struct FieldError {
    enum class Kind { empty, too_long };
    std::string_view field;
    Kind kind = Kind::empty;
    std::size_t count = 0;  ///< characters written
    std::size_t limit = 0;
};

/// What was answered so far. Lives in wiped memory; travels packed and sealed inside the pages.
class ReportForm {
public:
    /// The answer to a question, "" if it was skipped. The name must be one of `questions`.
    std::string_view answer(std::string_view name) const { return answers_[question_index(name)].expose(); }
    bool answered(std::string_view name) const { return !answer(name).empty(); }
    bool any_answer_on(int page) const;

    /// Takes the answers of one page from what the browser sent. A choice that does not exist counts as skipped; words are
    /// cleaned (text::clean) and lose white space at the ends.
    void take(int page, const Fields& fields);
    /// Takes one answer that was typed; for bodies that come field by field. Unknown names are left alone.
    void take(std::string_view name, std::string_view typed);

    /// What has to be mended on a page. The required question counts only if `leaving_forward`.
    std::vector<FieldError> errors(int page, bool leaving_forward) const;
    /// True if no answer is too long: only then may the form be packed.
    bool fits() const;

    /// The page to return to is the last one: one answer is being changed.
    bool editing = false;
    /// Until when the wait page asked to wait; 0 if it was never shown.
    std::int64_t wait_until_ms = 0;

    /// All of it as bytes, at most FormSeal::bytes_max if fits().
    vault::SecretText pack() const;
    /// The form again; nothing for bytes that pack() of this version did not make.
    static std::optional<ReportForm> unpack(std::string_view bytes);

private:
    std::array<vault::SecretText, questions.size()> answers_;
};

}  // namespace tideline::web::pages
