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

namespace {

ActionSpec spec(const char* id, ActionGroup group, const QString& label, const char* icon, PresetKeys keys = {})
{
    ActionSpec made;
    made.id = QString::fromLatin1(id);
    made.context = ActionContext::Classify;
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

    add(spec("classify.open", ActionGroup::List, tr("Open pictures…"), "folder2-open", key("Ctrl+O")),
        [this] { open(); });
    add(spec("classify.openFolder", ActionGroup::List, tr("Open a folder…"), "folder"), [this] { openFolder(); });
    add(spec("classify.paste", ActionGroup::List, tr("Paste"), "clipboard", key("Ctrl+V")), [this] { paste(); });
    add(
        spec("classify.samples", ActionGroup::List, tr("Score the samples"), "play-fill", key("Return")),
        [this] {
            std::vector<ClassifyItem> items;
            for (const auto& sample : m_work->samples.samples()) {
                items.push_back(sample.item);
            }
            m_work->classify.addItems(std::move(items));
        },
        [this] { return isEmpty() ? QString() : tr("only while the list is empty"); });
    add(
        spec("classify.export", ActionGroup::List, tr("Export…"), "download", key("Ctrl+E")),
        [this] { exportScores(); },
        [&controller] { return controller.status().counts.scored > 0 ? QString() : tr("nothing has been scored"); });
    add(
        spec("classify.filter", ActionGroup::List, tr("Filter this list"), "search", key("Ctrl+F")),
        [this] { m_list->startSearch(); }, needsItems);
    add(
        spec("classify.retry", ActionGroup::List, tr("Retry what was not read"), "arrow-clockwise", key("Shift+R")),
        [this] { m_work->classify.retryFailed(); },
        [&controller] { return controller.status().counts.failed > 0 ? QString() : tr("nothing failed"); });
    add(
        spec("classify.stop", ActionGroup::List, tr("Stop scoring"), "stop-fill", key("Ctrl+.")),
        [this] { m_work->classify.stop(); },
        [&controller] { return controller.status().isWorking() ? QString() : tr("nothing runs"); });
    add(
        spec("classify.resume", ActionGroup::List, tr("Continue scoring"), "play-fill"),
        [this] { m_work->classify.resume(); },
        [&controller] { return controller.status().stopped ? QString() : tr("nothing was stopped"); });
    add(
        spec("classify.addRest", ActionGroup::List, tr("Add the rest"), "plus"),
        [this] {
            Q_EMIT bannerWithdrawn(QStringLiteral("classify.limit"));
            m_work->classify.addTheRest();
        },
        [&controller] { return controller.hasRest() ? QString() : tr("no drop was cut short"); });
    add(
        spec("classify.undoRemove", ActionGroup::List, tr("Undo: remove from list"), "arrow-counterclockwise",
             key("Ctrl+Z")),
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
    add(spec("classify.next", ActionGroup::Item, tr("Next item"), "arrow-right", key("J", "", "Num+9")),
        [this] { m_list->moveCurrent(1); });
    add(spec("classify.previous", ActionGroup::Item, tr("Previous item"), "arrow-left", key("K", "Q", "Num+7")),
        [this] { m_list->moveCurrent(-1); });
    add(spec("classify.send", ActionGroup::Item, tr("Send to review"), "inbox", key("Ctrl+Return")),
        [this] { sendSelected(); });
    add(spec("classify.again", ActionGroup::Item, tr("Score again"), "arrow-clockwise", key("R")),
        [this] { m_work->classify.scoreAgain(m_list->selectedItems()); });
    add(spec("classify.editText", ActionGroup::Item, tr("Edit the text"), "pencil", key("F2")),
        [this] { m_centre->textCard()->editor()->setFocus(Qt::ShortcutFocusReason); });
    add(spec("classify.copy", ActionGroup::Item, tr("Copy scores"), "clipboard", key("Ctrl+C")),
        [this] { copyScores(false); });
    add(spec("classify.copyJson", ActionGroup::Item, tr("Copy as JSON"), "clipboard"), [this] { copyScores(true); });
    add(spec("classify.showInFolder", ActionGroup::Item, tr("Show in file manager"), "folder"),
        [this] { showInFolder(); });
    add(spec("classify.remove", ActionGroup::Item, tr("Remove from list"), "trash", key("Delete")),
        [this] { removeSelected(); });

    ActionSpec models = spec("classify.addModel", ActionGroup::Model, tr("Add a model…"), "box", key("A"));
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
    add(spec("classify.heatMap", ActionGroup::View, tr("Heat map"), "thermometer-half", key("M", "X")),
        [this] { m_centre->setShowsHeatMap(!m_centre->showsHeatMap()); });
    add(spec("classify.readAgain", ActionGroup::Item, tr("Read the text again"), "fonts", key("T")),
        [this] { m_work->classify.readAgain(m_list->selectedItems()); });
    add(spec("classify.fit", ActionGroup::View, tr("Fit, or 100 %"), "aspect-ratio", key("Z")),
        [this] { m_centre->canvas()->setFitted(!m_centre->canvas()->isFitted()); });
    add(spec("classify.grey", ActionGroup::View, tr("Grey"), "circle-half", key("C")),
        [this] { m_centre->canvas()->setGrey(!m_centre->canvas()->isGrey()); });
    add(spec("classify.cover", ActionGroup::View, tr("Cover the picture"), "eye-slash", key("U", "V")),
        [this] { m_centre->setCovered(!m_centre->canvas()->isCovered()); });
}

void ClassifyPage::addClassActions()
{
    constexpr int kDigits = 9;
    for (int place = 0; place < kDigits; ++place) {
        ActionSpec choose = spec("", ActionGroup::Item, tr("Class %1 of the scores").arg(place + 1), "");
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
