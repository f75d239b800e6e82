#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/types.h"
#include "vault/secret.h"
#include "web/http.h"
#include "web/pages/public/form_seal.h"

namespace tideline::web::pages {

/// One question of the report form.
struct Question {
    std::string_view name;                      ///< of the field, of the template's variable and of the answer
    int page;                                   ///< 1 … last_question_page
    std::array<std::string_view, 3> choices{};  ///< what may be chosen; all empty: words are typed
    std::size_t characters_max = 0;             ///< for words
    bool chosen() const { return !choices[0].empty(); }
};

inline constexpr std::array<Question, 14> questions{{
    {"who", 1, {"me", "someone", "saw"}},
    {"what", 2, {}, intake::limits::narrative_chars_max},
    {"place", 3, {}, intake::limits::answer_chars_max},
    {"when", 3, {}, intake::limits::answer_chars_max},
    {"people", 4, {}, intake::limits::answer_chars_max},
    {"phones", 4, {}, intake::limits::answer_chars_max},
    {"businesses", 4, {}, intake::limits::answer_chars_max},
    {"vehicles", 4, {}, intake::limits::answer_chars_max},
    {"accounts", 4, {}, intake::limits::answer_chars_max},
    {"danger", 5, {"yes", "no", "unsure"}},
    {"child", 5, {"yes", "no", "unsure"}},
    {"contact", 6, {"no", "yes", ""}},
    {"contact_how", 6, {}, intake::limits::answer_chars_max},
    {"contact_safe", 6, {}, intake::limits::answer_chars_max},
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
    enum class Kind { empty, too_long, too_long_together };
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

    /// Takes the answers of one page from what the browser sent. A choice that does not exist counts as skipped; words
    /// are cleaned (text::clean) and lose white space at the ends.
    void take(int page, const Fields& fields);
    /// Takes one answer that was typed; for bodies that come field by field. Unknown names are left alone.
    void take(std::string_view name, std::string_view typed);

    /// What has to be mended on a page. The required question counts only if `leaving_forward`. Answers that are too
    /// long only together are reported at the longest one of this page.
    std::vector<FieldError> errors(int page, bool leaving_forward) const;

    /// A form that a person begins now.
    static ReportForm begin();
    /// Tells this form from every other one, also from one with the same words, on all its pages; zeros when nobody
    /// will ask.
    std::array<unsigned char, 16> number{};
    bool has_number() const { return number != decltype(number){}; }

    /// The page to return to is the last one: one answer is being changed.
    bool editing = false;
    /// All of it as bytes, but for the answers of one page (the one that is shown: the browser sends those itself).
    /// At most packed_bytes_max if errors() finds nothing on the pages that were left.
    vault::SecretText pack(int without_page) const;
    static constexpr std::size_t packed_bytes_max = FormSeal::bytes_max;
    /// The form again; nothing for bytes that pack() of this version did not make.
    static std::optional<ReportForm> unpack(std::string_view bytes);

private:
    std::size_t packed_bytes(int without_page) const;
    std::array<vault::SecretText, questions.size()> answers_;
};

}  // namespace tideline::web::pages
