// What a reviewer can do, with its keys.
#include "ui/pages/review_centre.h"
#include "ui/pages/review_export_dialog.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_import_dialog.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_list_pane.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/review_grid.h"

#include <QFileDialog>

#include <array>
#include <utility>

namespace modscope::ui {

namespace {

ActionSpec spec(const char* id, ActionGroup group, const QString& label, const char* icon, PresetKeys keys = {})
{
    ActionSpec made;
    made.id = QString::fromLatin1(id);
    made.context = ActionContext::Review;
    made.group = group;
    made.label = label;
    made.icon = QString::fromLatin1(icon);
    made.keys = std::move(keys);
    return made;
}

PresetKeys key(const char* standard, const char* left = "", const char* pad = "")
{
    return {QString::fromLatin1(standard), QString::fromLatin1(left), QString::fromLatin1(pad)};
}

} // namespace

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
    return blocked.isEmpty() && m_inspector != nullptr ? m_inspector->draft().missing() : blocked;
}

void ReviewPage::addActions()
{
    addDecisionActions();
    addClassActions();
    addPictureActions();
    addWayActions();
    addQueueActions();
    addGridActions();
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
        spec("review.submit", ActionGroup::Item, tr("Submit and next"), "check2", key("Return", "F", "Num+Enter")),
        [this] { isGrid() ? m_grid->grid()->applyChoice() : submit(); },
        [this, complete] {
            const bool choosing = m_grid != nullptr && isGrid() && m_grid->grid()->isChoosing();
            return choosing ? blockedFromWriting() : complete();
        });
    add(spec("review.skip", ActionGroup::Item, tr("Skip"), "skip-forward", key("S", "", "Num++")),
        [this] { m_work->review.skip({}, seen()); });
    add(spec("review.skipReason", ActionGroup::Item, tr("Skip with a reason…"), "skip-forward"), [this] {
        askReason(tr("Why is it skipped?"), tr("Skip"), false,
                  [this](const QString& reason) { m_work->review.skip(reason, seen()); });
    });
    const auto escalate = [this](bool group) {
        const auto together = group ? m_centre->duplicates()->included() : std::vector<ReviewItemId>();
        askReason(tr("Why is it escalated?"), tr("Escalate"), true,
                  [this, together](const QString& reason) { m_work->review.escalate(reason, together, seen()); });
    };
    add(spec("review.escalate", ActionGroup::Item, tr("Escalate…"), "arrow-up-right-circle", key("E", "", "Num+*")),
        [escalate] { escalate(false); });
    add(
        spec("review.escalateGroup", ActionGroup::Item, tr("Escalate group…"), "arrow-up-right-circle", key("Shift+E")),
        [escalate] { escalate(true); },
        [this] {
            const QString blocked = blockedWithoutItem();
            const bool alone = m_centre == nullptr || m_centre->duplicates()->included().empty();
            return blocked.isEmpty() && alone ? tr("no duplicate is ticked") : blocked;
        });
    add(
        spec("review.secondOpinion", ActionGroup::Item, tr("Second opinion"), "people", key("O", "R", "Num+6")),
        [this] { m_work->review.askSecondOpinion(m_inspector->draft().decision(), seen()); },
        [this, complete] {
            const bool judging = isDeciding() && m_work->review.task()->adjudication;
            return judging ? tr("two opinions are here already") : complete();
        });
    add(spec("review.handOver", ActionGroup::Item, tr("Hand over"), "box-arrow-right", key("H", "W", "Num+/")),
        [this] { m_work->review.handOver(seen()); });
    add(spec("review.note", ActionGroup::Item, tr("Note"), "pencil", key("N", "X")),
        [this] { m_inspector->focusNote(); });
    add(
        spec("review.together", ActionGroup::Item, tr("Decide together, or only this one"), "files", key("A")),
        [this] { m_centre->duplicates()->setTogether(!m_centre->duplicates()->isTogether()); },
        [this] {
            const bool none = !isDeciding() || m_work->review.task()->duplicates.empty();
            return none ? tr("the item has no near-duplicates") : QString();
        });
    const auto adopts = [this](const char* id, const QString& label, const char* icon, const char* keys, int opinion) {
        ActionSpec made = spec(id, ActionGroup::Item, label, icon, key(keys));
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
        ActionSpec toggle = spec("", ActionGroup::Item, tr("Class %1: yes, or not").arg(place + 1), "");
        toggle.id = QStringLiteral("review.class%1").arg(place + 1);
        toggle.keys.standard = QString::number(place + 1);
        toggle.family = tr("Class: yes, or not");
        toggle.run = [this, place] { isGrid() ? m_grid->grid()->toggleClass(place) : m_inspector->toggleClass(place); };
        toggle.blocked = [blocked, place] { return blocked(place); };
        m_registry->add(std::move(toggle));
        ActionSpec unsure = spec("", ActionGroup::Item, tr("Class %1: unsure").arg(place + 1), "");
        unsure.id = QStringLiteral("review.unsure%1").arg(place + 1);
        unsure.keys.standard = QStringLiteral("Shift+%1").arg(place + 1);
        unsure.family = tr("Class: unsure");
        unsure.run = [this, place] { m_inspector->toggleUnsure(place); };
        unsure.blocked = [blocked, place] { return blocked(place); };
        m_registry->add(std::move(unsure));
    }
    ActionSpec none =
        spec("review.none", ActionGroup::Item, tr("None of these"), "check-circle", key("0", "Q", "Num+0"));
    none.run = [this] { isGrid() ? m_grid->grid()->toggleNone() : m_inspector->toggleNone(); };
    none.blocked = [this] { return isGrid() ? blockedFromWriting() : blockedWithoutItem(); };
    m_registry->add(std::move(none));
}

