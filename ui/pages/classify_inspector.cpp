#include "ui/pages/classify_inspector.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/scores_card.h"
#include "ui/widgets/split_card.h"
#include "ui/widgets/verdict_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace modscope::ui {

ClassifyInspector::ClassifyInspector(const Theme* theme,
                                     const ActionRegistry* registry,
                                     const ClassifyListModel* items,
                                     ItemExplainer* explainer,
                                     QWidget* parent)
    : QWidget(parent), m_items(items), m_explainer(explainer), m_verdict(new VerdictCard(theme)),
      m_scores(new ScoresCard(theme, &m_scoreModel, registry->action(QStringLiteral("classify.addModel")))),
      m_split(new SplitCard(theme)), m_made(new QLabel), m_hash(new QLabel)
{
    setRole(m_made, "secondary");
    setRole(m_hash, "monoSmall");
    m_hash->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hash->setToolTip(tr("The first digits of the SHA-256 of the model's weights"));

    auto* content = new QWidget;
    auto* cards = new QVBoxLayout(content);
    cards->setContentsMargins(16, 14, 16, 8);
    cards->setSpacing(12);
    cards->addWidget(m_verdict);
    cards->addWidget(m_scores);
    cards->addWidget(m_split);
    cards->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(18, 4, 18, 10);
    foot->addWidget(m_made);
    foot->addStretch();
    foot->addWidget(m_hash);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    column->addLayout(foot);

    connect(explainer, &ItemExplainer::splitChanged, this, &ClassifyInspector::refreshSplit);
    connect(m_scores, &ScoresCard::currentChanged, this, [this](const QString& label, int model) {
        m_explainer->setModel(static_cast<std::size_t>(model));
        refreshSplit();
        Q_EMIT classChosen(label);
    });
}

void ClassifyInspector::showItem(ItemId id)
{
    m_item = id;
    refresh();
}

void ClassifyInspector::refresh()
{
    const auto* item = m_items->find(m_item);
    m_scores->setModels(m_items->models());
    if (item == nullptr) {
        m_scoreModel.clear();
        m_verdict->hide();
        m_split->hide();
        m_made->clear();
        m_hash->clear();
        return;
    }
    const auto scores = scoresByClass(item->outcomes);
    m_scoreModel.setScores(scores, m_items->models());
    m_scores->setVisible(!scores.empty());
    m_verdict->show();
    refreshVerdict(*item);
    refreshSplit();
    refreshFoot(*item);
}

void ClassifyInspector::refreshVerdict(const ClassifyItem& item)
{
    QString title;
    QString reason;
    switch (item.state) {
    case ItemState::Scored:
        title = verdictTitle(item.assessment);
        reason = verdictReason(item.assessment, m_scoreModel.scores(), m_items->models());
        break;
    case ItemState::Failed:
        title = tr("Not read");
        reason = errorText(item);
        break;
    case ItemState::Stopped:
        title = tr("Stopped");
        reason = tr("This item was not scored. Continue, or score it alone.");
        break;
    case ItemState::Waiting:
    case ItemState::Scoring:
        title = m_items->models().empty() ? tr("No model is open") : tr("Waiting for its scores");
        break;
    }
    if (const auto* original = m_items->find(item.duplicateOf)) {
        const auto same = tr("Same file as %1.").arg(original->name);
        reason = reason.isEmpty() ? same : tr("%1 %2", "two sentences").arg(reason, same);
    }
    m_verdict->setVerdict(item.state, item.assessment.verdict, title, reason);
}

void ClassifyInspector::refreshSplit()
{
    const auto label = m_scores->currentClass().toStdString();
    const auto* item = m_items->find(m_item);
    const bool scored = item != nullptr && item->state == ItemState::Scored && !label.empty();
    m_split->setVisible(scored);
    if (!scored || m_explainer->model() >= m_items->models().size()) {
        return;
    }
    std::optional<SplitValues> values;
    if (const auto split = m_explainer->split(label)) {
        values = SplitValues{split->text, split->image, split->together, split->hasText, split->hasImage};
    }
    m_split->setSplit(className(label), m_items->models()[m_explainer->model()].letter, values);
}

void ClassifyInspector::refreshFoot(const ClassifyItem& item)
{
    const auto model = m_explainer->model();
    if (model >= item.outcomes.size() || !item.outcomes[model] || !item.outcomes[model]->has_value()) {
        m_made->clear();
        m_hash->clear();
        return;
    }
    const PredictionTimings& timings = item.outcomes[model]->value().timings;
    const double milliseconds = timings.decodeMs + timings.tokenizeMs + timings.engineMs;
    const auto& summary = m_items->models()[model];
    m_made->setText(tr("%1 ms · %2 · batch %3", "time, device, items scored together")
                        .arg(QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0), summary.device)
                        .arg(timings.batchSize));
    const QLocale locale;
    m_made->setToolTip(tr("Decode %1 ms, tokens %2 ms, model %3 ms")
                           .arg(locale.toString(timings.decodeMs, 'f', 1), locale.toString(timings.tokenizeMs, 'f', 1),
                                locale.toString(timings.engineMs, 'f', 1)));
    m_hash->setText(summary.hash);
}

void ClassifyInspector::chooseClass(int place)
{
    const auto index = m_scoreModel.index(place, 0);
    if (index.isValid()) {
        m_scores->setCurrentClass(index.data(ScoreModel::ClassRole).toString());
    }
}

} // namespace modscope::ui
