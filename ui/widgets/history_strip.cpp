#include "ui/widgets/history_strip.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr auto kUndoId = "app.undo";
constexpr int kChipSpacing = 8;
constexpr int kLongestChip = 190;
constexpr int kChipIcon = 13;

} // namespace

HistoryStrip::HistoryStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_title(new QLabel(tr("Earlier"))), m_chipArea(new QWidget)
{
    setRole(m_title, "value");
    auto* chips = new QHBoxLayout(m_chipArea);
    chips->setContentsMargins(0, 0, 0, 0);
    chips->setSpacing(kChipSpacing);
    chips->addStretch();
    m_chipArea->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // shows as many chips as fit
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_chipArea, 1);
    if (registry->contains(QLatin1String(kUndoId))) {
        auto* undo = new ActionButton(theme, registry->action(QLatin1String(kUndoId)));
        setVariant(undo, "quiet");
        undo->setFocusPolicy(Qt::TabFocus);
        row->addWidget(undo);
    }
    setAccessibleName(tr("Your last decisions"));
    setEntries({});
}

void HistoryStrip::setEntries(const std::vector<HistoryEntry>& entries)
{
    for (QToolButton* chip : m_chips) {
        delete chip;
    }
    m_chips.clear();
    auto* chips = static_cast<QHBoxLayout*>(m_chipArea->layout());
    for (const HistoryEntry& entry : entries) {
        auto* chip = new QToolButton;
        const QString key = entry.key.section(QLatin1Char('-'), 0, 0);
        const QString text = tr("%1 %2", "item, what was decided").arg(key, entry.text);
        chip->setIcon(m_theme->icon(entry.icon.isEmpty() ? QStringLiteral("check2") : entry.icon));
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setIconSize(QSize(m_theme->px(kChipIcon), m_theme->px(kChipIcon)));
        chip->setFocusPolicy(Qt::TabFocus);
        setVariant(chip, "chip");
        chip->setText(chip->fontMetrics().elidedText(text, Qt::ElideMiddle, m_theme->px(kLongestChip)));
        chip->setToolTip(tr("%1: look at it again, or change it").arg(text));
        chip->setAccessibleName(text);
        connect(chip, &QToolButton::clicked, this, [this, id = entry.id] { Q_EMIT opened(id); });
        chips->insertWidget(chips->count() - 1, chip);
        m_chips.push_back(chip);
    }
    m_title->setVisible(!entries.empty());
    fit();
}

void HistoryStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void HistoryStrip::fit()
{
    int left = m_chipArea->width();
    for (QToolButton* chip : m_chips) {
        left -= chip->sizeHint().width();
        chip->setVisible(left >= 0);
        left -= kChipSpacing;
    }
}

int HistoryStrip::shownCount() const
{
    return static_cast<int>(
        std::count_if(m_chips.begin(), m_chips.end(), [](const QToolButton* chip) { return !chip->isHidden(); }));
}

} // namespace modscope::ui
