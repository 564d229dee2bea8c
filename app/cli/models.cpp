#include "app/cli/command.h"
#include "app/cli/json_text.h"
#include "app/cli/model_options.h"
#include "app/cli/text_table.h"
#include "core/checkpoint/checkpoint.h"
#include "core/nn/model_path.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace modscope::cli {

namespace {

struct ModelsOptions {
    ModelOptions model;
    std::vector<std::string> folders;
    bool json = false;
};

/// A model that `list` knows, opened or not.
struct ListedModel {
    std::string name; ///< what --model takes
    std::filesystem::path directory;
    Result<ModelInfo> info;
};

std::string megabytes(std::uint64_t bytes)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text.data();
}

std::string joined(const std::vector<std::string>& words)
{
    std::string line;
    for (const std::string& word : words) {
        line += (line.empty() ? "" : ", ") + word;
    }
    return line;
}

std::string kindOf(const ModelInfo& info)
{
    return std::string(name(info.encoder.backend)) + " " + std::string(name(info.head.kind));
}

bool isRun(const std::filesystem::path& directory)
{
    std::error_code ignored;
    return std::filesystem::exists(directory / "inference_config.json", ignored);
}

/// Run directories: the folder itself, or those directly in it, in name order.
std::vector<std::filesystem::path> runsIn(const std::filesystem::path& folder)
{
    if (isRun(folder)) {
        return {folder};
    }
    std::vector<std::filesystem::path> runs;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(folder, error); !error && entry != end(entry);
         entry.increment(error)) {
        if (isRun(entry->path())) {
            runs.push_back(entry->path());
        }
    }
    std::sort(runs.begin(), runs.end());
    return runs;
}

std::vector<std::string> modelFolders(const std::vector<std::string>& named)
{
    std::vector<std::string> folders = named;
    const char* variable = std::getenv("MODSCOPE_MODELS");
    std::string_view rest = variable != nullptr ? variable : "";
    while (!rest.empty()) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        if (colon > 0) {
            folders.emplace_back(rest.substr(0, colon));
        }
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    return folders;
}

Result<ModelInfo> described(const std::filesystem::path& directory, const CommandContext& context)
{
    CheckpointOptions withoutHash; // a list must not read gigabytes
    withoutHash.hashWeights = false;
    return openCheckpoint(directory, withoutHash, context.stop).map([](const Checkpoint& opened) {
        return opened.info;
    });
}

Json listJson(const std::vector<ListedModel>& models)
{
    Json list = Json::array();
    for (const ListedModel& model : models) {
        Json entry{{"model", model.name}, {"directory", model.directory.string()}};
        if (model.info) {
            entry["kind"] = kindOf(*model.info);
            entry["classes"] = model.info->labels;
            entry["weight_bytes"] = model.info->weightBytes;
            entry["error"] = nullptr;
        } else {
            entry["error"] = model.info.error().message;
        }
        list.push_back(entry);
    }
    return list;
}

std::string listTable(const std::vector<ListedModel>& models)
{
    TextTable table({"model", "kind", "size", "classes"});
    for (const ListedModel& model : models) {
        if (model.info) {
            table.add(
                {model.name, kindOf(*model.info), megabytes(model.info->weightBytes), joined(model.info->labels)});
        } else {
            table.add({model.name, "unusable", "", model.info.error().message});
        }
    }
    return table.text();
}

ExitCode listModels(const ModelsOptions& options, const CommandContext& context)
{
    std::vector<ListedModel> models;
    if (const auto bundled = bundledModels()) {
        for (const BundledModel& model : *bundled) {
            models.push_back({model.word, model.directory, described(model.directory, context)});
        }
    } else {
        say(bundled.error().message);
    }
    for (const std::string& folder : modelFolders(options.folders)) {
        const auto runs = runsIn(folder);
        if (runs.empty()) {
            say(folder + ": holds no run directory (one with an inference_config.json)");
        }
        for (const auto& run : runs) {
            models.push_back({run.string(), run, described(run, context)});
        }
    }
    if (context.stop.stop_requested()) {
        return ExitCode::Cancelled;
    }
    return print(options.json ? jsonText(listJson(models)) : listTable(models));
}

Json infoJson(const ModelInfo& info)
{
    Json classes = Json::array();
    for (std::size_t label = 0; label < info.labels.size(); ++label) {
        classes.push_back({{"name", info.labels[label]}, {"threshold", info.thresholds[label]}});
    }
    const Preprocessing& preprocessing = info.preprocessing;
    return {{"name", info.name},
            {"directory", info.directory.string()},
            {"checkpoint", info.checkpoint.string()},
            {"encoder", info.encoderName},
            {"encoder_directory", info.encoderDirectory.string()},
            {"backend", name(info.encoder.backend)},
            {"head", name(info.head.kind)},
            {"classes", classes},
            {"thresholds_calibrated", info.thresholdsCalibrated},
            {"preprocessing", preprocessing.mode == PreprocessingMode::Reference ? "reference" : "hf"},
            {"image_size", preprocessing.image.side},
            {"max_text_length", preprocessing.text.maxLength},
            {"parameters", info.parameters},
            {"dtype", info.dtype},
            {"weight_bytes", info.weightBytes},
            {"sha256", info.sha256},
            {"warnings", info.warnings},
            {"card", info.card}};
}

