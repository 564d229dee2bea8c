#include "ui/pages/review_page.h"

#include "ui/pages/compare_view.h"
#include "ui/pages/own_view.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_compare_pane.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_list_pane.h"
#include "ui/pages/team_view.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/caption_view.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/item_history_panel.h"
#include "ui/widgets/policy_panel.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/reason_bar.h"
#include "ui/widgets/review_grid.h"

#include <QApplication>
#include <QEvent>
#include <QListView>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kListWidth = 216;
constexpr int kStripBelow = 1360; ///< narrower windows show the queues as a strip of icons

} // namespace

ReviewPage::ReviewPage(const Theme* theme,
                       ActionRegistry* registry,
                       Settings* settings,
                       ReviewWorkspace* workspace,
                       QThreadPool* ioPool,
                       QWidget* parent)
    : Page(parent), m_theme(theme), m_registry(registry), m_settings(settings), m_work(workspace)
{
    addActions();
    m_keys = new HoldKeys(
        registry,
        {QStringLiteral("review.revealGrey"), QStringLiteral("review.colour"), QStringLiteral("review.unmask")}, this);
    m_list = new ReviewListPane(theme, &workspace->queues, &workspace->ledger);
    m_centre = new ReviewCentre(theme, registry);
    m_grid = new ReviewGridPane(theme, workspace);
    m_compare = new ReviewComparePane(theme, registry, workspace, ioPool);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_centre);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_compare);
    m_team = new TeamView(&workspace->link, ioPool);
    m_stack->addWidget(m_team);
    m_own = new OwnView(&workspace->link, ioPool);
    m_stack->addWidget(m_own);
    m_inspector = new ReviewInspector(theme, registry);
    m_reason = new ReasonBar;
    m_policy = new PolicyPanel(theme, this);
    m_itemHistory = new ItemHistoryPanel(theme, this);
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* reasonRow = new QVBoxLayout;
    reasonRow->setContentsMargins(20, 0, 20, 0);
    reasonRow->addWidget(m_reason);
    column->addLayout(reasonRow);
    column->addWidget(m_stack, 1);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(middle);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kListWidth, 4 * kListWidth});
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_splitter);
    setFocusPolicy(Qt::StrongFocus); // a click anywhere gives the keys to the page
    connectParts();
    connectWork();
    connectItem();
    followSettings();
    showStage();
}

ReviewPage::~ReviewPage()
{
    m_work->review.setSeenSource({});
}

void ReviewPage::connectParts()
{
    connect(m_keys, &HoldKeys::pressed, this, &ReviewPage::holdPressed);
    connect(m_keys, &HoldKeys::released, this, &ReviewPage::holdReleased);
    connect(m_centre, &ReviewCentre::classChosen, m_inspector, &ReviewInspector::setClass);
    connect(m_centre->duplicates(), &DuplicateStrip::includedChanged, this,
            [this] { m_inspector->setItemCount(1 + static_cast<int>(m_centre->duplicates()->included().size())); });
    connect(m_centre->duplicates(), &DuplicateStrip::opened, this,
            [this](ReviewItemId id) { m_work->review.goTo(id, seen()); });
    connect(m_centre->history(), &HistoryStrip::opened, this,
            [this](ReviewItemId id) { m_work->review.goTo(id, seen()); });
    connect(m_centre->tile(), &DisclosureTile::revealedChanged, this,
            [this] { m_inspector->setRevealed(m_centre->tile()->seen().furthest == Disclosure::Revealed); });
    connect(m_inspector, &ReviewInspector::draftChanged, m_registry, &ActionRegistry::refresh);
    connect(m_inspector, &ReviewInspector::submitWanted, this, [this] {
        if (blockedFromSubmitting().isEmpty()) {
            setFocus(Qt::OtherFocusReason);
            submit();
        }
    });
    connect(m_inspector, &ReviewInspector::withdrawWanted, this, [this] { m_work->review.withdrawBoth(seen()); });
    connect(m_grid, &ReviewGridPane::itemOpened, this, [this](ReviewItemId id) {
        leaveGrid();
        m_work->review.goTo(id, {});
    });
    connect(m_grid, &ReviewGridPane::refused, this, [this](const QString& reason) { Q_EMIT toastRaised(reason, {}); });
    connect(m_compare, &ReviewComparePane::sameMeant, this,
            [this](ReviewItemId id) { m_centre->duplicates()->include(id); });
    connect(m_compare, &ReviewComparePane::finished, this, &ReviewPage::leaveAside);
    connect(m_own, &OwnView::ready, this, &ReviewPage::tellOwn);
    connect(m_reason, &ReasonBar::left, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_settings, &Settings::reviewChanged, this, &ReviewPage::followSettings);
    connect(m_settings, &Settings::comfortChanged, this, &ReviewPage::followSettings);
    connect(m_settings, &Settings::appearanceChanged, this, &ReviewPage::followSettings);
}

