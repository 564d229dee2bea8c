#include "ui/widgets/decision_panel.h"

#include "ui/actions/action_registry.h"
#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/decision_row.h"
#include "ui/widgets/elided_button.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kDigits = 9; // classes that have a key of their own

} // namespace

DecisionPanel::DecisionPanel(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_card(new Card(tr("Your decision"))),
      m_items(new ElidedButton), m_rowColumn(new QVBoxLayout), m_none(new DecisionRow(theme, tr("None of these"), -1))
{
    setVariant(m_items, "link");
    m_items->setToolTip(tr("Show them"));
    connect(m_items, &QAbstractButton::clicked, this, &DecisionPanel::itemsWanted);
    m_card->addTitleWidget(m_items);
    m_rowColumn->setSpacing(6);
    m_rowColumn->addWidget(m_none);
    m_card->body()->addLayout(m_rowColumn);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    connect(m_none, &QAbstractButton::clicked, this, &DecisionPanel::noneToggled);
    connect(registry, &ActionRegistry::keysChanged, this, &DecisionPanel::refreshKeys);
    refreshKeys();
    setItemCount(1);
}

QVBoxLayout* DecisionPanel::body() const
{
    return m_card->body();
}

void DecisionPanel::setTask(const DecisionDraft& draft, const std::vector<std::optional<float>>& suggestions)
{
    for (DecisionRow* row : m_rows) {
        delete row;
    }
    m_rows.clear();
    for (int i = 0; i < draft.classCount(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        const std::string& label = draft.labels()[place];
        auto* row = new DecisionRow(m_theme, className(label), m_slots.of(QString::fromStdString(label)));
        if (place < suggestions.size() && suggestions[place]) {
            row->setDetail(tr("suggested %1").arg(scoreText(*suggestions[place])));
        }
        row->installEventFilter(this);
        connect(row, &QAbstractButton::clicked, this, [this, i] { Q_EMIT classToggled(i); });
        connect(row, &DecisionRow::unsureWanted, this, [this, i] { Q_EMIT unsureToggled(i); });
        m_rowColumn->insertWidget(i, row);
        m_rows.push_back(row);
    }
    refreshKeys();
    setDraft(draft);
}

void DecisionPanel::setDraft(const DecisionDraft& draft)
{
    const int count = std::min(draft.classCount(), static_cast<int>(m_rows.size()));
    for (int i = 0; i < count; ++i) {
        row(i)->setAnswer(draft.answer(i));
    }
    m_none->setAnswer(draft.isNone() ? Answer::Yes : Answer::No);
    refreshNone();
}

void DecisionPanel::setItemCount(int items)
{
    m_items->setText(tr("applies to %n item(s)", nullptr, items));
    m_items->setVisible(items > 1);
}

void DecisionPanel::setRevealed(bool revealed)
{
    m_revealed = revealed;
    refreshNone();
}

void DecisionPanel::refreshNone()
{
    m_none->setDetail(m_none->isChecked() && !m_revealed ? tr("not revealed") : QString());
}

void DecisionPanel::refreshKeys()
{
    const auto key = [this](const QString& id) {
        return m_registry->contains(id) ? keyText(m_registry->key(id)) : QString();
    };
    for (std::size_t i = 0; i < std::min<std::size_t>(m_rows.size(), kDigits); ++i) {
        m_rows[i]->setKey(key(QStringLiteral("review.class%1").arg(i + 1)));
    }
    m_none->setKey(key(QStringLiteral("review.none")));
}

bool DecisionPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        const auto found = std::find(m_rows.begin(), m_rows.end(), watched);
        if (found != m_rows.end()) {
            Q_EMIT classFocused(static_cast<int>(found - m_rows.begin()));
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace modscope::ui
