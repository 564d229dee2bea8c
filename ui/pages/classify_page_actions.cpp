// The actions of the Classify page: what they do, when they can, and their keys.
#include "ui/pages/classify_centre.h"
#include "ui/pages/classify_inspector.h"
#include "ui/pages/classify_list_pane.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/widgets/picture_canvas.h"
#include "ui/widgets/text_card.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace modscope::ui {

void ClassifyPage::addActions()
{
    addListActions();
    addItemActions();
    addViewActions();
    addClassActions();
}

void ClassifyPage::addListActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run, std::function<QString()> blocked = {}) {
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    const auto needsItems = [this] { return isEmpty() ? tr("the list is empty") : QString(); };
    const auto& controller = m_work->classify;

    add(actionSpec(ActionContext::Classify, "classify.open", ActionGroup::List, tr("Open pictures…"), "folder2-open",
                   presetKeys("Ctrl+O")),
        [this] { open(); });
    add(actionSpec(ActionContext::Classify, "classify.openFolder", ActionGroup::List, tr("Open a folder…"), "folder"),
        [this] { openFolder(); });
    add(actionSpec(ActionContext::Classify, "classify.paste", ActionGroup::List, tr("Paste"), "clipboard",
                   presetKeys("Ctrl+V")),
        [this] { paste(); });
    add(
        actionSpec(ActionContext::Classify, "classify.samples", ActionGroup::List, tr("Score the samples"), "play-fill",
                   presetKeys("Return")),
        [this] {
            std::vector<ClassifyItem> items;
            for (const auto& sample : m_work->samples.samples()) {
                items.push_back(sample.item);
            }
            m_work->classify.addItems(std::move(items));
        },
        [this] { return isEmpty() ? QString() : tr("only while the list is empty"); });
    add(
        actionSpec(ActionContext::Classify, "classify.export", ActionGroup::List, tr("Export…"), "download",
                   presetKeys("Ctrl+E")),
        [this] { exportScores(); },
        [&controller] { return controller.status().counts.scored > 0 ? QString() : tr("nothing has been scored"); });
    add(
        actionSpec(ActionContext::Classify, "classify.filter", ActionGroup::List, tr("Filter this list"), "search",
                   presetKeys("Ctrl+F")),
        [this] { m_list->startSearch(); }, needsItems);
    add(
        actionSpec(ActionContext::Classify, "classify.retry", ActionGroup::List, tr("Retry what was not read"),
                   "arrow-clockwise", presetKeys("Shift+R")),
        [this] { m_work->classify.retryFailed(); },
        [&controller] { return controller.status().counts.failed > 0 ? QString() : tr("nothing failed"); });
    add(
        actionSpec(ActionContext::Classify, "classify.stop", ActionGroup::List, tr("Stop scoring"), "stop-fill",
                   presetKeys("Ctrl+.")),
        [this] { m_work->classify.stop(); },
        [&controller] { return controller.status().isWorking() ? QString() : tr("nothing runs"); });
    add(
        actionSpec(ActionContext::Classify, "classify.resume", ActionGroup::List, tr("Continue scoring"), "play-fill"),
        [this] { m_work->classify.resume(); },
        [&controller] { return controller.status().stopped ? QString() : tr("nothing was stopped"); });
    add(
        actionSpec(ActionContext::Classify, "classify.addRest", ActionGroup::List, tr("Add the rest"), "plus"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("classify.limit"));
            m_work->classify.addTheRest();
        },
        [&controller] { return controller.hasRest() ? QString() : tr("no drop was cut short"); });
    add(
        actionSpec(ActionContext::Classify, "classify.undoRemove", ActionGroup::List, tr("Undo: remove from list"),
                   "arrow-counterclockwise", presetKeys("Ctrl+Z")),
        [this] { m_work->classify.undoRemove(); },
        [&controller] { return controller.removedCount() > 0 ? QString() : tr("nothing was removed"); });
}

