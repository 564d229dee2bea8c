#include "core/similarity/relation.h"

#include "core/similarity/border_trim.h"
#include "core/similarity/embedding.h"
#include "core/similarity/picture_file.h"

#include <utility>

namespace modscope {

namespace {

void takeNearer(std::optional<PdqDistance>& nearest, const std::optional<PdqDistance>& other)
{
    if (other && (!nearest || other->bits < nearest->bits)) {
        nearest = other;
    }
}

std::optional<PdqDistance> distanceOf(const std::optional<PdqViews>& left,
                                      const std::optional<PdqViews>& right,
                                      int quality)
{
    if (!left || !right || left->quality < quality || right->quality < quality) {
        return std::nullopt;
    }
    return closest(*left, *right);
}

/// A frame may be on either picture, or on both.
std::optional<PdqDistance> insideDistance(const Fingerprint& left, const Fingerprint& right, int quality)
{
    std::optional<PdqDistance> nearest = distanceOf(left.inside, right.inside, quality);
    takeNearer(nearest, distanceOf(left.inside, right.whole, quality));
    takeNearer(nearest, distanceOf(left.whole, right.inside, quality));
    return nearest;
}

bool isWithin(const std::optional<PdqDistance>& distance, int bits)
{
    return distance && distance->bits <= bits;
}

Relation relationOf(const Comparison& numbers, const RelationThresholds& thresholds)
{
    const bool sameText = numbers.textSimilarity && *numbers.textSimilarity >= thresholds.sameTextSimilarity;
    const bool mayBeSameText = sameText || !numbers.textSimilarity;
    if ((numbers.sameFile && mayBeSameText) || (sameText && isWithin(numbers.whole, thresholds.sameMemeBits))) {
        return Relation::SameMeme;
    }
    if (numbers.sameFile || isWithin(numbers.whole, thresholds.templateBits)) {
        return Relation::SameTemplate;
    }
    const bool alike = thresholds.embeddingCosine && numbers.cosine && *numbers.cosine >= *thresholds.embeddingCosine;
    if (isWithin(numbers.inside, thresholds.templateBits) || alike) {
        return mayBeSameText ? Relation::CroppedOrFramed : Relation::SameTemplate;
    }
    return Relation::Unrelated;
}

} // namespace

std::string_view name(Relation relation)
{
    switch (relation) {
    case Relation::SameMeme:
        return "same_meme";
    case Relation::SameTemplate:
        return "same_template";
    case Relation::CroppedOrFramed:
        return "cropped_or_framed";
    case Relation::Unrelated:
        break;
    }
    return "unrelated";
}

Result<Fingerprint> fingerprint(const Image& image, PdqFamily family)
{
    auto whole = pdqViews(image, family);
    if (!whole) {
        return fail(whole.error());
    }
    Fingerprint result;
    result.whole = *whole;
    const auto border = findBorder(image);
    if (border && !border->empty()) {
        auto inside = pdqViews(withoutBorder(image, *border), family);
        if (!inside) {
            return fail(inside.error());
        }
        result.inside = *inside;
    }
    return result;
}

Result<Fingerprint> fingerprintFile(const std::filesystem::path& path, PdqFamily family)
{
    auto file = readPictureFile(path);
    if (!file) {
        return fail(file.error());
    }
    auto result = fingerprint(file->image, family);
    if (result) {
        result->sha256 = std::move(file->sha256);
    }
    return result;
}

std::optional<PdqDistance> Comparison::nearest() const
{
    std::optional<PdqDistance> nearest = whole;
    takeNearer(nearest, inside);
    return nearest;
}

Result<Comparison> compare(const Fingerprint& left, const Fingerprint& right, const RelationThresholds& thresholds)
{
    if (left.whole.family != right.whole.family) {
        return fail(ErrorCode::Mismatch, "PDQ hashes of two families cannot be compared");
    }
    Comparison numbers;
    numbers.whole = distanceOf(left.whole, right.whole, thresholds.quality);
    numbers.inside = insideDistance(left, right, thresholds.quality);
    numbers.sameFile = !left.sha256.empty() && left.sha256 == right.sha256;
    if (left.text && right.text) {
        numbers.textSimilarity = editSimilarity(*left.text, *right.text);
    }
    if (!left.embedding.empty() && !right.embedding.empty()) {
        const auto likeness = cosine(left.embedding, right.embedding);
        if (!likeness) {
            return fail(likeness.error());
        }
        numbers.cosine = *likeness;
    }
    numbers.relation = relationOf(numbers, thresholds);
    return numbers;
}

} // namespace modscope
