#include "app/cli/json_text.h"
#include "app/cli/progress_line.h"
#include "app/cli/queue_options.h"
#include "app/cli/text_table.h"
#include "core/review/check_pictures.h"
#include "core/review/export.h"
#include "core/store/verify_store.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <memory>

namespace modscope::cli {

namespace {

struct QueueVerifyOptions {
    QueueStoreOptions store;
    std::vector<std::string> exports;
    bool withoutPictures = false;
    bool json = false;
};

constexpr std::size_t kPathWidth = 100;

std::string faultText(const PictureFault& fault)
{
    return "item '" + fault.key + "': " + shortened(fault.path, kPathWidth) + ": " + std::string(name(fault.kind)) +
           (fault.message.empty() ? "" : " (" + fault.message + ")");
}

Json storeJson(const StoreReport& store, const std::optional<PictureReport>& pictures)
{
    Json json{{"events", store.events},
              {"items", store.items},
              {"chain_head", store.chainHead},
              {"difference", store.firstDifference ? Json(store.firstDifference->message) : Json()},
              {"pictures", pictures ? Json(pictures->pictures) : Json()},
              {"faults", Json::array()}};
    for (std::size_t i = 0; pictures && i < pictures->faults.size(); ++i) {
        const PictureFault& fault = pictures->faults[i];
        json["faults"].push_back(
            {{"item", fault.key}, {"path", fault.path}, {"kind", name(fault.kind)}, {"message", fault.message}});
    }
    return json;
}

std::string summary(const StoreReport& store, const std::optional<PictureReport>& pictures)
{
    std::string text = std::to_string(store.events) + " events follow one another and " + std::to_string(store.items) +
                       " items are what their events make of them";
    if (pictures) {
        text += "; " + std::to_string(pictures->pictures - pictures->faults.size()) + " of " +
                std::to_string(pictures->pictures) + " pictures are as imported";
    }
    return text + "\nchain head " + store.chainHead + "\n";
}

Result<std::optional<PictureReport>> picturesOf(const QueueVerifyOptions& options, const CommandContext& context)
{
    if (options.withoutPictures) {
        return std::nullopt;
    }
    auto store = openQueue(options.store);
    if (!store) {
        return fail(store.error());
    }
    ProgressLine progress("Pictures", context.quiet);
    return checkPictures(**store, 0, context.stop, [&](const Progress& now) { progress.update(now.done, {}); })
        .map([](PictureReport report) { return std::optional(std::move(report)); });
}

ExitCode verifyQueue(const QueueVerifyOptions& options, const CommandContext& context)
{
    ProgressLine progress("Checking", context.quiet);
    const auto store = verifyStore(storeOptions(options.store), context.stop,
                                   [&](const Progress& now) { progress.update(now.done, {}); });
    progress.clear();
    if (!store) {
        return report(store.error());
    }
    const auto pictures = picturesOf(options, context);
    if (!pictures) {
        return report(pictures.error());
    }
    if (store->firstDifference) {
        say(store->firstDifference->message);
    }
    const bool faults = *pictures && !(*pictures)->faults.empty();
    for (std::size_t i = 0; faults && i < (*pictures)->faults.size(); ++i) {
        say(faultText((*pictures)->faults[i]));
    }
    std::string text;
    if (options.json) {
        text = jsonText(storeJson(*store, *pictures));
    } else if (!store->firstDifference) {
        text = summary(*store, *pictures);
    }
    if (const ExitCode printed = print(text); printed != ExitCode::Done) {
        return printed;
    }
    return store->firstDifference ? ExitCode::Failed : faults ? ExitCode::SomeFailed : ExitCode::Done;
}

ExitCode verifyExports(const QueueVerifyOptions& options, const CommandContext& context)
{
    ExitCode code = ExitCode::Done;
    Json list = Json::array();
    std::string text;
    for (const std::string& exported : options.exports) {
        const auto manifest = verifyExport(exported, context.stop);
        if (!manifest && manifest.error().code == ErrorCode::Cancelled) {
            return report(manifest.error());
        }
        Json entry{{"file", exported}, {"error", manifest ? Json() : Json(manifest.error().message)}};
        if (manifest) {
            text += exported + ": is what its manifest says: " + std::to_string(manifest->rows) + " rows, event " +
                    std::to_string(manifest->events) + ", chain head " + manifest->chainHead + "\n";
            entry["manifest"] = Json::parse(toJson(*manifest));
        } else {
            say(manifest.error().message);
            code = options.exports.size() == 1 ? ExitCode::Failed : ExitCode::SomeFailed;
        }
        list.push_back(std::move(entry));
    }
    const ExitCode printed = print(options.json ? jsonText(list) : text);
    return printed == ExitCode::Done ? code : printed;
}

} // namespace

void addQueueVerify(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueueVerifyOptions>();
    CLI::App* command = queue.add_subcommand("verify", "Check a store's record, items and pictures, or exports");
    command->add_option("EXPORT", options->exports, "Exports to check against their manifests, instead of a store")
        ->type_name("");
    addQueueStoreOptions(*command, options->store);
    command->add_flag("--no-pictures", options->withoutPictures, "Do not read the pictures' files");
    command->add_flag("--json", options->json, "Print JSON");
    command->footer(
        "Follows the chain of events, compares each import with its digest, replays every item's history,\n"
        "and compares each picture's SHA-256 with the one from its import. A difference in the record ends\n"
        "with 1, a missing or changed picture with 3.");
    command->callback([options, &chosen] {
        chosen = [options](const CommandContext& context) {
            return options->exports.empty() ? verifyQueue(*options, context) : verifyExports(*options, context);
        };
    });
}

} // namespace modscope::cli
