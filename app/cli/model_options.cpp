#include "app/cli/model_options.h"

#include "core/base/file.h"
#include "core/nn/model_path.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>

namespace modscope::cli {

namespace {

constexpr std::uint64_t kMaxThresholdsBytes = std::uint64_t{1} << 20U;
constexpr std::size_t kMaxBatch = 4096;

template <typename Number>
std::optional<Number> parsed(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Validators return an empty string for a good value, else what is wrong with it.
std::string checkDevice(const std::string& device)
{
    const bool known = device == "auto" || device == "cpu" || device == "cuda" ||
                       (device.starts_with("cuda:") && parsed<unsigned>(std::string_view(device).substr(5)));
    return known ? "" : "'" + device + "' is not a device: expected auto, cpu, cuda or cuda:N";
}

std::string checkBatchSize(const std::string& size)
{
    const auto number = parsed<std::size_t>(size);
    const bool good = size == "auto" || (number && *number >= 1 && *number <= kMaxBatch);
    return good ? "" : "'" + size + "' is not a batch size: expected auto or 1 to " + std::to_string(kMaxBatch);
}

/// As CLI::IsMember, but the help shows the words only where we wrote them.
CLI::Validator oneOf(std::vector<std::string> words)
{
    return CLI::IsMember(std::move(words)).description("");
}

/// "0.5" or "0.3,0.4"; nothing if the text is not a list of numbers (then it is a file's name).
std::optional<std::vector<float>> numberList(std::string_view text)
{
    std::vector<float> numbers;
    while (true) {
        const std::size_t comma = text.find(',');
        const auto number = parsed<float>(text.substr(0, comma));
        if (!number) {
            return std::nullopt;
        }
        numbers.push_back(*number);
        if (comma == std::string_view::npos) {
            return numbers;
        }
        text.remove_prefix(comma + 1);
    }
}

Result<std::vector<float>> byClass(const nlohmann::json& object,
                                   const std::vector<std::string>& labels,
                                   const std::string& file)
{
    for (const auto& [name, value] : object.items()) {
        if (std::find(labels.begin(), labels.end(), name) == labels.end()) {
            return fail(ErrorCode::Mismatch, file + ": the model has no class '" + name + "'");
        }
    }
    std::vector<float> thresholds;
    for (const std::string& label : labels) {
        if (!object.contains(label)) {
            return fail(ErrorCode::Mismatch, file + ": has no threshold for the class '" + label + "'");
        }
        thresholds.push_back(object.at(label).get<float>());
    }
    return thresholds;
}

/// A JSON list, an object by class, or either under the key "thresholds" (as in inference_config.json).
Result<std::vector<float>> thresholdsFile(const std::string& file,
                                          const std::filesystem::path& model,
                                          std::stop_token stop)
try {
    const auto text = readTextFile(file, kMaxThresholdsBytes);
    if (!text) {
        return fail(text.error());
    }
    nlohmann::json json = nlohmann::json::parse(*text);
    if (json.is_object() && json.contains("thresholds")) {
        json = nlohmann::json(json.at("thresholds"));
    }
    if (json.is_array()) {
        return json.get<std::vector<float>>();
    }
    if (!json.is_object()) {
        return fail(ErrorCode::ParseError,
                    file + ": expected a list of thresholds, or an object from class to threshold");
    }
    CheckpointOptions onlyLabels;
    onlyLabels.hashWeights = false;
    const auto checkpoint = openCheckpoint(model, onlyLabels, stop);
    return checkpoint ? byClass(json, checkpoint->info.labels, file) : fail(checkpoint.error());
} catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::ParseError, file + ": " + error.what());
}

Precision precisionNamed(const std::string& name)
{
    static const std::map<std::string, Precision> names{{"auto", Precision::Auto},
                                                        {"fp32", Precision::Fp32},
                                                        {"bf16", Precision::Bf16},
                                                        {"fp16", Precision::Fp16},
                                                        {"int8", Precision::Int8}};
    return names.at(name);
}

} // namespace

