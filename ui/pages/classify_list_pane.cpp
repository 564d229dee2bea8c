#include "ui/pages/classify_list_pane.h"

#include "ui/actions/action_registry.h"
#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/classify_item_delegate.h"
#include "ui/widgets/drop_zone.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

template <typename Run>
void addChoice(QMenu& menu, QActionGroup& group, const QString& text, bool chosen, Run run)
{
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(chosen);
    group.addAction(action);
    QObject::connect(action, &QAction::triggered, &menu, run);
}

QString showName(ClassifyShow show)
{
    switch (show) {
    case ClassifyShow::Everything:
        return ClassifyListPane::tr("Everything");
    case ClassifyShow::Flagged:
        return ClassifyListPane::tr("Flagged by a model");
    case ClassifyShow::NeedsReview:
        return ClassifyListPane::tr("Needs review");
    case ClassifyShow::Clear:
        return ClassifyListPane::tr("Clear");
    case ClassifyShow::NotRead:
        return ClassifyListPane::tr("Not read");
    case ClassifyShow::NotScored:
        return ClassifyListPane::tr("Not scored yet");
    }
    return {};
}

} // namespace

QString progressText(const ClassifyStatus& status)
{
    const QLocale locale;
    const auto scored = locale.toString(status.counts.scored);
    const auto total = locale.toString(status.counts.total);
    if (status.stopped) {
        return ClassifyListPane::tr("Stopped. %1 of %2 scored.").arg(scored, total);
    }
    return ClassifyListPane::tr("%1 of %2 scored").arg(scored, total);
}

