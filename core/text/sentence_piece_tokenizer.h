#pragma once

#include "core/text/tokenizer.h"

#include <memory>
#include <string>
#include <string_view>

namespace modscope {

/// SigLIP's tokenizer: lower case, ASCII punctuation removed, whitespace runs to one space, ends trimmed; SentencePiece
/// unigram; </s> at the end, nothing at the start. Source: Hugging Face SiglipTokenizer.
/// @param model  the bytes of spiece.model
/// Errors: ParseError if SentencePiece refuses the model or it lacks an end token; InvalidArgument if maxLength leaves
/// no room. Messages start with `source`.
[[nodiscard]] Result<std::shared_ptr<const Tokenizer>> makeSiglipTokenizer(std::string_view model,
                                                                           const TokenizerOptions& options,
                                                                           const std::string& source);

/// SigLIP 2's tokenizer from SentencePiece's tokenizer.model instead of tokenizer.json: the same ids for ordinary text;
/// user-defined pieces are matched after lower-casing instead of before. Errors as above.
[[nodiscard]] Result<std::shared_ptr<const Tokenizer>> makeGemmaModelTokenizer(std::string_view model,
                                                                               const TokenizerOptions& options,
                                                                               const std::string& source);

} // namespace modscope
