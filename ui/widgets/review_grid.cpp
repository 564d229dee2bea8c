#include "ui/widgets/review_grid.h"

#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bulk_panel.h"
#include "ui/widgets/key_list_view.h"
#include "ui/widgets/review_tile_delegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

/// Letters belong to the page's keys: searching by typing would ask for every row.
class TileView final : public KeyListView {
public:
    using KeyListView::KeyListView;
    void keyboardSearch(const QString& /*search*/) override {}

protected:
    /// No tile changes its size: QListView would lay out all rows again for every picture that comes.
    void dataChanged(const QModelIndex& first, const QModelIndex& last, const QVector<int>& roles) override
    {
        QAbstractItemView::dataChanged(first, last, roles); // NOLINT(bugprone-parent-virtual-call)
    }
};

} // namespace

ReviewGrid::ReviewGrid(const Theme* theme, ReviewListModel* items, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_items(items), m_view(new TileView),
      m_delegate(new ReviewTileDelegate(theme, this)), m_panel(new BulkPanel(theme)), m_count(new QLabel),
      m_hint(new QLabel), m_clear(new QPushButton(tr("Clear marks")))
{
    buildView();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(buildHead());
    column->addWidget(m_panel);
    column->addWidget(m_view, 1);
    m_panel->hide();

    connect(m_panel, &BulkPanel::applied, this, &ReviewGrid::applyChoice);
    connect(m_panel, &BulkPanel::cancelled, this, &ReviewGrid::cancelChoice);
    connect(m_clear, &QPushButton::clicked, this, &ReviewGrid::clearMarks);
    connect(items, &ReviewListModel::marksChanged, this, &ReviewGrid::showCount);
    connect(items, &QAbstractItemModel::modelReset, this, [this] {
        cancelChoice();
        coverAgain();
        showCount();
    });
    connect(theme, &Theme::changed, this, &ReviewGrid::restyleTiles);
    restyleTiles();
    showCount();
}

ReviewGrid::~ReviewGrid() = default;

QWidget* ReviewGrid::buildHead()
{
    setRole(m_count, "cardTitle");
    setRole(m_hint, "secondary");
    setVariant(m_clear, "link");
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(10);
    row->addWidget(m_count);
    row->addWidget(m_hint, 1);
    row->addWidget(m_clear);
    return head;
}

void ReviewGrid::buildView()
{
    m_view->setModel(m_items);
    m_view->setItemDelegate(m_delegate);
    // As IconMode shows it, but laid out in rows, without a tree of a million rectangles.
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(true);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Items of this queue, pictures covered"));
    m_view->installEventFilter(this);
    m_tile = new DisclosureTile(m_theme, m_view->viewport());
    m_tile->setBare(true);
    m_tile->hide();
    connect(m_tile, &DisclosureTile::revealedChanged, this, [this](bool revealed) {
        if (!revealed) {
            tileCovered();
        }
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        coverAgain();
        Q_EMIT currentChanged(currentItem());
    });
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &ReviewGrid::coverAgain);
    connect(m_view, &QListView::doubleClicked, this, &ReviewGrid::openCurrent);
}

void ReviewGrid::restyleTiles()
{
    coverAgain();
    m_items->setCoverSide(static_cast<int>(m_theme->px(ReviewTileDelegate::kPicture) * devicePixelRatioF()));
    m_view->setGridSize(m_delegate->sizeHint({}, {}));
    m_view->doItemsLayout();
}

void ReviewGrid::showCount()
{
    const int marked = m_items->markedCount();
    m_count->setText(marked > 0
                         ? tr("%1 of %n item(s) marked", nullptr, m_items->rowCount()).arg(QLocale().toString(marked))
                         : tr("%n item(s)", nullptr, m_items->rowCount()));
    m_hint->setText(marked > 0 ? tr("Digits decide what is marked, after a preview.") : tr("X marks a tile."));
    m_clear->setVisible(marked > 0);
    if (m_choosing) {
        if (marked == 0) {
            cancelChoice();
        } else {
            showChoice();
        }
    }
}

void ReviewGrid::setLabels(std::vector<std::string> labels)
{
    cancelChoice();
    m_draft = DecisionDraft(std::move(labels));
}

void ReviewGrid::setPressOnce(bool pressOnce)
{
    m_tile->setPressOnce(pressOnce);
}

ReviewItemId ReviewGrid::currentItem() const
{
    return m_items->idAt(m_view->currentIndex().row());
}

void ReviewGrid::setCurrentItem(ReviewItemId id)
{
    const int row = m_items->rowOf(id);
    if (row >= 0) {
        m_view->setCurrentIndex(m_items->index(row));
        m_view->scrollTo(m_view->currentIndex());
    }
}

