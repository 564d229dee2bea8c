#include "ui/widgets/item_history_panel.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kTextMargin = 17;

} // namespace

ItemHistoryPanel::ItemHistoryPanel(const Theme* theme, QWidget* over)
    : SidePanel(theme, over), m_title(new QLabel), m_list(new QListView)
{
    setAccessibleName(tr("History of the item"));
    setRole(m_title, "title");
    m_list->setModel(&m_lines);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setWordWrap(true);
    m_list->setAccessibleName(accessibleName());
    setFocusProxy(m_list);
    head()->addWidget(m_title, 1);
    endHead();
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(kTextMargin, 0, kTextMargin, 0);
    inset->addWidget(m_list);
    body()->addLayout(inset, 1);
}

void ItemHistoryPanel::open(const QString& key, const QStringList& lines)
{
    m_title->setText(tr("History of %1", "an item's key").arg(key));
    m_lines.setStringList(lines);
    SidePanel::open();
    m_list->setCurrentIndex(m_lines.index(0));
}

} // namespace modscope::ui
