// What a reviewer can do with queues and many items, and what a lead can do.
#include "ui/models/drop_content.h"
#include "ui/models/verdict.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_export_dialog.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_import_dialog.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_list_pane.h"
#include "ui/pages/review_page.h"
#include "ui/pages/review_reimport_dialog.h"
#include "ui/pages/review_rules_dialog.h"
#include "ui/settings/settings.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/review_grid.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <array>
#include <utility>

namespace modscope::ui {

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
        ActionSpec made = actionSpec(ActionContext::Review, chord.id, ActionGroup::Go,
                                     tr("Queue: %1").arg(ReviewQueues::builtInName(chord.row)), "inbox");
        made.keys.standard = QStringLiteral("G, %1").arg(QLatin1String(chord.letter));
        made.run = [this, row = chord.row] { m_work->queues.chooseBuiltIn(row); };
        made.blocked = [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); };
        m_registry->add(std::move(made));
    }
    const auto open = [this] {
        return !m_work->link.isOpen()         ? tr("no review queue is open")
               : m_work->transfer.isRunning() ? tr("a transfer is running")
                                              : QString();
    };
    ActionSpec incoming = actionSpec(ActionContext::Review, "review.import", ActionGroup::List, tr("Import items…"),
                                     "box-arrow-in-down", presetKeys("Ctrl+O"));
    incoming.run = [this] { importFiles(chooseFiles()); };
    incoming.blocked = open;
    m_registry->add(std::move(incoming));
    ActionSpec out = actionSpec(ActionContext::Review, "review.export", ActionGroup::List, tr("Export…"), "download",
                                presetKeys("Ctrl+E"));
    out.run = [this] { exportItems(); };
    out.blocked = open;
    m_registry->add(std::move(out));
    ActionSpec filter = actionSpec(ActionContext::Review, "review.filter", ActionGroup::List, tr("Filter the items"),
                                   "funnel", presetKeys("Ctrl+F"));
    filter.run = [this] { m_list->startSearch(); };
    filter.blocked = [this] {
        const bool strip = m_list != nullptr && m_list->isStrip();
        return !m_work->link.isOpen() ? tr("no review queue is open")
               : strip                ? tr("the window is too narrow for the queue list")
                                      : QString();
    };
    m_registry->add(std::move(filter));
}

void ReviewPage::addQueueOrderActions()
{
    const auto add = [this](const char* id, const QString& label, const char* keys, int by) {
        ActionSpec made = actionSpec(ActionContext::Review, id, ActionGroup::List, label, "", presetKeys(keys));
        made.run = [this, by] { m_work->queues.move(m_work->queues.current(), m_work->queues.current() + by); };
        made.blocked = [this, by] { return m_work->queues.blockedFromMoving(by); };
        m_registry->add(std::move(made));
    };
    add("review.queueUp", tr("Move this queue up"), "Ctrl+Shift+Up", -1);
    add("review.queueDown", tr("Move this queue down"), "Ctrl+Shift+Down", 1);
    connect(&m_work->link, &DeskLink::opened, this, [this] {
        const QString known = m_settings->remembered(queueOrderName());
        m_work->queues.setOrder(QJsonDocument::fromJson(known.toUtf8()).toVariant().toStringList());
    });
    connect(&m_work->queues, &ReviewQueues::orderChanged, this, [this](const QStringList& ids) {
        const QJsonDocument names(QJsonArray::fromStringList(ids));
        m_settings->remember(queueOrderName(), QString::fromUtf8(names.toJson(QJsonDocument::Compact)));
    });
}

// Two people at one desk each have their own order.
QString ReviewPage::queueOrderName() const
{
    return QStringLiteral("reviewQueues/%1").arg(m_work->link.facts().reviewer);
}

void ReviewPage::addGridActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked) {
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    const auto inGrid = [this] { return isGrid() ? QString() : tr("only in the compact grid"); };
    add(
        actionSpec(ActionContext::Review, "review.grid", ActionGroup::View, tr("Compact grid"), "grid-3x3-gap",
                   presetKeys("B")),
        [this] { isGrid() ? leaveGrid() : openGrid(); },
        [this] { return m_work->link.isOpen() ? QString() : tr("no review queue is open"); });
    add(
        actionSpec(ActionContext::Review, "review.mark", ActionGroup::List, tr("Mark tile"), "check2-square",
                   presetKeys("X", "Shift+X")),
        [this] { m_grid->grid()->toggleMark(); }, inGrid);
    add(
        actionSpec(ActionContext::Review, "review.markShown", ActionGroup::List, tr("Mark all shown"), "check2-square",
                   presetKeys("Ctrl+A")),
        [this] { m_grid->grid()->markShown(); }, inGrid);
    add(
        actionSpec(ActionContext::Review, "review.openTile", ActionGroup::List, tr("Open tile"), "arrows-fullscreen",
                   presetKeys("Ctrl+Return")),
        [this] { m_grid->grid()->openCurrent(); }, inGrid);
    add(
        actionSpec(ActionContext::Review, "review.compare", ActionGroup::Item, tr("Compare duplicates"), "layout-split",
                   presetKeys("D")),
        [this] { isComparing() ? leaveAside() : compare(); },
        [this] {
            const bool none = !isDeciding() || m_work->review.task()->duplicates.empty();
            return none ? tr("the item has no near-duplicates") : QString();
        });
}

