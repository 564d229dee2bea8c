#include "core/review/kinship.h"

#include "core/review/grouping.h"

namespace modscope {

namespace {

/// An empty text may be one that nobody has typed or read yet, so it counts as not known.
Result<std::optional<ComparableText>> comparableText(const ItemContent& item)
{
    const std::string& text = item.text.empty() ? item.ocrText : item.text;
    if (text.empty()) {
        return std::nullopt;
    }
    auto comparable = ComparableText::from(text);
    if (!comparable) {
        return fail(comparable.error().code, "item '" + item.key + "': " + comparable.error().message);
    }
    return std::move(*comparable);
}

Result<Fingerprint> pictureFingerprint(const ItemContent& item)
{
    auto print = fingerprintFile(item.imagePath);
    if (!print) {
        return print;
    }
    if (!item.imageSha256.empty() && print->sha256 != item.imageSha256) {
        return fail(ErrorCode::Mismatch,
                    item.imagePath + ": is not the picture that was imported as '" + item.key + "'");
    }
    auto text = comparableText(item);
    if (!text) {
        return fail(text.error());
    }
    print->text = std::move(*text);
    return print;
}

using Fingerprinting = Result<Fingerprint> (*)(const ItemContent&);

Result<Comparison> compareBy(Fingerprinting fingerprintOf,
                             const ItemContent& one,
                             const ItemContent& other,
                             const RelationThresholds& thresholds)
{
    const auto left = fingerprintOf(one);
    const auto right = left ? fingerprintOf(other) : fail(left.error());
    return right ? compare(*left, *right, thresholds) : fail(right.error());
}

} // namespace

Result<Fingerprint> storedFingerprint(const ItemContent& item)
{
    Fingerprint print;
    print.sha256 = item.imageSha256;
    if (!item.hash.pdq.empty()) {
        const auto hash = parsePdqHash(item.hash.pdq);
        if (!hash) {
            return fail(hash.error().code, "item '" + item.key + "': " + hash.error().message);
        }
        print.whole.hashes.fill(*hash); // one orientation is stored, and stands for itself in all eight
        print.whole.quality = item.hash.quality;
    }
    auto text = comparableText(item);
    if (!text) {
        return fail(text.error());
    }
    print.text = std::move(*text);
    return print;
}

Result<Comparison> kinship(const ItemContent& one, const ItemContent& other, const RelationThresholds& thresholds)
{
    return compareBy(storedFingerprint, one, other, thresholds);
}

Result<Comparison> kinshipOfPictures(const ItemContent& one,
                                     const ItemContent& other,
                                     const RelationThresholds& thresholds)
{
    return compareBy(pictureFingerprint, one, other, thresholds);
}

Result<Comparison> kinshipInGroup(const ItemContent& one,
                                  const ItemContent& other,
                                  const RelationThresholds& thresholds)
{
    auto stored = kinship(one, other, thresholds);
    if (!stored || stored->relation != Relation::Unrelated) {
        return stored;
    }
    const auto seen = kinshipOfPictures(one, other, thresholds);
    return seen ? seen : stored;
}

Result<std::vector<ItemId>> sameMemes(const ItemContent& item,
                                      std::span<const ItemContent> group,
                                      const RelationThresholds& thresholds)
{
    std::vector<ItemId> same;
    for (const ItemContent& member : group) {
        const auto numbers = member.id == item.id ? Result<Comparison>() : kinshipInGroup(item, member, thresholds);
        if (!numbers) {
            return fail(numbers.error());
        }
        if (numbers->relation == Relation::SameMeme) {
            same.push_back(member.id);
        }
    }
    return same;
}

} // namespace modscope
