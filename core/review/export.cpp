#include "core/review/export.h"

#include "core/base/atomic_file.h"
#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/data/csv.h"

#include <algorithm>
#include <chrono>

namespace modscope {

namespace {

constexpr std::uint64_t kMaxManifestBytes = std::uint64_t{16} << 20U;

/// A CSV file on its way to disk, hashed as it is written.
class HashedFile {
public:
    explicit HashedFile(AtomicFile file) : m_file(std::move(file)) {}

    Result<void> write(const std::vector<std::string>& fields)
    {
        const std::string record = csvRecord(fields);
        m_hash.update(std::as_bytes(std::span(record)));
        return m_file.write(record);
    }
    Result<void> commit() { return m_file.commit(); }
    [[nodiscard]] std::string finishHash() { return toHex(m_hash.finish()); }

private:
    AtomicFile m_file;
    Sha256 m_hash;
};

Result<ExportNames> namesOf(ReviewStore& store)
{
    auto models = store.models();
    auto reviewers = store.reviewers();
    if (!models || !reviewers) {
        return fail(models ? reviewers.error() : models.error());
    }
    return ExportNames{store.project().labels, std::move(*models), std::move(*reviewers)};
}

/// The last event: what an export's numbers are true of.
Result<void> noteChain(ReviewStore& store, ExportManifest& manifest)
{
    manifest.chainHead = kChainStart;
    const EventQuery newest{.after = 0, .before = 0, .item = {}, .actor = {}, .limit = 1, .newestFirst = true};
    return store.readEvents(newest, [&](const ReviewEvent& event) {
        manifest.events = event.seq;
        manifest.chainHead = event.hash;
        return Result<void>();
    });
}

class ExportRun {
public:
    ExportRun(HashedFile file,
              ExportTable table,
              const std::optional<std::vector<ItemId>>& items,
              ExportManifest& manifest)
        : m_file(std::move(file)), m_table(std::move(table)), m_items(items), m_manifest(manifest)
    {}

    Result<void> run(ReviewStore& store, const std::stop_token& stop, const ProgressFn& progress)
    {
        m_manifest.columns = m_table.columns();
        if (auto header = m_file.write(m_table.columns()); !header) {
            return header;
        }
        const std::uint64_t total = m_items ? m_items->size() : 0;
        auto read = store.readItems(stop, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
            if (m_items && !std::binary_search(m_items->begin(), m_items->end(), item.id)) {
                return {};
            }
            if (progress && ++m_seen % kProgressEvery == 0) {
                progress({m_seen, total});
            }
            return write(item, status);
        });
        if (!read) {
            return read;
        }
        m_manifest.changedCells = m_table.changedCells();
        m_manifest.sha256 = m_file.finishHash();
        return m_file.commit();
    }

private:
    static constexpr std::uint64_t kProgressEvery = 1000;

    Result<void> write(const ItemContent& item, const ItemStatus& status)
    {
        const auto rows = m_table.rows(item, status);
        if (!rows) {
            ++m_manifest.leftOut[rows.error().message];
            return {};
        }
        for (const ExportTable::Row& row : *rows) {
            if (auto written = m_file.write(row); !written) {
                return written;
            }
        }
        m_manifest.rows += rows->size();
        ++m_manifest.items;
        return {};
    }

    HashedFile m_file;
    ExportTable m_table;
    const std::optional<std::vector<ItemId>>& m_items;
    ExportManifest& m_manifest;
    std::uint64_t m_seen = 0;
};

} // namespace

std::filesystem::path manifestPath(const std::filesystem::path& exported)
{
    std::filesystem::path path = exported;
    path += ".manifest.json";
    return path;
}

Result<ExportManifest> exportItems(ReviewStore& store,
                                   const ExportOptions& options,
                                   const std::optional<std::vector<ItemId>>& items,
                                   const std::filesystem::path& target,
                                   std::stop_token stop,
                                   const ProgressFn& progress)
{
    auto names = namesOf(store);
    if (!names) {
        return fail(names.error());
    }
    ExportManifest manifest;
    manifest.profile = options.profile;
    manifest.notes = options.notes;
    manifest.spreadsheetSafe = options.spreadsheetSafe;
    manifest.file = target.filename().string();
    manifest.labels = names->labels;
    manifest.models = names->models;
    manifest.written =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    if (auto noted = noteChain(store, manifest); !noted) {
        return fail(noted.error());
    }
    auto file = AtomicFile::create(target);
    if (!file) {
        return fail(file.error());
    }
    ExportRun run(HashedFile(std::move(*file)), ExportTable(options, std::move(*names)), items, manifest);
    if (auto done = run.run(store, stop, progress); !done) {
        return fail(done.error());
    }
    if (auto written = writeFileAtomically(manifestPath(target), toJson(manifest)); !written) {
        return fail(written.error());
    }
    return manifest;
}

Result<ExportManifest> verifyExport(const std::filesystem::path& exported, std::stop_token stop)
{
    const auto text = readTextFile(manifestPath(exported), kMaxManifestBytes);
    if (!text) {
        return fail(text.error());
    }
    auto manifest = manifestFromJson(*text);
    if (!manifest) {
        return fail(manifest.error().code, manifestPath(exported).string() + ": " + manifest.error().message);
    }
    const auto hash = sha256OfFile(exported, stop);
    if (!hash) {
        return fail(hash.error());
    }
    if (*hash != manifest->sha256) {
        return fail(ErrorCode::Mismatch, exported.string() + ": was changed after it was written: its SHA-256 is " +
                                             *hash + ", the manifest says " + manifest->sha256);
    }
    auto reader = CsvReader::open(exported);
    if (!reader) {
        return fail(reader.error());
    }
    std::uint64_t rows = 0;
    for (auto next = reader->next(); next.row; next = reader->next()) {
        if (!*next.row) {
            return fail(next.row->error());
        }
        ++rows;
    }
    if (reader->header() != manifest->columns || rows != manifest->rows) {
        return fail(ErrorCode::Mismatch, exported.string() + ": has " + std::to_string(rows) + " rows of " +
                                             std::to_string(reader->header().size()) + " columns, the manifest says " +
                                             std::to_string(manifest->rows) + " of " +
                                             std::to_string(manifest->columns.size()));
    }
    return manifest;
}

} // namespace modscope
