// What a reviewer can do with the item in front besides deciding it: read the policy beside it, its past, what it is no
// duplicate of; and what happens when somebody else changed it meanwhile.
#include "ui/models/step_text.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_compare_pane.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/item_history_panel.h"
#include "ui/widgets/policy_card.h"
#include "ui/widgets/policy_panel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>

#include <array>

namespace modscope::ui {

namespace {

constexpr auto kChangedBanner = "review.changed";

QString momentLine(const ItemMoment& moment, const std::vector<std::string>& labels)
{
    const bool step = moment.kind == EventKind::Step;
    const QString what = step ? stepText(moment.step, moment.answers, labels) : eventText(moment.kind);
    if (what.isEmpty()) {
        return {};
    }
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(moment.time), QLocale::ShortFormat);
    const QString who = !step         ? what
                        : moment.mine ? ReviewPage::tr("%1, by you", "what was done to an item").arg(what)
                                      : ReviewPage::tr("%1, by somebody else", "what was done to an item").arg(what);
    const QString line = ReviewPage::tr("%1: %2", "when, what was done to an item").arg(when, who);
    return moment.undone ? ReviewPage::tr("%1 (taken back)", "what was done to an item").arg(line) : line;
}

} // namespace

void ReviewPage::addItemActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked) {
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    const auto item = [this] { return isDeciding() ? QString() : tr("no item is in front"); };
    add(
        actionSpec(ActionContext::Review, "review.policy", ActionGroup::View, tr("Policy in full"), "book",
                   presetKeys("I", "Shift+W")),
        [this] { togglePolicy(); },
        [this] {
            const bool none = !m_work->link.isOpen() || m_work->link.facts().policies.empty();
            return none ? tr("no policy is published") : QString();
        });
    add(
        actionSpec(ActionContext::Review, "review.release", ActionGroup::Item, tr("Release: give the item back"),
                   "arrow-return-left"),
        [this] { m_work->review.goNext(seen()); },
        [this, item] {
            const bool claimed = m_work->review.claimLeftMs() >= 0;
            return claimed ? blockedWithoutItem() : isDeciding() ? tr("it is not claimed") : item();
        });
    add(
        actionSpec(ActionContext::Review, "review.lookAgain", ActionGroup::Item, tr("Look again"), "arrow-clockwise"),
        [this] { m_work->review.lookAgain(); },
        [this, item] { return m_work->review.isOutdated() ? item() : tr("only for an item that changed meanwhile"); });
    add(
        actionSpec(ActionContext::Review, "review.copyId", ActionGroup::Item, tr("Copy id"), "clipboard"),
        [this] { QGuiApplication::clipboard()->setText(m_work->review.task()->key); }, item);
    add(
        actionSpec(ActionContext::Review, "review.itemHistory", ActionGroup::Item, tr("Show history"), "clock-history"),
        [this] { m_work->review.readItemHistory(m_work->review.task()->id); },
        [this, item] {
            const bool hidden = isDeciding() && m_work->review.task()->scoresHidden;
            return hidden ? tr("it is hidden for this item") : item();
        });
    add(
        actionSpec(ActionContext::Review, "review.split", ActionGroup::Item, tr("Split group: take this duplicate out"),
                   "layout-split"),
        [this] {
            const ReviewItemId apart = m_compare->duplicate();
            leaveAside();
            m_work->review.splitGroup({apart});
        },
        [this] {
            const bool more = isComparing() && m_work->review.task()->duplicates.size() > 1;
            return !isComparing() ? tr("only while two duplicates are compared")
                   : more         ? blockedFromWriting()
                                  : tr("the group is these two: say that they are not the same");
        });
    add(
        actionSpec(ActionContext::Review, "review.splitTicked", ActionGroup::Item,
                   tr("Split group: take the ticked ones out"), "layout-split"),
        [this] { m_work->review.splitGroup(m_centre->duplicates()->included()); },
        [this] {
            const QString blocked = blockedWithoutItem();
            const bool none = m_centre == nullptr || m_centre->duplicates()->included().empty();
            return blocked.isEmpty() && none ? tr("no duplicate is ticked") : blocked;
        });
}