void ReviewPage::followSettings()
{
    const ReviewPreferences& review = m_settings->preferences().review;
    const ComfortPreferences& comfort = m_settings->preferences().comfort;
    const auto style = [&comfort](BlurLevel level) { return CoverStyle{comfort.grey, blurSigma(level)}; };
    const CoverStyles styles{style(comfort.sameBlur ? comfort.blur : comfort.blurLow), style(comfort.blur),
                             style(comfort.sameBlur ? comfort.blur : comfort.blurTop)};
    m_work->covers.setStyles(styles);
    m_work->picture.setStyles(styles);
    m_work->ledger.setRules(review.breaks);
    m_work->queues.setOptOuts(review.optOuts);
    m_centre->tile()->setKeepSmall(review.keepSmall);
    m_centre->tile()->setPressOnce(review.pressTwice);
    m_mask = review.maskText ? CaptionMask(parseTerms(defaultTermList()) + review.maskedTerms) : CaptionMask();
    m_centre->setMask(m_mask);
    m_own->setMask(m_mask);
    m_grid->grid()->setPressOnce(review.pressTwice);
    m_compare->view()->setPressOnce(review.pressTwice);
    m_compare->view()->setKeepSmall(review.keepSmall);
    m_list->setDose(review.breaks.afterRevealedMinutes);
    for (DisclosureTile* tile : findChildren<DisclosureTile*>()) {
        tile->setReduceMotion(m_settings->preferences().appearance.reduceMotion);
    }
}

QString ReviewPage::title() const
{
    return tr("Review");
}

QString ReviewPage::subtitle() const
{
    if (!m_work->link.isOpen()) {
        return tr("no review queue is open");
    }
    const int row = m_work->queues.current();
    const auto& rows = m_work->queues.rows();
    const int count = row >= 0 && row < static_cast<int>(rows.size()) ? rows[static_cast<std::size_t>(row)].count : -1;
    const QString name = m_work->queues.currentName();
    const QString text = count < 0 ? name : tr("%1 · %2", "queue, items").arg(name, tr("%n item(s)", nullptr, count));
    const QString watching = watchingText();
    return watching.isEmpty() ? text : tr("%1 · %2", "queue, items").arg(text, watching);
}

QString ReviewPage::badge() const
{
    constexpr int kMostShown = 999;
    const int waiting = m_work->queues.waiting();
    return waiting <= 0           ? QString()
           : waiting > kMostShown ? tr("%1+", "more than").arg(kMostShown)
                                  : QLocale().toString(waiting);
}

QList<HeaderAction> ReviewPage::headerActions() const
{
    return m_work->link.isOpen() ? QList<HeaderAction>{{QStringLiteral("review.grid")},
                                                       {QStringLiteral("review.import")},
                                                       {QStringLiteral("review.export")},
                                                       {QStringLiteral("review.pause")}}
                                 : QList<HeaderAction>{};
}

QWidget* ReviewPage::inspector()
{
    return m_inspector;
}

QWidget* ReviewPage::listPane()
{
    return m_list;
}

QList<QWidget*> ReviewPage::panes()
{
    return {m_list, m_stack};
}

QList<BusyJob> ReviewPage::jobs() const
{
    QList<BusyJob> jobs;
    if (m_work->sender.isRunning()) {
        jobs << BusyJob{QStringLiteral("send"), tr("Sending to review"), m_work->sender.progress()};
    }
    if (m_work->transfer.isRunning()) {
        jobs << BusyJob{QStringLiteral("transfer"), tr("Importing or exporting"), m_work->transfer.progress()};
    }
    if (m_work->review.waiting() > 0) { // a window that is closed now would lose it: the person is asked
        jobs << BusyJob{QStringLiteral("wait"), tr("A decision waits for the review database"), {}};
    }
    return jobs;
}

