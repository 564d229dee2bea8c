#include "core/review/reimport.h"

#include "core/data/csv.h"
#include "core/review/export_json.h"
#include "core/review/exported_records.h"
#include "core/review/import_batch.h"
#include "core/review/review_agreement.h"
#include "core/review/status_json.h"

#include <algorithm>
#include <map>
#include <utility>

namespace modscope {

namespace {

using Standing = ReimportReport::Standing;

constexpr std::size_t kReimportBatch = 1000; ///< items looked up, or restored in one transaction

Result<void> checkManifest(const ExportManifest& manifest, const ReviewStore& store)
{
    if (manifest.labels != store.project().labels) {
        return fail(ErrorCode::Mismatch, manifest.file + ": is about other classes than the project");
    }
    return manifest.spreadsheetSafe
               ? fail(ErrorCode::Unsupported,
                      manifest.file + ": was made safe for spreadsheets, so its texts are not what they were")
               : Result<void>();
}

/// The store's names for those of the manifest: rows are compared by the model that they were written with.
Result<ExportNames> namesHere(ReviewStore& store, const ExportManifest& manifest)
{
    ExportNames names{store.project().labels, {}, {}};
    const auto models = store.models();
    auto reviewers = store.reviewers();
    if (!models || !reviewers) {
        return fail(models ? reviewers.error() : models.error());
    }
    names.reviewers = std::move(*reviewers);
    for (const ScoringModel& known : manifest.models) {
        const auto here = std::find_if(models->begin(), models->end(),
                                       [&](const ScoringModel& one) { return one.sha256 == known.sha256; });
        names.models.push_back(here == models->end() ? known : *here);
        names.models.back().id = here == models->end() ? 0 : here->id;
    }
    return names;
}

/// Adds the models and the people of an export. People get their pseudonyms as names: who they are, another store
/// knows.
Result<void> bringNames(ReviewStore& store, const ExportManifest& manifest)
{
    for (const ScoringModel& model : manifest.models) {
        if (auto added = store.model({0, model.name, model.sha256, model.labels, model.thresholds}); !added) {
            return fail(added.error());
        }
    }
    auto known = store.reviewers();
    if (!known) {
        return fail(known.error());
    }
    for (const std::string& pseudonym : manifest.reviewers) {
        const bool here =
            std::any_of(known->begin(), known->end(), [&](const Reviewer& one) { return one.pseudonym == pseudonym; });
        if (here) {
            continue;
        }
        const auto added = store.addReviewer(pseudonym, Role::Reviewer);
        if (!added) {
            return fail(added.error());
        }
        if (added->pseudonym != pseudonym) {
            return fail(ErrorCode::Mismatch,
                        manifest.file + ": '" + pseudonym + "' would be called '" + added->pseudonym + "' here");
        }
    }
    return {};
}

using Records = std::vector<ExportedRecord>;

/// Compares an export with what the store would write now.
class ExportComparison {
public:
    ExportComparison(ReviewStore& store, ExportNames names, ReimportReport& report)
        : m_store(store), m_names(std::move(names)), m_options{report.manifest.profile, report.manifest.notes, false},
          m_table(m_options, m_names), m_lines(m_names, m_options.notes), m_report(report)
    {}

    Result<void> compare(Records& records)
    {
        std::vector<ItemId> ids;
        std::vector<const ExportedRecord*> found;
        for (ExportedRecord& record : records) {
            const auto id = idOf(record);
            if (!id) {
                return fail(id.error());
            }
            if (*id == kInvalid) {
                continue;
            }
            if (*id == 0) {
                m_report.differences.push_back({record.key, Standing::Unknown});
                continue;
            }
            ids.push_back(*id);
            found.push_back(&record);
        }
        const auto contents = m_store.contents(ids);
        const auto statuses = contents ? m_store.statuses(ids) : fail(contents.error());
        if (!statuses) {
            return fail(statuses.error());
        }
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (bytesNow((*contents)[i], (*statuses)[i]) == found[i]->bytes) {
                ++m_report.unchanged;
            } else {
                m_report.differences.push_back({found[i]->key, Standing::Changed});
            }
        }
        return {};
    }

private:
    static constexpr ItemId kInvalid = -1;

