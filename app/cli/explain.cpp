#include "app/cli/command.h"
#include "app/cli/json_text.h"
#include "app/cli/model_options.h"
#include "app/cli/ocr_options.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/text_table.h"
#include "core/data/csv.h"
#include "core/data/prediction_table.h"
#include "core/explain/heat_map.h"
#include "core/explain/modality_split.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>

namespace modscope::cli {

namespace {

struct ExplainOptions {
    ModelOptions model;
    OcrChoice ocr;
    std::string text;
    std::string image;
    std::string heatMap;
    bool json = false;
};

/// What is known about one item.
struct Explanation {
    Sample sample;
    Prediction prediction;
    ModalitySplit split;
};

std::string fixed(float value, const char* format)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), format, static_cast<double>(value));
    return text.data();
}

Result<Explanation> explained(const Classifier& classifier, Sample sample)
{
    const auto embedding = classifier.embed(sample);
    if (!embedding) {
        return fail(embedding.error());
    }
    auto prediction = classifier.classify(*embedding);
    if (!prediction) {
        return fail(prediction.error());
    }
    auto split = modalitySplit(classifier, *embedding);
    if (!split) {
        return fail(split.error());
    }
    return Explanation{std::move(sample), std::move(*prediction), std::move(*split)};
}

std::string splitTable(const Explanation& item)
{
    TextTable table({"class", "score", "threshold", "logit", "text", "picture", "together"});
    const Presence& present = item.split.present;
    for (std::size_t label = 0; label < item.prediction.labels.size(); ++label) {
        const ModalityShare& share = item.split.shares[label];
        table.add({item.prediction.labels[label],
                   fixed(item.prediction.probabilities[label], "%.3f") + (item.prediction.flagged[label] ? " *" : ""),
                   fixed(item.prediction.thresholds[label], "%.2f"), fixed(item.prediction.logits[label], "%+.2f"),
                   present.text ? fixed(share.text, "%+.2f") : "no text",
                   present.image ? fixed(share.image, "%+.2f") : "no picture",
                   present.text && present.image ? fixed(share.together, "%+.2f") : ""});
    }
    return table.text() +
           "* at or above the threshold. Text and picture: how much each moves the logit; together: what only the\n"
           "pair explains. Indicative: models see few items with one of the two missing while they are trained.\n";
}

Json splitJson(const Explanation& item)
{
    Json classes = Json::object();
    for (std::size_t label = 0; label < item.prediction.labels.size(); ++label) {
        const ModalityShare& share = item.split.shares[label];
        classes[item.prediction.labels[label]] = {{"probability", item.prediction.probabilities[label]},
                                                  {"threshold", item.prediction.thresholds[label]},
                                                  {"flagged", static_cast<bool>(item.prediction.flagged[label])},
                                                  {"logit", item.split.both[label]},
                                                  {"logit_text_only", item.split.textOnly[label]},
                                                  {"logit_image_only", item.split.imageOnly[label]},
                                                  {"logit_nothing", item.split.nothing[label]},
                                                  {"text", share.text},
                                                  {"image", share.image},
                                                  {"together", share.together}};
    }
    return {{"text", item.sample.text},
            {"image", item.sample.imagePath.string()},
            {"text_present", item.split.present.text},
            {"image_present", item.split.present.image},
            {"classes", classes}};
}

std::string heatMapCsv(const HeatMap& map, const std::vector<std::string>& labels)
{
    std::string csv = "class,row,column,drop\n";
    for (std::size_t label = 0; label < labels.size(); ++label) {
        for (std::size_t cell = 0; cell < map.drops[label].size(); ++cell) {
            const auto columns = static_cast<std::size_t>(map.columns);
            csv += csvRecord(std::array{labels[label], std::to_string(cell / columns), std::to_string(cell % columns),
                                        shortestDecimal(map.drops[label][cell])});
        }
    }
    return csv;
}

