#include "core/review/export.h"

#include "core/base/atomic_file.h"
#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/data/csv.h"
#include "core/data/line_reader.h"
#include "core/review/export_json.h"

#include <algorithm>
#include <chrono>

namespace modscope {

namespace {

constexpr std::uint64_t kMaxManifestBytes = std::uint64_t{16} << 20U;

/// A file on its way to disk, hashed as it is written.
class HashedFile {
public:
    explicit HashedFile(AtomicFile file) : m_file(std::move(file)) {}

    Result<void> write(const std::string& record)
    {
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

class ExportRun {
public:
    ExportRun(HashedFile file,
              const ExportOptions& options,
              ExportNames names,
              const std::optional<std::vector<ItemId>>& items,
              ExportManifest& manifest)
        : m_file(std::move(file)), m_options(options), m_names(std::move(names)), m_table(options, m_names),
          m_lines(m_names, options.notes), m_items(items), m_manifest(manifest), m_pairs(m_names.labels.size())
    {}

    Result<void> run(ReviewStore& store, const std::stop_token& stop, const ProgressFn& progress)
    {
        m_manifest.columns = m_table.columns();
        if (m_options.profile != ExportProfile::Jsonl) {
            if (auto header = m_file.write(csvRecord(m_table.columns())); !header) {
                return header;
            }
        }
        const std::uint64_t total = m_items ? m_items->size() : 0;
        const auto end = store.readItems(stop, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
            if (m_items && !std::binary_search(m_items->begin(), m_items->end(), item.id)) {
                return {};
            }
            if (progress && ++m_seen % kProgressEvery == 0) {
                progress({m_seen, total});
            }
            return write(item, status);
        });
        if (!end) {
            return fail(end.error());
        }
        if (auto same = checkNames(store); !same) {
            return same;
        }
        auto agreement = m_pairs.agreement(BootstrapOptions(), stop);
        if (!agreement) {
            return fail(agreement.error());
        }
        m_manifest.agreement = std::move(*agreement);
        m_manifest.events = end->seq;
        m_manifest.chainHead = end->hash;
        m_manifest.changedCells = m_table.changedCells();
        m_manifest.sha256 = m_file.finishHash();
        return m_file.commit();
    }

private:
    static constexpr std::uint64_t kProgressEvery = 1000;

    /// Rows by somebody whose name came too late would be nobody's.
    Result<void> checkNames(ReviewStore& store) const
    {
        const auto now = namesOf(store);
        if (!now) {
            return fail(now.error());
        }
        return now->models == m_names.models && now->reviewers == m_names.reviewers
                   ? Result<void>()
                   : fail(ErrorCode::Unavailable,
                          "people or models were added while the items were read; export again");
    }

    Result<void> write(const ItemContent& item, const ItemStatus& status)
    {
        const auto records = recordsOf(item, status);
        if (!records) {
            ++m_manifest.leftOut[records.error().message];
            return {};
        }
        for (const std::string& record : *records) {
            if (auto written = m_file.write(record); !written) {
                return written;
            }
        }
        m_manifest.rows += records->size();
        ++m_manifest.items;
        m_pairs.add(status);
        return {};
    }

    Result<std::vector<std::string>> recordsOf(const ItemContent& item, const ItemStatus& status)
    {
        const auto rows = m_table.rows(item, status);
        if (!rows) {
            return fail(rows.error());
        }
        if (m_options.profile == ExportProfile::Jsonl) {
            return std::vector<std::string>{m_lines.line(item, status) + "\n"};
        }
        std::vector<std::string> records;
        records.reserve(rows->size());
        for (const ExportTable::Row& row : *rows) {
            records.push_back(csvRecord(row));
        }
        return records;
    }

    HashedFile m_file;
    ExportOptions m_options;
    ExportNames m_names;
    ExportTable m_table;
    ExportLines m_lines;
    const std::optional<std::vector<ItemId>>& m_items;
    ExportManifest& m_manifest;
    OpinionPairs m_pairs;
    std::uint64_t m_seen = 0;
};

/// What is known of an export before anything is read.
ExportManifest startedManifest(const ExportOptions& options, const ExportNames& names, const std::string& file)
{
    ExportManifest manifest;
    manifest.profile = options.profile;
    manifest.notes = options.notes;
    manifest.spreadsheetSafe = options.spreadsheetSafe;
    manifest.file = file;
    manifest.labels = names.labels;
    manifest.models = names.models;
    for (const Reviewer& one : names.reviewers) {
        manifest.reviewers.push_back(one.pseudonym);
    }
    manifest.written =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    return manifest;
}

Result<void> recordExport(ReviewStore& store, const ExportManifest& manifest)
{
    if (store.readOnly()) {
        return {};
    }
    EventDraft draft;
    draft.kind = EventKind::Exported;
    draft.detail = {{"profile", std::string(name(manifest.profile))},
                    {"rows", std::to_string(manifest.rows)},
                    {"sha256", manifest.sha256}};
    const auto recorded = store.commit(draft, std::nullopt);
    return recorded ? Result<void>()
                    : fail(recorded.error().code, manifest.file +
                                                      " and its manifest are written, but the store has no"
                                                      " record of it: " +
                                                      recorded.error().message);
}

/// Data rows of an exported file, checked one by one.
Result<std::uint64_t> rowsOfTable(const std::filesystem::path& exported, const std::vector<std::string>& columns)
{
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
    return reader->header() == columns
               ? Result<std::uint64_t>(rows)
               : fail(ErrorCode::Mismatch, exported.string() + ": has other columns than the manifest says");
}

Result<std::uint64_t> rowsOfLines(const std::filesystem::path& exported)
{
    auto reader = LineReader::open(exported);
    if (!reader) {
        return fail(reader.error());
    }
    std::uint64_t rows = 0;
    for (auto line = reader->next(); line; line = reader->next()) {
        if (!*line) {
            return fail(line->error());
        }
        ++rows;
    }
    return rows;
}

} // namespace

std::filesystem::path manifestPath(const std::filesystem::path& exported)
{
    std::filesystem::path path = exported;
    path += ".manifest.json";
    return path;
}

bool hasManifest(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(manifestPath(file), ignored);
}

Result<ExportManifest> exportItems(ReviewStore& store,
                                   const ExportOptions& options,
                                   const std::optional<std::vector<ItemId>>& items,
                                   const std::filesystem::path& target,
                                   std::stop_token stop,
                                   const ProgressFn& progress)
{
    if (options.spreadsheetSafe && options.profile == ExportProfile::Jsonl) {
        return fail(ErrorCode::InvalidArgument, "JSON Lines are for programs: no spreadsheet runs their values");
    }
    auto names = namesOf(store);
    if (!names) {
        return fail(names.error());
    }
    ExportManifest manifest = startedManifest(options, *names, target.filename().string());
    auto file = AtomicFile::create(target);
    if (!file) {
        return fail(file.error());
    }
    ExportRun run(HashedFile(std::move(*file)), options, std::move(*names), items, manifest);
    if (auto done = run.run(store, stop, progress); !done) {
        return fail(done.error());
    }
    if (auto written = writeFileAtomically(manifestPath(target), toJson(manifest)); !written) {
        return fail(written.error());
    }
    const auto recorded = recordExport(store, manifest);
    return recorded ? Result<ExportManifest>(std::move(manifest)) : fail(recorded.error());
}

Result<ExportManifest> readManifest(const std::filesystem::path& exported)
{
    const auto text = readTextFile(manifestPath(exported), kMaxManifestBytes);
    if (!text) {
        return fail(text.error());
    }
    auto manifest = manifestFromJson(*text);
    return manifest ? std::move(manifest)
                    : fail(manifest.error().code, manifestPath(exported).string() + ": " + manifest.error().message);
}

Result<ExportManifest> verifyExport(const std::filesystem::path& exported, std::stop_token stop)
{
    auto manifest = readManifest(exported);
    if (!manifest) {
        return manifest;
    }
    const auto hash = sha256OfFile(exported, stop);
    if (!hash) {
        return fail(hash.error());
    }
    if (*hash != manifest->sha256) {
        return fail(ErrorCode::Mismatch, exported.string() + ": was changed after it was written: its SHA-256 is " +
                                             *hash + ", the manifest says " + manifest->sha256);
    }
    const auto rows =
        manifest->profile == ExportProfile::Jsonl ? rowsOfLines(exported) : rowsOfTable(exported, manifest->columns);
    if (!rows) {
        return fail(rows.error());
    }
    if (*rows != manifest->rows) {
        return fail(ErrorCode::Mismatch, exported.string() + ": has " + std::to_string(*rows) +
                                             " rows, the manifest says " + std::to_string(manifest->rows));
    }
    return manifest;
}

} // namespace modscope
