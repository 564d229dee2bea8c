#pragma once

#include "ui/controllers/scorer.h"

#include <QSemaphore>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace modscope::test {

/// A made-up model: the score of its only decisive class comes from the text ("hot" is high, "near" is close to the
/// threshold), a picture whose file name holds "broken" cannot be read. Every batch holds one item.
class FakeScorer final : public ui::Scorer {
public:
    explicit FakeScorer(float shift = 0) : m_shift(shift) {}

    void predictStream(const Classifier::NextSample& next,
                       const Classifier::EmitPrediction& emit,
                       std::stop_token stop) const override;
    Result<Embedding> embed(const Sample& sample) const override;
    Result<Embedding> withText(const Embedding& embedding, std::string_view text) const override;
    Result<Prediction> classify(const Embedding& embedding) const override;
    Result<ModalitySplit> modalitySplit(const Embedding& embedding) const override;
    Result<HeatMap> heatMap(const Sample& sample, std::stop_token stop, const ProgressFn& progress) const override;

    /// Lets this many items through; without a call every item passes.
    void hold() { m_held = true; }
    void letThrough(int items) const { m_gate.release(items); }
    /// What was scored, in order: file names, or texts without picture.
    [[nodiscard]] std::vector<std::string> scored() const;
    [[nodiscard]] int picturesEmbedded() const { return m_embedded; }
    /// Pictures that were broken can be read from now on.
    void repair() { m_repaired = true; }
    /// The device is gone after this many more items; bringBack() ends that.
    void vanishAfter(int items) { m_left = items; }
    void bringBack() { m_left = -1; }

private:
    [[nodiscard]] Result<Prediction> predict(const Sample& sample) const;

    float m_shift;
    std::atomic<bool> m_held = false;
    std::atomic<bool> m_repaired = false;
    mutable std::atomic<int> m_embedded = 0;
    mutable std::atomic<int> m_left = -1; ///< items that the device still answers; negative: no end
    mutable QSemaphore m_gate;
    mutable std::mutex m_mutex;
    mutable std::vector<std::string> m_scored;
};

[[nodiscard]] std::vector<std::string> fakeLabels(); ///< religion, sexist
[[nodiscard]] ui::OpenModel fakeModel(const QString& letter, std::shared_ptr<const FakeScorer> scorer);

} // namespace modscope::test