ClassifyListPane::ClassifyListPane(const Theme* theme,
                                   const ActionRegistry* registry,
                                   ClassifyController* controller,
                                   ClassifyFilterModel* rows,
                                   QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_controller(controller), m_rows(rows),
      m_strip(new DropStrip(theme)), m_count(new QLabel), m_filter(new QToolButton), m_sort(new QToolButton),
      m_search(new QLineEdit), m_view(new QListView), m_scored(new QLabel), m_failed(new QLabel),
      m_footButton(new QPushButton)
{
    buildView();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(0);
    auto* strip = new QHBoxLayout;
    strip->setContentsMargins(11, 0, 11, 2);
    strip->addWidget(m_strip);
    column->addLayout(strip);
    column->addWidget(buildHead());
    column->addWidget(m_view, 1);
    column->addWidget(buildFoot());

    connect(m_strip, &DropStrip::clicked, this, &ClassifyListPane::openRequested);
    connect(controller, &ClassifyController::statusChanged, this, &ClassifyListPane::refreshFoot);
    connect(rows, &QAbstractItemModel::rowsInserted, this, &ClassifyListPane::refreshHead);
    connect(rows, &QAbstractItemModel::rowsRemoved, this, &ClassifyListPane::refreshHead);
    connect(rows, &QAbstractItemModel::modelReset, this, &ClassifyListPane::refreshHead);
    connect(rows, &ClassifyFilterModel::filterChanged, this, &ClassifyListPane::refreshHead);
    refreshHead();
    refreshFoot(controller->status());
}

void ClassifyListPane::buildView()
{
    m_view->setModel(m_rows);
    m_view->setItemDelegate(new ClassifyItemDelegate(m_theme, m_view));
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setMouseTracking(true);
    m_view->setAccessibleName(tr("Items"));
    connect(m_view, &QListView::customContextMenuRequested, this,
            [this](const QPoint& position) { Q_EMIT contextMenuWanted(m_view->viewport()->mapToGlobal(position)); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { Q_EMIT currentItemChanged(currentItem()); });
    connect(m_theme, &Theme::changed, m_view, [this] { m_view->doItemsLayout(); });
}

QWidget* ClassifyListPane::buildHead()
{
    setRole(m_count, "secondary");
    m_filter->setIcon(m_theme->icon(QStringLiteral("filter"), Token::Text2, Token::Accent));
    m_filter->setCheckable(true);
    m_filter->setToolTip(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_sort->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_sort->setLayoutDirection(Qt::RightToLeft); // the arrow stands after the words
    m_sort->setIcon(m_theme->icon(QStringLiteral("chevron-down")));
    m_sort->setIconSize({11, 11});
    m_search->setPlaceholderText(tr("Name or text"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Filter this list by name or text"));
    m_search->hide();

    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(18, 2, 8, 2);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(m_filter);
    row->addWidget(m_sort);
    column->addLayout(row);
    column->addWidget(m_search);

    connect(m_sort, &QToolButton::clicked, this, &ClassifyListPane::showSortMenu);
    connect(m_filter, &QToolButton::clicked, this, &ClassifyListPane::showFilterMenu);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        ClassifyFilter filter = m_rows->filter();
        filter.text = text.trimmed();
        m_rows->setFilter(filter);
    });
    return head;
}

QWidget* ClassifyListPane::buildFoot()
{
    m_scored->setFont(m_theme->font(TypeRole::Secondary));
    setRole(m_scored, "footer");
    m_failed->setText(QString());
    setRole(m_failed, "flag");
    setVariant(m_footButton, "link");
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(18, 4, 14, 6);
    row->setSpacing(8);
    row->addWidget(m_scored);
    row->addStretch();
    row->addWidget(m_failed);
    row->addWidget(m_footButton);
    connect(m_footButton, &QPushButton::clicked, this, [this] { m_registry->action(m_footAction)->trigger(); });
    return foot;
}

void ClassifyListPane::refreshHead()
{
    const int total = m_rows->sourceModel()->rowCount();
    const int shown = m_rows->rowCount();
    const bool filtered = m_rows->filter().isActive();
    m_count->setText(filtered ? tr("%1 of %n item(s)", nullptr, total).arg(QLocale().toString(shown))
                              : tr("%n item(s)", nullptr, total));
    m_filter->setChecked(filtered);
    switch (m_rows->sortKind()) {
    case ClassifySort::Attention:
        m_sort->setText(tr("Sort: attention first"));
        break;
    case ClassifySort::AsAdded:
        m_sort->setText(tr("Sort: as added"));
        break;
    case ClassifySort::Name:
        m_sort->setText(tr("Sort: name"));
        break;
    case ClassifySort::ClassScore:
        m_sort->setText(tr("Sort: %1").arg(className(m_rows->sortClass())));
        break;
    }
}

void ClassifyListPane::refreshFoot(const ClassifyStatus& status)
{
    m_scored->setText(progressText(status));
    m_failed->setText(status.counts.failed > 0 ? tr("%n not read", nullptr, status.counts.failed) : QString());
    const bool working = status.scoring || status.readingText;
    m_footAction = working                    ? QStringLiteral("classify.stop")
                   : status.stopped           ? QStringLiteral("classify.resume")
                   : status.counts.failed > 0 ? QStringLiteral("classify.retry")
                                              : QString();
    m_footButton->setVisible(!m_footAction.isEmpty());
    if (!m_footAction.isEmpty()) {
        m_footButton->setText(working ? tr("Stop") : status.stopped ? tr("Continue") : tr("Retry"));
        m_footButton->setToolTip(m_registry->action(m_footAction)->toolTip());
    }
}

std::vector<std::string> ClassifyListPane::classes() const
{
    std::vector<std::string> all;
    for (const auto& model : m_controller->items()->models()) {
        for (const auto& label : model.labels) {
            if (std::find(all.begin(), all.end(), label) == all.end()) {
                all.push_back(label);
            }
        }
    }
    return all;
}

void ClassifyListPane::showSortMenu()
{
    QMenu menu;
    QActionGroup group(&menu);
    const auto add = [&](const QString& text, ClassifySort kind, const std::string& label = {}) {
        const bool chosen = m_rows->sortKind() == kind && m_rows->sortClass() == label;
        addChoice(menu, group, text, chosen, [this, kind, label] {
            m_rows->setSort(kind, label);
            refreshHead();
        });
    };
    add(tr("Attention first"), ClassifySort::Attention);
    add(tr("As added"), ClassifySort::AsAdded);
    add(tr("Name"), ClassifySort::Name);
    menu.addSeparator();
    for (const auto& label : classes()) {
        add(tr("Score of %1").arg(className(label)), ClassifySort::ClassScore, label);
    }
    menu.exec(m_sort->mapToGlobal(QPoint(0, m_sort->height())));
}

void ClassifyListPane::showFilterMenu()
{
    QMenu menu;
    QActionGroup shows(&menu);
    for (const auto show : {ClassifyShow::Everything, ClassifyShow::Flagged, ClassifyShow::NeedsReview,
                            ClassifyShow::Clear, ClassifyShow::NotRead, ClassifyShow::NotScored}) {
        addChoice(menu, shows, showName(show), m_rows->filter().show == show, [this, show] {
            ClassifyFilter filter = m_rows->filter();
            filter.show = show;
            m_rows->setFilter(filter);
        });
    }
    menu.addSeparator();
    QActionGroup labels(&menu);
    const auto addClass = [&](const QString& text, const std::string& label) {
        addChoice(menu, labels, text, m_rows->filter().label == label, [this, label] {
            ClassifyFilter filter = m_rows->filter();
            filter.label = label;
            m_rows->setFilter(filter);
        });
    };
    addClass(tr("Any class"), {});
    for (const auto& label : classes()) {
        addClass(tr("%1 at or above its threshold").arg(className(label)), label);
    }
    menu.addSeparator();
    menu.addAction(m_registry->action(QStringLiteral("classify.filter")));
    menu.exec(m_filter->mapToGlobal(QPoint(0, m_filter->height())));
    refreshHead(); // a click toggled the button: it shows whether a filter is set, nothing else
}

void ClassifyListPane::startSearch()
{
    m_search->show();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ClassifyListPane::leaveSearch()
{
    const bool wasActive = m_rows->filter().isActive() || m_search->isVisible();
    m_search->clear();
    m_search->hide();
    m_rows->setFilter({});
    if (wasActive) {
        m_view->setFocus(Qt::OtherFocusReason);
    }
    return wasActive;
}

ItemId ClassifyListPane::currentItem() const
{
    return m_rows->idAt(m_view->currentIndex().row());
}

std::vector<ItemId> ClassifyListPane::selectedItems() const
{
    auto rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<ItemId> ids;
    for (const auto& row : std::as_const(rows)) {
        ids.push_back(m_rows->idAt(row.row()));
    }
    return ids;
}

void ClassifyListPane::setCurrentItem(ItemId id)
{
    const int row = m_rows->rowOf(id);
    if (row >= 0) {
        m_view->setCurrentIndex(m_rows->index(row, 0));
        m_view->scrollTo(m_view->currentIndex());
    }
}

void ClassifyListPane::moveCurrent(int step)
{
    const int last = m_rows->rowCount() - 1;
    if (last < 0) {
        return;
    }
    const int current = m_view->currentIndex().row();
    const int next = current < 0 ? 0 : std::clamp(current + step, 0, last);
    m_view->setCurrentIndex(m_rows->index(next, 0));
    m_view->scrollTo(m_view->currentIndex());
}

} // namespace modscope::ui
