#include "ui/controllers/scorer.h"

#include <utility>

namespace modscope::ui {

namespace {

class ClassifierScorer final : public Scorer {
public:
    explicit ClassifierScorer(Classifier classifier) : m_classifier(std::move(classifier)) {}

    void predictStream(const Classifier::NextSample& next,
                       const Classifier::EmitPrediction& emit,
                       std::stop_token stop) const override
    {
        m_classifier.predictStream(next, emit, std::move(stop));
    }
    Result<Embedding> embed(const Sample& sample) const override { return m_classifier.embed(sample); }
    Result<Embedding> withText(const Embedding& embedding, std::string_view text) const override
    {
        return m_classifier.withText(embedding, text);
    }
    Result<Prediction> classify(const Embedding& embedding) const override { return m_classifier.classify(embedding); }
    Result<ModalitySplit> modalitySplit(const Embedding& embedding) const override
    {
        return modscope::modalitySplit(m_classifier, embedding);
    }
    Result<HeatMap> heatMap(const Sample& sample, std::stop_token stop, const ProgressFn& progress) const override
    {
        return modscope::heatMap(m_classifier, sample, std::move(stop), progress);
    }

private:
    Classifier m_classifier;
};

} // namespace

std::shared_ptr<const Scorer> makeScorer(Classifier classifier)
{
    return std::make_shared<ClassifierScorer>(std::move(classifier));
}

} // namespace modscope::ui
