#include "core/similarity/text_distance.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace modscope {

namespace {

constexpr std::size_t kWordBits = 64;

/// One word of the differences between neighbouring cells of a column, downwards.
struct Column {
    std::uint64_t plus = ~std::uint64_t{0};
    std::uint64_t minus = 0;
};

/// Differences to the next column at the border between two words.
struct Carry {
    std::uint64_t plus = 1; ///< the top row grows by one with every column
    std::uint64_t minus = 0;
};

/// One word to the next column. @return differences to the next column for each of its cells, before the shift
Carry advance(Column& column, std::uint64_t equal, Carry& carry)
{
    const std::uint64_t match = equal | carry.minus;
    const std::uint64_t diagonal = (((match & column.plus) + column.plus) ^ column.plus) | match | column.minus;
    const Carry row{column.minus | ~(diagonal | column.plus), diagonal & column.plus};
    const std::uint64_t plus = (row.plus << 1U) | carry.plus;
    const std::uint64_t minus = (row.minus << 1U) | carry.minus;
    column = {minus | ~(diagonal | plus), plus & diagonal};
    carry = {row.plus >> (kWordBits - 1), row.minus >> (kWordBits - 1)};
    return row;
}

/// Where each character stands in the pattern, as bits.
std::unordered_map<char32_t, std::vector<std::uint64_t>> placesOf(std::u32string_view pattern, std::size_t words)
{
    std::unordered_map<char32_t, std::vector<std::uint64_t>> places;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        auto& bits = places[pattern[at]];
        bits.resize(words);
        bits[at / kWordBits] |= std::uint64_t{1} << (at % kWordBits);
    }
    return places;
}

/// Equal beginnings and ends cost nothing in the best alignment.
void dropCommonEnds(std::u32string_view& left, std::u32string_view& right)
{
    const auto begin = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first - left.begin();
    left.remove_prefix(static_cast<std::size_t>(begin));
    right.remove_prefix(static_cast<std::size_t>(begin));
    const auto end = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend()).first - left.rbegin();
    left.remove_suffix(static_cast<std::size_t>(end));
    right.remove_suffix(static_cast<std::size_t>(end));
}

} // namespace

Result<ComparableText> ComparableText::from(std::string_view utf8)
{
    constexpr std::size_t kMaxBytes = 16 * kMaxCharacters; // bounds the folding; characters have at most 4 bytes
    const CleanText clean = cleanUtf8(utf8, kMaxBytes);
    std::u32string characters;
    const std::string folded = collapseWhitespace(nfkcCaseFold(clean.utf8));
    for (std::size_t position = 0; position < folded.size();) {
        characters += nextCodePoint(folded, position);
    }
    while (!characters.empty() && characters.back() == U' ') {
        characters.pop_back();
    }
    if (!characters.empty() && characters.front() == U' ') {
        characters.erase(0, 1);
    }
    if (clean.cut || characters.size() > kMaxCharacters) {
        return fail(ErrorCode::LimitExceeded, "the text " + inQuotes(utf8) + " is too long to be compared: at most " +
                                                  std::to_string(kMaxCharacters) + " characters");
    }
    return ComparableText(std::move(characters));
}

std::size_t editDistance(std::u32string_view left, std::u32string_view right)
{
    dropCommonEnds(left, right);
    const std::u32string_view pattern = left.size() < right.size() ? left : right;
    const std::u32string_view text = left.size() < right.size() ? right : left;
    if (pattern.empty()) {
        return text.size();
    }
    const std::size_t words = (pattern.size() + kWordBits - 1) / kWordBits;
    const auto places = placesOf(pattern, words);
    const std::vector<std::uint64_t> nowhere(words);
    const std::uint64_t lastCell = std::uint64_t{1} << ((pattern.size() - 1) % kWordBits);
    std::vector<Column> columns(words);
    std::size_t distance = pattern.size();
    for (const char32_t character : text) {
        const auto found = places.find(character);
        const auto& equal = found == places.end() ? nowhere : found->second;
        Carry carry;
        Carry row;
        for (std::size_t word = 0; word < words; ++word) {
            row = advance(columns[word], equal[word], carry);
        }
        distance += (row.plus & lastCell) != 0 ? 1 : 0;
        distance -= (row.minus & lastCell) != 0 ? 1 : 0;
    }
    return distance;
}

double editSimilarity(const ComparableText& left, const ComparableText& right)
{
    const std::size_t longest = std::max(left.characters().size(), right.characters().size());
    if (longest == 0) {
        return 1;
    }
    const std::size_t distance = editDistance(left.characters(), right.characters());
    return 1 - static_cast<double>(distance) / static_cast<double>(longest);
}

} // namespace modscope