void ReviewGrid::toggleMark()
{
    m_items->toggleMark(m_view->currentIndex().row());
}

void ReviewGrid::markShown()
{
    const QRect screen = m_view->viewport()->rect();
    const QModelIndex first = m_view->indexAt(screen.topLeft() + QPoint(1, 1));
    if (!first.isValid()) {
        return;
    }
    int last = first.row();
    while (last + 1 < m_items->rowCount() && m_view->visualRect(m_items->index(last + 1)).intersects(screen)) {
        ++last;
    }
    m_items->markRows(first.row(), last);
}

void ReviewGrid::clearMarks()
{
    m_items->clearMarks();
}

bool ReviewGrid::startChoice()
{
    if (m_items->markedCount() == 0) {
        m_hint->setText(tr("Nothing is marked: X marks a tile."));
        return false;
    }
    if (!m_choosing) {
        m_draft.clear();
        m_choosing = true;
    }
    return true;
}

void ReviewGrid::toggleClass(int index)
{
    if (index >= 0 && index < m_draft.classCount() && startChoice()) {
        m_draft.toggle(index);
        showChoice();
    }
}

void ReviewGrid::toggleNone()
{
    if (startChoice()) {
        m_draft.toggleNone();
        showChoice();
    }
}

QString ReviewGrid::choiceText() const
{
    if (m_draft.isNone()) {
        return tr("None of these");
    }
    QStringList names;
    for (int i = 0; i < m_draft.classCount(); ++i) {
        if (m_draft.answer(i) == Answer::Yes) {
            names << className(m_draft.labels()[static_cast<std::size_t>(i)]);
        }
    }
    return QLocale().createSeparatedList(names);
}

void ReviewGrid::showChoice()
{
    std::vector<BulkPanel::Sample> sample;
    for (const ReviewItemId id : m_items->marked()) {
        if (sample.size() == BulkPanel::kSample) {
            break;
        }
        const QModelIndex index = m_items->index(m_items->rowOf(id));
        sample.push_back({index.data().toString(), index.data(ReviewListModel::CoverRole).value<QPixmap>()});
    }
    m_panel->ask(choiceText(), m_items->markedCount(), sample);
    m_panel->show();
}

void ReviewGrid::applyChoice()
{
    if (!m_choosing || !m_draft.isComplete()) {
        return;
    }
    const auto ids = m_items->marked();
    Decision decision = m_draft.decision();
    decision.disclosure = Disclosure::CoveredTile;
    cancelChoice();
    Q_EMIT decisionWanted(ids, decision);
}

void ReviewGrid::cancelChoice()
{
    m_choosing = false;
    m_draft.clear();
    m_panel->hide();
}

void ReviewGrid::openCurrent()
{
    if (currentItem() != 0) {
        Q_EMIT openRequested(currentItem());
    }
}

void ReviewGrid::beginHold()
{
    const QModelIndex index = m_view->currentIndex();
    const auto cover = index.data(ReviewListModel::CoverRole).value<QPixmap>();
    if (m_held != 0) { // press-once mode: the second press covers
        m_tile->beginHold();
        return;
    }
    if (cover.isNull()) {
        return; // nothing to uncover, or its cover is still being made
    }
    m_held = currentItem();
    m_tile->clear();
    m_tile->setKeepSmall(true);
    m_tile->setCoveredTile(cover.toImage());
    placeTile();
    m_tile->show();
    m_tile->beginHold();
    Q_EMIT pictureWanted(m_held);
}

void ReviewGrid::placeTile()
{
    m_tile->setGeometry(m_delegate->pictureRect(m_view->visualRect(m_view->currentIndex())));
}

void ReviewGrid::setPicture(ReviewItemId id, CanvasPicture picture)
{
    if (id != 0 && id == m_held) {
        m_tile->setPicture(std::move(picture));
    }
}

void ReviewGrid::endHold()
{
    m_tile->endHold();
    if (!m_tile->isPressOnce()) {
        tileCovered(); // also when the clear copy had not come yet
    }
}

void ReviewGrid::setColour(bool colour)
{
    m_tile->setColour(colour);
}

void ReviewGrid::coverAgain()
{
    if (m_held != 0) {
        m_tile->coverAgain();
        tileCovered();
    }
}

// The clear copy is forgotten at once; the list shows the cover again.
void ReviewGrid::tileCovered()
{
    const ReviewItemId id = std::exchange(m_held, 0);
    if (id == 0) {
        return;
    }
    const SeenPicture seen = m_tile->seen();
    m_tile->hide();
    m_tile->clear();
    if (seen.furthest == Disclosure::Revealed) {
        Q_EMIT pictureSeen(id, seen);
    }
}

bool ReviewGrid::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::FocusOut) {
        coverAgain();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace modscope::ui
