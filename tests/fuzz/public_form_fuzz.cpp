// The hidden field of a public form: a stranger's bytes are never taken for a form that was sealed here; what unpacks,
// packs to the same bytes; whatever is typed stays UTF-8 and within what travels, or is reported.
#include "base/text.h"
#include "hold.h"
#include "web/pages/public/form_seal.h"
#include "web/pages/public/report_form.h"

using namespace tideline;
using namespace tideline::web::pages;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const SystemClock clock;
    static const FormSeal seal(vault::random_key(), clock);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    HOLDS(!seal.open("report", bytes));

    if (const auto form = ReportForm::unpack(bytes)) HOLDS(form->pack(0).expose() == bytes);

    ReportForm typed;
    for (const Question& question : questions) typed.take(question.name, bytes);
    bool mended = false;
    for (int page = 1; page <= last_question_page; ++page) mended = mended || !typed.errors(page, true).empty();
    for (const Question& question : questions) HOLDS(text::is_utf8(typed.answer(question.name)));
    if (!mended) {
        const auto packed = typed.pack(0);
        HOLDS(packed.size() <= ReportForm::packed_bytes_max);
        const auto again = ReportForm::unpack(packed.expose());
        HOLDS(again && again->answer("what") == typed.answer("what"));
    }
    return 0;
}
