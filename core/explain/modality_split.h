#pragma once

#include "core/nn/classifier.h"

#include <vector>

namespace modscope {

/// Where one class's score comes from, in logit units: Shapley values of the two modalities and their interaction.
struct ModalityShare {
    float text = 0;
    float image = 0;
    float together = 0; ///< f(T,I) - f(T) - f(I) + f(nothing)

    bool operator==(const ModalityShare&) const = default;
};

/// The four head passes and what follows from them, per label. Indicative: missing modalities were rare in training.
struct ModalitySplit {
    std::vector<ModalityShare> shares;
    std::vector<float> both, textOnly, imageOnly, nothing; ///< logits
    Presence present; ///< with one modality missing its share and the interaction are zero and shown as "no text" / "no
                      ///< picture"
};

/// Source: docs/architecture.md, explanations. Golden: logits 2.4, -0.6, -0.9, -2.0 give 2.35, 2.05, 1.9.
[[nodiscard]] ModalityShare modalityShare(float both, float textOnly, float imageOnly, float nothing);

[[nodiscard]] Result<ModalitySplit> modalitySplit(const Classifier& classifier, const Embedding& embedding);

} // namespace modscope