std::string infoText(const ModelInfo& info)
{
    const Preprocessing& preprocessing = info.preprocessing;
    TextTable facts({"name", info.name});
    facts.add({"kind", kindOf(info) + ", encoder " + info.encoderName});
    facts.add({"directory", info.directory.string()});
    facts.add({"checkpoint", info.checkpoint.string()});
    facts.add({"encoder files", info.encoderDirectory.string()});
    facts.add({"weights",
               std::to_string(info.parameters) + " parameters, " + info.dtype + ", " + megabytes(info.weightBytes)});
    facts.add({"sha256", info.sha256});
    facts.add({"picture", std::to_string(preprocessing.image.side) + " pixels square, preprocessing " +
                              (preprocessing.mode == PreprocessingMode::Reference ? "reference" : "hf")});
    facts.add({"text", "up to " + std::to_string(preprocessing.text.maxLength) + " tokens"});
    TextTable classes({"class", info.thresholdsCalibrated ? "threshold (calibrated)" : "threshold (not calibrated)"});
    for (std::size_t label = 0; label < info.labels.size(); ++label) {
        std::array<char, 32> threshold{};
        std::snprintf(threshold.data(), threshold.size(), "%.2f", static_cast<double>(info.thresholds[label]));
        classes.add({info.labels[label], threshold.data()});
    }
    std::string text = facts.text() + "\n" + classes.text();
    for (const std::string& warning : info.warnings) {
        text += "\nnote: " + warning;
    }
    return text + (info.warnings.empty() ? "" : "\n") + (info.card.empty() ? "" : "\n" + info.card);
}

ExitCode showModel(const ModelsOptions& options, const CommandContext& context)
{
    const auto directory = resolveModel(options.model.model);
    const auto opened = directory.and_then([&](const std::filesystem::path& run) {
        CheckpointOptions checkpoint;
        checkpoint.encoderDirectory = options.model.encoderDirectory;
        return openCheckpoint(run, checkpoint, context.stop);
    });
    if (!opened) {
        return report(opened.error());
    }
    return print(options.json ? jsonText(infoJson(opened->info)) : infoText(opened->info));
}

std::string_view levelName(VerifyFinding::Level level)
{
    switch (level) {
    case VerifyFinding::Level::Ok:
        return "ok";
    case VerifyFinding::Level::Warning:
        return "warning";
    case VerifyFinding::Level::Failure:
        return "failure";
    }
    return "";
}

ExitCode verifyModel(const ModelsOptions& options, const CommandContext& context)
{
    const auto directory = resolveModel(options.model.model);
    if (!directory) {
        return report(directory.error());
    }
    CheckpointOptions checkpoint;
    checkpoint.encoderDirectory = options.model.encoderDirectory;
    const auto findings = verifyCheckpoint(*directory, checkpoint, context.stop);
    if (context.stop.stop_requested()) {
        return report({ErrorCode::Cancelled, "Cancelled before everything was checked"});
    }
    TextTable table({"result", "subject", "finding"});
    Json json = Json::array();
    bool sound = true;
    for (const VerifyFinding& finding : findings) {
        const std::string level(levelName(finding.level));
        table.add({level, finding.subject, finding.message});
        json.push_back({{"level", level}, {"subject", finding.subject}, {"message", finding.message}});
        sound = sound && finding.level != VerifyFinding::Level::Failure;
    }
    const ExitCode printed = print(options.json ? jsonText(json) : table.text());
    return printed == ExitCode::Done && !sound ? ExitCode::Failed : printed;
}

CLI::App* addModelCommand(CLI::App& models,
                          Command& chosen,
                          const std::string& name,
                          const std::string& description,
                          ExitCode (*run)(const ModelsOptions&, const CommandContext&))
{
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* command = models.add_subcommand(name, description);
    command->add_flag("--json", options->json, "JSON instead of a table");
    if (name == "list") {
        command->add_option("DIR", options->folders, "More folders to look in, beside $MODSCOPE_MODELS (a:b)")
            ->type_name("");
    } else {
        command
            ->add_option("MODEL", options->model.model,
                         "Run directory, a checkpoint-N in one, 'demo' (default) or 'demo2'")
            ->type_name("");
        command->add_option("--encoder-dir", options->model.encoderDirectory, "Where the encoder's files are")
            ->type_name("DIR");
    }
    command->callback([options, run, &chosen] {
        chosen = [options, run](const CommandContext& context) { return run(*options, context); };
    });
    return command;
}

} // namespace

void addModels(CLI::App& program, Command& chosen)
{
    CLI::App* models = program.add_subcommand("models", "List, describe and check model directories");
    models->require_subcommand(1);
    models->fallthrough();
    addModelCommand(*models, chosen, "list", "The demo models and the runs in given folders", listModels);
    addModelCommand(*models, chosen, "info", "Classes, thresholds, hash and card of a model", showModel);
    addModelCommand(
        *models, chosen, "verify",
        "Check a run: tensors, encoder, tokenizer and preprocessor, strictly; fails if anything does not fit",
        verifyModel);
}

} // namespace modscope::cli
