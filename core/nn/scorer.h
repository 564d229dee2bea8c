#pragma once

#include "core/checkpoint/model_info.h"
#include "core/data/prediction.h"
#include "core/nn/engine.h"
#include "core/nn/item_preparer.h"

#include <span>
#include <vector>

namespace modscope {

/// Encoder outputs of some items. Shapes: text [B, Dt], image [B, Di], zero rows where absent.
struct Features {
    Matrix text;
    Matrix image;
};

/// Prepared items through the engine: towers for what is present, then the head.
/// Threads: const; any number at once. `threads` is the engine's team for one call.
class Scorer {
public:
    Scorer(const Engine& engine, const ModelInfo& info) : m_engine(engine), m_info(info) {}

    /// One result per item. When the device has no memory left for the batch, or is lost, its halves are tried once.
    [[nodiscard]] std::vector<Result<Prediction>> score(std::span<const PreparedItem* const> items, int threads) const;

    [[nodiscard]] Result<Features> encode(std::span<const PreparedItem* const> items, int threads) const;
    /// @param logits  [C] Errors: Internal if one is not finite.
    [[nodiscard]] Result<Prediction> toPrediction(std::span<const float> logits) const;

private:
    [[nodiscard]] std::vector<Result<Prediction>> scoreOnce(std::span<const PreparedItem* const> items,
                                                            int threads) const;

    const Engine& m_engine;
    const ModelInfo& m_info;
};

} // namespace modscope
