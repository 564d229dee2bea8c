#include "app/cli/image_root_options.h"
#include "app/cli/progress_line.h"
#include "app/cli/queue_import_report.h"
#include "app/cli/queue_options.h"
#include "core/checkpoint/checkpoint.h"
#include "core/nn/model_path.h"
#include "core/review/watched_folder.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace modscope::cli {

namespace {

struct QueueImportOptions {
    QueueStoreOptions store;
    std::vector<std::string> paths;
    std::vector<std::string> labels;
    std::string model;
    std::string takeBack;
    ImportOptions import;
    ReimportOptions reimport;
    bool preview = false;
    bool withoutDuplicates = false;
    double watchSeconds = 0;
    bool json = false;
};

/// The checkpoint whose scores a table holds. Its weights are hashed, not loaded.
Result<std::optional<ScoringModel>> scoringModel(const std::string& name, const CommandContext& context)
{
    if (name.empty()) {
        return std::nullopt;
    }
    const auto directory = resolveModel(name);
    const auto checkpoint =
        directory ? openCheckpoint(*directory, CheckpointOptions(), context.stop) : fail(directory.error());
    if (!checkpoint) {
        return fail(checkpoint.error());
    }
    const ModelInfo& info = checkpoint->info;
    return ScoringModel{0, info.name, info.sha256, info.labels, info.thresholds};
}

/// What a store is made with that is not there yet: the classes named, those of the export, or those of the model.
Result<std::optional<Project>> newProject(const QueueImportOptions& options,
                                          const std::optional<ScoringModel>& model,
                                          bool exported,
                                          const CommandContext& context)
{
    if (!options.labels.empty()) {
        return Project{"memes", options.labels};
    }
    if (exported) {
        const auto manifest = verifyExport(options.paths.front(), context.stop);
        return manifest ? Result<std::optional<Project>>(Project{"memes", manifest->labels}) : fail(manifest.error());
    }
    return model ? std::optional(Project{"memes", model->labels}) : std::nullopt;
}

Result<std::unique_ptr<ReviewStore>> openOrCreate(const QueueImportOptions& options,
                                                  const std::optional<ScoringModel>& model,
                                                  bool exported,
                                                  const CommandContext& context)
{
    auto store = openQueue(options.store);
    if (store || store.error().code != ErrorCode::NotFound || options.preview) {
        return store;
    }
    auto project = newProject(options, model, exported, context);
    if (!project) {
        return fail(project.error());
    }
    if (!*project) {
        return fail(store.error().code, store.error().message + "; --labels makes one");
    }
    return openQueue(options.store, std::move(*project));
}

/// @return false when it was woken by a stop
bool sleepFor(double seconds, const std::stop_token& stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any alarm;
    return !alarm.wait_for(lock, stop, std::chrono::duration<double>(seconds), [&] { return stop.stop_requested(); });
}

class QueueImport {
public:
    QueueImport(const QueueImportOptions& options, const CommandContext& context)
        : m_options(options), m_context(context),
          m_exported(options.paths.size() == 1 && hasManifest(options.paths.front()))
    {}

    ExitCode run()
    {
        auto model = scoringModel(m_options.model, m_context);
        if (!model) {
            return report(model.error());
        }
        auto store = openOrCreate(m_options, *model, m_exported, m_context);
        if (!store) {
            return report(store.error());
        }
        m_store = std::move(*store);
        if (!m_options.takeBack.empty()) {
            return takeBack();
        }
        ImportOptions import = m_options.import;
        if (*model && !m_options.preview) {
            auto known = m_store->model(**model);
            if (!known) {
                return report(known.error());
            }
            import.table.model = *known;
        } else {
            import.table.model = *model;
        }
        if (m_exported) {
            return reimport();
        }
        if (m_options.preview) {
            const auto preview = previewImport(*m_store, paths(), import, m_context.stop);
            return preview ? printPreview(*preview, m_options.json) : report(preview.error());
        }
        return m_options.watchSeconds > 0 ? watch(import) : importOnce(paths(), import);
    }

private:
    [[nodiscard]] std::vector<std::filesystem::path> paths() const
    {
        return {m_options.paths.begin(), m_options.paths.end()};
    }

    ExitCode takeBack()
    {
        const auto outcome = takeBackImport(*m_store, m_options.takeBack);
        if (!outcome) {
            return report(outcome.error());
        }
        for (const LeftOut& one : outcome->leftOut) {
            say("item " + std::to_string(one.item) + ": " + one.error.message);
        }
        if (!m_context.quiet) {
            say(std::to_string(outcome->changed.size()) + " items were taken back, event " +
                std::to_string(outcome->event));
        }
        return outcome->leftOut.empty() ? ExitCode::Done : ExitCode::SomeFailed;
    }

    ExitCode reimport()
    {
        ReimportOptions options = m_options.reimport;
        options.resume = m_options.import.resume;
        options.dryRun = m_options.preview;
        ProgressLine progress("Reading", m_context.quiet);
        const auto result = reimportExport(*m_store, m_options.paths.front(), options, m_context.stop,
                                           [&](const Progress& now) { show(progress, now); });
        progress.clear();
        return result ? reportReimport(*result, m_options.json, m_context) : report(result.error());
    }

