#pragma once

#include "core/review/export.h"
#include "core/review/import.h"
#include "core/review/reimport.h"
#include "ui/controllers/desk_link.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace modscope::ui {

/// What is imported, and how its table is read.
struct ImportRequest {
    QStringList paths;   ///< one table, or pictures and folders
    QStringList mapping; ///< "text=caption", as core/review/import_mapping.h reads them
    std::optional<ScoringModel>
        model; ///< whose probabilities the table's score columns are; nothing: they are not used
};

/// What is exported, and where to.
struct ExportRequest {
    std::optional<Queue> queue; ///< nothing: every item
    ExportOptions options;
    QString file;
    bool check = true; ///< reads the file back and compares it with its manifest
};

/// Brings items into the queue's store and takes labelled ones out, on the io pool and with a connection of its own:
/// whoever reviews meanwhile waits for nothing. One transfer at a time.
class ReviewTransfer : public QObject {
    Q_OBJECT
public:
    ReviewTransfer(DeskLink* link, QThreadPool* ioPool, QObject* parent = nullptr);

    /// Reads the first rows and writes nothing; previewed() or failed() follows. The newest wish wins.
    void preview(const ImportRequest& request);
    /// imported() or failed() follows. Precondition: !isRunning().
    void startImport(const ImportRequest& request);
    /// Whether a file is an export of ours, known by the manifest beside it.
    [[nodiscard]] static bool isExport(const QString& file);
    /// Without files that are only the manifest of another one of them.
    [[nodiscard]] static QStringList withoutManifests(const QStringList& paths);
    /// Compares an export with the queue and writes nothing; reimportPreviewed() or failed() follows.
    void previewReimport(const QString& file);
    /// Restores an export in a queue without items; in any other one its labels become my decisions where they differ.
    /// reimported() or failed() follows. @param unverified  although it was changed after it was written
    /// Precondition: !isRunning().
    void startReimport(const QString& file, bool unverified);
    /// Take back what an import or a re-import wrote; tookBack() or failed() follows. Precondition: !isRunning().
    void takeBackImport(const QString& name);
    void takeBackReimport(const ReimportReport& report);
    /// exported(), cancelled() or failed() follows. Precondition: !isRunning().
    void startExport(const ExportRequest& request);
    /// What is in stays in; an export leaves nothing behind.
    void cancel();
    [[nodiscard]] bool isRunning() const
    {
        return m_import.isRunning() || m_export.isRunning() || m_reimport.isRunning() || m_takeBack.isRunning();
    }
    [[nodiscard]] const Progress& progress() const { return m_progress; }

Q_SIGNALS:
    void progressed();
    void previewed(const modscope::ImportPreview& preview);
    void imported(const modscope::ImportReport& report);
    void reimportPreviewed(const modscope::ReimportReport& report);
    void reimported(const modscope::ReimportReport& report);
    void tookBack(int items);
    void exported(const modscope::ExportManifest& manifest);
    void cancelled();
    void failed(const QString& reason);

private:
    /// Work on a connection of its own.
    template <typename T>
    void runOnStore(Job<T>& job, std::function<Result<T>(ReviewStore&, std::stop_token, const ProgressFn&)> work);
    void connectJobs();
    void noteProgress(const Progress& progress);
    void fail(const Error& error);

    DeskLink* m_link;
    Progress m_progress;
    Job<ImportPreview> m_preview;
    Job<ImportReport> m_import;
    Job<ReimportReport> m_reimportPreview;
    Job<ReimportReport> m_reimport;
    Job<std::uint64_t> m_takeBack;
    Job<ExportManifest> m_export;
};

} // namespace modscope::ui
