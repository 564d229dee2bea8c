#pragma once

#include "core/text/clip_files.h"
#include "core/text/tokenizer.h"

#include <memory>
#include <string>

namespace modscope {

/// CLIP's tokenizer: NFC, whitespace runs to one space, lower case; split into words, single digits and runs of
/// punctuation; byte-level BPE inside each. Source: Hugging Face CLIPTokenizerFast.
/// Errors: ParseError if a byte has no symbol; InvalidArgument if maxLength leaves no room. Messages start with
/// `source`.
[[nodiscard]] Result<std::shared_ptr<const Tokenizer>> makeClipTokenizer(ClipParts parts,
                                                                         const TokenizerOptions& options,
                                                                         const std::string& source);

} // namespace modscope
