// Forms and queries: whatever is accepted keeps to the limits, is UTF-8, and says the same when it is written again.
#include "base/text.h"
#include "hold.h"
#include "web/forms.h"

using namespace tideline;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    web::Limits limits;
    limits.fields_max = 20;
    limits.field_bytes_max = 200;
    web::Refusal why = web::Refusal::failed;
    const auto fields = web::parse_urlencoded({reinterpret_cast<const char*>(data), size}, limits, why);
    if (!fields) {
        HOLDS(web::status_of(why) == 400 || web::status_of(why) == 413);
        return 0;
    }
    HOLDS(fields->size() <= limits.fields_max);
    std::string again;
    for (const web::Field& field : fields->all()) {
        HOLDS(!field.name.empty() && field.name.size() <= limits.field_name_bytes_max && text::is_utf8(field.name));
        HOLDS(field.value.size() <= limits.field_bytes_max && text::is_utf8(field.value.view()));
        again += web::percent_encode(field.name) + "=" + web::percent_encode(field.value.view()) + "&";
    }
    const auto same = web::parse_urlencoded(again, limits, why);
    HOLDS(same && same->size() == fields->size());
    for (std::size_t at = 0; at < same->size(); ++at) {
        HOLDS(same->all()[at].name == fields->all()[at].name);
        HOLDS(same->all()[at].value.view() == fields->all()[at].value.view());
    }
    return 0;
}
