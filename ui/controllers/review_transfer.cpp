#include "ui/controllers/review_transfer.h"

#include "ui/controllers/import_and_group.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace modscope::ui {

namespace {

std::vector<std::filesystem::path> filePaths(const QStringList& paths)
{
    std::vector<std::filesystem::path> files;
    for (const QString& path : paths) {
        files.emplace_back(path.toStdString());
    }
    return files;
}

/// The request in the core's words. The model gets its number in this store.
Result<ImportOptions> importOptions(const ImportRequest& request, ReviewStore& store)
{
    ImportOptions options;
    for (const QString& entry : request.mapping) {
        options.table.mapping.push_back(entry.toStdString());
    }
    if (request.model) {
        auto known = store.model(*request.model);
        if (!known) {
            return modscope::fail(known.error());
        }
        options.table.model = std::move(*known);
    } else {
        for (const std::string& label : store.project().labels) {
            options.table.mapping.push_back("score:" + label + "=");
        }
    }
    return options;
}

} // namespace

ReviewTransfer::ReviewTransfer(DeskLink* link, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_link(link), m_preview(ioPool), m_import(ioPool), m_reimportPreview(ioPool), m_reimport(ioPool),
      m_takeBack(ioPool), m_export(ioPool)
{
    connectJobs();
}

void ReviewTransfer::connectJobs()
{
    const auto reads = [this](auto& job, auto done) {
        connect(&job, &JobBase::finished, this, [this, &job, done] {
            if (job.result()) {
                done(*job.result());
            } else {
                fail(job.result().error());
            }
        });
    };
    const auto writes = [this, reads](auto& job, auto done) {
        connect(&job, &JobBase::progressed, this, &ReviewTransfer::noteProgress);
        connect(&job, &JobBase::finished, m_link, &DeskLink::look);
        reads(job, done);
        connect(&job, &JobBase::finished, this, &ReviewTransfer::progressed);
    };
    reads(m_preview, [this](const ImportPreview& preview) { Q_EMIT previewed(preview); });
    reads(m_reimportPreview, [this](const ReimportReport& report) { Q_EMIT reimportPreviewed(report); });
    writes(m_import, [this](const ImportReport& report) { Q_EMIT imported(report); });
    writes(m_reimport, [this](const ReimportReport& report) { Q_EMIT reimported(report); });
    writes(m_takeBack, [this](std::uint64_t items) { Q_EMIT tookBack(static_cast<int>(items)); });
    writes(m_export, [this](const ExportManifest& manifest) { Q_EMIT exported(manifest); });
}

void ReviewTransfer::noteProgress(const Progress& progress)
{
    m_progress = progress;
    Q_EMIT progressed();
}

void ReviewTransfer::fail(const Error& error)
{
    if (error.code == ErrorCode::Cancelled) {
        Q_EMIT cancelled();
    } else {
        Q_EMIT failed(errorText(error));
    }
}

void ReviewTransfer::cancel()
{
    m_preview.cancel();
    m_import.cancel();
    m_reimportPreview.cancel();
    m_reimport.cancel();
    m_takeBack.cancel();
    m_export.cancel();
}

template <typename T>
void ReviewTransfer::runOnStore(Job<T>& job,
                                std::function<Result<T>(ReviewStore&, std::stop_token, const ProgressFn&)> work)
{
    job.start([work = std::move(work), options = m_link->options()](std::stop_token stop,
                                                                    const ProgressFn& progress) -> Result<T> {
        auto store = openStore(options);
        return store ? work(**store, stop, progress) : modscope::fail(store.error());
    });
}

void ReviewTransfer::preview(const ImportRequest& request)
{
    runOnStore<ImportPreview>(
        m_preview, [request](ReviewStore& store, std::stop_token stop, const ProgressFn&) -> Result<ImportPreview> {
            const auto chosen = importOptions(request, store);
            return chosen ? previewImport(store, filePaths(request.paths), *chosen, stop)
                          : modscope::fail(chosen.error());
        });
}

void ReviewTransfer::startImport(const ImportRequest& request)
{
    m_progress = {};
    runOnStore<ImportReport>(
        m_import,
        [request](ReviewStore& store, std::stop_token stop, const ProgressFn& progress) -> Result<ImportReport> {
            const auto chosen = importOptions(request, store);
            if (!chosen) {
                return modscope::fail(chosen.error());
            }
            return importAndGroup(store, filePaths(request.paths), *chosen, stop, progress);
        });
}

bool ReviewTransfer::isExport(const QString& file)
{
    return hasManifest(file.toStdString());
}

QStringList ReviewTransfer::withoutManifests(const QStringList& paths)
{
    QStringList rest;
    for (const QString& path : paths) {
        const bool beside = std::any_of(paths.begin(), paths.end(), [&](const QString& other) {
            return manifestPath(other.toStdString()) == std::filesystem::path(path.toStdString());
        });
        if (!beside) {
            rest << path;
        }
    }
    return rest;
}

void ReviewTransfer::previewReimport(const QString& file)
{
    runOnStore<ReimportReport>(
        m_reimportPreview, [file](ReviewStore& store, std::stop_token stop, const ProgressFn& progress) {
            return reimportExport(store, file.toStdString(), {.dryRun = true, .unverified = true}, stop, progress);
        });
}

void ReviewTransfer::startReimport(const QString& file, bool unverified)
{
    m_progress = {};
    runOnStore<ReimportReport>(
        m_reimport, [file, unverified](ReviewStore& store, std::stop_token stop, const ProgressFn& progress) {
            const ReimportOptions options{.unverified = unverified, .decide = true};
            return reimportExport(store, file.toStdString(), options, stop, progress);
        });
}

void ReviewTransfer::takeBackImport(const QString& name)
{
    runOnStore<std::uint64_t>(
        m_takeBack, [name](ReviewStore& store, std::stop_token, const ProgressFn&) -> Result<std::uint64_t> {
            const auto outcome = modscope::takeBackImport(store, name.toStdString());
            return outcome ? Result<std::uint64_t>(outcome->changed.size()) : modscope::fail(outcome.error());
        });
}

void ReviewTransfer::takeBackReimport(const ReimportReport& report)
{
    runOnStore<std::uint64_t>(m_takeBack, [report](ReviewStore& store, std::stop_token, const ProgressFn&) {
        return modscope::takeBackReimport(store, report);
    });
}

void ReviewTransfer::startExport(const ExportRequest& request)
{
    m_progress = {};
    const auto start = [this, request](std::optional<std::vector<modscope::ItemId>> items) {
        if (items) {
            std::sort(items->begin(), items->end());
        }
        runOnStore<ExportManifest>(
            m_export,
            [request, items = std::move(items)](ReviewStore& store, std::stop_token stop,
                                                const ProgressFn& progress) -> Result<ExportManifest> {
                const std::filesystem::path target(request.file.toStdString());
                auto manifest = exportItems(store, request.options, items, target, stop, progress);
                const auto checked =
                    manifest && request.check ? verifyExport(target, stop) : Result<ExportManifest>(ExportManifest());
                return checked ? manifest : modscope::fail(checked.error());
            });
    };
    if (!request.queue) {
        start(std::nullopt);
        return;
    }
    m_link->ask([queue = *request.queue](ReviewDesk& desk) { return desk.list(queue, 0); },
                [this, start](Result<std::vector<modscope::ItemId>> items) {
                    if (items) {
                        start(std::move(*items));
                    } else {
                        fail(items.error());
                    }
                });
}

} // namespace modscope::ui
