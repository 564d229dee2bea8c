#include "ui/widgets/history_strip.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/segmented_control.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr auto kUndoId = "review.undo";
constexpr int kChipSpacing = 8;
constexpr int kLongestChip = 300;
constexpr int kChipIcon = 13;
constexpr std::size_t kMostChips = 24; ///< more have no room on any screen
constexpr TimeMs kHourMs = 3'600'000;

QString entryText(const HistoryEntry& entry)
{
    return HistoryStrip::tr("%1 %2", "item, what was decided")
        .arg(entry.key.section(QLatin1Char('-'), 0, 0), entry.text);
}

} // namespace

HistoryStrip::HistoryStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_title(new QLabel(tr("Earlier"))),
      m_none(new QLabel(tr("Nothing in the last hour."))),
      m_filter(new SegmentedControl(tr("Which of your earlier steps are shown"))), m_chipArea(new QWidget),
      m_more(new QToolButton), m_menu(new QMenu(this))
{
    setRole(m_title, "value");
    setRole(m_none, "secondary");
    m_filter->addSegment(tr("Last hour"));
    m_filter->addSegment(tr("All", "steps of mine"));
    m_filter->setCurrentIndex(1);
    setVariant(m_more, "chip");
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    auto* chips = new QHBoxLayout(m_chipArea);
    chips->setContentsMargins(0, 0, 0, 0);
    chips->setSpacing(kChipSpacing);
    chips->addStretch();
    m_chipArea->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // shows as many chips as fit
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_filter);
    row->addWidget(m_none);
    row->addWidget(m_chipArea, 1);
    row->addWidget(m_more);
    if (registry->contains(QLatin1String(kUndoId))) {
        auto* undo = new ActionButton(theme, registry->action(QLatin1String(kUndoId)));
        setVariant(undo, "quiet");
        undo->setFocusPolicy(Qt::TabFocus);
        row->addWidget(undo);
    }
    setAccessibleName(tr("Your last decisions"));
    m_chipArea->installEventFilter(this);
    connect(m_menu, &QMenu::aboutToShow, this, &HistoryStrip::fillMenu);
    connect(m_filter, &SegmentedControl::chosen, this, [this](int index) {
        setLastHourOnly(index == 0);
        Q_EMIT lastHourOnlyChosen(m_lastHour);
    });
    setEntries({});
}

void HistoryStrip::setEntries(const std::vector<HistoryEntry>& entries, bool hasOlder)
{
    m_entries = entries;
    m_hasOlder = hasOlder;
    rebuild();
}

void HistoryStrip::setLastHourOnly(bool lastHour)
{
    m_lastHour = lastHour;
    m_filter->setCurrentIndex(lastHour ? 0 : 1);
    rebuild();
}

std::vector<HistoryEntry> HistoryStrip::chosenEntries() const
{
    std::vector<HistoryEntry> chosen;
    const TimeMs since = m_lastHour ? QDateTime::currentMSecsSinceEpoch() - kHourMs : 0;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(chosen),
                 [since](const HistoryEntry& entry) { return entry.time >= since; });
    return chosen;
}

QToolButton* HistoryStrip::makeChip(const HistoryEntry& entry)
{
    auto* chip = new QToolButton;
    const QString text = entryText(entry);
    chip->setIcon(m_theme->icon(entry.icon.isEmpty() ? QStringLiteral("check2") : entry.icon));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setIconSize(QSize(m_theme->px(kChipIcon), m_theme->px(kChipIcon)));
    chip->setFocusPolicy(Qt::TabFocus);
    setVariant(chip, "chip");
    chip->setText(chip->fontMetrics().elidedText(text, Qt::ElideMiddle, m_theme->px(kLongestChip)));
    chip->setToolTip(tr("%1: look at it again, or change it").arg(text));
    chip->setAccessibleName(text);
    chip->setAccessibleDescription(tr("Look at it again, or change it"));
    connect(chip, &QToolButton::clicked, this, [this, id = entry.id] { Q_EMIT opened(id); });
    return chip;
}

void HistoryStrip::rebuild()
{
    for (QToolButton* chip : m_chips) {
        delete chip;
    }
    m_chips.clear();
    const std::vector<HistoryEntry> chosen = chosenEntries();
    auto* chips = static_cast<QHBoxLayout*>(m_chipArea->layout());
    for (std::size_t i = 0; i < std::min(chosen.size(), kMostChips); ++i) {
        auto* chip = makeChip(chosen[i]);
        chips->insertWidget(chips->count() - 1, chip);
        m_chips.push_back(chip);
    }
    m_title->setVisible(!m_entries.empty());
    m_filter->setVisible(!m_entries.empty());
    m_none->setVisible(!m_entries.empty() && chosen.empty());
    fit();
}

bool HistoryStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_chipArea && event->type() == QEvent::Resize) {
        fit();
    }
    return QWidget::eventFilter(watched, event);
}

void HistoryStrip::fit()
{
    int left = m_chipArea->width();
    for (QToolButton* chip : m_chips) {
        left -= chip->sizeHint().width();
        chip->setVisible(left >= 0);
        left -= kChipSpacing;
    }
    const int hidden = static_cast<int>(chosenEntries().size()) - shownCount();
    m_more->setVisible(hidden > 0 || m_hasOlder);
    m_more->setText(hidden > 0 ? tr("+%1", "own steps without room").arg(hidden) : tr("More"));
    m_more->setToolTip(tr("Your steps before these"));
    m_more->setAccessibleName(m_more->toolTip());
}

void HistoryStrip::fillMenu()
{
    m_menu->clear();
    const std::vector<HistoryEntry> chosen = chosenEntries();
    for (auto i = static_cast<std::size_t>(shownCount()); i < chosen.size(); ++i) {
        QString text = entryText(chosen[i]);
        text.replace(QLatin1Char('&'), QStringLiteral("&&")); // a class's name is no shortcut
        connect(m_menu->addAction(text), &QAction::triggered, this, [this, id = chosen[i].id] { Q_EMIT opened(id); });
    }
    if (m_hasOlder) {
        connect(m_menu->addAction(tr("Bring older ones")), &QAction::triggered, this, &HistoryStrip::olderWanted);
    }
}

int HistoryStrip::shownCount() const
{
    return static_cast<int>(
        std::count_if(m_chips.begin(), m_chips.end(), [](const QToolButton* chip) { return !chip->isHidden(); }));
}

} // namespace modscope::ui
