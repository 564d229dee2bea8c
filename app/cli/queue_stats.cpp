#include "app/cli/json_text.h"
#include "app/cli/queue_options.h"
#include "app/cli/text_table.h"
#include "core/review/statistics.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

namespace modscope::cli {

namespace {

constexpr std::size_t kSourceWidth = 40;

struct QueueStatsOptions {
    QueueStoreOptions store;
    QueueSelection selection;
    bool json = false;
};

std::string estimateText(const Estimate& estimate)
{
    if (!estimate.value) {
        return "undefined";
    }
    std::array<char, 64> text{};
    if (estimate.interval) {
        std::snprintf(text.data(), text.size(), "%.3f (%.3f to %.3f)", *estimate.value, estimate.interval->lower,
                      estimate.interval->upper);
    } else {
        std::snprintf(text.data(), text.size(), "%.3f", *estimate.value);
    }
    return text.data();
}

std::string countsText(const QueueStatistics& numbers, const std::vector<std::string>& labels)
{
    TextTable states({"state", "items"});
    for (std::size_t state = 0; state < kItemStates; ++state) {
        states.add({std::string(name(static_cast<ItemState>(state))), std::to_string(numbers.states[state])});
    }
    TextTable ages({"open for", "items"});
    for (std::size_t band = 0; band < kAgeBands.size(); ++band) {
        ages.add({std::string(kAgeBands[band].name), std::to_string(numbers.openByAge[band])});
    }
    TextTable classes({"class", "flagged", "yes", "no", "unsure"});
    for (std::size_t label = 0; label < labels.size(); ++label) {
        const QueueStatistics::Class& one = numbers.classes[label];
        classes.add({shortened(labels[label], kSourceWidth), std::to_string(one.flagged), std::to_string(one.yes),
                     std::to_string(one.no), std::to_string(one.unsure)});
    }
    TextTable sources({"source", "items", "open"});
    for (const auto& [name, source] : numbers.sources) {
        sources.add({shortened(name, kSourceWidth), std::to_string(source.items), std::to_string(source.open)});
    }
    return states.text() + "\n" + ages.text() + "\n" + classes.text() + "\n" + sources.text();
}

std::string agreementText(const QueueStatistics& numbers, const std::vector<std::string>& labels)
{
    TextTable table({"class", "pairs", "yes", "Cohen", "Fleiss", "alpha", "AC1"});
    for (std::size_t label = 0; label < labels.size(); ++label) {
        const AgreementReport& one = numbers.agreement.labels[label];
        table.add({shortened(labels[label], kSourceWidth), std::to_string(one.pairableUnits),
                   std::to_string(one.ratingsPerCategory[1]), estimateText(one.cohenKappa),
                   estimateText(one.fleissKappa), estimateText(one.krippendorffAlpha), estimateText(one.gwetAc1)});
    }
    return table.text() + "MASI alpha of whole label sets: " + estimateText(numbers.agreement.masiAlpha) + "\n";
}

Json statsJson(const QueueStatistics& numbers, const std::vector<std::string>& labels)
{
    Json json{{"items", numbers.items},
              {"escalated", numbers.escalated},
              {"golden", numbers.golden},
              {"audit", numbers.audit}};
    for (std::size_t state = 0; state < kItemStates; ++state) {
        json["states"][std::string(name(static_cast<ItemState>(state)))] = numbers.states[state];
    }
    for (std::size_t band = 0; band < kAgeBands.size(); ++band) {
        json["open_by_age"][std::string(kAgeBands[band].name)] = numbers.openByAge[band];
    }
    json["classes"] = Json::array();
    for (std::size_t label = 0; label < labels.size(); ++label) {
        const QueueStatistics::Class& one = numbers.classes[label];
        json["classes"].push_back({{"class", labels[label]},
                                   {"flagged", one.flagged},
                                   {"yes", one.yes},
                                   {"no", one.no},
                                   {"unsure", one.unsure}});
    }
    json["sources"] = Json::array();
    for (const auto& [name, source] : numbers.sources) {
        json["sources"].push_back({{"source", name}, {"items", source.items}, {"open", source.open}});
    }
    json["agreement"] = Json::parse(agreementJson(numbers.agreement, labels));
    json["events"] = numbers.chain.seq;
    json["chain_head"] = numbers.chain.hash;
    return json;
}

ExitCode statistics(const QueueStatsOptions& options, const CommandContext& context)
{
    auto opened = openSelection(options.store, options.selection, context.stop);
    if (!opened) {
        return report(opened.error());
    }
    ReviewStore& store = opened->session.store();
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto numbers = queueStatistics(
        store, opened->items, std::chrono::duration_cast<std::chrono::milliseconds>(now).count(), context.stop);
    if (!numbers) {
        return report(numbers.error());
    }
    const std::vector<std::string>& labels = store.project().labels;
    return print(options.json ? jsonText(statsJson(*numbers, labels))
                              : countsText(*numbers, labels) + "\n" + agreementText(*numbers, labels));
}

} // namespace

void addQueueStats(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueueStatsOptions>();
    CLI::App* command = queue.add_subcommand("stats", "Count by state, class, source and age; agreement of opinions");
    addQueueStoreOptions(*command, options->store);
    addQueueSelection(*command, options->selection);
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("Agreement is of first and blind second opinions, with 95 % intervals of 1,000 bootstrap draws;\n"
                    "duplicates are drawn together. Kappa falls on rare classes although nearly all opinions agree:\n"
                    "AC1 and the counts stand beside it.");
    command->callback([options, &chosen] {
        chosen = [options](const CommandContext& context) { return statistics(*options, context); };
    });
}

} // namespace modscope::cli