void ReviewPage::cancelJob(const QString& id)
{
    if (id == QStringLiteral("wait")) {
        m_work->review.forgetWaiting();
    } else {
        id == QStringLiteral("send") ? m_work->sender.cancel() : m_work->transfer.cancel();
    }
}

bool ReviewPage::goUp()
{
    if (m_reason->isAsking()) {
        m_reason->leave();
        return true;
    }
    if (leaveReading()) {
        return true;
    }
    if (isAside()) {
        leaveAside();
        return true;
    }
    if (isGrid()) {
        if (m_grid->grid()->isChoosing()) {
            m_grid->grid()->cancelChoice();
        } else {
            leaveGrid();
        }
        return true;
    }
    if (QWidget* focus = focusWidget(); focus != nullptr && isTextField(focus)) {
        setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_inspector->isAncestorOf(window()->focusWidget())) {
        setFocus(Qt::OtherFocusReason);
        return true;
    }
    return m_list->leaveSearch();
}

QVariant ReviewPage::place() const
{
    return isDeciding() && m_work->review.task() != nullptr ? QVariant(qlonglong{m_work->review.task()->id})
                                                            : QVariant();
}

void ReviewPage::goTo(const QVariant& place)
{
    if (place.isValid()) {
        m_work->review.goTo(place.toLongLong(), seen());
    }
}

QByteArray ReviewPage::saveState() const
{
    return m_splitter->saveState();
}

void ReviewPage::restoreState(const QByteArray& state)
{
    m_splitter->restoreState(state);
}

void ReviewPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    qApp->installEventFilter(this);
    m_work->review.setActive(true);
}

void ReviewPage::hideEvent(QHideEvent* event)
{
    qApp->removeEventFilter(this);
    cover();
    leaveReading();
    m_work->review.setActive(false);
    Page::hideEvent(event);
}

void ReviewPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    const bool strip = window()->width() < m_theme->px(kStripBelow);
    if (strip != m_list->isStrip()) {
        m_list->setStrip(strip);
        m_splitter->setSizes({m_theme->px(strip ? QueueDelegate::kStripWidth : kListWidth), width()});
    }
}

// Whoever works here keeps the claim; whatever opens over the page or takes the keyboard covers the picture.
bool ReviewPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress) {
        m_work->review.noteInput();
    }
    const bool covers = event->type() == QEvent::ApplicationDeactivate ||
                        (event->type() == QEvent::WindowDeactivate && watched == window());
    if (covers) {
        cover();
    }
    return Page::eventFilter(watched, event);
}

void ReviewPage::cover()
{
    m_keys->releaseAll();
    m_centre->tile()->coverAgain();
    m_centre->caption()->unmask(false);
    m_grid->grid()->coverAgain();
    m_compare->view()->coverAgain();
}

void ReviewPage::holdPressed(const QString& id)
{
    const auto hold = [&id](auto* picture) {
        id == QStringLiteral("review.revealGrey") ? picture->beginHold() : picture->setColour(true);
    };
    if (isReading()) {
        return; // what is read takes the room of the picture
    }
    if (id == QStringLiteral("review.unmask")) {
        m_centre->caption()->unmask(true);
        m_compare->view()->unmask(true);
    } else if (isGrid()) {
        hold(m_grid->grid());
    } else if (isComparing()) {
        hold(m_compare->view());
    } else if (isDeciding()) {
        hold(m_centre->tile());
    }
}

void ReviewPage::holdReleased(const QString& id)
{
    const auto release = [&id](auto* picture) {
        id == QStringLiteral("review.revealGrey") ? picture->endHold() : picture->setColour(false);
    };
    if (id == QStringLiteral("review.unmask")) {
        m_centre->caption()->unmask(false);
        m_compare->view()->unmask(false);
        return;
    }
    release(m_grid->grid());
    release(m_compare->view());
    release(m_centre->tile());
}

void ReviewPage::refresh()
{
    m_registry->refresh();
    Q_EMIT headerChanged();
}

} // namespace modscope::ui
