#include "core/text/clip_tokenizer.h"
#include "core/text/gemma_tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace {

using namespace modscope;

/// Whatever file a tokenizer was made of: its ids are its own, and its texts fit.
void checkEncoding(const Tokenizer& tokenizer)
{
    for (const std::string_view text : {"", "ab  AB\n", "<x> it's 12 \xE2\x96\x81 \xF0\x9F\x98\x8A \xFF"}) {
        const TokenIds result = tokenizer.encode(text);
        if (result.ids.size() > tokenizer.options().maxLength) {
            std::abort();
        }
        for (const std::int32_t id : result.ids) {
            if (id < 0 || static_cast<std::size_t>(id) >= tokenizer.vocabularySize()) {
                std::abort();
            }
        }
    }
}

} // namespace

/// The first byte chooses options, the rest is a tokenizer.json.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
    const TokenizerOptions options{.maxLength = 16,
                                   .specialTokens = (data[0] & 1) != 0 ? SpecialTokens::Honour : SpecialTokens::AsText,
                                   .lowercase = (data[0] & 2) != 0};
    auto file = parseTokenizerJson(json, "input");
    if (!file) {
        return 0;
    }
    if (const auto tokenizer = makeGemmaTokenizer(*file, options, "input")) {
        checkEncoding(**tokenizer);
    }
    auto parts = clipPartsFromJson(std::move(*file), "input");
    if (!parts) {
        return 0;
    }
    if (const auto tokenizer = makeClipTokenizer(std::move(*parts), options, "input")) {
        checkEncoding(**tokenizer);
    }
    return 0;
}
