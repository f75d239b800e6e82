#include <cstdlib>

#include "vault/receipt.h"

/// Whatever is typed: a receipt is 25 digits with the right check digit, or a refusal with a sentence; and what is
/// accepted is accepted again in its printed form.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using tideline::vault::Receipt;
    const auto receipt = Receipt::parse({reinterpret_cast<const char*>(data), size});
    if (!receipt) {
        if (receipt.error().message.empty()) std::abort();
        return 0;
    }
    if (receipt->digits().size() != Receipt::digit_count || tideline::vault::damm_digit(receipt->digits()) != 0)
        std::abort();
    const auto printed = receipt->grouped();
    const auto again = Receipt::parse(printed.expose());
    if (!again || again->digits() != receipt->digits()) std::abort();
    return 0;
}
