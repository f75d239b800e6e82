// Files come from strangers, and officers have them cleaned. The first byte chooses the kind of file; whatever follows,
// cleaning ends with a file or a refusal, and a picture that was cleaned is not changed by cleaning it again.
#include "hold.h"
#include "intake/service.h"

using namespace tideline::intake;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static constexpr std::string_view types[] = {
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text"};
    constexpr std::size_t pictures = 3;
    if (size < 1) return 0;
    const std::size_t chosen = data[0] % std::size(types);
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    (void)detect_type({data + 1, size - 1});
    const auto bare = without_metadata(types[chosen], bytes);
    if (!bare) {
        HOLDS(!bare.error().message.empty());
        return 0;
    }
    if (chosen >= pictures) return 0;
    HOLDS(bare->size() <= bytes.size());
    const auto again = without_metadata(types[chosen], bare->expose());
    HOLDS(again && again->expose() == bare->expose());
    return 0;
}
