#include "ui/pages/review_centre.h"

#include "ui/actions/action_registry.h"
#include "ui/models/suggestions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/caption_view.h"
#include "ui/widgets/claim_chip.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/disclosure_stepper.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/priority_card.h"
#include "ui/widgets/review_message.h"
#include "ui/widgets/scores_card.h"
#include "ui/widgets/verdict_style.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kGap = 12;

QWidget* skeletonBlock(int height)
{
    auto* block = new QFrame;
    setVariant(block, "well");
    height > 0 ? block->setFixedHeight(height) : block->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    return block;
}

} // namespace

ReviewCentre::ReviewCentre(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_stack(new QStackedWidget), m_key(new QLabel),
      m_claim(new ClaimChip(theme)), m_source(new ElidedLabel), m_stepper(new DisclosureStepper(theme)),
      m_tile(new DisclosureTile(theme)), m_caption(new CaptionView(theme)),
      m_scores(new ScoresCard(theme, &m_scoreModel, nullptr)), m_band(new IconLabel(theme, 14)), m_bandWord(new QLabel),
      m_split(new SplitCard(theme)), m_priority(new PriorityCard(theme)),
      m_hidden(new QLabel(tr("Scores and other opinions are hidden for this item."))),
      m_duplicates(new DuplicateStrip(theme, registry)), m_history(new HistoryStrip(theme, registry)),
      m_message(new ReviewMessage(theme, registry))
{
    m_stack->addWidget(buildItem());
    m_stack->addWidget(m_message);
    m_stack->addWidget(buildSkeleton());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(kGap);
    column->addWidget(m_stack, 1);
    column->addWidget(m_history);
    connect(m_tile, &DisclosureTile::revealedChanged, this, &ReviewCentre::follow);
    connect(m_scores, &ScoresCard::currentChanged, this, [this](const QString& label) { Q_EMIT classChosen(label); });
    connect(registry, &ActionRegistry::keysChanged, this, &ReviewCentre::nameKeys);
    connect(theme, &Theme::changed, this, &ReviewCentre::showBand);
    nameKeys();
    setLoading();
}

ReviewCentre::~ReviewCentre()
{
    m_tile->disconnect(); // it covers when it goes, and who would hear of that is half gone
}

QWidget* ReviewCentre::buildItem()
{
    auto* item = new QWidget;
    auto* left = new QVBoxLayout;
    left->setSpacing(kGap);
    left->addWidget(m_tile, 1);
    if (const QString locate = QStringLiteral("review.locate"); m_registry->contains(locate)) {
        QAction* action = m_registry->action(locate);
        auto* button = new ActionButton(m_theme, action);
        if (!action->isEnabled()) {
            button->hide(); // it has no place yet: shown now, it would be a window
        }
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
        left->addWidget(button, 0, Qt::AlignHCenter);
    }
    left->addWidget(m_caption);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(kGap);
    middle->addLayout(left, 1);
    middle->addWidget(buildEvidence(), 1);
    auto* column = new QVBoxLayout(item);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(buildTitleRow());
    column->addLayout(middle, 1);
    column->addWidget(m_duplicates);
    return item;
}

QWidget* ReviewCentre::buildTitleRow()
{
    setRole(m_key, "mono");
    setRole(m_source, "chip");
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_key);
    row->addWidget(m_claim);
    row->addWidget(m_source);
    row->addWidget(m_stepper, 1);
    return bar;
}

QWidget* ReviewCentre::buildEvidence()
{
    m_scores->showAsBands();
    m_scores->tree()->setFocusPolicy(Qt::TabFocus);
    m_scores->addTitleWidget(m_band);
    m_scores->addTitleWidget(m_bandWord);
    setRole(m_hidden, "secondary");
    m_hidden->setWordWrap(true);
    m_split->hide();
    auto* content = new QWidget;
    auto* cards = new QVBoxLayout(content);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(kGap);
    cards->addWidget(m_scores);
    cards->addWidget(m_hidden);
    cards->addWidget(m_split);
    cards->addWidget(m_priority);
    cards->addStretch();
    return new ColumnScroll(content);
}

QWidget* ReviewCentre::buildSkeleton()
{
    auto* skeleton = new QWidget;
    skeleton->setAccessibleName(tr("The next item is being fetched"));
    auto* left = new QVBoxLayout;
    left->setSpacing(kGap);
    left->addWidget(skeletonBlock(0), 1);
    left->addWidget(skeletonBlock(120));
    auto* row = new QHBoxLayout(skeleton);
    row->setContentsMargins(0, 36, 0, 0);
    row->setSpacing(kGap);
    row->addLayout(left, 1);
    row->addWidget(skeletonBlock(0), 1);
    return skeleton;
}

