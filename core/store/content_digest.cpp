#include "core/store/content_digest.h"

#include "core/base/sha256.h"
#include "core/store/text.h"

#include <nlohmann/json.hpp>

namespace modscope {

namespace {

using Json = nlohmann::json;

void addLine(Sha256& hash, const Json& row)
{
    const std::string line = row.dump() + "\n";
    hash.update(std::as_bytes(std::span(line)));
}

} // namespace

std::string contentDigest(std::span<const ItemContent> items)
{
    Sha256 hash;
    for (const ItemContent& item : items) {
        addLine(hash, Json::array({item.key, item.text, item.imagePath, item.imageSha256, item.source, item.externalId,
                                   item.created}));
    }
    return toHex(hash.finish());
}

std::string scoreDigest(std::span<const ItemId> items, std::span<const std::vector<float>> probabilities)
{
    Sha256 hash;
    for (std::size_t i = 0; i < items.size(); ++i) {
        addLine(hash, Json::array({items[i], packFloats(probabilities[i])}));
    }
    return toHex(hash.finish());
}

} // namespace modscope
