#include "tests/ui/fake_scorer.h"

#include <algorithm>
#include <cmath>

namespace modscope::test {

namespace {

constexpr float kThreshold = 0.5F;

float probabilityOf(std::string_view text, float shift)
{
    const float base = text.find("hot") != std::string_view::npos    ? 0.8F
                       : text.find("near") != std::string_view::npos ? 0.52F
                                                                     : 0.1F;
    return std::clamp(base + shift, 0.01F, 0.99F);
}

float logitOf(float probability)
{
    return std::log(probability / (1 - probability));
}

} // namespace

std::vector<std::string> fakeLabels()
{
    return {"religion", "sexist"};
}

ui::OpenModel fakeModel(const QString& letter, std::shared_ptr<const FakeScorer> scorer)
{
    ui::OpenModel model;
    model.summary.letter = letter;
    model.summary.name = QStringLiteral("fake-") + letter.toLower();
    model.summary.key = letter;
    model.summary.hash = QStringLiteral("00de3071");
    model.summary.sha256 = model.summary.hash.repeated(8);
    model.summary.device = QStringLiteral("CPU");
    model.summary.labels = fakeLabels();
    model.summary.thresholds = {kThreshold, kThreshold};
    model.scorer = std::move(scorer);
    return model;
}

void FakeScorer::predictStream(const Classifier::NextSample& next,
                               const Classifier::EmitPrediction& emit,
                               std::stop_token stop) const
{
    for (std::size_t index = 0; !stop.stop_requested(); ++index) {
        const auto sample = next();
        if (!sample) {
            return;
        }
        while (m_held && !m_gate.tryAcquire(1, 10)) {
            if (stop.stop_requested()) {
                emit(index, *sample, fail(ErrorCode::Cancelled, "stopped"));
                return;
            }
        }
        emit(index, *sample, predict(*sample));
    }
}

Result<Prediction> FakeScorer::predict(const Sample& sample) const
{
    const auto name = sample.hasImage() ? sample.imagePath.filename().string() : sample.text;
    {
        const std::scoped_lock lock(m_mutex);
        m_scored.push_back(name);
    }
    if (!m_repaired && name.find("broken") != std::string::npos) {
        return fail(ErrorCode::ParseError, name + ": is not a picture we can read");
    }
    if (m_left == 0) {
        return fail(ErrorCode::Unavailable, "cuda:0: the device does not answer any more");
    }
    m_left -= m_left > 0 ? 1 : 0;
    const auto embedding = embed(sample);
    return embedding ? classify(*embedding) : fail(embedding.error());
}

Result<Embedding> FakeScorer::embed(const Sample& sample) const
{
    Embedding embedding;
    embedding.present = {!sample.text.empty(), sample.hasImage()};
    if (!embedding.present.text && !embedding.present.image) {
        return fail(ErrorCode::NoContent, "no text and no picture");
    }
    m_embedded += sample.hasImage() ? 1 : 0;
    embedding.text = {probabilityOf(sample.text, m_shift)};
    embedding.image = {0.1F};
    return embedding;
}

Result<Embedding> FakeScorer::withText(const Embedding& embedding, std::string_view text) const
{
    Embedding edited = embedding;
    edited.text = {probabilityOf(text, m_shift)};
    edited.present.text = !text.empty();
    return edited;
}

Result<Prediction> FakeScorer::classify(const Embedding& embedding) const
{
    Prediction prediction;
    prediction.labels = fakeLabels();
    prediction.probabilities = {embedding.text.front(), 0.05F};
    prediction.thresholds = {kThreshold, kThreshold};
    for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
        prediction.logits.push_back(logitOf(prediction.probabilities[i]));
        prediction.flagged.push_back(prediction.probabilities[i] >= kThreshold);
    }
    prediction.textPresent = embedding.present.text;
    prediction.imagePresent = embedding.present.image;
    return prediction;
}

Result<ModalitySplit> FakeScorer::modalitySplit(const Embedding& embedding) const
{
    ModalitySplit split;
    split.shares = {{0.42F, -0.18F, 1.36F}, {0, 0, 0}};
    split.present = embedding.present;
    return split;
}

Result<HeatMap> FakeScorer::heatMap(const Sample& /*sample*/,
                                    std::stop_token stop,
                                    const ProgressFn& /*progress*/) const
{
    while (m_held && !m_gate.tryAcquire(1, 10)) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "stopped");
        }
    }
    HeatMap map;
    map.columns = 2;
    map.rows = 2;
    map.drops = {{0.1F, 0.9F, 0.0F, -0.2F}, {0, 0, 0, 0}};
    return map;
}

std::vector<std::string> FakeScorer::scored() const
{
    const std::scoped_lock lock(m_mutex);
    return m_scored;
}

} // namespace modscope::test
