// What a reviewer can do, with its keys.
#include "ui/pages/review_centre.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/review_grid.h"

#include <utility>

namespace modscope::ui {

QString ReviewPage::blockedFromWriting() const
{
    if (m_work->link.isOpen() && m_work->link.facts().readOnly) {
        return tr("this queue is open for reading only");
    }
    if (!m_work->link.isReachable()) {
        return tr("the review database cannot be reached");
    }
    return {};
}

QString ReviewPage::blockedWithoutItem() const
{
    const QString blocked = blockedFromWriting();
    return !blocked.isEmpty() || (isDeciding() && !isAside()) ? blocked : tr("no item is in front");
}

QString ReviewPage::blockedFromSubmitting() const
{
    const QString blocked = blockedWithoutItem();
    if (blocked.isEmpty() && m_work->review.isOutdated()) {
        return tr("the item changed: look again first");
    }
    return blocked.isEmpty() && m_inspector != nullptr ? m_inspector->draft().missing() : blocked;
}

void ReviewPage::addActions()
{
    addDecisionActions();
    addClassActions();
    addPictureActions();
    addWayActions();
    addQueueActions();
    addQueueOrderActions();
    addGridActions();
    addLeadActions();
    addWatchActions();
    addItemActions();
    addOwnActions();
}

void ReviewPage::addDecisionActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked = {}) {
        made.run = std::move(run);
        made.blocked = blocked ? std::move(blocked) : [this] { return blockedWithoutItem(); };
        m_registry->add(std::move(made));
    };
    const auto complete = [this] { return blockedFromSubmitting(); };
    add(
        actionSpec(ActionContext::Review, "review.submit", ActionGroup::Item, tr("Submit and next"), "check2",
                   presetKeys("Return", "F", "Num+Enter")),
        [this] { isGrid() ? m_grid->grid()->applyChoice() : submit(); },
        [this, complete] {
            const bool choosing = m_grid != nullptr && isGrid() && m_grid->grid()->isChoosing();
            return choosing ? blockedFromWriting() : complete();
        });
    add(actionSpec(ActionContext::Review, "review.skip", ActionGroup::Item, tr("Skip"), "skip-forward",
                   presetKeys("S", "", "Num++")),
        [this] { m_work->review.skip({}, seen()); });
    add(actionSpec(ActionContext::Review, "review.skipReason", ActionGroup::Item, tr("Skip with a reason…"),
                   "skip-forward"),
        [this] {
            askReason(tr("Why is it skipped?"), tr("Skip"), false,
                      [this](const QString& reason) { m_work->review.skip(reason, seen()); });
        });
    const auto escalate = [this](bool group) {
        const auto together = group ? m_centre->duplicates()->included() : std::vector<ReviewItemId>();
        askReason(tr("Why is it escalated?"), tr("Escalate"), true,
                  [this, together](const QString& reason) { m_work->review.escalate(reason, together, seen()); });
    };
    add(actionSpec(ActionContext::Review, "review.escalate", ActionGroup::Item, tr("Escalate…"),
                   "arrow-up-right-circle", presetKeys("E", "", "Num+*")),
        [escalate] { escalate(false); });
    add(
        actionSpec(ActionContext::Review, "review.escalateGroup", ActionGroup::Item, tr("Escalate group…"),
                   "arrow-up-right-circle", presetKeys("Shift+E")),
        [escalate] { escalate(true); },
        [this] {
            const QString blocked = blockedWithoutItem();
            const bool alone = m_centre == nullptr || m_centre->duplicates()->included().empty();
            return blocked.isEmpty() && alone ? tr("no duplicate is ticked") : blocked;
        });
    add(
        actionSpec(ActionContext::Review, "review.secondOpinion", ActionGroup::Item, tr("Second opinion"), "people",
                   presetKeys("O", "R", "Num+6")),
        [this] { m_work->review.askSecondOpinion(m_inspector->draft().decision(), seen()); },
        [this, complete] {
            const bool judging = isDeciding() && m_work->review.task()->adjudication;
            return judging ? tr("two opinions are here already") : complete();
        });
    add(actionSpec(ActionContext::Review, "review.handOver", ActionGroup::Item, tr("Hand over"), "box-arrow-right",
                   presetKeys("H", "W", "Num+/")),
        [this] { m_work->review.handOver(seen()); });
    add(actionSpec(ActionContext::Review, "review.note", ActionGroup::Item, tr("Note"), "pencil", presetKeys("N", "X")),
        [this] { m_inspector->focusNote(); });
    add(
        actionSpec(ActionContext::Review, "review.together", ActionGroup::Item, tr("Decide together, or only this one"),
                   "files", presetKeys("A")),
        [this] { m_centre->duplicates()->setTogether(!m_centre->duplicates()->isTogether()); },
        [this] {
            const bool none = !isDeciding() || m_work->review.task()->duplicates.empty();
            return none ? tr("the item has no near-duplicates") : QString();
        });
    const auto adopts = [this](const char* id, const QString& label, const char* icon, const char* keys, int opinion) {
        ActionSpec made = actionSpec(ActionContext::Review, id, ActionGroup::Item, label, icon, presetKeys(keys));
        made.run = [this, opinion] {
            m_inspector->adopt(opinion);
            m_inspector->focusReason(); // the one thing that is still missing
        };
        made.blocked = [this] {
            const bool judging = isDeciding() && m_work->review.task()->adjudication;
            return judging ? QString() : tr("only where two opinions differ");
        };
        m_registry->add(std::move(made));
    };
    adopts("review.adoptFirst", tr("Adopt the first opinion"), "arrow-left", "Left", 0);
    adopts("review.adoptSecond", tr("Adopt the second opinion"), "arrow-right", "Right", 1);
}