void ClassifyPage::addItemActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run) {
        made.run = std::move(run);
        made.blocked = [this] { return current() != nullptr ? QString() : tr("no item is chosen"); };
        m_registry->add(std::move(made));
    };
    add(actionSpec(ActionContext::Classify, "classify.next", ActionGroup::Item, tr("Next item"), "arrow-right",
                   presetKeys("J", "", "Num+9")),
        [this] { m_list->moveCurrent(1); });
    add(actionSpec(ActionContext::Classify, "classify.previous", ActionGroup::Item, tr("Previous item"), "arrow-left",
                   presetKeys("K", "Q", "Num+7")),
        [this] { m_list->moveCurrent(-1); });
    add(actionSpec(ActionContext::Classify, "classify.send", ActionGroup::Item, tr("Send to review"), "inbox",
                   presetKeys("Ctrl+Return")),
        [this] { sendSelected(); });
    add(actionSpec(ActionContext::Classify, "classify.again", ActionGroup::Item, tr("Score again"), "arrow-clockwise",
                   presetKeys("R")),
        [this] { m_work->classify.scoreAgain(m_list->selectedItems()); });
    add(actionSpec(ActionContext::Classify, "classify.editText", ActionGroup::Item, tr("Edit the text"), "pencil",
                   presetKeys("F2")),
        [this] { m_centre->textCard()->editor()->setFocus(Qt::ShortcutFocusReason); });
    add(actionSpec(ActionContext::Classify, "classify.copy", ActionGroup::Item, tr("Copy scores"), "clipboard",
                   presetKeys("Ctrl+C")),
        [this] { copyScores(false); });
    add(actionSpec(ActionContext::Classify, "classify.copyJson", ActionGroup::Item, tr("Copy as JSON"), "clipboard"),
        [this] { copyScores(true); });
    add(actionSpec(ActionContext::Classify, "classify.showInFolder", ActionGroup::Item, tr("Show in file manager"),
                   "folder"),
        [this] { showInFolder(); });
    add(actionSpec(ActionContext::Classify, "classify.remove", ActionGroup::Item, tr("Remove from list"), "trash",
                   presetKeys("Delete")),
        [this] { removeSelected(); });

    ActionSpec models = actionSpec(ActionContext::Classify, "classify.addModel", ActionGroup::Model, tr("Add a model…"),
                                   "box", presetKeys("A"));
    models.run = [this] { Q_EMIT modelsRequested(); };
    m_registry->add(std::move(models));
}

void ClassifyPage::addViewActions()
{
    const auto add = [this](ActionSpec made, std::function<void()> run) {
        made.run = std::move(run);
        made.blocked = [this] {
            const auto* item = current();
            return item != nullptr && item->sample.hasImage() ? QString() : tr("the item has no picture");
        };
        m_registry->add(std::move(made));
    };
    add(actionSpec(ActionContext::Classify, "classify.heatMap", ActionGroup::View, tr("Heat map"), "thermometer-half",
                   presetKeys("M", "X")),
        [this] { m_centre->setShowsHeatMap(!m_centre->showsHeatMap()); });
    add(actionSpec(ActionContext::Classify, "classify.readAgain", ActionGroup::Item, tr("Read the text again"), "fonts",
                   presetKeys("T")),
        [this] { m_work->classify.readAgain(m_list->selectedItems()); });
    add(actionSpec(ActionContext::Classify, "classify.fit", ActionGroup::View, tr("Fit, or 100 %"), "aspect-ratio",
                   presetKeys("Z")),
        [this] { m_centre->canvas()->setFitted(!m_centre->canvas()->isFitted()); });
    add(actionSpec(ActionContext::Classify, "classify.grey", ActionGroup::View, tr("Grey"), "circle-half",
                   presetKeys("C")),
        [this] { m_centre->canvas()->setGrey(!m_centre->canvas()->isGrey()); });
    add(actionSpec(ActionContext::Classify, "classify.cover", ActionGroup::View, tr("Cover the picture"), "eye-slash",
                   presetKeys("U", "V")),
        [this] { m_centre->setCovered(!m_centre->canvas()->isCovered()); });
}