void ReviewPage::connectItem()
{
    ReviewController& review = m_work->review;
    connect(&review, &ReviewController::itemChanged, this, &ReviewPage::itemChanged);
    connect(&review, &ReviewController::lookedAgain, this, &ReviewPage::lookedAgain);
    connect(&review, &ReviewController::itemHistoryRead, this, &ReviewPage::showItemHistory);
    connect(&review, &ReviewController::duplicatesParted, this, [this](const std::vector<ReviewItemId>& ids) {
        m_centre->duplicates()->remove(ids);
        m_registry->refresh();
    });
    connect(&review, &ReviewController::groupSplit, this, [this](int items) {
        Q_EMIT toastRaised(tr("%n item(s) taken out of the group.", nullptr, items), QStringLiteral("review.undo"));
    });
    connect(m_centre->duplicates(), &DuplicateStrip::includedChanged, m_registry, &ActionRegistry::refresh);
    HistoryStrip* history = m_centre->history();
    const QString remembered = QStringLiteral("reviewLastHour");
    history->setLastHourOnly(m_settings->remembered(remembered) == QStringLiteral("yes"));
    connect(history, &HistoryStrip::lastHourOnlyChosen, this, [this, remembered](bool lastHour) {
        m_settings->remember(remembered, lastHour ? QStringLiteral("yes") : QString());
    });
    connect(history, &HistoryStrip::olderWanted, &review, &ReviewController::readOlderHistory);
    for (SidePanel* panel : {static_cast<SidePanel*>(m_policy), static_cast<SidePanel*>(m_itemHistory)}) {
        connect(panel, &SidePanel::closed, m_registry, &ActionRegistry::refresh);
    }
}

std::vector<PolicyView> ReviewPage::policyViews() const
{
    std::vector<PolicyView> views;
    for (const Policy& policy : m_work->link.facts().policies) {
        views.push_back({QString::fromStdString(policy.version), QString::fromStdString(policy.markdown)});
    }
    return views;
}

void ReviewPage::togglePolicy()
{
    if (m_policy->isVisible()) {
        m_policy->close();
        return;
    }
    leaveReading();
    cover();
    m_policy->open(policyViews(), m_inspector->policy()->label());
}

void ReviewPage::showItemHistory(ReviewItemId item, const std::vector<ItemMoment>& moments)
{
    const ReviewTaskView* task = m_work->review.task();
    if (!isVisible() || task == nullptr || task->id != item) {
        return; // another item came to the front meanwhile
    }
    QStringList lines;
    for (const ItemMoment& moment : moments) {
        lines << momentLine(moment, task->labels);
    }
    lines.removeAll(QString());
    leaveReading();
    cover();
    m_itemHistory->open(task->key, lines);
}

void ReviewPage::itemChanged(qint64 timeMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const bool today = time.date() == QDate::currentDate();
    const QString when =
        today ? QLocale().toString(time.time(), QLocale::ShortFormat) : QLocale().toString(time, QLocale::ShortFormat);
    Q_EMIT bannerRaised({QLatin1String(kChangedBanner),
                         BannerKind::Attention,
                         tr("This item changed at %1.").arg(when),
                         tr("Look again before deciding."),
                         {QStringLiteral("review.lookAgain")}});
    m_registry->refresh();
}

// What was chosen and what was seen so far stay the person's.
void ReviewPage::lookedAgain()
{
    m_drafts.insert(m_shown, m_inspector->draft());
    m_seenBefore = seen();
    showItem();
    Q_EMIT bannerWithdrawn(QLatin1String(kChangedBanner));
    refresh();
}

void ReviewPage::contextMenuEvent(QContextMenuEvent* event)
{
    if (!isDeciding() || isAside()) {
        Page::contextMenuEvent(event);
        return;
    }
    cover();
    QMenu menu(this);
    const auto addAll = [&](std::initializer_list<const char*> ids) {
        for (const char* id : ids) {
            menu.addAction(m_registry->action(QLatin1String(id)));
        }
    };
    addAll({"review.release", "review.skipReason", "review.escalate", "review.secondOpinion"});
    if (m_work->link.facts().lead) {
        addAll({"review.golden"});
    }
    menu.addSeparator();
    addAll({"review.copyId", "review.itemHistory", "review.policy"});
    if (!m_work->review.task()->duplicates.empty()) {
        addAll({"review.compare", "review.splitTicked"});
    }
    menu.exec(event->globalPos());
}

} // namespace modscope::ui