    Result<ItemId> idOf(ExportedRecord& record)
    {
        if (m_options.profile == ExportProfile::Reference) {
            return idByContent(record);
        }
        if (m_options.profile == ExportProfile::Jsonl) {
            const auto item = exportedItem(record.bytes, m_names);
            if (!item) {
                m_report.invalid.push_back({record.row, {}, item.error()});
                return kInvalid;
            }
            record.key = item->content.key;
        }
        const auto id = m_store.findKey(record.key);
        return id ? Result<ItemId>(id->value_or(0)) : fail(id.error());
    }

    /// A reference row has no key: it is found by its text and the picture's path.
    Result<ItemId> idByContent(ExportedRecord& record)
    {
        record.key = record.fields[0].empty() ? record.fields[1] : record.fields[0];
        if (!m_byContent) {
            if (auto read = readContents(); !read) {
                return fail(read.error());
            }
        }
        const auto found = m_byContent->find({record.fields[0], record.fields[1]});
        return found == m_byContent->end() ? 0 : found->second;
    }

    Result<void> readContents()
    {
        m_byContent.emplace();
        const auto read = m_store.readItems({}, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
            if (status.state != ItemState::Removed) {
                m_byContent->insert({{item.text.empty() ? item.ocrText : item.text, item.imagePath}, item.id});
            }
            return {};
        });
        return read ? Result<void>() : fail(read.error());
    }

    std::string bytesNow(const ItemContent& item, const ItemStatus& status)
    {
        if (m_options.profile == ExportProfile::Jsonl) {
            return m_lines.line(item, status);
        }
        std::string bytes;
        const auto rows = m_table.rows(item, status);
        for (std::size_t i = 0; rows && i < rows->size(); ++i) {
            bytes += csvRecord((*rows)[i]);
        }
        return bytes;
    }

    ReviewStore& m_store;
    ExportNames m_names;
    ExportOptions m_options;
    ExportTable m_table;
    ExportLines m_lines;
    ReimportReport& m_report;
    std::optional<std::map<std::pair<std::string, std::string>, ItemId>> m_byContent;
};

/// Brings items with their standing into a store that has none.
class ExportRestoring {
public:
    ExportRestoring(ReviewStore& store, const ExportNames& names, std::string name, ReimportReport& report)
        : m_store(store), m_names(names), m_name(std::move(name)), m_report(report), m_pairs(names.labels.size())
    {}

    Result<void> restore(const Records& records)
    {
        std::vector<NewItem> items;
        for (const ExportedRecord& record : records) {
            auto item = exportedItem(record.bytes, m_names);
            auto sound = item ? checkStanding(item->status, m_names.labels.size()) : fail(item.error());
            if (!sound) {
                m_report.invalid.push_back({record.row, item ? item->content.key : std::string(), sound.error()});
                continue;
            }
            m_pairs.add(item->status);
            items.push_back({std::move(item->content), record.row, std::move(item->status)});
        }
        return importBatch(
            m_store, items, m_name, [this](const ImportOutcome& outcome) { m_report.restored += outcome.added; },
            [&](std::size_t place, const Error& error) {
                m_report.invalid.push_back({items[place].row, items[place].content.key, error});
            });
    }

    /// A manifest that says another agreement than its rows have is not to be believed.
    Result<void> checkAgreement(const std::stop_token& stop) const
    {
        const auto agreement = m_pairs.agreement(BootstrapOptions(), stop);
        if (!agreement) {
            return fail(agreement.error());
        }
        return *agreement == m_report.manifest.agreement
                   ? Result<void>()
                   : fail(ErrorCode::Mismatch,
                          m_report.manifest.file + ": its opinions do not agree as the manifest says");
    }

private:
    ReviewStore& m_store;
    const ExportNames& m_names;
    std::string m_name;
    ReimportReport& m_report;
    OpinionPairs m_pairs;
};

/// What is done with an export.
struct ReimportPlan {
    bool restores = false;
    std::uint64_t before = 0; ///< rows that are in already
};

