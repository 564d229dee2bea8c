#pragma once

#include "core/text/tokenizer_json.h"

#include <array>
#include <string>
#include <string_view>

namespace modscope {

/// What CLIP's byte-level BPE needs, from any of the three forms in which it is published.
struct ClipParts {
    Vocabulary vocabulary;
    BpeMerges merges;
    std::vector<AddedToken> addedTokens;
    Framing framing; ///< <|startoftext|> and <|endoftext|>
};

/// The printable character that stands for each byte in CLIP's and GPT-2's pieces, as UTF-8: bytes 33-126, 161-172 and
/// 174-255 stand for themselves, the other 68 become U+0100, U+0101, ... in order.
[[nodiscard]] std::array<std::string, 256> byteSymbols();

/// From a tokenizer.json. Errors: Unsupported naming the first step that is not CLIP's.
[[nodiscard]] Result<ClipParts> clipPartsFromJson(TokenizerJson file, const std::string& source);

/// From vocab.json and merges.txt (first line "#version: 0.2", then one merge a line). The special tokens are searched
/// in the lower-cased text, as in transformers 4. Messages start with `source`, which names both files.
[[nodiscard]] Result<ClipParts> clipPartsFromVocabularyAndMerges(Vocabulary vocabulary,
                                                                 std::string_view mergesText,
                                                                 const std::string& source);

/// From the bytes of openai/CLIP's bpe_simple_vocab_16e6.txt.gz: its first 48,894 merges; ids follow from their order.
[[nodiscard]] Result<ClipParts> clipPartsFromGzip(std::string_view compressed, const std::string& source);

} // namespace modscope
