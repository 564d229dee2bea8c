#pragma once

#include "core/text/tokenizer.h"
#include "core/text/tokenizer_json.h"

#include <memory>
#include <string>

namespace modscope {

/// SigLIP 2's tokenizer, which has Gemma's vocabulary: lower case (an option), spaces to U+2581, then the whole text is
/// one word of the BPE, unknown characters as bytes; <eos> at the end and nothing at the start. The template in the
/// file is not used: the reference also rebuilds it from the encoder's settings. Source: Hugging Face
/// GemmaTokenizerFast (case kept) and Siglip2Tokenizer (lower case). Errors: Unsupported naming the first step that is
/// not Gemma's; ParseError; InvalidArgument if maxLength leaves no room. Messages start with `source`.
[[nodiscard]] Result<std::shared_ptr<const Tokenizer>> makeGemmaTokenizer(TokenizerJson file,
                                                                          const TokenizerOptions& options,
                                                                          const std::string& source);

} // namespace modscope
