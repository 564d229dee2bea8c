#include "ui/widgets/duplicate_strip.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/duplicate_delegate.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/key_list_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kCardGap = 8;
constexpr auto kCompareId = "review.compare";

} // namespace

DuplicateStrip::DuplicateStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_sentence(new ElidedLabel), m_delegate(new DuplicateDelegate(theme, this)),
      m_list(new KeyListView), m_more(new QToolButton)
{
    auto* title = new QLabel(tr("Near-duplicates"));
    setRole(title, "value");
    setRole(m_sentence, "secondary");
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_sentence, 1);
    if (registry->contains(QLatin1String(kCompareId))) {
        auto* compare = new ActionButton(theme, registry->action(QLatin1String(kCompareId)));
        compare->setLabel(tr("Compare"));
        setVariant(compare, "quiet");
        compare->setFocusPolicy(Qt::TabFocus);
        row->addWidget(compare);
    }
    buildList();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    auto* cards = new QHBoxLayout;
    cards->setSpacing(kCardGap);
    cards->addWidget(m_list, 1);
    cards->addWidget(m_more);
    column->addLayout(cards);
    connect(&m_model, &DuplicateListModel::includedChanged, this, [this] {
        refresh();
        Q_EMIT includedChanged();
    });
    connect(theme, &Theme::changed, this, &DuplicateStrip::fitCards);
    setDuplicates({});
}

void DuplicateStrip::buildList()
{
    m_list->setAccessibleName(tr("Near-duplicates"));
    setVariant(m_more, "chip");
    m_more->setFocusPolicy(Qt::TabFocus);
    connect(m_more, &QToolButton::clicked, this, &DuplicateStrip::showMore);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setUniformItemSizes(true);
    m_list->setSpacing(kCardGap / 2);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // m_more scrolls, and so do arrow keys
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->viewport()->setAutoFillBackground(false);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        if (const auto id = index.data(DuplicateListModel::IdRole).toLongLong(); id != 0) {
            Q_EMIT opened(id);
        }
    });
}

void DuplicateStrip::setDuplicates(const std::vector<DuplicateView>& duplicates)
{
    m_model.setDuplicates(duplicates);
    setVisible(!duplicates.empty());
    fitCards();
}

void DuplicateStrip::remove(const std::vector<ReviewItemId>& ids)
{
    m_model.remove(ids);
    setVisible(!m_model.duplicates().empty());
    fitCards();
}

void DuplicateStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitCards();
}

// Cards share the width; where they would become too narrow, those that fit are shown and "+2" brings the rest.
void DuplicateStrip::fitCards()
{
    const int count = std::max(1, m_model.rowCount());
    const int smallest = m_delegate->smallestCard() + kCardGap;
    const bool more = count * smallest > width();
    const int room = width() - (more ? m_more->sizeHint().width() + kCardGap : 0);
    const int fitting = more ? std::max(1, room / smallest) : count;
    const int share = room / fitting - kCardGap;
    m_delegate->setCardWidth(more ? share : std::min(share, m_delegate->largestCard()));
    m_more->setVisible(more);
    m_more->setText(tr("+%1", "near-duplicates without room").arg(count - fitting));
    m_more->setToolTip(tr("Show %n more", nullptr, count - fitting));
    m_more->setAccessibleName(m_more->toolTip());
    m_list->setFixedHeight(m_delegate->sizeHint({}, {}).height() + kCardGap);
    m_list->doItemsLayout();
}

// A page on; from the end back to the beginning.
void DuplicateStrip::showMore()
{
    QScrollBar* bar = m_list->horizontalScrollBar();
    bar->setValue(bar->value() == bar->maximum() ? 0 : bar->value() + m_list->viewport()->width());
}

QString DuplicateStrip::sentence() const
{
    return m_sentence->fullText();
}

void DuplicateStrip::refresh()
{
    const auto included = static_cast<int>(m_model.included().size());
    const auto& duplicates = m_model.duplicates();
    const auto apart = static_cast<int>(std::count_if(duplicates.begin(), duplicates.end(), [](const auto& one) {
        return one.undecided && one.kinship == Kinship::NewText;
    }));
    const QString together =
        included > 0 ? tr("%n item(s) are decided together.", nullptr, included + 1) : tr("Only this item is decided.");
    const QString separate = tr("%n with new text stay(s) separate unless you tick it.", nullptr, apart);
    m_sentence->setFullText(apart > 0 ? tr("%1 %2", "two sentences").arg(together, separate) : together);
}

void DuplicateStrip::include(ReviewItemId id)
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row);
        if (index.data(DuplicateListModel::IdRole).toLongLong() == id) {
            m_model.setData(index, Qt::Checked, Qt::CheckStateRole);
        }
    }
}

ReviewItemId DuplicateStrip::currentDuplicate() const
{
    return m_list->currentIndex().data(DuplicateListModel::IdRole).toLongLong();
}

} // namespace modscope::ui
