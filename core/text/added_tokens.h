#pragma once

#include "core/base/error.h"
#include "core/text/tokenizer.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace modscope {

/// A string that becomes one id wherever it stands, before the algorithm sees the text.
/// Source: "added_tokens" of a tokenizer.json.
struct AddedToken {
    std::string content;
    std::int32_t id = 0;
    bool special = false;
    bool normalized = false; ///< searched in the normalised text instead of the raw one
    bool singleWord = false; ///< only where no word character touches it
    bool lstrip = false;     ///< takes the whitespace before it along
    bool rstrip = false;     ///< takes the whitespace behind it along

    bool operator==(const AddedToken&) const = default;
};

/// A part of a text: an added token's id, or text that is still to be tokenised.
struct TextSegment {
    std::optional<std::int32_t> id;
    std::string text; ///< empty if there is an id

    bool operator==(const TextSegment&) const = default;
};

/// Cuts added tokens out of texts: leftmost first, the longest of those that start together.
/// Threads: const after construction.
class AddedTokens {
public:
    using NormalizeFn = std::function<std::string(std::string_view)>;

    AddedTokens() = default;
    /// Errors: ParseError for an empty token; LimitExceeded if all together are longer than 4 MiB.
    [[nodiscard]] static Result<AddedTokens> create(const std::vector<AddedToken>& tokens,
                                                    SpecialTokens specials,
                                                    const NormalizeFn& normalize);

    /// @return the segments in order; those with text are normalised and not empty
    [[nodiscard]] std::vector<TextSegment> split(std::string_view text, const NormalizeFn& normalize) const;

private:
    /// A trie of bytes: nodes are numbered, an edge is (node, byte) -> node.
    class Matcher {
    public:
        void add(const AddedToken& token);
        /// The longest token that starts at `position`, or null.
        [[nodiscard]] const AddedToken* longestAt(std::string_view text, std::size_t position) const;
        [[nodiscard]] std::vector<TextSegment> split(std::string_view text, SpecialTokens specials) const;

    private:
        std::array<bool, 256> m_starts{}; // bytes that some token starts with: most positions end here
        std::unordered_map<std::uint64_t, std::uint32_t> m_edges;
        std::unordered_map<std::uint32_t, AddedToken> m_tokens; // by the node they end in
    };

    Matcher m_raw;
    Matcher m_normalized;
    SpecialTokens m_specials = SpecialTokens::AsText;
};

} // namespace modscope
