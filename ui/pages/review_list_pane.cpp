#include "ui/pages/review_list_pane.h"

#include "ui/theme/theme.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/today_card.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr double kSecondsPerMinute = 60;

} // namespace

ReviewListPane::ReviewListPane(const Theme* theme, ReviewQueues* queues, ExposureLedger* ledger, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_queues(queues), m_ledger(ledger), m_head(new QWidget), m_save(new QToolButton),
      m_search(new QLineEdit), m_problem(new QLabel), m_view(new QListView), m_today(new TodayCard(theme))
{
    buildHead();
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new QueueDelegate(theme, this));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setFocusPolicy(Qt::TabFocus);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAccessibleName(tr("Queues"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 12);
    column->setSpacing(6);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(10, 0, 10, 0);
    foot->addWidget(m_today);
    column->addLayout(foot);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { m_queues->choose(current.row()); });
    connect(&m_model, &QueueListModel::moveWanted, queues, &ReviewQueues::move);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ReviewListPane::showMenu);
    connect(queues, &ReviewQueues::rowsChanged, this, &ReviewListPane::follow);
    connect(queues, &ReviewQueues::countsChanged, this, &ReviewListPane::follow);
    connect(queues, &ReviewQueues::currentChanged, this, &ReviewListPane::follow);
    connect(ledger, &ExposureLedger::todayChanged, this, &ReviewListPane::refreshToday);
    setStrip(false);
    follow();
    refreshToday();
}

void ReviewListPane::buildHead()
{
    auto* title = new QLabel(tr("Queues"));
    setRole(title, "secondary");
    m_save->setIcon(m_theme->icon(QStringLiteral("plus-lg")));
    m_save->setToolTip(tr("Keep this search as a queue"));
    m_save->setAccessibleName(m_save->toolTip());
    m_save->setFocusPolicy(Qt::TabFocus);
    m_save->setEnabled(false);
    m_search->setPlaceholderText(tr("Filter: class:Religion risk>=0.5 words"));
    m_search->setAccessibleName(tr("Filter of the queue"));
    m_search->setClearButtonEnabled(true);
    m_search->setFocusPolicy(Qt::StrongFocus);
    m_search->hide();
    m_problem->setWordWrap(true);
    setRole(m_problem, "flag");
    m_problem->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(title);
    row->addStretch();
    row->addWidget(m_save);
    auto* column = new QVBoxLayout(m_head);
    column->setContentsMargins(18, 0, 12, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_search);
    column->addWidget(m_problem);
    connect(m_search, &QLineEdit::returnPressed, this, &ReviewListPane::search);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_save->setEnabled(!text.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_save, &QToolButton::clicked, this, &ReviewListPane::saveSearch);
}

void ReviewListPane::setDose(int minutes)
{
    m_dose = minutes;
    refreshToday();
}

void ReviewListPane::setKnown(const QString& sentence)
{
    m_today->setKnown(sentence);
}

void ReviewListPane::setStrip(bool strip)
{
    m_strip = strip;
    m_head->setVisible(!strip);
    m_today->setVisible(!strip);
    const int narrowest = m_theme->px(QueueDelegate::kStripWidth);
    setMinimumWidth(narrowest); // a wide window shares its room by the splitter
    setMaximumWidth(strip ? narrowest : QWIDGETSIZE_MAX);
    m_view->doItemsLayout();
}

void ReviewListPane::startSearch()
{
    m_search->show();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ReviewListPane::leaveSearch()
{
    if (!m_search->isVisible()) {
        return false;
    }
    m_search->clear();
    m_search->hide();
    m_problem->hide();
    (void)m_queues->search({}); // an empty question is always a good one
    return true;
}

void ReviewListPane::search()
{
    const QString problem = m_queues->search(m_search->text());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ReviewListPane::saveSearch()
{
    search();
    if (m_problem->isVisible()) {
        return;
    }
    const QString name = QInputDialog::getText(this, tr("Keep as a queue"), tr("Name of the queue")).trimmed();
    if (!name.isEmpty()) {
        m_queues->save(name, m_search->text().trimmed(), QStringLiteral("risk"));
        leaveSearch();
    }
}

void ReviewListPane::follow()
{
    const QSignalBlocker quiet(m_view->selectionModel()); // following is not choosing
    m_model.setRows(m_queues->rows());
    m_view->setCurrentIndex(m_model.index(m_queues->current()));
    m_view->viewport()->update();
}

void ReviewListPane::refreshToday()
{
    const Exposure& today = m_ledger->today();
    TodayView view;
    view.decided = today.items;
    view.covered = today.items - today.revealed;
    view.revealedMinutes = static_cast<int>(today.secondsRevealed / kSecondsPerMinute);
    view.doseMinutes = m_dose;
    m_today->setToday(view);
}

void ReviewListPane::showMenu(const QPoint& position)
{
    const QModelIndex row = m_view->indexAt(position);
    if (!row.isValid()) {
        return;
    }
    QMenu menu;
    const auto offerMove = [&](const QString& label, int to) {
        QAction* move = menu.addAction(label);
        move->setEnabled(row.flags().testFlag(Qt::ItemIsDragEnabled) &&
                         m_model.index(to).flags().testFlag(Qt::ItemIsDragEnabled));
        connect(move, &QAction::triggered, this, [this, from = row.row(), to] { m_queues->move(from, to); });
    };
    offerMove(tr("Move up"), row.row() - 1);
    offerMove(tr("Move down"), row.row() + 1);
    if (row.data(QueueListModel::OwnRole).toBool()) {
        menu.addSeparator();
        const QString name = row.data().toString();
        connect(menu.addAction(tr("Remove the queue %1").arg(name)), &QAction::triggered, this,
                [this, name] { m_queues->remove(name); });
    }
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

} // namespace modscope::ui
