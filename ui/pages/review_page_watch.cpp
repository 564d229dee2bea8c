// Folders whose new pictures come into the queue by themselves.
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace modscope::ui {

void ReviewPage::addWatchActions()
{
    const auto add = [this](const char* id, const QString& label, const char* icon, std::function<void()> run,
                            std::function<QString()> blocked) {
        ActionSpec made = actionSpec(ActionContext::Review, id, ActionGroup::List, label, icon);
        made.run = std::move(run);
        made.blocked = std::move(blocked);
        m_registry->add(std::move(made));
    };
    add(
        "review.watch", tr("Watch a folder…"), "folder2-open",
        [this] {
            const QString folder = QFileDialog::getExistingDirectory(this, tr("Import what appears in this folder"));
            if (!folder.isEmpty()) {
                watchFolders({folder});
            }
        },
        [this] { return m_work->link.isOpen() ? blockedFromWriting() : tr("no review queue is open"); });
    add(
        "review.stopWatching", tr("Stop watching the folder"), "folder2-open", [this] { watchFolders({}); },
        [this] { return m_work->watcher.isWatching() ? QString() : tr("no folder is watched"); });
    add(
        "review.takeBackWatched", tr("Take back what the watched folder brought last"), "arrow-counterclockwise",
        [this] { m_work->transfer.takeBackImport(m_work->watcher.lastImport()); },
        [this] {
            return m_work->watcher.lastImport().isEmpty() ? tr("the watched folder has brought nothing")
                   : m_work->transfer.isRunning()         ? tr("a transfer is running")
                                                          : blockedFromWriting();
        });
    connect(&m_work->link, &DeskLink::opened, this, [this] {
        const QString known = m_settings->remembered(watchedFoldersName());
        m_work->watcher.watch(QJsonDocument::fromJson(known.toUtf8()).toVariant().toStringList());
    });
    connect(&m_work->watcher, &FolderWatcher::changed, this, &ReviewPage::showWatching);
    connect(&m_work->watcher, &FolderWatcher::batchImported, this, [this](int items) {
        Q_EMIT toastRaised(tr("%n item(s) came in from the watched folder.", nullptr, items),
                           QStringLiteral("review.takeBackWatched"));
    });
}

void ReviewPage::watchFolders(const QStringList& folders)
{
    const QJsonDocument names(QJsonArray::fromStringList(folders));
    m_settings->remember(watchedFoldersName(), QString::fromUtf8(names.toJson(QJsonDocument::Compact)));
    m_work->watcher.watch(folders);
}

// Each queue has its own folders. Its place may be a path or an address, so its hash is the name.
QString ReviewPage::watchedFoldersName() const
{
    const QByteArray place = QByteArray::fromStdString(m_work->link.options().location);
    return QStringLiteral("watchedFolders/%1")
        .arg(QString::fromLatin1(QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().left(16)));
}

QString ReviewPage::watchingText() const
{
    const FolderWatcher& watcher = m_work->watcher;
    if (!watcher.isWatching()) {
        return {};
    }
    const QString where = watcher.folders().size() == 1
                              ? QDir(watcher.folders().front()).dirName()
                              : tr("%n folder(s)", nullptr, static_cast<int>(watcher.folders().size()));
    return tr("watching %1, %2", "folder, how many came in").arg(where, tr("%n came in", nullptr, watcher.imported()));
}

void ReviewPage::showWatching()
{
    const QStringList& problems = m_work->watcher.problems();
    if (problems.isEmpty()) {
        Q_EMIT bannerWithdrawn(QStringLiteral("review.watch"));
    } else {
        Q_EMIT bannerRaised({QStringLiteral("review.watch"),
                             BannerKind::Attention,
                             tr("%n picture(s) of the watched folder could not be imported:", nullptr,
                                static_cast<int>(problems.size())),
                             problems.back(),
                             {QStringLiteral("review.stopWatching")}});
    }
    m_registry->refresh();
    refresh();
}

} // namespace modscope::ui
