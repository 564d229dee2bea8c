#pragma once

#include "core/text/bpe.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace modscope {

/// A tokenizer.json with its two large parts taken out while it streams by.
// NOLINTNEXTLINE(bugprone-exception-escape): nlohmann's noexcept move calls functions that could throw elsewhere
struct BpeJson {
    Vocabulary vocabulary; ///< "model.vocab"
    MergeList merges;      ///< "model.merges": pairs, or strings with one space
    nlohmann::json rest;   ///< everything else, at most 500,000 values, at most 32 deep
};

/// Errors: ParseError, Unsupported (another model than BPE) or LimitExceeded; messages start with `source`.
[[nodiscard]] Result<BpeJson> parseBpeJson(std::string_view json, const std::string& source);

/// Reads vocab.json: one object, piece -> id. Errors as above.
[[nodiscard]] Result<Vocabulary> parseVocabularyJson(std::string_view json, const std::string& source);

} // namespace modscope