/// Only a store without items, or one whose restoring was interrupted, is given an export's items.
Result<ReimportPlan> planFor(ReviewStore& store, const ExportManifest& manifest, const std::string& name, bool resume)
{
    const auto sources = store.sources();
    const auto before = sources && resume ? store.importedRows(name) : Result<std::uint64_t>(0);
    if (!sources || !before) {
        return fail(sources ? before.error() : sources.error());
    }
    const ReimportPlan plan{sources->empty() || *before > 0, *before};
    return plan.restores && manifest.profile != ExportProfile::Jsonl
               ? fail(ErrorCode::InvalidArgument,
                      manifest.file + ": only the profile 'jsonl' holds all that restoring needs")
               : Result<ReimportPlan>(plan);
}

Result<bool> isOfRecord(ReviewStore& store, const ExportManifest& manifest)
{
    bool same = manifest.events == 0 && manifest.chainHead == kChainStart;
    const EventQuery last{.after = manifest.events - 1, .before = manifest.events + 1, .item = {}, .actor = {}};
    const auto read = store.readEvents(last, [&](const ReviewEvent& event) {
        same = event.hash == manifest.chainHead;
        return Result<void>();
    });
    return read ? Result<bool>(same) : fail(read.error());
}

template <typename Each>
Result<void> eachBatch(const std::filesystem::path& exported,
                       const ExportManifest& manifest,
                       const std::stop_token& stop,
                       const ProgressFn& progress,
                       const Each& each)
{
    auto source = ExportedRecords::open(exported, manifest);
    if (!source) {
        return fail(source.error());
    }
    std::uint64_t done = 0;
    while (true) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "the import was stopped");
        }
        auto records = source->next(kReimportBatch);
        if (!records || records->empty()) {
            return records ? Result<void>() : fail(records.error());
        }
        done += records->size();
        if (auto taken = each(*records); !taken) {
            return taken;
        }
        if (progress) {
            progress({done, manifest.items});
        }
    }
}

} // namespace

std::uint64_t ReimportReport::count(Standing standing) const
{
    if (standing == Standing::Restored || standing == Standing::Unchanged) {
        return standing == Standing::Restored ? restored : unchanged;
    }
    return static_cast<std::uint64_t>(std::count_if(differences.begin(), differences.end(),
                                                    [&](const Difference& one) { return one.standing == standing; }));
}

Result<ReimportReport> reimportExport(ReviewStore& store,
                                      const std::filesystem::path& exported,
                                      bool resume,
                                      std::stop_token stop,
                                      const ProgressFn& progress)
{
    ReimportReport report;
    auto manifest = verifyExport(exported, stop);
    const auto usable = manifest ? checkManifest(*manifest, store) : fail(manifest.error());
    if (!usable) {
        return fail(usable.error());
    }
    report.manifest = std::move(*manifest);
    const std::string name = report.manifest.file + " " + report.manifest.sha256.substr(0, 12);
    const auto plan = planFor(store, report.manifest, name, resume);
    const auto brought = plan && plan->restores ? bringNames(store, report.manifest) : Result<void>();
    const auto names = namesHere(store, report.manifest);
    const auto ofThisRecord = isOfRecord(store, report.manifest);
    if (!plan || !brought) {
        return fail(plan ? brought.error() : plan.error());
    }
    if (!names || !ofThisRecord) {
        return fail(names ? ofThisRecord.error() : names.error());
    }
    report.ofThisRecord = *ofThisRecord;
    ExportRestoring restoring(store, *names, name, report);
    ExportComparison comparison(store, *names, report);
    auto done = eachBatch(exported, report.manifest, stop, progress, [&](Records& records) {
        std::erase_if(records, [&](const auto& record) { return record.row <= plan->before; });
        return plan->restores ? restoring.restore(records) : comparison.compare(records);
    });
    if (done && plan->restores && plan->before == 0 && report.invalid.empty()) {
        done = restoring.checkAgreement(stop);
    }
    if (!done) {
        report.ended = done.error();
    }
    return report;
}

} // namespace modscope