std::string heatMapJson(const HeatMap& map, const std::vector<std::string>& labels)
{
    Json drops = Json::object();
    for (std::size_t label = 0; label < labels.size(); ++label) {
        Json rows = Json::array();
        for (int row = 0; row < map.rows; ++row) {
            const auto first = map.drops[label].begin() + static_cast<std::ptrdiff_t>(row) * map.columns;
            rows.push_back(std::vector<float>(first, first + map.columns));
        }
        drops[labels[label]] = rows;
    }
    return jsonText({{"rows", map.rows},
                     {"columns", map.columns},
                     {"covers", {{"left", map.left}, {"top", map.top}, {"width", map.width}, {"height", map.height}}},
                     {"drops", drops}});
}

Result<void> writeHeatMap(const Classifier& classifier,
                          const Sample& sample,
                          const std::string& target,
                          const CommandContext& context)
{
    auto output = Output::open(target);
    if (!output) {
        return fail(output.error());
    }
    ProgressLine line("Covering areas", context.quiet);
    const auto map = heatMap(classifier, sample, context.stop, [&line](const Progress& progress) {
        line.update(progress.done, static_cast<double>(progress.done) / static_cast<double>(progress.total));
    });
    line.clear();
    if (!map) {
        return fail(map.error());
    }
    const auto& labels = classifier.info().labels;
    const bool csv = std::filesystem::path(target).extension() == ".csv";
    if (auto written = output->write(csv ? heatMapCsv(*map, labels) : heatMapJson(*map, labels)); !written) {
        return written;
    }
    return output->finish();
}

/// Fills in the picture's text where the options ask for it.
Result<void> readText(const OcrChoice& choice, Sample& sample, const std::stop_token& stop)
{
    if (!wantsReading(ocrMode(choice), sample.hasText(), sample.hasImage()) || sample.hasText()) {
        return {}; // a reading beside a text has no place in an explanation
    }
    auto reader = openOcrReader(choice);
    if (!reader) {
        return fail(reader.error());
    }
    auto text = reader->readFile(sample.imagePath, stop);
    if (!text) {
        return fail(text.error());
    }
    sample.text = std::move(text->text);
    return {};
}

ExitCode explain(const ExplainOptions& options, const CommandContext& context)
{
    const auto classifier = openClassifier(options.model, context.stop);
    if (!classifier) {
        return report(classifier.error());
    }
    Sample sample;
    sample.text = options.text;
    sample.imagePath = options.image;
    if (auto read = readText(options.ocr, sample, context.stop); !read) {
        return report(read.error());
    }
    const auto item = explained(*classifier, std::move(sample));
    if (!item) {
        return report(item.error());
    }
    if (!options.heatMap.empty()) {
        if (auto written = writeHeatMap(*classifier, item->sample, options.heatMap, context); !written) {
            return report(written.error());
        }
    }
    return print(options.json ? jsonText(splitJson(*item)) : splitTable(*item));
}

} // namespace

void addExplain(CLI::App& program, Command& chosen)
{
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = program.add_subcommand("explain", "Show where one item's scores come from");
    auto* text = command->add_option("--text", options->text, "The item's text")->type_name("TEXT")->check(utf8Only());
    auto* image = command->add_option("--image", options->image, "The item's picture")->type_name("FILE");
    command
        ->add_option("--heat-map", options->heatMap,
                     "Also write which areas of the picture move each class's logit: .csv or .json")
        ->type_name("FILE")
        ->needs(image);
    command->add_flag("--json", options->json, "JSON instead of a table");
    addOcrOptions(*command, options->ocr);
    addModelOptions(*command, options->model);
    addEngineOptions(*command, options->model);
    command->footer("Example:\n"
                    "  modscope-cli explain --image meme.jpg --text \"when the code compiles\" --heat-map areas.csv");
    command->callback([options, text, image, &chosen] {
        if (text->count() + image->count() == 0) {
            throw CLI::RequiredError("--text or --image");
        }
        chosen = [options](const CommandContext& context) { return explain(*options, context); };
    });
}

} // namespace modscope::cli