void addModelOptions(CLI::App& command, ModelOptions& options)
{
    constexpr const char* kGroup = "Model";
    command.add_option("--model", options.model, "Run directory, a checkpoint-N in one, 'demo' (default) or 'demo2'")
        ->type_name("DIR")
        ->group(kGroup);
    command
        .add_option("--encoder-dir", options.encoderDirectory,
                    "Where the encoder's files are, if the run does not lead to them")
        ->type_name("DIR")
        ->group(kGroup);
    command
        .add_option("--thresholds", options.thresholds,
                    "Instead of the model's own: one number, one per class (0.3,0.4,…), or a JSON file")
        ->type_name("T")
        ->group(kGroup);
    command
        .add_option("--preprocessing", options.preprocessing,
                    "How pictures become input: auto (default: as the model was trained), reference or hf")
        ->type_name("MODE")
        ->check(oneOf({"auto", "reference", "hf"}))
        ->group(kGroup);
    command
        .add_option("--special-tokens", options.specialTokens,
                    "What strings like <|endoftext|> in a text are: text (default) or honour, which lets them act")
        ->type_name("MODE")
        ->check(oneOf({"text", "honour"}))
        ->group(kGroup);
}

void addEngineOptions(CLI::App& command, ModelOptions& options)
{
    constexpr const char* kGroup = "Speed";
    command.add_option("--device", options.device, "auto (default), cpu, cuda or cuda:N")
        ->type_name("DEVICE")
        ->check(CLI::Validator(checkDevice, "", "device"))
        ->group(kGroup);
    command.add_option("--precision", options.precision, "auto (default), fp32, bf16, fp16 or int8")
        ->type_name("P")
        ->check(oneOf({"auto", "fp32", "bf16", "fp16", "int8"}))
        ->group(kGroup);
    command.add_option("--batch-size", options.batchSize, "Items that the engine takes at once, or auto (default)")
        ->type_name("N")
        ->check(CLI::Validator(checkBatchSize, "", "batch size"))
        ->group(kGroup);
    command.add_option("--threads", options.threads, "Processor cores to use (default: all)")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""))
        ->group(kGroup);
}

Result<ClassifierOptions> classifierOptions(const ModelOptions& options, std::stop_token stop)
{
    ClassifierOptions result;
    result.checkpoint.hashWeights = false; // nobody sees the hash, and large weights take seconds
    result.checkpoint.encoderDirectory = options.encoderDirectory;
    if (options.preprocessing != "auto") {
        result.checkpoint.preprocessing =
            options.preprocessing == "hf" ? PreprocessingMode::HuggingFace : PreprocessingMode::Reference;
    }
    result.checkpoint.specialTokens = options.specialTokens == "honour" ? SpecialTokens::Honour : SpecialTokens::AsText;
    result.engine.device = options.device;
    result.engine.precision = precisionNamed(options.precision);
    result.threads = options.threads;
    result.batchSize = parsed<std::size_t>(options.batchSize).value_or(0);
    if (!options.thresholds.empty()) {
        if (auto numbers = numberList(options.thresholds)) {
            result.checkpoint.thresholds = std::move(*numbers);
            return result;
        }
        const auto model = resolveModel(options.model);
        if (!model) {
            return fail(model.error());
        }
        auto thresholds = thresholdsFile(options.thresholds, *model, std::move(stop));
        if (!thresholds) {
            return fail(thresholds.error());
        }
        result.checkpoint.thresholds = std::move(*thresholds);
    }
    return result;
}

Result<Classifier> openClassifier(const ModelOptions& options, std::stop_token stop)
{
    const auto model = resolveModel(options.model);
    if (!model) {
        return fail(model.error());
    }
    const auto opened = classifierOptions(options, stop);
    return opened ? Classifier::open(*model, *opened, stop) : fail(opened.error());
}

} // namespace modscope::cli