void ReviewCentre::showTask(const ReviewTaskView& task)
{
    m_task = task;
    m_tile->clear();
    m_key->setText(task.key);
    m_source->setFullText(task.source);
    m_source->setVisible(!task.source.isEmpty());
    m_caption->setTexts(task.text, task.ocrText);
    m_tile->setAlternativeText(alternativeText());
    if (!task.problem.isEmpty()) {
        setPictureProblem(task.problem);
    } else if (task.imagePath.isEmpty()) {
        m_tile->setMessage(QStringLiteral("fonts"), tr("No picture: decide from the text."));
    }
    m_duplicates->setDuplicates(task.duplicates);
    m_split->hide();
    showScores();
    m_stack->setCurrentIndex(0);
    follow();
}

void ReviewCentre::showScores()
{
    const bool shown = !m_task.scoresHidden && !m_task.scores.empty();
    m_scores->setModels(m_task.models);
    m_scoreModel.setClasses(m_task.labels);
    m_scoreModel.setScores(shown ? m_task.scores : std::vector<ClassScores>(), m_task.models);
    m_scores->setVisible(shown);
    m_hidden->setVisible(m_task.scoresHidden);
    m_priority->setPriority(m_task.scoresHidden ? Priority() : m_task.priority, m_task.order);
    showBand();
}

void ReviewCentre::showBand()
{
    const Verdict verdict = m_task.scoresHidden ? Verdict::None : assess(m_task.scores).verdict;
    const VerdictStyle style = verdictStyle(ItemState::Scored, verdict);
    m_band->setVisible(verdict != Verdict::None);
    m_bandWord->setVisible(verdict != Verdict::None);
    m_band->setIcon(style.icon, style.color);
    m_bandWord->setText(tr("%1 band", "Flag, Review or Clear").arg(verdictWord(verdict)));
    setRole(m_bandWord, verdict == Verdict::Flag ? "flag" : verdict == Verdict::Review ? "review" : "clear");
    restyle(m_bandWord);
}

void ReviewCentre::setCoveredTile(const QImage& tile)
{
    m_tile->setCoveredTile(tile);
    m_duplicates->setTile(0, tile);
    follow();
}

void ReviewCentre::setPicture(CanvasPicture picture)
{
    m_tile->setPicture(std::move(picture));
    follow();
}

void ReviewCentre::setPictureProblem(const QString& problem)
{
    m_tile->setMessage(QStringLiteral("file-earmark-x"), problem);
    follow();
}

void ReviewCentre::setMessage(const QString& title, const QString& text, const QString& action)
{
    m_tile->clear();
    m_claim->clear();
    m_message->setMessage(title, text, action);
    m_stack->setCurrentWidget(m_message);
}

void ReviewCentre::setLoading()
{
    m_tile->clear();
    m_stack->setCurrentIndex(2);
}

void ReviewCentre::setMask(const CaptionMask& mask)
{
    m_mask = mask;
    m_caption->setMask(mask);
    m_tile->setAlternativeText(alternativeText());
}

// What a screen reader says of the open picture: its words, masked like on the screen, and what the models flag.
QString ReviewCentre::alternativeText() const
{
    const QString& text = m_task.text.isEmpty() ? m_task.ocrText : m_task.text;
    QStringList parts;
    if (!text.isEmpty()) {
        parts << maskedText(text, m_mask.spans(text), tr("masked word"));
    }
    const auto suggested = suggestions(m_task);
    for (std::size_t i = 0; i < suggested.size(); ++i) {
        if (suggested[i]) {
            parts << className(m_task.labels[i]);
        }
    }
    return parts.join(tr("; ", "between the words of a picture and its classes"));
}

void ReviewCentre::setSplit(const QString& className, const QString& letter, const std::optional<SplitValues>& values)
{
    m_split->setVisible(values.has_value() && !m_task.scoresHidden);
    m_split->setSplit(className, letter, values);
}

void ReviewCentre::nameKeys()
{
    const auto key = [this](const char* id) {
        return m_registry->contains(QLatin1String(id)) ? keyText(m_registry->key(QLatin1String(id))) : QString();
    };
    m_tile->setKeys(key("review.revealGrey"), key("review.colour"));
    m_caption->setUnmaskKey(key("review.unmask"));
}

void ReviewCentre::follow()
{
    m_stepper->setStage(m_tile->seen().furthest);
}

// A window that is left shows nothing clear.
bool ReviewCentre::event(QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate) {
        m_tile->coverAgain();
        m_caption->unmask(false);
    }
    return QWidget::event(event);
}

} // namespace modscope::ui