    ExitCode importOnce(const std::vector<std::filesystem::path>& paths, const ImportOptions& import)
    {
        ProgressLine progress("Importing", m_context.quiet);
        const auto result =
            importFiles(*m_store, paths, import, m_context.stop, [&](const Progress& now) { show(progress, now); });
        progress.clear();
        if (!result) {
            return report(result.error());
        }
        std::optional<GroupingReport> duplicates;
        if (!m_options.withoutDuplicates && !result->addedIds.empty() && !result->ended) {
            ProgressLine grouping("Comparing", m_context.quiet);
            auto grouped = groupDuplicates(*m_store, result->addedIds, {}, m_context.stop,
                                           [&](const Progress& now) { show(grouping, now); });
            grouping.clear();
            if (!grouped) {
                say("the items are in, but were not all compared with one another");
                return report(grouped.error());
            }
            duplicates = *grouped;
        }
        return reportImport(*result, duplicates, m_options.json, m_context);
    }

    /// Imports what appears in folders, until it is stopped.
    ExitCode watch(const ImportOptions& import);

    static void show(ProgressLine& line, const Progress& now)
    {
        line.update(now.done, now.total == 0 ? std::nullopt
                                             : std::optional(static_cast<double>(now.done) /
                                                             static_cast<double>(std::max(now.total, now.done))));
    }

    const QueueImportOptions& m_options;
    const CommandContext& m_context;
    bool m_exported;
    std::unique_ptr<ReviewStore> m_store;
};

ExitCode QueueImport::watch(const ImportOptions& import)
{
    WatchedFolder folder(paths());
    ExitCode worst = ExitCode::Done;
    while (true) {
        const auto fresh = folder.fresh(m_context.stop);
        if (!fresh) {
            return fresh.error().code == ErrorCode::Cancelled ? worst : report(fresh.error());
        }
        if (!fresh->empty()) {
            const ExitCode code = importOnce(*fresh, import);
            if (code != ExitCode::Done && code != ExitCode::SomeFailed) {
                return code;
            }
            worst = code == ExitCode::SomeFailed ? code : worst;
        }
        if (!sleepFor(m_options.watchSeconds, m_context.stop)) {
            return worst;
        }
    }
}

void addWhatToImport(CLI::App& command, QueueImportOptions& options)
{
    command
        .add_option("PATH", options.paths,
                    "One table (.csv, .jsonl), one export of ours, or pictures and folders of pictures")
        ->type_name("");
    command
        .add_option("--map", options.import.table.mapping,
                    "Which column is what: text=caption, image_path=img, id=, source=, ocr_text=, score:CLASS=")
        ->type_name("WHAT=COLUMN")
        ->allow_extra_args(false)
        ->check(utf8Only().description(""));
    command.add_option("--model", options.model, "Whose scores the table holds: a run's folder, demo or demo2")
        ->type_name("MODEL");
    command
        .add_option("--labels", options.labels,
                    "The project's classes, by commas: makes the store if it is not there (default: the model's)")
        ->type_name("CLASSES")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(utf8Only().description(""));
    command.add_option("--source", options.import.table.source, "Of items without one (default: the table's name)")
        ->type_name("NAME")
        ->check(utf8Only().description(""));
    addImageRootOptions(command, options.import.table.imageRoot, options.import.table.allowOutsideRoot);
}

void addHowToImport(CLI::App& command, QueueImportOptions& options)
{
    command.add_flag("--keep-unreadable", options.import.keepUnreadablePictures,
                     "Import items whose picture cannot be read, without its hash");
    command.add_flag("--preview", options.preview,
                     "Show the first 20 rows, or what an export would change; write nothing");
    command.add_flag("--decide", options.reimport.decide,
                     "Of an export: labels that differ from those here become your decisions");
    command.add_flag("--unverified", options.reimport.unverified,
                     "Read an export that was changed after it was written; it restores nothing");
    command.add_flag("--resume", options.import.resume, "Go on behind the rows of an import that was interrupted");
    command.add_flag("--no-duplicates", options.withoutDuplicates, "Do not look for near-duplicates afterwards");
    command.add_option("--watch", options.watchSeconds, "Look into the folders every so often until stopped")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 86400.0).description(""));
    command.add_option("--take-back", options.takeBack, "Remove what the import of this name added; undo puts it back")
        ->type_name("IMPORT")
        ->check(utf8Only().description(""));
    command.add_flag("--json", options.json, "Print JSON");
}

} // namespace

void addQueueImport(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueueImportOptions>();
    CLI::App* command = queue.add_subcommand("import", "Bring in tables, pictures, predictions or an export");
    addWhatToImport(*command, *options);
    addQueueStoreOptions(*command, options->store);
    addHowToImport(*command, *options);
    command->footer(
        "What is known already (same picture bytes and text) is joined, not repeated; scores of another model are\n"
        "added beside those that are there. Labels in a table are no decisions and stay unused. An export, known by\n"
        "the manifest beside it, restores in a store without items (profile jsonl); in any other store it is\n"
        "compared: unchanged, changed, unknown, invalid, and --decide takes over corrected labels.\n"
        "\n"
        "Examples:\n"
        "  modscope-cli predict memes.csv --format csv --output scored.csv\n"
        "  modscope-cli queue import scored.csv --model demo --image-root .\n"
        "  modscope-cli queue import inbox/ --watch 10");
    command->callback([options, &chosen] {
        if (options->paths.empty() == options->takeBack.empty()) {
            throw CLI::ValidationError("PATH", "name what to import, or what to take back with --take-back");
        }
        chosen = [options](const CommandContext& context) { return QueueImport(*options, context).run(); };
    });
}

} // namespace modscope::cli
