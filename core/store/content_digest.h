#pragma once

#include "core/review/item.h"

#include <span>
#include <string>

namespace modscope {

/// SHA-256 over what an import wrote of its items, in id order: one JSON array of key, text, picture path, picture
/// hash, source, external id and time a line. What may be added later (OCR text, perceptual hash, scores) is not in it.
[[nodiscard]] std::string contentDigest(std::span<const ItemContent> items);

/// SHA-256 over one model's scores of items: one JSON array of the item's id and the bits of its probabilities a line.
[[nodiscard]] std::string scoreDigest(std::span<const ItemId> items, std::span<const std::vector<float>> probabilities);

} // namespace modscope