void ClassifyPage::addClassActions()
{
    constexpr int kDigits = 9;
    for (int place = 0; place < kDigits; ++place) {
        ActionSpec choose =
            actionSpec(ActionContext::Classify, "", ActionGroup::Item, tr("Class %1 of the scores").arg(place + 1), "");
        choose.id = QStringLiteral("classify.class%1").arg(place + 1);
        choose.keys.standard = QString::number(place + 1);
        choose.family = tr("Class of the scores");
        choose.run = [this, place] { m_inspector->chooseClass(place); };
        choose.blocked = [this, place] {
            const int classes = m_inspector != nullptr ? m_inspector->classCount() : 0; // asked while the page is built
            if (classes == 0) {
                return tr("no scores are shown");
            }
            return place < classes ? QString() : tr("there are only %n class(es)", nullptr, classes);
        };
        m_registry->add(std::move(choose));
    }
}

void ClassifyPage::open()
{
    const QStringList files =
        m_chooseFiles ? m_chooseFiles()
                      : QFileDialog::getOpenFileNames(
                            this, tr("Open pictures or tables"), {},
                            tr("Pictures and tables (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.heic *.avif "
                               "*.csv *.jsonl *.ndjson);;All files (*)"));
    if (!files.isEmpty()) {
        m_work->classify.addPaths(files);
    }
}

void ClassifyPage::openFolder()
{
    const auto folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of pictures"));
    if (!folder.isEmpty()) {
        m_work->classify.addPaths({folder});
    }
}

void ClassifyPage::paste()
{
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    if (mime != nullptr) {
        if (const DropContent content = readDrop(*mime); content.isUsable()) {
            use(content, *mime);
            return;
        }
    }
    Q_EMIT toastRaised(tr("The clipboard holds no picture, file or text."), {});
}

void ClassifyPage::exportScores()
{
    ExportScopes scopes;
    for (const auto& item : m_work->classify.items()->items()) {
        scopes.all.push_back(item.id);
    }
    scopes.shown = m_rows.shownIds();
    scopes.selected = m_list->selectedItems();
    ExportDialog dialog(m_work->classify.items(), &m_work->exporter, std::move(scopes), this);
    dialog.exec();
}

void ClassifyPage::copyScores(bool asJson)
{
    const auto ids = m_list->selectedItems();
    QGuiApplication::clipboard()->setText(asJson ? m_work->exporter.scoresAsJson(ids)
                                                 : m_work->exporter.scoresAsText(ids));
    Q_EMIT toastRaised(tr("Scores of %n item(s) copied", nullptr, static_cast<int>(ids.size())), {});
}

void ClassifyPage::removeSelected()
{
    const auto ids = m_list->selectedItems();
    m_work->classify.remove(ids);
    Q_EMIT toastRaised(tr("%n item(s) removed from the list. The files stay.", nullptr, static_cast<int>(ids.size())),
                       QStringLiteral("classify.undoRemove"));
}

void ClassifyPage::sendSelected()
{
    std::vector<ClassifyItem> items;
    for (const ItemId id : m_list->selectedItems()) {
        if (const auto* item = m_work->classify.items()->find(id)) {
            items.push_back(*item);
        }
    }
    Q_EMIT reviewWanted(items);
}

void ClassifyPage::showInFolder()
{
    const auto* item = current();
    const auto path = item != nullptr ? QString::fromStdString(item->sample.imagePath.string()) : QString();
    if (path.isEmpty()) {
        Q_EMIT toastRaised(tr("This item has no file."), {});
        return;
    }
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

void ClassifyPage::showContextMenu(const QPoint& globalPosition)
{
    QMenu menu;
    for (const char* id :
         {"classify.again", "classify.readAgain", "", "classify.copy", "classify.copyJson", "classify.showInFolder", "",
          "classify.fit", "classify.grey", "classify.cover", "", "classify.remove"}) {
        if (*id == '\0') {
            menu.addSeparator();
        } else {
            menu.addAction(m_registry->action(QString::fromLatin1(id)));
        }
    }
    menu.exec(globalPosition);
}

} // namespace modscope::ui
