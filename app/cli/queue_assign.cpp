#include "app/cli/json_text.h"
#include "app/cli/queue_options.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>

namespace modscope::cli {

namespace {

struct QueueAssignOptions {
    QueueStoreOptions store;
    QueueSelection selection;
    std::string work;
    double share = 1;
    std::uint64_t seed = 1;
    std::string reason;
    bool json = false;
};

const std::map<std::string, Step> kAssignments = {{"second-opinion", Step::AskSecondOpinion},
                                                  {"re-review", Step::AskReReview},
                                                  {"audit", Step::MarkAudit},
                                                  {"escalate", Step::Escalate}};

/// A part of the items, drawn at random: the same seed draws the same ones.
std::vector<ItemId> drawn(std::vector<ItemId> items, double share, std::uint64_t seed)
{
    if (share >= 1) {
        return items;
    }
    std::mt19937_64 random(seed);
    std::vector<ItemId> part;
    const auto count = static_cast<std::size_t>(std::llround(share * static_cast<double>(items.size())));
    std::sample(items.begin(), items.end(), std::back_inserter(part), count, random); // keeps their order
    return part;
}

ExitCode assignItems(const QueueAssignOptions& options, const CommandContext& context)
{
    auto opened = openSelection(options.store, options.selection, context.stop);
    if (!opened) {
        return report(opened.error());
    }
    if (!opened->items) {
        return report({ErrorCode::InvalidArgument, "--filter or --limit must say which items"});
    }
    const std::vector<ItemId> items = drawn(*opened->items, options.share, options.seed);
    if (items.empty()) {
        return report({ErrorCode::NotFound, "no item is meant"});
    }
    Decision decision;
    decision.reason = options.reason;
    const auto outcome = opened->session.recordMany(items, kAssignments.at(options.work), decision);
    if (!outcome) {
        return report(outcome.error());
    }
    for (const LeftOut& one : outcome->leftOut) {
        const auto content = opened->session.store().contents(std::span(&one.item, 1));
        say("item '" + (content ? content->front().key : std::to_string(one.item)) + "': " + one.error.message);
    }
    if (!context.quiet) {
        say(std::to_string(outcome->changed.size()) + " items assigned to " + options.work + ", " +
            std::to_string(outcome->leftOut.size()) + " left out, event " + std::to_string(outcome->event));
    }
    const Json json{
        {"assigned", outcome->changed.size()}, {"left_out", outcome->leftOut.size()}, {"event", outcome->event}};
    const ExitCode printed = options.json ? print(jsonText(json)) : ExitCode::Done;
    return printed != ExitCode::Done ? printed : outcome->leftOut.empty() ? ExitCode::Done : ExitCode::SomeFailed;
}

} // namespace

void addQueueAssign(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueueAssignOptions>();
    CLI::App* command = queue.add_subcommand("assign", "Send items to a second opinion, a re-review or an audit");
    command->add_option("WORK", options->work, "second-opinion, re-review, audit or escalate")
        ->type_name("")
        ->required()
        ->check(CLI::IsMember({"second-opinion", "re-review", "audit", "escalate"}).description(""));
    addQueueStoreOptions(*command, options->store);
    addQueueSelection(*command, options->selection);
    command->add_option("--share", options->share, "Only a part of them, drawn at random: 0.1 for a tenth")
        ->type_name("SHARE")
        ->check(CLI::Range(0.0, 1.0).description(""));
    command->add_option("--seed", options->seed, "Of the draw (default 1)")->type_name("N");
    command->add_option("--reason", options->reason, "Why; escalate needs one")
        ->type_name("TEXT")
        ->check(utf8Only().description(""));
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("All items of one call are one event, which its author can undo. Items that somebody holds, or\n"
                    "whose state does not allow it, are listed and left out.\n"
                    "\n"
                    "Example, a tenth of what is decided to somebody else, who sees neither opinion nor scores:\n"
                    "  modscope-cli queue assign second-opinion --filter state:decided --share 0.1");
    command->callback([options, &chosen] {
        chosen = [options](const CommandContext& context) { return assignItems(*options, context); };
    });
}

} // namespace modscope::cli