void ReviewPage::addPictureActions()
{
    const auto hold = [this](ActionSpec made) {
        made.hold = true;
        made.blocked = [this] { return isDeciding() ? tr("hold its key") : tr("no item is in front"); };
        m_registry->add(std::move(made));
    };
    hold(spec("review.revealGrey", ActionGroup::View, tr("Look at the picture, in grey (hold)"), "eye",
              key("Space", "", "Num+.")));
    hold(spec("review.colour", ActionGroup::View, tr("Add colour (hold)"), "circle-half", key("C")));
    hold(spec("review.unmask", ActionGroup::View, tr("Unmask the text (hold)"), "fonts", key("T", "", "Num+8")));
    ActionSpec lens = spec("review.lens", ActionGroup::View, tr("Lens, or the whole picture"), "search", key("L", "V"));
    lens.run = [this] { m_centre->tile()->setWholeTile(!m_centre->tile()->isWholeTile()); };
    m_registry->add(std::move(lens));
    ActionSpec cover = spec("review.coverNow", ActionGroup::View, tr("Cover everything now"), "eye-slash", key("F12"));
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
    const auto open = [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); };
    add(
        spec("review.undo", ActionGroup::List, tr("Undo"), "arrow-counterclockwise", key("Ctrl+Z", "", "Num+-")),
        [this] { m_work->review.undo(seen()); }, open);
    add(
        spec("review.redo", ActionGroup::List, tr("Redo"), "arrow-clockwise", key("Ctrl+Shift+Z")),
        [this] { m_work->review.redo(seen()); }, open);
    add(
        spec("review.next", ActionGroup::List, tr("Next, undecided"), "arrow-right", key("J", "Shift+F", "Num+9")),
        [this] { m_work->review.goNext(seen()); }, [this] { return blockedWithoutItem(); });
    add(
        spec("review.previous", ActionGroup::List, tr("Previous"), "arrow-left", key("K", "Shift+S", "Num+7")),
        [this] { m_work->review.goPrevious(seen()); },
        [this] { return m_work->review.canGoPrevious() ? QString() : tr("nothing was in front before"); });
    add(
        spec("review.askReReview", ActionGroup::List, tr("Ask for re-review"), "people"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.rereview"));
            m_work->review.askReReview(std::exchange(m_reReview, {}));
        },
        [this] { return m_reReview.empty() ? tr("only where somebody built on your last step") : QString(); });
    add(
        spec("review.pause", ActionGroup::List, tr("Pause"), "pause", key("P", "Z")),
        [this] {
            cover();
            isDeciding() ? m_work->review.pause() : m_work->review.resume();
        },
        open);
    add(
        spec("review.break", ActionGroup::Application, tr("Take a break"), "cup-hot", key("Ctrl+Shift+B")),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            cover();
            m_work->review.takeBreak(seen());
        },
        open);
    add(
        spec("review.breakLater", ActionGroup::Application, tr("Break: remind me in 10 minutes"), "clock"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            m_work->ledger.remindLater();
        },
        open);
    add(
        spec("review.breakNotToday", ActionGroup::Application, tr("No more reminders of breaks today"), "clock"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("review.break"));
            m_work->ledger.notToday();
        },
        open);
}

