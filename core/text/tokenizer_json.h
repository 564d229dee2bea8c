#pragma once

#include "core/base/error.h"
#include "core/text/added_tokens.h"
#include "core/text/bpe.h"
#include "core/text/framing.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// What a tokenizer.json says about a BPE model. The steps of normaliser and pre-tokeniser are not interpreted but
/// named, in the order in which they run: the tokenizer that uses the file knows which names it can do. Not read, for
/// they do not change ids: decoder, truncation, padding.
struct TokenizerJson {
    Vocabulary vocabulary; ///< the model's pieces and the added tokens; ids are 0 ... size() - 1
    BpeMerges merges;
    std::vector<AddedToken> addedTokens;
    std::vector<std::string> normalizer;   ///< for example {"NFC", "Replace /\s+/ by \" \"", "Lowercase"}
    std::vector<std::string> preTokenizer; ///< for example {"Split \" \" MergedWithPrevious"}
    std::string postProcessor;             ///< its type; empty if there is none
    Framing framing;                       ///< of a RobertaProcessing or TemplateProcessing
    std::string endOfWordSuffix;
    std::optional<std::int32_t> unknownId;
    bool fuseUnknown = false;
    bool byteFallback = false;
};

/// Reads a tokenizer.json of Hugging Face's tokenizers library. The vocabulary and the merges are taken from the stream
/// as they come: a Gemma file has 256,000 pieces and 580,000 merges.
/// Errors: ParseError naming the field; Unsupported for another model than BPE or an option this reader does not know;
/// LimitExceeded above 256 MiB. Messages start with the path.
[[nodiscard]] Result<TokenizerJson> readTokenizerJson(const std::filesystem::path& path);

/// The same from memory; messages start with `source`.
[[nodiscard]] Result<TokenizerJson> parseTokenizerJson(std::string_view json, const std::string& source);

} // namespace modscope
