#include "ui/controllers/review_transfer.h"

#include "core/review/grouping.h"

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
    : QObject(parent), m_link(link), m_preview(ioPool), m_import(ioPool), m_export(ioPool)
{
    connect(&m_preview, &JobBase::finished, this, [this] {
        if (m_preview.result()) {
            Q_EMIT previewed(*m_preview.result());
        } else {
            fail(m_preview.result().error());
        }
    });
    connect(&m_import, &JobBase::finished, this, [this] {
        m_link->look();
        if (m_import.result()) {
            Q_EMIT imported(*m_import.result());
        } else {
            fail(m_import.result().error());
        }
        Q_EMIT progressed();
    });
    connect(&m_export, &JobBase::finished, this, [this] {
        m_link->look();
        if (m_export.result()) {
            Q_EMIT exported(*m_export.result());
        } else {
            fail(m_export.result().error());
        }
        Q_EMIT progressed();
    });
    connect(&m_import, &JobBase::progressed, this, &ReviewTransfer::noteProgress);
    connect(&m_export, &JobBase::progressed, this, &ReviewTransfer::noteProgress);
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
    m_export.cancel();
}

void ReviewTransfer::preview(const ImportRequest& request)
{
    m_preview.start(
        [request, options = m_link->options()](std::stop_token stop, const ProgressFn&) -> Result<ImportPreview> {
            auto store = openStore(options);
            if (!store) {
                return modscope::fail(store.error());
            }
            const auto chosen = importOptions(request, **store);
            return chosen ? previewImport(**store, filePaths(request.paths), *chosen, stop)
                          : modscope::fail(chosen.error());
        });
}

void ReviewTransfer::startImport(const ImportRequest& request)
{
    m_progress = {};
    m_import.start([request, options = m_link->options()](std::stop_token stop,
                                                          const ProgressFn& progress) -> Result<ImportReport> {
        auto store = openStore(options);
        if (!store) {
            return modscope::fail(store.error());
        }
        const auto chosen = importOptions(request, **store);
        if (!chosen) {
            return modscope::fail(chosen.error());
        }
        auto report = importFiles(**store, filePaths(request.paths), *chosen, stop, progress);
        if (report && !report->addedIds.empty() && !report->ended) {
            const auto grouped = groupDuplicates(**store, report->addedIds, {}, stop);
            if (!grouped) {
                report->ended = grouped.error(); // the items are in; only their groups are not
            }
        }
        return report;
    });
}

void ReviewTransfer::startExport(const ExportRequest& request)
{
    m_progress = {};
    const auto start = [this, request](std::optional<std::vector<modscope::ItemId>> items) {
        if (items) {
            std::sort(items->begin(), items->end());
        }
        m_export.start([request, items = std::move(items), options = m_link->options()](
                           std::stop_token stop, const ProgressFn& progress) -> Result<ExportManifest> {
            auto store = openStore(options);
            if (!store) {
                return modscope::fail(store.error());
            }
            const std::filesystem::path target(request.file.toStdString());
            auto manifest = exportItems(**store, request.options, items, target, stop, progress);
            if (manifest && request.check) {
                if (const auto checked = verifyExport(target, stop); !checked) {
                    return modscope::fail(checked.error());
                }
            }
            return manifest;
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
