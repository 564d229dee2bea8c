#include "ui/pages/review_inspector.h"

#include "ui/actions/action_registry.h"
#include "ui/models/suggestions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/decision_panel.h"
#include "ui/widgets/opinion_columns.h"
#include "ui/widgets/policy_card.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kNoteHeight = 64;
constexpr int kPrimaryHeight = 38;
constexpr int kMargin = 12;     // around the cards
constexpr int kCardMargin = 17; // inside them, with their border

} // namespace

ReviewInspector::ReviewInspector(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_panel(new DecisionPanel(theme, registry)),
      m_opinions(new OpinionColumns(theme)), m_reason(new QLineEdit), m_missing(new QLabel),
      m_withdraw(new QPushButton(tr("Withdraw both"))), m_policy(new PolicyCard(theme)), m_note(new QPlainTextEdit)
{
    setRole(m_missing, "secondary");
    m_missing->setWordWrap(true);
    m_panel->body()->addWidget(m_reason);
    m_panel->body()->addWidget(buildButtons());
    m_panel->body()->addWidget(m_withdraw);
    m_panel->body()->addWidget(m_missing);
    if (const QString full = QStringLiteral("review.policy"); registry->contains(full)) {
        auto* button = new ActionButton(theme, registry->action(full));
        button->setLabel(tr("In full", "the policy"));
        setVariant(button, "quiet");
        button->setFocusPolicy(Qt::TabFocus);
        m_policy->addTitleWidget(button);
    }
    buildFields();
    auto* content = new QWidget;
    auto* cards = new QVBoxLayout(content);
    cards->setContentsMargins(kMargin, 14, kMargin, 14);
    cards->setSpacing(12);
    cards->addWidget(m_opinions);
    cards->addWidget(m_panel);
    cards->addWidget(m_policy);
    cards->addWidget(m_note);
    cards->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new ColumnScroll(content));

    connect(m_panel, &DecisionPanel::classToggled, this, &ReviewInspector::toggleClass);
    connect(m_panel, &DecisionPanel::unsureToggled, this, &ReviewInspector::toggleUnsure);
    connect(m_panel, &DecisionPanel::noneToggled, this, &ReviewInspector::toggleNone);
    connect(m_panel, &DecisionPanel::classFocused, this, [this](int index) {
        setClass(QString::fromStdString(m_draft.labels().at(static_cast<std::size_t>(index))));
    });
    connect(m_opinions, &OpinionColumns::adopted, this, &ReviewInspector::adopt);
    connect(m_withdraw, &QPushButton::clicked, this, &ReviewInspector::withdrawWanted);
    connect(m_reason, &QLineEdit::returnPressed, this, &ReviewInspector::submitWanted);
    connect(theme, &Theme::changed, this, &ReviewInspector::placeButtons);
    connect(registry, &ActionRegistry::keysChanged, this, &ReviewInspector::nameKeys);
    placeButtons();
    nameKeys();
    showNothing();
}

void ReviewInspector::buildFields()
{
    m_reason->setPlaceholderText(tr("Why (one line, required)"));
    m_reason->setAccessibleName(tr("Reason"));
    m_note->setAccessibleName(tr("Note for the record"));
    m_note->setFixedHeight(kNoteHeight);
    m_note->setTabChangesFocus(true);
    m_withdraw->setFocusPolicy(Qt::TabFocus);
    m_reason->installEventFilter(this);
    m_note->installEventFilter(this);
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString& reason) {
        m_draft.setReason(reason);
        refreshMissing();
        Q_EMIT draftChanged();
    });
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        m_draft.setNote(m_note->toPlainText());
        Q_EMIT draftChanged();
    });
}

void ReviewInspector::nameKeys()
{
    const QString id = QStringLiteral("review.note");
    const QString key = m_registry->contains(id) ? keyText(m_registry->key(id)) : QString();
    m_note->setPlaceholderText(key.isEmpty() ? tr("Note for the record")
                                             : tr("Note for the record (%1)", "its key").arg(key));
}