void ReviewPage::addClassActions()
{
    constexpr int kDigits = 9;
    const auto blocked = [this](int place) {
        const QString reason = isGrid() ? blockedFromWriting() : blockedWithoutItem();
        const int classes = m_work->link.isOpen() ? static_cast<int>(m_work->link.facts().labels.size()) : 0;
        return !reason.isEmpty() || place < classes ? reason : tr("there are only %n class(es)", nullptr, classes);
    };
    for (int place = 0; place < kDigits; ++place) {
        ActionSpec toggle =
            actionSpec(ActionContext::Review, "", ActionGroup::Item, tr("Class %1: yes, or not").arg(place + 1), "");
        toggle.id = QStringLiteral("review.class%1").arg(place + 1);
        toggle.keys.standard = QString::number(place + 1);
        toggle.family = tr("Class: yes, or not");
        toggle.run = [this, place] { isGrid() ? m_grid->grid()->toggleClass(place) : m_inspector->toggleClass(place); };
        toggle.blocked = [blocked, place] { return blocked(place); };
        m_registry->add(std::move(toggle));
        ActionSpec unsure =
            actionSpec(ActionContext::Review, "", ActionGroup::Item, tr("Class %1: unsure").arg(place + 1), "");
        unsure.id = QStringLiteral("review.unsure%1").arg(place + 1);
        unsure.keys.standard = QStringLiteral("Shift+%1").arg(place + 1);
        unsure.family = tr("Class: unsure");
        unsure.run = [this, place] { m_inspector->toggleUnsure(place); };
        unsure.blocked = [blocked, place] { return blocked(place); };
        m_registry->add(std::move(unsure));
    }
    ActionSpec none = actionSpec(ActionContext::Review, "review.none", ActionGroup::Item, tr("None of these"),
                                 "check-circle", presetKeys("0", "Q", "Num+0"));
    none.run = [this] { isGrid() ? m_grid->grid()->toggleNone() : m_inspector->toggleNone(); };
    none.blocked = [this] { return isGrid() ? blockedFromWriting() : blockedWithoutItem(); };
    m_registry->add(std::move(none));
    ActionSpec named = actionSpec(ActionContext::Review, "review.classByName", ActionGroup::Item, tr("Class by name…"),
                                  "search", presetKeys("/", "Shift+Q"));
    named.run = [this] {
        askReason(tr("Class"), tr("Choose"), true, [this](const QString& name) { chooseClassByName(name); });
    };
    named.blocked = [this] { return isGrid() ? blockedFromWriting() : blockedWithoutItem(); };
    m_registry->add(std::move(named));
}

