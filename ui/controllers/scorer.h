#pragma once

#include "core/explain/heat_map.h"
#include "core/explain/modality_split.h"
#include "core/nn/classifier.h"
#include "ui/models/classify_item.h"

#include <memory>
#include <stop_token>
#include <string_view>
#include <vector>

namespace modscope::ui {

/// What the Classify page asks of an open model. Behind it is a Classifier, or a made-up model in tests.
/// Threads: const; any number at once.
class Scorer {
public:
    virtual ~Scorer() = default;

    /// As Classifier::predictStream.
    virtual void predictStream(const Classifier::NextSample& next,
                               const Classifier::EmitPrediction& emit,
                               std::stop_token stop) const = 0;
    [[nodiscard]] virtual Result<Embedding> embed(const Sample& sample) const = 0;
    [[nodiscard]] virtual Result<Embedding> withText(const Embedding& embedding, std::string_view text) const = 0;
    [[nodiscard]] virtual Result<Prediction> classify(const Embedding& embedding) const = 0;
    [[nodiscard]] virtual Result<ModalitySplit> modalitySplit(const Embedding& embedding) const = 0;
    [[nodiscard]] virtual Result<HeatMap> heatMap(const Sample& sample,
                                                  std::stop_token stop,
                                                  const ProgressFn& progress) const = 0;
};

/// A model that scores, and what people see of it.
struct OpenModel {
    ModelSummary summary;
    std::shared_ptr<const Scorer> scorer;
};

[[nodiscard]] std::shared_ptr<const Scorer> makeScorer(Classifier classifier);

} // namespace modscope::ui
