#include "core/checkpoint/run_directory.h"

#include "core/base/file.h"
#include "core/checkpoint/json_file.h"
#include "core/checkpoint/paths.h"
#include "core/checkpoint/weight_files.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace modscope {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kInferenceConfig = "inference_config.json";
constexpr const char* kLabelMap = "label_map.json";
constexpr const char* kTrainingConfig = "config.json";
constexpr std::string_view kCheckpointPrefix = "checkpoint-";
constexpr std::uint64_t kMaxCardBytes = std::uint64_t{1} << 20U;
constexpr int kMaxSize = 1 << 20;

bool isRun(const fs::path& directory)
{
    return isFile(directory / kInferenceConfig) || isFile(directory / kLabelMap) || isFile(directory / kTrainingConfig);
}

/// The number of a checkpoint-N directory's name, or -1.
long stepOf(const std::string& name)
{
    long step = -1;
    if (name.starts_with(kCheckpointPrefix)) {
        const char* const end = name.data() + name.size();
        const auto parsed = std::from_chars(name.data() + kCheckpointPrefix.size(), end, step);
        return parsed.ec == std::errc() && parsed.ptr == end ? step : -1;
    }
    return step;
}

fs::path lastCheckpoint(const fs::path& run)
{
    fs::path last;
    long lastStep = -1;
    std::error_code error;
    for (fs::directory_iterator entry(run, error), end; !error && entry != end; entry.increment(error)) {
        const long step = stepOf(entry->path().filename().string());
        if (step > lastStep && hasWeights(entry->path())) {
            lastStep = step;
            last = entry->path();
        }
    }
    return last;
}

/// The last component of a path that may have been written on another machine or another system.
std::string foreignBaseName(std::string path)
{
    std::replace(path.begin(), path.end(), '\\', '/');
    path.erase(path.find_last_not_of('/') + 1);
    return path.substr(path.find_last_of('/') + 1);
}

struct Place {
    fs::path run;
    fs::path checkpoint; ///< empty: to be chosen
};

Result<Place> locate(fs::path path)
{
    std::error_code ignored;
    path = fs::absolute(path, ignored).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    if (isFile(path)) {
        if (isPickle(path)) {
            return fail(pickleRefusal(path));
        }
        path = path.parent_path();
    }
    if (!isDirectory(path)) {
        return fail(ErrorCode::NotFound, path.string() + ": no such run or checkpoint directory");
    }
    if (isRun(path)) {
        return Place{path, {}};
    }
    if (hasWeights(path) && isRun(path.parent_path())) {
        return Place{path.parent_path(), path};
    }
    return fail(ErrorCode::NotFound, path.string() + ": is not a model: there is no " + kInferenceConfig + ", " +
                                         kLabelMap + " or " + kTrainingConfig + " in it" +
                                         (hasWeights(path) ? " or in the folder above" : ""));
}

/// An optional file of the run: an empty object when it is missing.
Result<json> readOptional(const fs::path& path)
{
    return isFile(path) ? readJsonObject(path) : Result<json>(json::object());
}

/// label_map.json: {"0": "racist", …}, or {"class_names": ["racist", …]} in published runs.
Result<std::vector<std::string>> parseLabelMap(const json& object, const fs::path& path)
{
    JsonFields fields(object, path.string() + ": ");
    std::vector<std::string> labels;
    if (fields.has("class_names")) {
        labels = fields.texts("class_names");
    } else {
        for (std::size_t index = 0; index < object.size(); ++index) {
            labels.push_back(fields.text(std::to_string(index)));
            if (labels.back().empty()) {
                fields.reject(std::to_string(index), "a class name: keys count from 0 without a gap");
            }
        }
    }
    if (fields.error()) {
        return fail(*fields.error());
    }
    return labels;
}

Result<void> checkLabels(const std::vector<std::string>& labels, const fs::path& run)
{
    if (labels.empty()) {
        return fail(ErrorCode::ParseError, run.string() + ": names no classes (looked for class_names in " +
                                               kInferenceConfig + ", " + kLabelMap + " and data.class_names in " +
                                               kTrainingConfig + ")");
    }
    std::set<std::string> seen;
    for (const std::string& label : labels) {
        if (label.empty() || !seen.insert(label).second) {
            return fail(ErrorCode::ParseError,
                        run.string() + ": class_names has " +
                            (label.empty() ? "an empty name" : "the name '" + label + "' twice"));
        }
    }
    return {};
}

