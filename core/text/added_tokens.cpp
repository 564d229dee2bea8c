#include "core/text/added_tokens.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

#include <algorithm>

namespace modscope {

namespace {

constexpr std::size_t kMaxTotalBytes = std::size_t{4} * 1024 * 1024;

std::size_t startOfLastCodePoint(std::string_view text)
{
    std::size_t position = text.size() - 1;
    while (position > 0 && (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U) {
        --position;
    }
    return position;
}

bool endsWithWord(std::string_view text)
{
    if (text.empty()) {
        return false;
    }
    std::size_t last = startOfLastCodePoint(text);
    return isWordCharacter(nextCodePoint(text, last));
}

bool startsWithWord(std::string_view text)
{
    std::size_t position = 0;
    return !text.empty() && isWordCharacter(nextCodePoint(text, position));
}

/// Where the whitespace at the end of the text starts.
std::size_t trailingWhitespaceStart(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t last = startOfLastCodePoint(text);
        std::size_t position = last;
        if (!isWhitespace(nextCodePoint(text, position))) {
            break;
        }
        text = text.substr(0, last);
    }
    return text.size();
}

/// Where the whitespace at the start of the text ends.
std::size_t leadingWhitespaceEnd(std::string_view text)
{
    std::size_t end = 0;
    for (std::size_t position = 0; position < text.size();) {
        if (!isWhitespace(nextCodePoint(text, position))) {
            break;
        }
        end = position;
    }
    return end;
}

std::uint64_t edge(std::uint32_t node, char byte)
{
    return (std::uint64_t{node} << 8U) | static_cast<unsigned char>(byte);
}

} // namespace

void AddedTokens::Matcher::add(const AddedToken& token)
{
    m_starts[static_cast<unsigned char>(token.content.front())] = true;
    std::uint32_t node = 0;
    for (const char byte : token.content) {
        const auto next = static_cast<std::uint32_t>(m_edges.size() + 1); // every edge made one node
        node = m_edges.try_emplace(edge(node, byte), next).first->second;
    }
    m_tokens.insert_or_assign(node, token);
}

const AddedToken* AddedTokens::Matcher::longestAt(std::string_view text, std::size_t position) const
{
    if (!m_starts[static_cast<unsigned char>(text[position])]) {
        return nullptr;
    }
    const AddedToken* longest = nullptr;
    std::uint32_t node = 0;
    for (; position < text.size(); ++position) {
        const auto next = m_edges.find(edge(node, text[position]));
        if (next == m_edges.end()) {
            break;
        }
        node = next->second;
        if (const auto token = m_tokens.find(node); token != m_tokens.end()) {
            longest = &token->second;
        }
    }
    return longest;
}

std::vector<TextSegment> AddedTokens::Matcher::split(std::string_view text, SpecialTokens specials) const
{
    std::vector<TextSegment> segments;
    std::size_t done = 0; // end of the last segment
    for (std::size_t position = 0; position < text.size();) {
        const AddedToken* token = longestAt(text, position);
        if (token == nullptr) {
            ++position;
            continue;
        }
        std::size_t start = position;
        std::size_t stop = position + token->content.size();
        position = stop; // also when the match is refused: the reference's search goes on behind it
        if (token->special && specials == SpecialTokens::AsText) {
            continue;
        }
        if (token->singleWord && (endsWithWord(text.substr(0, start)) || startsWithWord(text.substr(stop)))) {
            continue;
        }
        if (token->lstrip) {
            start = start > done ? done + trailingWhitespaceStart(text.substr(done, start - done)) : done;
        }
        if (token->rstrip) {
            stop = std::max(stop, done); // up to `done` the last token took whitespace only
            stop += leadingWhitespaceEnd(text.substr(stop));
        }
        if (done < start) {
            segments.push_back({std::nullopt, std::string(text.substr(done, start - done))});
        }
        segments.push_back({token->id, {}});
        done = stop;
    }
    if (done < text.size()) {
        segments.push_back({std::nullopt, std::string(text.substr(done))});
    }
    return segments;
}

Result<AddedTokens> AddedTokens::create(const std::vector<AddedToken>& tokens,
                                        SpecialTokens specials,
                                        const NormalizeFn& normalize)
{
    AddedTokens result;
    result.m_specials = specials;
    std::size_t totalBytes = 0;
    for (AddedToken token : tokens) {
        if (token.normalized) {
            token.content = normalize(token.content);
        }
        totalBytes += token.content.size();
        if (token.content.empty()) {
            return fail(ErrorCode::ParseError, "added token " + std::to_string(token.id) + " is empty");
        }
        if (totalBytes > kMaxTotalBytes) {
            return fail(ErrorCode::LimitExceeded, "the added tokens are longer than 4 MiB together");
        }
        (token.normalized ? result.m_normalized : result.m_raw).add(token);
    }
    return result;
}

std::vector<TextSegment> AddedTokens::split(std::string_view text, const NormalizeFn& normalize) const
{
    std::vector<TextSegment> segments;
    for (TextSegment& raw : m_raw.split(text, m_specials)) {
        if (raw.id) {
            segments.push_back(std::move(raw));
            continue;
        }
        for (TextSegment& inner : m_normalized.split(normalize(raw.text), m_specials)) {
            segments.push_back(std::move(inner));
        }
    }
    return segments;
}

} // namespace modscope
