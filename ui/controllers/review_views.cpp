// From what the store knows of an item to what the page may show of it.
#include "core/review/grouping.h"
#include "ui/controllers/review_desk.h"
#include "ui/models/visible_text.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace modscope::ui {

namespace {

float logitOf(float probability)
{
    constexpr float kEdge = 1e-6F; // a stored probability of 0 or 1 has no finite logit
    const float p = std::clamp(probability, kEdge, 1 - kEdge);
    return std::log(p / (1 - p));
}

Outcome outcomeOf(const ItemScores& scores, const ScoringModel& model)
{
    Prediction prediction;
    prediction.labels = model.labels;
    prediction.probabilities = scores.probabilities;
    prediction.thresholds = model.thresholds;
    for (std::size_t i = 0; i < scores.probabilities.size(); ++i) {
        prediction.logits.push_back(logitOf(scores.probabilities[i]));
        prediction.flagged.push_back(scores.probabilities[i] >= model.thresholds.at(i));
    }
    return std::make_shared<const Result<Prediction>>(std::move(prediction));
}

ModelSummary summaryOf(const ScoringModel& model, std::size_t place)
{
    constexpr int kHashDigits = 8;
    ModelSummary summary;
    summary.letter = QChar(QLatin1Char(static_cast<char>('A' + place)));
    summary.name = QString::fromStdString(model.name);
    summary.sha256 = QString::fromStdString(model.sha256);
    summary.key = summary.sha256;
    summary.hash = summary.sha256.left(kHashDigits);
    summary.labels = model.labels;
    summary.thresholds = model.thresholds;
    return summary;
}

Kinship kinshipOf(const Comparison& comparison)
{
    switch (comparison.relation) {
    case Relation::SameMeme:
        return Kinship::SameText;
    case Relation::CroppedOrFramed:
        return Kinship::Cropped;
    case Relation::SameTemplate:
    case Relation::Unrelated:
        break;
    }
    return Kinship::NewText;
}

/// What a model says of an item, with the model.
struct ModelOutcomes {
    std::vector<Outcome> outcomes;
    std::vector<ModelSummary> models; ///< parallel
};

ModelOutcomes outcomesOf(const ItemContent& content, const std::vector<ScoringModel>& models)
{
    ModelOutcomes found;
    for (const ItemScores& scores : content.scores) {
        const auto model = std::find_if(models.begin(), models.end(),
                                        [&scores](const ScoringModel& one) { return one.id == scores.model; });
        if (model != models.end()) {
            found.outcomes.push_back(outcomeOf(scores, *model));
            found.models.push_back(summaryOf(*model, found.models.size()));
        }
    }
    return found;
}

DuplicateView duplicateView(const ItemContent& item,
                            const DuplicateFacts& other,
                            const std::vector<ScoringModel>& models,
                            double severeFrom)
{
    DuplicateView view;
    view.id = other.content.id;
    view.key = QString::fromStdString(other.content.key);
    view.text = visibleText(other.content.text.empty() ? other.content.ocrText : other.content.text, true);
    view.imagePath = QString::fromStdString(other.content.imagePath);
    view.undecided = other.status.state == modscope::ItemState::New;
    view.band = coverBandAhead(other.content, other.status, models, severeFrom);
    // A stored hash that is none makes them no kin: nothing is then proposed to be decided together.
    if (const auto comparison = kinshipInGroup(item, other.content)) {
        view.kinship = kinshipOf(*comparison);
        view.distance = comparison->nearest() ? comparison->nearest()->bits : -1;
    }
    return view;
}

} // namespace

bool isAnsweredBlind(const ItemStatus& status)
{
    return status.golden || status.audit || status.state == modscope::ItemState::SecondOpinion;
}

CoverBand coverBandAhead(const ItemContent& content,
                         const ItemStatus& status,
                         const std::vector<ScoringModel>& models,
                         double severeFrom)
{
    return isAnsweredBlind(status) ? CoverBand::Normal
                                   : coverBand(scoresByClass(outcomesOf(content, models).outcomes), severeFrom);
}

ReviewTaskView makeTaskView(const ReviewTask& task,
                            const std::vector<DuplicateFacts>& group,
                            const Project& project,
                            const std::vector<ScoringModel>& models,
                            double severeFrom)
{
    const ItemContent& content = task.content;
    ReviewTaskView view;
    view.id = content.id;
    view.key = QString::fromStdString(content.key);
    view.source = visibleText(content.source, true);
    view.text = visibleText(content.text, true);
    view.ocrText = visibleText(content.ocrText, true);
    view.imagePath = QString::fromStdString(content.imagePath);
    view.pictureSha256 = QString::fromStdString(content.imageSha256);
    view.labels = project.labels;
    view.scoresHidden = task.blind || task.suggestionHidden;
    view.adjudication = task.adjudication;
    view.priority = task.priority;
    ModelOutcomes said = outcomesOf(content, models);
    view.models = std::move(said.models);
    view.scores = scoresByClass(said.outcomes);
    view.band = coverBand(view.scores, severeFrom);
    for (const DuplicateFacts& other : group) {
        view.duplicates.push_back(duplicateView(content, other, models, severeFrom));
    }
    if (task.adjudication && task.status.first && task.status.second) {
        view.opinions = {{task.status.first->decision}, {task.status.second->decision}};
    }
    return view;
}

} // namespace modscope::ui
