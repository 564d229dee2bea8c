#include "core/review/import.h"

#include "core/base/sha256.h"
#include "core/data/extension.h"
#include "core/review/import_batch.h"

#include <algorithm>
#include <array>
#include <utility>

namespace modscope {

namespace {

constexpr std::size_t kImportBatch = 4000; ///< rows in one transaction

struct OpenedImport {
    std::unique_ptr<ImportSource> source;
    std::string name;
    ColumnMapping mapping;
    std::vector<std::string> columns;
};

/// A table is known by its bytes: another one of the same name is another import.
Result<OpenedImport> openImport(const ReviewStore& store,
                                const std::vector<std::filesystem::path>& paths,
                                const ImportOptions& options,
                                const std::stop_token& stop)
{
    const bool anyTable = std::any_of(paths.begin(), paths.end(), isTable);
    if (paths.empty() || (anyTable && paths.size() > 1)) {
        return fail(ErrorCode::InvalidArgument,
                    paths.empty() ? "there is nothing to import" : "a table is imported alone, one at a time");
    }
    if (!anyTable) {
        auto pictures = importPictures(paths, options.table.source, stop);
        if (!pictures) {
            return fail(pictures.error());
        }
        std::error_code ignored;
        const auto first = std::filesystem::absolute(paths.front(), ignored).lexically_normal();
        return OpenedImport{std::move(*pictures), first.string(), {}, {}};
    }
    auto table = ImportTable::open(paths.front(), options.table, store.project().labels);
    if (!table) {
        return fail(table.error());
    }
    const auto sha256 = sha256OfFile(paths.front(), stop);
    if (!sha256) {
        return fail(sha256.error());
    }
    constexpr std::size_t kShownDigits = 12;
    OpenedImport opened{nullptr, paths.front().filename().string() + " " + sha256->substr(0, kShownDigits),
                        (*table)->mapping(), (*table)->columns()};
    opened.source = std::move(*table);
    return opened;
}

/// Up to `limit` rows. Errors: what ends the source; the rows ahead of it are in `rows`.
Result<void> readRows(ImportSource& source, std::size_t limit, std::vector<ImportRow>& rows)
{
    while (rows.size() < limit) {
        auto next = source.next();
        if (!next) {
            return fail(next.error());
        }
        if (!*next) {
            break;
        }
        rows.push_back(std::move(**next));
    }
    return {};
}

class ImportRun {
public:
    ImportRun(ReviewStore& store, ImportReport& report) : m_store(store), m_report(report) {}

    /// Brings a batch in. Errors: of the store, not of rows.
    Result<void> bringIn(std::vector<ImportRow>& rows)
    {
        std::vector<NewItem> items;
        std::vector<std::string> keys;
        for (ImportRow& row : rows) {
            ++m_report.rows;
            if (!row.item) {
                m_report.problems.push_back({row.number, row.key, row.item.error()});
                continue;
            }
            row.item->row = row.number;
            items.push_back(std::move(*row.item));
            keys.push_back(std::move(row.key));
        }
        return importBatch(
            m_store, items, m_report.name, [this](const ImportOutcome& outcome) { take(outcome); },
            [&](std::size_t place, const Error& error) {
                m_report.problems.push_back({items[place].row, keys[place], error});
            });
    }

private:
    void take(const ImportOutcome& outcome)
    {
        m_report.added += outcome.added;
        m_report.joined += outcome.joined;
        if (outcome.added == 0) {
            return;
        }
        // Ids of new items are higher than any known before; a row may stand for one that an earlier row brought.
        const ItemId last = *std::max_element(outcome.ids.begin(), outcome.ids.end());
        for (ItemId id = last - static_cast<ItemId>(outcome.added) + 1; id <= last; ++id) {
            m_report.addedIds.push_back(id);
        }
    }