/// inference_config.json's word counts first, the training configuration fills what it leaves out.
Result<std::string> readSettings(RunFiles& run, const json& inferenceObject, const json& trainingObject)
{
    JsonFields inference(inferenceObject, (run.run / kInferenceConfig).string() + ": ");
    JsonFields training(trainingObject, (run.run / kTrainingConfig).string() + ": ");
    JsonFields model(training.object("model"), (run.run / kTrainingConfig).string() + ": model.");
    JsonFields data(training.object("data"), (run.run / kTrainingConfig).string() + ": data.");
    run.encoderName = inference.text("encoder_name", model.text("encoder_name"));
    run.backend = inference.text("backend", model.text("backend"));
    run.head = inference.text("head", model.text("head"));
    run.fusionDim = inference.integer("fusion_dim", model.integer("fusion_dim", 0, 1, kMaxSize), 1, kMaxSize);
    run.maxTextLength =
        inference.integer("max_text_length", model.integer("max_text_length", 0, 2, kMaxSize), 2, kMaxSize);
    run.labels = inference.has("class_names") ? inference.texts("class_names") : data.texts("class_names");
    run.thresholds = inference.numbers("thresholds", 0.0, 1.0);
    if (run.thresholds.empty() && inference.has("threshold")) {
        run.thresholds = {static_cast<float>(inference.number("threshold", 0.5, 0.0, 1.0))};
    }
    std::string best = foreignBaseName(inference.text("best_checkpoint_dir"));
    for (const JsonFields* fields : {&inference, &training, &model, &data}) {
        if (fields->error()) {
            return fail(*fields->error());
        }
    }
    return best;
}

Result<void> readLabelMap(RunFiles& run, bool inferenceNamesLabels)
{
    const fs::path path = run.run / kLabelMap;
    const auto object = readOptional(path);
    if (!object) {
        return fail(object.error());
    }
    auto labels = parseLabelMap(*object, path);
    if (!labels) {
        return fail(labels.error());
    }
    if (inferenceNamesLabels && !labels->empty() && *labels != run.labels) {
        run.warnings.push_back(path.string() + ": names other classes than " + kInferenceConfig + ", whose are used");
    } else if (!labels->empty()) {
        run.labels = std::move(*labels);
    }
    return checkLabels(run.labels, run.run);
}

Result<void> chooseCheckpoint(RunFiles& run, const std::string& best)
{
    if (!run.checkpoint.empty()) { // opened directly
        if (!best.empty() && run.checkpoint.filename() != best) {
            run.warnings.push_back(run.checkpoint.string() + ": the run's thresholds were chosen for " + best);
        }
        return {};
    }
    if (!best.empty() && best != "." && best != ".." && hasWeights(run.run / best)) {
        run.checkpoint = run.run / best;
        return {};
    }
    run.checkpoint = lastCheckpoint(run.run);
    if (run.checkpoint.empty() && hasWeights(run.run)) {
        run.checkpoint = run.run;
    }
    if (run.checkpoint.empty()) {
        return fail(ErrorCode::NotFound,
                    run.run.string() + ": has no weights: neither a checkpoint-N directory nor model.safetensors");
    }
    if (!best.empty() && run.checkpoint != run.run) {
        run.warnings.push_back(run.run.string() + ": its best checkpoint, " + best + ", is not there; " +
                               run.checkpoint.filename().string() + ", the last one, is used");
    }
    return {};
}

} // namespace

Result<RunFiles> openRun(const fs::path& path)
{
    const auto place = locate(path);
    if (!place) {
        return fail(place.error());
    }
    RunFiles run;
    run.run = place->run;
    run.checkpoint = place->checkpoint;
    const auto inference = readOptional(run.run / kInferenceConfig);
    const auto training = readOptional(run.run / kTrainingConfig);
    for (const auto* file : {&inference, &training}) {
        if (!*file) {
            return fail(file->error());
        }
    }
    if (inference->empty() && training->contains("model_type")) {
        return fail(ErrorCode::Unsupported,
                    run.run.string() + ": is a plain Hugging Face encoder without a classifier head, so there are no "
                                       "labels to predict; open the run directory of a trained classifier");
    }
    const auto best = readSettings(run, *inference, *training);
    if (!best) {
        return fail(best.error());
    }
    if (const auto labels = readLabelMap(run, inference->contains("class_names")); !labels) {
        return fail(labels.error());
    }
    if (const auto chosen = chooseCheckpoint(run, *best); !chosen) {
        return fail(chosen.error());
    }
    return run;
}

std::string readModelCard(const fs::path& run)
{
    for (const fs::path& folder : {run, run.parent_path()}) {
        for (const char* name : {"MODEL_CARD.md", "README.md"}) {
            if (auto card = readTextFile(folder / name, kMaxCardBytes)) {
                return std::move(*card);
            }
        }
    }
    return {};
}

} // namespace modscope
