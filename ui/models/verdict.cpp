#include "ui/models/verdict.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace modscope::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

std::vector<ClassScores>::iterator classOf(std::vector<ClassScores>& scores, const std::string& label)
{
    const auto found = std::find_if(scores.begin(), scores.end(), [&](const auto& one) { return one.label == label; });
    return found != scores.end() ? found : scores.insert(scores.end(), ClassScores{label, {}});
}

bool flaggedByAll(const ClassScores& scores)
{
    return std::all_of(scores.models.begin(), scores.models.end(), [](const auto& one) { return one.flagged; });
}

bool flaggedByAny(const ClassScores& scores)
{
    return std::any_of(scores.models.begin(), scores.models.end(), [](const auto& one) { return one.flagged; });
}

bool nearThreshold(const ClassScores& scores)
{
    return std::any_of(scores.models.begin(), scores.models.end(), [](const ModelScore& one) {
        const float near = std::min({kNearThreshold, one.threshold / 4, (1 - one.threshold) / 4});
        return std::abs(one.margin()) < near;
    });
}

Assessment decided(Verdict verdict, const ClassScores& by, float margin)
{
    return {.verdict = verdict, .topClass = by.label, .topProbability = by.highest(), .margin = margin};
}

QString distance(float margin)
{
    return margin >= 0 ? Words::tr("%1 above").arg(scoreText(margin)) : Words::tr("%1 below").arg(scoreText(-margin));
}

QString distancesByModel(const ClassScores& scores, const std::vector<ModelSummary>& models)
{
    QStringList parts;
    for (const auto& one : scores.models) {
        const auto text = parts.isEmpty() ? Words::tr("%1 is %2 its threshold") : Words::tr("%1 is %2");
        parts << text.arg(models.at(one.model).letter, distance(one.margin()));
    }
    return Words::tr("%1.").arg(parts.join(Words::tr(", ")));
}

} // namespace

float ClassScores::bestMargin() const
{
    return std::max_element(models.begin(), models.end(),
                            [](const auto& a, const auto& b) { return a.margin() < b.margin(); })
        ->margin();
}

float ClassScores::worstMargin() const
{
    return std::min_element(models.begin(), models.end(),
                            [](const auto& a, const auto& b) { return a.margin() < b.margin(); })
        ->margin();
}

float ClassScores::highest() const
{
    return std::max_element(models.begin(), models.end(),
                            [](const auto& a, const auto& b) { return a.probability < b.probability; })
        ->probability;
}

std::vector<ClassScores> scoresByClass(const std::vector<Outcome>& outcomes)
{
    std::vector<ClassScores> scores;
    for (std::size_t model = 0; model < outcomes.size(); ++model) {
        if (!outcomes[model] || !outcomes[model]->has_value()) {
            continue;
        }
        const Prediction& prediction = outcomes[model]->value();
        for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
            classOf(scores, prediction.labels[i])
                ->models.push_back({.model = model,
                                    .probability = prediction.probabilities[i],
                                    .logit = prediction.logits[i],
                                    .threshold = prediction.thresholds[i],
                                    .flagged = prediction.flagged[i]});
        }
    }
    std::stable_sort(scores.begin(), scores.end(),
                     [](const auto& a, const auto& b) { return a.bestMargin() > b.bestMargin(); });
    return scores;
}

Assessment assess(const std::vector<ClassScores>& scores)
{
    if (scores.empty()) {
        return {};
    }
    const float margin = scores.front().bestMargin();
    const auto first = [&](auto&& wanted) { return std::find_if(scores.begin(), scores.end(), wanted); };
    if (const auto found = first([](const auto& one) { return flaggedByAll(one) && !nearThreshold(one); });
        found != scores.end()) {
        return decided(Verdict::Flag, *found, margin);
    }
    if (const auto found = first([](const auto& one) { return flaggedByAny(one) && !flaggedByAll(one); });
        found != scores.end()) {
        Assessment assessment = decided(Verdict::Review, *found, margin);
        assessment.disagree = true;
        return assessment;
    }
    if (const auto found = first(nearThreshold); found != scores.end()) {
        return decided(Verdict::Review, *found, margin);
    }
    const auto highest = std::max_element(scores.begin(), scores.end(),
                                          [](const auto& a, const auto& b) { return a.highest() < b.highest(); });
    return decided(Verdict::Clear, *highest, margin);
}

QString verdictTitle(const Assessment& assessment)
{
    switch (assessment.verdict) {
    case Verdict::Flag:
        return Words::tr("Flagged: %1").arg(className(assessment.topClass));
    case Verdict::Review:
        return assessment.disagree ? Words::tr("Needs review: the models disagree")
                                   : Words::tr("Needs review: close to the threshold");
    case Verdict::Clear:
        return Words::tr("Clear: no class reaches its threshold");
    case Verdict::None:
        break;
    }
    return {};
}

QString verdictReason(const Assessment& assessment,
                      const std::vector<ClassScores>& scores,
                      const std::vector<ModelSummary>& models)
{
    const auto top =
        std::find_if(scores.begin(), scores.end(), [&](const auto& one) { return one.label == assessment.topClass; });
    if (top == scores.end()) {
        return {};
    }
    if (top->models.size() > 1) {
        return distancesByModel(*top, models);
    }
    const ModelScore& only = top->models.front();
    return Words::tr("%1 is %2 its threshold of %3.")
        .arg(className(top->label), distance(only.margin()), scoreText(only.threshold));
}

QString verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Flag:
        return Words::tr("Flag");
    case Verdict::Review:
        return Words::tr("Review");
    case Verdict::Clear:
        return Words::tr("Clear");
    case Verdict::None:
        break;
    }
    return {};
}

QString className(const std::string& label)
{
    QString name = QString::fromStdString(label).replace(u'_', u' ');
    if (!name.isEmpty()) {
        name[0] = name[0].toUpper();
    }
    return name;
}

QString scoreText(float value)
{
    return QLocale().toString(static_cast<double>(value), 'f', 2);
}

} // namespace modscope::ui