    ReviewStore& m_store;
    ImportReport& m_report;
};

/// Steps over rows that are in already.
Result<void> skipRows(ImportSource& source, std::uint64_t count)
{
    for (std::uint64_t row = 0; row < count; ++row) {
        auto next = source.next();
        if (!next || !*next) {
            return next ? Result<void>() : fail(next.error());
        }
    }
    return {};
}

Result<void> importRows(ReviewStore& store,
                        ImportSource& source,
                        const ImportOptions& options,
                        ImportReport& report,
                        const std::stop_token& stop,
                        const ProgressFn& progress)
{
    ImportRun run(store, report);
    if (auto skipped = skipRows(source, report.before); !skipped) {
        return skipped;
    }
    while (true) {
        std::vector<ImportRow> rows;
        const auto read = readRows(source, kImportBatch, rows);
        if (auto hashed = hashPictures(rows, options.keepUnreadablePictures, options.threads, stop); !hashed) {
            return hashed;
        }
        const bool last = rows.empty();
        if (auto brought = run.bringIn(rows); !brought || !read || last) {
            return brought ? read : brought;
        }
        if (progress) {
            const std::uint64_t done = report.before + report.rows;
            const auto fraction = source.fraction();
            progress({done, fraction && *fraction > 0
                                ? static_cast<std::uint64_t>(static_cast<double>(done) / *fraction)
                                : 0});
        }
    }
}

} // namespace

bool isTable(const std::filesystem::path& path)
{
    constexpr std::array kExtensions = {".csv", ".jsonl", ".ndjson"};
    return std::find(kExtensions.begin(), kExtensions.end(), lowerExtension(path)) != kExtensions.end();
}

Result<ImportReport> importFiles(ReviewStore& store,
                                 const std::vector<std::filesystem::path>& paths,
                                 const ImportOptions& options,
                                 std::stop_token stop,
                                 const ProgressFn& progress)
{
    if (store.readOnly()) {
        return fail(ErrorCode::PermissionDenied, store.where() + ": is open for reading only");
    }
    auto opened = openImport(store, paths, options, stop);
    if (!opened) {
        return fail(opened.error());
    }
    ImportReport report;
    report.name = opened->name;
    report.unusedColumns = unusedColumns(opened->mapping, opened->columns);
    if (options.resume) {
        const auto before = store.importedRows(report.name);
        if (!before) {
            return fail(before.error());
        }
        report.before = *before;
    }
    if (auto done = importRows(store, *opened->source, options, report, stop, progress); !done) {
        report.ended = done.error();
    }
    return report;
}

Result<ImportPreview> previewImport(ReviewStore& store,
                                    const std::vector<std::filesystem::path>& paths,
                                    const ImportOptions& options,
                                    std::stop_token stop)
{
    auto opened = openImport(store, paths, options, stop);
    if (!opened) {
        return fail(opened.error());
    }
    std::vector<ImportRow> rows;
    if (auto read = readRows(*opened->source, ImportPreview::kRows + 1, rows); !read) {
        return fail(read.error());
    }
    ImportPreview preview{{},
                          0,
                          0,
                          0,
                          rows.size() > ImportPreview::kRows,
                          opened->mapping,
                          opened->columns,
                          unusedColumns(opened->mapping, opened->columns)};
    rows.resize(std::min(rows.size(), ImportPreview::kRows));
    if (auto hashed = hashPictures(rows, options.keepUnreadablePictures, options.threads, stop); !hashed) {
        return fail(hashed.error());
    }
    std::vector<NewItem> items;
    items.reserve(rows.size());
    for (const ImportRow& row : rows) {
        items.push_back(row.item.value_or(NewItem()));
    }
    const auto known = store.known(items);
    if (!known) {
        return fail(known.error());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ItemId item = rows[i].item ? (*known)[i] : 0;
        ++(!rows[i].item ? preview.unreadable : item > 0 ? preview.joined : preview.added);
        preview.rows.push_back({std::move(rows[i]), item});
    }
    return preview;
}

Result<CommitOutcome> takeBackImport(ReviewStore& store, const std::string& name)
{
    std::vector<ItemId> added;
    auto read = store.readEvents({.after = 0, .before = 0, .item = {}, .actor = {}}, [&](const ReviewEvent& event) {
        const auto detail = event.detail.find("name");
        if (event.kind == EventKind::Imported && detail != event.detail.end() && detail->second == name) {
            added.insert(added.end(), event.items.begin(), event.items.end());
        }
        return Result<void>();
    });
    if (!read) {
        return fail(read.error());
    }
    std::sort(added.begin(), added.end());
    const auto statuses = store.statuses(added);
    if (!statuses) {
        return fail(statuses.error());
    }
    EventDraft draft;
    draft.step = Step::Remove;
    for (std::size_t i = 0; i < added.size(); ++i) {
        if ((*statuses)[i].state != ItemState::Removed) {
            draft.items.push_back(added[i]);
        }
    }
    if (draft.items.empty()) {
        return fail(ErrorCode::NotFound, "no import called '" + name + "' has anything to take back");
    }
    draft.decision.note = "import taken back: " + name;
    return store.commit(draft, std::nullopt);
}

} // namespace modscope
