#include "ui/controllers/folder_watcher.h"

#include "ui/controllers/import_and_group.h"

#include <filesystem>
#include <utility>
#include <vector>

namespace modscope::ui {

namespace {

constexpr int kIntervalMs = 5000;

} // namespace

FolderWatcher::FolderWatcher(DeskLink* link, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_link(link), m_job(ioPool)
{
    m_timer.setInterval(kIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &FolderWatcher::look);
    connect(&m_job, &JobBase::finished, this, &FolderWatcher::finish);
    connect(link, &DeskLink::closed, this, [this] { watch({}); });
}

void FolderWatcher::watch(const QStringList& folders)
{
    if (folders == m_folders) {
        return;
    }
    m_job.cancel();
    m_folders = folders;
    m_imported = 0;
    m_problems.clear();
    m_lastImport.clear();
    lookAfresh();
    m_folders.isEmpty() ? m_timer.stop() : m_timer.start();
    Q_EMIT changed();
}

/// Everything in the folders is new again; what is known in the queue is joined there.
void FolderWatcher::lookAfresh()
{
    std::vector<std::filesystem::path> paths;
    for (const QString& folder : m_folders) {
        paths.emplace_back(folder.toStdString());
    }
    m_watched = std::make_shared<WatchedFolder>(std::move(paths));
}

void FolderWatcher::look()
{
    if (m_job.isRunning() || !m_link->isOpen() || !m_link->isReachable() || m_link->facts().readOnly) {
        return; // the next tick finds what is new then
    }
    m_job.start([watched = m_watched, options = m_link->options()](
                    std::stop_token stop, const ProgressFn& progress) -> Result<std::optional<ImportReport>> {
        const auto fresh = watched->fresh(stop);
        if (!fresh || fresh->empty()) {
            return fresh ? Result<std::optional<ImportReport>>(std::nullopt) : fail(fresh.error());
        }
        auto store = openStore(options);
        auto report = store ? importAndGroup(**store, *fresh, {}, stop, progress) : fail(store.error());
        if (!report) {
            return fail(report.error());
        }
        return std::optional(std::move(*report));
    });
}

void FolderWatcher::finish()
{
    const auto& result = m_job.result();
    if (!result) {
        lookAfresh(); // what was found was not brought in
        if (result.error().code != ErrorCode::Cancelled) {
            noteProblem(errorText(result.error()));
            Q_EMIT changed();
        }
        return;
    }
    if (!*result) {
        return;
    }
    const ImportReport& report = **result;
    for (const ImportProblem& problem : report.problems) {
        noteProblem(errorText(problem.error)); // it names the file
    }
    if (report.ended) {
        noteProblem(errorText(*report.ended));
    }
    m_imported += static_cast<int>(report.added);
    if (report.added > 0) {
        m_lastImport = QString::fromStdString(report.name);
        m_link->look();
        Q_EMIT batchImported(static_cast<int>(report.added));
    }
    Q_EMIT changed();
}

void FolderWatcher::noteProblem(const QString& sentence)
{
    if (m_problems.size() == kMostProblems) {
        m_problems.removeFirst();
    }
    m_problems << sentence;
}

} // namespace modscope::ui