QWidget* ReviewInspector::buildButtons()
{
    auto* buttons = new QWidget;
    m_buttonGrid = new QGridLayout(buttons);
    m_buttonGrid->setContentsMargins(0, 4, 0, 0);
    m_buttonGrid->setSpacing(8);
    const std::array<std::pair<const char*, QString>, 5> actions{{{"review.submit", tr("Submit and next")},
                                                                  {"review.skip", tr("Skip")},
                                                                  {"review.escalate", tr("Escalate")},
                                                                  {"review.secondOpinion", tr("Second opinion")},
                                                                  {"review.handOver", tr("Hand over")}}};
    for (const auto& [id, label] : actions) {
        if (m_registry->contains(QLatin1String(id))) {
            auto* button = new ActionButton(m_theme, m_registry->action(QLatin1String(id)));
            button->setLabel(label);
            button->setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
            m_buttons.push_back(button);
        }
    }
    if (!m_buttons.empty()) {
        setVariant(m_buttons.front(), "primary");
        m_buttons.front()->setMinimumHeight(kPrimaryHeight);
    }
    return buttons;
}

// Two in a row below the first, or one where a language's words need the room.
void ReviewInspector::placeButtons()
{
    const int room = width() - 2 * (kMargin + kCardMargin) - m_buttonGrid->spacing();
    int left = 0;
    int right = 0;
    for (std::size_t i = 1; i < m_buttons.size(); ++i) {
        int& widest = i % 2 == 1 ? left : right;
        widest = std::max(widest, m_buttons[i]->sizeHint().width());
    }
    const int columns = left + right <= room ? 2 : 1;
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const int place = static_cast<int>(i) - 1;
        i == 0 ? m_buttonGrid->addWidget(m_buttons[i], 0, 0, 1, columns)
               : m_buttonGrid->addWidget(m_buttons[i], 1 + place / columns, place % columns);
    }
}

void ReviewInspector::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeButtons();
}

void ReviewInspector::showTask(const ReviewTaskView& task)
{
    m_task = task;
    setEnabled(true);
    m_reason->setVisible(task.adjudication);
    m_withdraw->setVisible(task.adjudication);
    m_opinions->setOpinions(task.opinions, task.labels);
    const DecisionDraft empty(task.labels, task.adjudication);
    m_panel->setTask(empty, suggestions(task));
    m_panel->setRevealed(false);
    m_panel->setItemCount(1);
    setDraft(empty);
    const bool knowsTop = !task.scoresHidden && !task.scores.empty();
    const std::string first = task.labels.empty() ? std::string() : task.labels.front();
    setClass(QString::fromStdString(knowsTop ? task.scores.front().label : first));
}

void ReviewInspector::showNothing()
{
    showTask({});
    setEnabled(false);
}

void ReviewInspector::setPolicies(const std::vector<PolicyView>& versions)
{
    m_policy->setPolicies(versions);
}

void ReviewInspector::setClass(const QString& label)
{
    m_policy->setClass(label);
}

void ReviewInspector::setItemCount(int items)
{
    m_panel->setItemCount(items);
}

void ReviewInspector::setRevealed(bool revealed)
{
    m_panel->setRevealed(revealed);
}

void ReviewInspector::setDraft(const DecisionDraft& draft)
{
    m_draft = draft;
    const QSignalBlocker reason(m_reason);
    const QSignalBlocker note(m_note);
    m_reason->setText(draft.reason());
    m_note->setPlainText(draft.note());
    changed();
}

void ReviewInspector::toggleClass(int index)
{
    m_draft.toggle(index);
    changed();
}

void ReviewInspector::toggleUnsure(int index)
{
    m_draft.toggleUnsure(index);
    changed();
}

void ReviewInspector::toggleNone()
{
    m_draft.toggleNone();
    changed();
}

void ReviewInspector::adopt(int opinion)
{
    if (opinion >= 0 && opinion < static_cast<int>(m_task.opinions.size())) {
        m_draft.adopt(m_task.opinions[static_cast<std::size_t>(opinion)].decision);
        changed();
    }
}

void ReviewInspector::focusNote()
{
    m_note->setFocus(Qt::ShortcutFocusReason);
}

void ReviewInspector::focusReason()
{
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void ReviewInspector::changed()
{
    m_panel->setDraft(m_draft);
    refreshMissing();
    Q_EMIT draftChanged();
}

void ReviewInspector::refreshMissing()
{
    const QString missing = m_draft.classCount() > 0 ? m_draft.missing() : QString();
    m_missing->setText(missing);
    m_missing->setVisible(!missing.isEmpty());
}

// Esc gives the keyboard back to the page: single keys work again.
bool ReviewInspector::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        static_cast<QWidget*>(watched)->clearFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace modscope::ui
