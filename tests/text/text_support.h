#pragma once

#include "core/text/tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace modscope::test {

/// Opens a tokenizer; ends the program with the message if it cannot be: a test without it must not pass.
[[nodiscard]] std::shared_ptr<const Tokenizer> opened(const std::filesystem::path& directory,
                                                      TokenizerKind kind,
                                                      const TokenizerOptions& options);

/// 5,000 real texts, as the lines of the table have them.
[[nodiscard]] std::vector<std::string> tweets();

[[nodiscard]] std::string readBytes(const std::filesystem::path& path);
void writeBytes(const std::filesystem::path& path, std::string_view bytes);

/// What a gzip file holds.
[[nodiscard]] std::string gunzipped(const std::filesystem::path& path);

} // namespace modscope::test
