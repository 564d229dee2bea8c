#pragma once

#include "core/review/import.h"
#include "core/review/watched_folder.h"
#include "ui/controllers/desk_link.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>

namespace modscope::ui {

/// Looks into folders every few seconds and imports the pictures that appeared in them, in the background: each batch
/// is an import of its own, which can be taken back. A picture that is still being written waits; one that cannot be
/// read is counted and named, and the rest goes on. It ends with the queue or the window.
class FolderWatcher : public QObject {
    Q_OBJECT
public:
    FolderWatcher(DeskLink* link, QThreadPool* ioPool, QObject* parent = nullptr);

    /// Watches these folders instead of those before; none: stops.
    void watch(const QStringList& folders);
    [[nodiscard]] const QStringList& folders() const { return m_folders; }
    [[nodiscard]] bool isWatching() const { return !m_folders.isEmpty(); }
    [[nodiscard]] int imported() const { return m_imported; } ///< items since the watching began
    /// One sentence for each picture that could not be imported, oldest first; at most kMostProblems.
    [[nodiscard]] const QStringList& problems() const { return m_problems; }
    static constexpr int kMostProblems = 200;
    /// Of the last batch that brought anything in; empty: none yet.
    [[nodiscard]] const QString& lastImport() const { return m_lastImport; }

    void setInterval(int milliseconds) { m_timer.setInterval(milliseconds); }

Q_SIGNALS:
    void changed(); ///< folders, numbers or problems
    void batchImported(int items);

private:
    void look();
    void lookAfresh();
    void finish();
    void noteProblem(const QString& sentence);

    DeskLink* m_link;
    QStringList m_folders;
    std::shared_ptr<WatchedFolder> m_watched; ///< with the job while it runs
    QTimer m_timer;
    int m_imported = 0;
    QStringList m_problems;
    QString m_lastImport;
    Job<std::optional<ImportReport>> m_job; ///< nothing: nothing new was there
};

} // namespace modscope::ui