void ReviewPage::addLeadActions()
{
    const auto lead = [this] {
        const bool may = m_work->link.isOpen() && m_work->link.facts().lead;
        return may ? QString() : tr("only for a lead");
    };
    const auto add = [this](const char* id, const QString& label, const char* icon, std::function<void()> run,
                            std::function<QString()> blocked) {
        ActionSpec made = actionSpec(ActionContext::Review, id, ActionGroup::Application, label, icon);
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    add(
        "review.team", tr("The team's work"), "people", [this] { toggleTeam(); }, lead);
    add(
        "review.golden", tr("Make it a known item, with this decision"), "bullseye",
        [this] { m_work->lead.markGolden(m_work->review.task()->id, m_inspector->draft().decision()); },
        [this, lead] {
            const QString blocked = lead();
            return blocked.isEmpty() ? blockedFromSubmitting() : blocked;
        });
    add(
        "review.addReviewer", tr("Add a reviewer…"), "people",
        [this] {
            askReason(tr("Name of the reviewer"), tr("Add"), true,
                      [this](const QString& name) { m_work->lead.addReviewer(name); });
        },
        lead);
    add(
        "review.publishPolicy", tr("Publish a policy…"), "book",
        [this] {
            const QString file =
                QFileDialog::getOpenFileName(this, tr("Publish a policy"), {}, tr("Markdown (*.md *.txt)"));
            if (!file.isEmpty()) {
                m_work->lead.publishPolicy(file);
            }
        },
        lead);
    add(
        "review.rules", tr("Review rules…"), "sliders2-vertical",
        [this] {
            cover();
            ReviewRulesDialog dialog(m_work->link.facts().rules, this);
            if (dialog.exec() == QDialog::Accepted) {
                m_work->lead.setRules(dialog.rules());
            }
        },
        lead);
}

// The first class whose name begins so: for projects with more classes than digits.
void ReviewPage::chooseClassByName(const QString& name)
{
    const auto& labels = m_work->link.facts().labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (className(labels[i]).startsWith(name, Qt::CaseInsensitive)) {
            const int place = static_cast<int>(i);
            isGrid() ? m_grid->grid()->toggleClass(place) : m_inspector->toggleClass(place);
            return;
        }
    }
    Q_EMIT toastRaised(tr("No class begins with %1.").arg(name), {});
}

QStringList ReviewPage::chooseFiles()
{
    return m_chooseFiles ? m_chooseFiles()
                         : QFileDialog::getOpenFileNames(this, tr("Import into the review queue"), {},
                                                         tr("Tables and pictures (*.csv *.jsonl *.ndjson *.png *.jpg "
                                                            "*.jpeg *.webp *.gif *.bmp *.tif *.tiff);;All files (*)"));
}

void ReviewPage::importFiles(const QStringList& chosen)
{
    const QStringList paths = ReviewTransfer::withoutManifests(chosen);
    if (paths.isEmpty()) {
        return;
    }
    cover();
    if (paths.size() == 1 && ReviewTransfer::isExport(paths.front())) {
        ReviewReimportDialog dialog(&m_work->transfer, paths.front(), this);
        dialog.exec();
        return;
    }
    ReviewImportDialog dialog(&m_work->transfer, paths, m_work->models(), this);
    connect(&dialog, &ReviewImportDialog::watchWanted, this, &ReviewPage::watchFolders);
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

DropOffer ReviewPage::dropOffer(const QMimeData& mime) const
{
    const DropContent content = readDrop(mime);
    if (!m_work->link.isOpen()) {
        return {false, tr("No review queue is open.")};
    }
    if (content.paths.isEmpty()) {
        return {false, content.isUsable() ? tr("Only files can be imported into the queue.") : content.refusal};
    }
    return {true, tr("Import into the review queue…")};
}

void ReviewPage::drop(const QMimeData& mime)
{
    const QStringList paths = readDrop(mime).paths;
    // The dialog waits until the drag is over: it would hold up the program that the files come from.
    QTimer::singleShot(0, this, [this, paths] { importFiles(paths); });
}

} // namespace modscope::ui
