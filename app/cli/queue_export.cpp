#include "app/cli/progress_line.h"
#include "app/cli/queue_options.h"
#include "core/review/export.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

namespace modscope::cli {

namespace {

struct QueueExportOptions {
    QueueStoreOptions store;
    QueueSelection selection;
    std::string profile = "wide";
    std::string output;
    bool withoutNotes = false;
    bool spreadsheetSafe = false;
    bool json = false;
};

std::string plural(std::uint64_t count, const std::string& what)
{
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void sayManifest(const ExportManifest& manifest, const std::string& output)
{
    say(output + ": " + plural(manifest.items, "item") + ", " + plural(manifest.rows, "row") + ", SHA-256 " +
        manifest.sha256);
    for (const auto& [reason, count] : manifest.leftOut) {
        say(plural(count, "item") + " left out: " + reason);
    }
    if (manifest.spreadsheetSafe) {
        say(plural(manifest.changedCells, "cell") + " got an apostrophe in front");
    }
}

ExitCode exportQueue(const QueueExportOptions& options, const CommandContext& context)
{
    const auto profile = exportProfileNamed(options.profile);
    auto opened = profile ? openSelection(options.store, options.selection, context.stop) : fail(profile.error());
    if (!opened) {
        return report(opened.error());
    }
    ProgressLine progress("Exporting", context.quiet);
    const ExportOptions how{*profile, !options.withoutNotes, options.spreadsheetSafe};
    const auto manifest = exportItems(
        opened->session.store(), how, opened->items, options.output, context.stop, [&](const Progress& now) {
            const auto total = now.total > 0 ? now.total : opened->session.index().size();
            progress.update(now.done, static_cast<double>(now.done) / static_cast<double>(std::max(total, now.done)));
        });
    progress.clear();
    if (!manifest) {
        return report(manifest.error());
    }
    if (!context.quiet) {
        sayManifest(*manifest, options.output);
    }
    return options.json ? print(toJson(*manifest)) : ExitCode::Done;
}

} // namespace

void addQueueExport(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueueExportOptions>();
    CLI::App* command = queue.add_subcommand("export", "Write labelled items and a manifest that anybody can check");
    command
        ->add_option("--profile", options->profile,
                     "wide (default), long, reference, changed, soft or jsonl, which restores in an empty store")
        ->type_name("PROFILE")
        ->check(CLI::IsMember({"wide", "long", "reference", "changed", "soft", "jsonl"}).description(""));
    command->add_option("--output,-o", options->output, "The file; FILE.manifest.json comes beside it")
        ->type_name("FILE")
        ->required();
    addQueueStoreOptions(*command, options->store);
    addQueueSelection(*command, options->selection);
    command->add_flag("--no-notes", options->withoutNotes, "Leave out reasons and notes; people write names into them");
    command->add_flag("--spreadsheet-safe", options->spreadsheetSafe,
                      "Put an apostrophe ahead of cells that a spreadsheet would run");
    command->add_flag("--json", options->json, "Print the manifest");
    command->footer("Examples:\n"
                    "  modscope-cli queue export --profile reference --filter is:decided --output train.csv\n"
                    "  modscope-cli queue export --profile jsonl --output everything.jsonl");
    command->callback([options, &chosen] {
        if (options->output == "-") {
            throw CLI::ValidationError("--output", "a manifest comes beside it, so it must be a file");
        }
        chosen = [options](const CommandContext& context) { return exportQueue(*options, context); };
    });
}

} // namespace modscope::cli
