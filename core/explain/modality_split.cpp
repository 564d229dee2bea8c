#include "core/explain/modality_split.h"

#include <algorithm>
#include <array>

namespace modscope {

namespace {

/// The embedding as if only the given modalities were there, also where the features are known.
Embedding restrictedTo(const Embedding& embedding, Presence kept)
{
    Embedding restricted = embedding;
    restricted.present = {embedding.present.text && kept.text, embedding.present.image && kept.image};
    if (!restricted.present.text) {
        std::fill(restricted.text.begin(), restricted.text.end(), 0.0F);
    }
    if (!restricted.present.image) {
        std::fill(restricted.image.begin(), restricted.image.end(), 0.0F);
    }
    return restricted;
}

std::vector<float> copied(std::span<const float> row)
{
    return {row.begin(), row.end()};
}

} // namespace

ModalityShare modalityShare(float both, float textOnly, float imageOnly, float nothing)
{
    return {((both - imageOnly) + (textOnly - nothing)) / 2, ((both - textOnly) + (imageOnly - nothing)) / 2,
            both - textOnly - imageOnly + nothing};
}

Result<ModalitySplit> modalitySplit(const Classifier& classifier, const Embedding& embedding)
{
    if (!embedding.present.text && !embedding.present.image) {
        return fail(ErrorCode::NoContent, "There is neither text nor a picture to explain");
    }
    const std::array<Embedding, 4> cases{embedding, restrictedTo(embedding, {true, false}),
                                         restrictedTo(embedding, {false, true}),
                                         restrictedTo(embedding, {false, false})};
    const auto logits = classifier.logits(cases);
    if (!logits) {
        return fail(logits.error());
    }
    ModalitySplit split;
    split.both = copied(logits->row(0));
    split.textOnly = copied(logits->row(1));
    split.imageOnly = copied(logits->row(2));
    split.nothing = copied(logits->row(3));
    split.present = embedding.present;
    for (std::size_t label = 0; label < split.both.size(); ++label) {
        // A missing modality leaves two of the four cases equal, so its share and the interaction come out as zero.
        split.shares.push_back(
            modalityShare(split.both[label], split.textOnly[label], split.imageOnly[label], split.nothing[label]));
    }
    return split;
}

} // namespace modscope
