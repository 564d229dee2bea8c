#include "core/review/reimport.h"

#include "core/review/export_comparison.h"
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

/// Numbers of its own for the manifest's names: enough to read rows by, where nothing may be written.
ExportNames namesOfManifest(const ExportManifest& manifest)
{
    ExportNames names{manifest.labels, manifest.models, {}};
    for (const std::string& pseudonym : manifest.reviewers) {
        names.reviewers.push_back(
            {static_cast<ReviewerId>(names.reviewers.size()) + 1, pseudonym, pseudonym, Role::Reviewer});
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

/// Brings items with their standing into a store that has none.
class ExportRestoring {
public:
    ExportRestoring(ReviewStore& store, const ExportNames& names, bool dryRun, ReimportReport& report)
        : m_store(store), m_names(names), m_dryRun(dryRun), m_report(report), m_pairs(names.labels.size())
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
        if (m_dryRun) {
            m_report.restored += items.size();
            return {};
        }
        return importBatch(
            m_store, items, m_report.importName,
            [this](const ImportOutcome& outcome) { m_report.restored += outcome.added; },
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
    bool m_dryRun;
    ReimportReport& m_report;
    OpinionPairs m_pairs;
};

/// Makes the file's labels my decisions: one event for each set of labels.
Result<void> decideAsInFile(ReviewStore& store, ReimportReport& report)
{
    std::map<std::vector<Answer>, std::vector<ItemId>> byLabels;
    std::map<ItemId, const ReimportReport::Difference*> differences;
    for (const ReimportReport::Difference& one : report.differences) {
        if (one.answers) {
            byLabels[*one.answers].push_back(one.item);
            differences[one.item] = &one;
        }
    }
    const auto leaveOut = [&](ItemId item, const Error& error) {
        report.invalid.push_back({differences.at(item)->row, differences.at(item)->key, error});
    };
    for (auto& [answers, items] : byLabels) {
        std::sort(items.begin(), items.end());
        EventDraft draft;
        draft.items = items;
        draft.decision.answers = answers;
        draft.decision.note = (report.verified ? "from the file " : "from the changed file ") + report.manifest.file;
        const auto outcome = store.commit(draft, std::nullopt);
        if (!outcome && outcome.error().code != ErrorCode::InvalidArgument &&
            outcome.error().code != ErrorCode::Mismatch) {
            return fail(outcome.error());
        }
        if (!outcome) { // the rules let me decide none of them
            std::for_each(items.begin(), items.end(), [&](ItemId item) { leaveOut(item, outcome.error()); });
            continue;
        }
        for (const LeftOut& one : outcome->leftOut) {
            leaveOut(one.item, one.error);
        }
        report.decided += outcome->changed.size();
        report.decisions.push_back(outcome->event);
    }
    return {};
}

/// What is done with an export.
struct ReimportPlan {
    bool restores = false;
    std::uint64_t before = 0; ///< rows that are in already
};

/// Only a store without items, or one whose restoring was interrupted, is given an export's items.
Result<ReimportPlan> planFor(ReviewStore& store, const ReimportReport& report, bool resume)
{
    const auto sources = store.sources();
    const auto before = sources && resume ? store.importedRows(report.importName) : Result<std::uint64_t>(0);
    if (!sources || !before) {
        return fail(sources ? before.error() : sources.error());
    }
    const ReimportPlan plan{sources->empty() || *before > 0, *before};
    if (plan.restores && report.manifest.profile != ExportProfile::Jsonl) {
        return fail(ErrorCode::InvalidArgument,
                    report.manifest.file + ": only the profile 'jsonl' holds all that restoring needs");
    }
    if (plan.restores && !report.verified) {
        return fail(ErrorCode::Mismatch,
                    report.manifest.file + ": was changed after it was written, so it restores nothing");
    }
    return plan;
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

/// A report with the manifest of a file that may be read.
Result<ReimportReport> startedReport(const ReviewStore& store,
                                     const std::filesystem::path& exported,
                                     bool unverified,
                                     const std::stop_token& stop)
{
    ReimportReport report;
    auto manifest = verifyExport(exported, stop);
    if (!manifest && manifest.error().code == ErrorCode::Mismatch && unverified) {
        report.verified = false;
        manifest = readManifest(exported);
    }
    const auto usable = manifest ? checkManifest(*manifest, store) : fail(manifest.error());
    if (!usable) {
        return fail(usable.error());
    }
    report.manifest = std::move(*manifest);
    constexpr std::size_t kShownDigits = 12;
    report.importName = report.manifest.file + " " + report.manifest.sha256.substr(0, kShownDigits);
    return report;
}

Result<void> runReimport(ReviewStore& store,
                         const std::filesystem::path& exported,
                         const ReimportOptions& options,
                         const ReimportPlan& plan,
                         const ExportNames& names,
                         ReimportReport& report,
                         const std::stop_token& stop,
                         const ProgressFn& progress)
{
    ExportRestoring restoring(store, names, options.dryRun, report);
    ExportComparison comparison(store, names, report);
    auto done = eachBatch(exported, report.manifest, stop, progress, [&](Records& records) {
        std::erase_if(records, [&](const auto& record) { return record.row <= plan.before; });
        return plan.restores ? restoring.restore(records) : comparison.compare(records);
    });
    if (done && plan.restores && plan.before == 0 && report.invalid.empty()) {
        return restoring.checkAgreement(stop);
    }
    return done && !plan.restores && options.decide && !options.dryRun ? decideAsInFile(store, report) : done;
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

std::uint64_t ReimportReport::relabelled() const
{
    return static_cast<std::uint64_t>(std::count_if(differences.begin(), differences.end(),
                                                    [](const Difference& one) { return one.answers.has_value(); }));
}

Result<ReimportReport> reimportExport(ReviewStore& store,
                                      const std::filesystem::path& exported,
                                      const ReimportOptions& options,
                                      std::stop_token stop,
                                      const ProgressFn& progress)
{
    auto report = startedReport(store, exported, options.unverified, stop);
    if (!report) {
        return report;
    }
    const auto plan = planFor(store, *report, options.resume);
    const bool brings = plan && plan->restores && !options.dryRun;
    const auto brought = brings ? bringNames(store, report->manifest) : Result<void>();
    const auto names = plan && plan->restores && options.dryRun ? Result<ExportNames>(namesOfManifest(report->manifest))
                                                                : namesHere(store, report->manifest);
    const auto ofThisRecord = isOfRecord(store, report->manifest);
    if (!plan || !brought) {
        return fail(plan ? brought.error() : plan.error());
    }
    if (!names || !ofThisRecord) {
        return fail(names ? ofThisRecord.error() : names.error());
    }
    report->restores = plan->restores;
    report->ofThisRecord = *ofThisRecord;
    if (auto done = runReimport(store, exported, options, *plan, *names, *report, stop, progress); !done) {
        report->ended = done.error();
    }
    return report;
}

Result<std::uint64_t> takeBackReimport(ReviewStore& store, const ReimportReport& report)
{
    if (report.restores) {
        const auto outcome = takeBackImport(store, report.importName);
        return outcome ? Result<std::uint64_t>(outcome->changed.size()) : fail(outcome.error());
    }
    std::uint64_t back = 0;
    for (const EventSeq decision : report.decisions) {
        EventDraft draft;
        draft.kind = EventKind::Undone;
        draft.refersTo = decision;
        const EventQuery one{.after = decision - 1, .before = decision + 1, .item = {}, .actor = {}};
        auto read = store.readEvents(one, [&](const ReviewEvent& event) {
            draft.items = event.items;
            return Result<void>();
        });
        const auto outcome = read ? store.commit(draft, std::nullopt) : fail(read.error());
        if (!outcome) {
            return fail(outcome.error());
        }
        back += outcome->changed.size();
    }
    return back > 0 ? Result<std::uint64_t>(back)
                    : fail(ErrorCode::NotFound, report.manifest.file + ": there is nothing to take back");
}

} // namespace modscope