void ReviewPage::addPictureActions()
{
    const auto hold = [this](ActionSpec made) {
        made.hold = true;
        made.blocked = [this] { return isDeciding() ? tr("hold its key") : tr("no item is in front"); };
        m_registry->add(std::move(made));
    };
    hold(actionSpec(ActionContext::Review, "review.revealGrey", ActionGroup::View,
                    tr("Look at the picture, in grey (hold)"), "eye", presetKeys("Space", "", "Num+.")));
    hold(actionSpec(ActionContext::Review, "review.colour", ActionGroup::View, tr("Add colour (hold)"), "circle-half",
                    presetKeys("C")));
    hold(actionSpec(ActionContext::Review, "review.unmask", ActionGroup::View, tr("Unmask the text (hold)"), "fonts",
                    presetKeys("T", "", "Num+8")));
    ActionSpec lens = actionSpec(ActionContext::Review, "review.lens", ActionGroup::View,
                                 tr("Lens, or the whole picture"), "search", presetKeys("L", "V"));
    lens.run = [this] { m_centre->tile()->setWholeTile(!m_centre->tile()->isWholeTile()); };
    m_registry->add(std::move(lens));
    ActionSpec locate = actionSpec(ActionContext::Review, "review.locate", ActionGroup::Item, tr("Locate the picture…"),
                                   "folder2-open");
    locate.run = [this] { locatePicture(); };
    locate.blocked = [this] {
        return m_work->picture.canLocate()      ? QString()
               : m_work->picture.missing() == 0 ? tr("the picture is not missing")
                                                : tr("the hash of the picture was not recorded");
    };
    m_registry->add(std::move(locate));
    ActionSpec cover = actionSpec(ActionContext::Review, "review.coverNow", ActionGroup::View,
                                  tr("Cover everything now"), "eye-slash", presetKeys("F12"));
    cover.run = [this] { this->cover(); };
    m_registry->add(std::move(cover));
}

void ReviewPage::addWayActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked) {
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    add(
        actionSpec(ActionContext::Global, "review.openAgain", ActionGroup::Application, tr("Open the queue again"),
                   "arrow-clockwise"),
        [this] { m_work->openRemembered(m_settings->preferences().review); },
        [this] { return m_work->link.isOpen() ? tr("the review queue is open") : QString(); });
    const auto open = [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); };
    add(
        actionSpec(ActionContext::Review, "review.undo", ActionGroup::List, tr("Undo"), "arrow-counterclockwise",
                   presetKeys("Ctrl+Z", "", "Num+-")),
        [this] { m_work->review.undo(seen()); }, open);
    add(
        actionSpec(ActionContext::Review, "review.redo", ActionGroup::List, tr("Redo"), "arrow-clockwise",
                   presetKeys("Ctrl+Shift+Z")),
        [this] { m_work->review.redo(seen()); }, open);
    add(
        actionSpec(ActionContext::Review, "review.next", ActionGroup::List, tr("Next, undecided"), "arrow-right",
                   presetKeys("J", "Shift+F", "Num+9")),
        [this] { m_work->review.goNext(seen()); }, [this] { return blockedWithoutItem(); });
    add(
        actionSpec(ActionContext::Review, "review.previous", ActionGroup::List, tr("Previous"), "arrow-left",
                   presetKeys("K", "Shift+S", "Num+7")),
        [this] { m_work->review.goPrevious(seen()); },
        [this] { return m_work->review.canGoPrevious() ? QString() : tr("nothing was in front before"); });
    add(
        actionSpec(ActionContext::Review, "review.askReReview", ActionGroup::List, tr("Ask for re-review"), "people"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.rereview"));
            m_work->review.askReReview(std::exchange(m_reReview, {}));
        },
        [this] { return m_reReview.empty() ? tr("only where somebody built on your last step") : QString(); });
    add(
        actionSpec(ActionContext::Review, "review.pause", ActionGroup::List, tr("Pause"), "pause",
                   presetKeys("P", "Z")),
        [this] {
            cover();
            isDeciding() ? m_work->review.pause() : m_work->review.resume();
        },
        open);
    add(
        actionSpec(ActionContext::Review, "review.break", ActionGroup::Application, tr("Take a break"), "cup-hot",
                   presetKeys("Ctrl+Shift+B")),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            cover();
            m_work->review.takeBreak(seen());
        },
        open);
    add(
        actionSpec(ActionContext::Review, "review.breakLater", ActionGroup::Application,
                   tr("Break: remind me in 10 minutes"), "clock"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            m_work->ledger.remindLater();
        },
        open);
    add(
        actionSpec(ActionContext::Review, "review.breakNotToday", ActionGroup::Application,
                   tr("No more reminders of breaks today"), "clock"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            m_work->ledger.notToday();
        },
        open);
}

} // namespace modscope::ui