void ReviewPage::addQueueActions()
{
    struct Chord {
        const char* id;
        int row; ///< of the queues that come with the program
        const char* letter;
    };
    constexpr std::array<Chord, 7> kChords = {{{"review.go.needs", 0, "N"},
                                               {"review.go.together", 1, "T"},
                                               {"review.go.disagree", 2, "M"},
                                               {"review.go.duplicates", 4, "D"},
                                               {"review.go.second", 5, "S"},
                                               {"review.go.adjudicate", 6, "A"},
                                               {"review.go.escalated", 7, "X"}}};
    for (const Chord& chord : kChords) {
        ActionSpec made =
            spec(chord.id, ActionGroup::Go, tr("Queue: %1").arg(ReviewQueues::builtInName(chord.row)), "inbox");
        made.keys.standard = QStringLiteral("G, %1").arg(QLatin1String(chord.letter));
        made.run = [this, row = chord.row] { m_work->queues.choose(row); };
        made.blocked = [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); };
        m_registry->add(std::move(made));
    }
    const auto open = [this] {
        return !m_work->link.isOpen()         ? tr("no review queue is open")
               : m_work->transfer.isRunning() ? tr("a transfer is running")
                                              : QString();
    };
    ActionSpec import =
        spec("review.import", ActionGroup::List, tr("Import items…"), "box-arrow-in-down", key("Ctrl+O"));
    import.run = [this] { importFiles(chooseFiles());
};
import.blocked = open;
m_registry->add(std::move(import));
ActionSpec out = spec("review.export", ActionGroup::List, tr("Export…"), "download", key("Ctrl+E"));
out.run = [this] { exportItems(); };
out.blocked = open;
m_registry->add(std::move(out));
ActionSpec filter = spec("review.filter", ActionGroup::List, tr("Filter the items"), "funnel", key("Ctrl+F"));
filter.run = [this] { m_list->startSearch(); };
filter.blocked = [this] {
    const bool strip = m_list != nullptr && m_list->isStrip();
    return !m_work->link.isOpen() ? tr("no review queue is open")
           : strip                ? tr("the window is too narrow for the queue list")
                                  : QString();
};
m_registry->add(std::move(filter));
} // namespace modscope::ui

void ReviewPage::addGridActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked) {
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    const auto inGrid = [this] { return isGrid() ? QString() : tr("only in the compact grid"); };
    add(
        spec("review.grid", ActionGroup::View, tr("Compact grid"), "grid-3x3-gap", key("B")),
        [this] { isGrid() ? leaveGrid() : openGrid(); },
        [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); });
    add(
        spec("review.mark", ActionGroup::List, tr("Mark tile"), "check2-square", key("X", "Shift+X")),
        [this] { m_grid->grid()->toggleMark(); }, inGrid);
    add(
        spec("review.markShown", ActionGroup::List, tr("Mark all shown"), "check2-square", key("Ctrl+A")),
        [this] { m_grid->grid()->markShown(); }, inGrid);
    add(
        spec("review.openTile", ActionGroup::List, tr("Open tile"), "arrows-fullscreen", key("Ctrl+Return")),
        [this] { m_grid->grid()->openCurrent(); }, inGrid);
    add(
        spec("review.compare", ActionGroup::Item, tr("Compare duplicates"), "layout-split", key("D")),
        [this] { isComparing() ? leaveAside() : compare(); },
        [this] {
            const bool none = !isDeciding() || m_work->review.task()->duplicates.empty();
            return none ? tr("the item has no near-duplicates") : QString();
        });
    add(
        spec("review.team", ActionGroup::View, tr("The team's work"), "people"), [this] { toggleTeam(); },
        [this] {
            const bool lead = m_work->link.isOpen() && m_work->link.facts().lead;
            return lead ? QString() : tr("only for a lead");
        });
}

QStringList ReviewPage::chooseFiles()
{
    return m_chooseFiles ? m_chooseFiles()
                         : QFileDialog::getOpenFileNames(this, tr("Import into the review queue"), {},
                                                         tr("Tables and pictures (*.csv *.jsonl *.ndjson *.png *.jpg "
                                                            "*.jpeg *.webp *.gif *.bmp *.tif *.tiff);;All files (*)"));
}

void ReviewPage::importFiles(const QStringList& paths)
{
    if (paths.isEmpty()) {
        return;
    }
    cover();
    ReviewImportDialog dialog(&m_work->transfer, paths, m_work->models(), this);
    dialog.exec();
}

void ReviewPage::exportItems()
{
    cover();
    const int row = m_work->queues.current();
    const int count = row >= 0 ? m_work->queues.rows().at(static_cast<std::size_t>(row)).count : -1;
    ReviewExportDialog dialog(&m_work->transfer, m_work->queues.currentQueue(), count, this);
    dialog.exec();
}

} // namespace modscope::ui
