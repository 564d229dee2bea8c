#include "core/checkpoint/opening.h"

#include "core/base/file.h"
#include "core/checkpoint/preprocessing.h"

#include <algorithm>
#include <array>
#include <map>

namespace modscope {

namespace {

constexpr std::uint64_t kMaxConfigBytes = std::uint64_t{4} << 20U;
constexpr float kDefaultThreshold = 0.5F;

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : "; ") + part;
    }
    return text;
}

/// One threshold per label from "none", "one for all" or "one each".
Result<std::vector<float>> spreadThresholds(const std::vector<float>& given,
                                            std::size_t labels,
                                            const std::string& source)
{
    if (given.size() <= 1) {
        return std::vector<float>(labels, given.empty() ? kDefaultThreshold : given.front());
    }
    if (given.size() != labels) {
        return fail(ErrorCode::Mismatch, source + " has " + std::to_string(given.size()) + " thresholds for " +
                                             std::to_string(labels) + " labels");
    }
    return given;
}

Result<void> checkOptionThresholds(const std::vector<float>& thresholds)
{
    const bool valid =
        std::all_of(thresholds.begin(), thresholds.end(), [](float value) { return value >= 0.0F && value <= 1.0F; });
    return valid ? Result<void>() : fail(ErrorCode::InvalidArgument, "thresholds must be numbers from 0 to 1");
}

} // namespace

Opening::Opening(std::filesystem::path path, CheckpointOptions options, std::stop_token stop)
    : m_path(std::move(path)), m_options(std::move(options)), m_stop(std::move(stop))
{}

std::span<const Opening::Step> Opening::steps()
{
    static constexpr std::array<Step, 9> kSteps{{
        {"run directory", &Opening::findRun, Nothing},
        {"weights", &Opening::readWeights, Run},
        {"head", &Opening::findHead, Weights},
        {"settings", &Opening::checkSettings, Head},
        {"encoder", &Opening::readEncoder, Run},
        {"tensors", &Opening::checkTensors, Head | Encoder},
        {"preprocessing", &Opening::choosePreprocessing, EncoderFiles},
        {"hash", &Opening::hash, Weights},
        {"values", &Opening::checkValues, Weights},
    }};
    return kSteps;
}

Result<void> Opening::perform(const Step& step)
{
    if (m_stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, m_path.string() + ": opening was cancelled");
    }
    return (this->*step.perform)();
}

Result<void> Opening::findRun()
{
    auto run = openRun(m_path);
    if (!run) {
        return fail(run.error());
    }
    m_run = std::move(*run);
    m_info.name = m_run.run.filename().string();
    m_info.directory = m_run.run;
    m_info.checkpoint = m_run.checkpoint;
    m_info.encoderName = m_run.encoderName;
    m_info.labels = m_run.labels;
    m_info.warnings = m_run.warnings;
    m_info.card = readModelCard(m_run.run);
    m_have |= Run;
    return {};
}

Result<void> Opening::readWeights()
{
    const auto weights = openWeights(m_run.checkpoint);
    if (!weights) {
        return fail(weights.error());
    }
    auto tensors = canonicalTensors(weights->tensors);
    if (!tensors) {
        return fail(tensors.error().code, m_run.checkpoint.string() + ": " + tensors.error().message);
    }
    m_tensors = std::move(*tensors);
    m_weightFiles = weights->files;
    m_info.weightBytes = weights->bytes;
    countWeights();
    m_have |= Weights;
    return {};
}

void Opening::countWeights()
{
    std::map<std::string, std::size_t, std::less<>> bytesOfType;
    for (const auto& [name, tensor] : m_tensors) {
        m_info.parameters += static_cast<std::uint64_t>(tensor.elements());
        bytesOfType[tensor.dtypeName] += tensor.bytes.size();
    }
    const auto most = std::max_element(bytesOfType.begin(), bytesOfType.end(),
                                       [](const auto& left, const auto& right) { return left.second < right.second; });
    m_info.dtype = most == bytesOfType.end() ? std::string() : most->first;
}

Result<void> Opening::findHead()
{
    const auto layout = inferLayout(m_tensors);
    if (!layout) {
        return fail(layout.error().code, m_run.checkpoint.string() + ": " + layout.error().message);
    }
    m_info.head = layout->head;
    m_info.encoder.backend = layout->backend;
    m_have |= Head;
    return {};
}

void Opening::warnIfOther(const std::string& field, const std::string& said, std::string_view found)
{
    if (!said.empty() && said != "auto" && said != found) {
        m_info.warnings.push_back(m_run.run.string() + ": its files say " + field + " '" + said +
                                  "', but the tensors are '" + std::string(found) + "', which is used");
    }
}

Result<void> Opening::checkSettings()
{
    const std::string run = m_run.run.string();
    const HeadConfig& head = m_info.head;
    warnIfOther("backend", m_run.backend, name(m_info.encoder.backend));
    warnIfOther("head", m_run.head, name(head.kind));
    if (m_run.fusionDim != 0 && m_run.fusionDim != head.fusionDim) {
        return fail(ErrorCode::Mismatch, run + ": fusion_dim is " + std::to_string(m_run.fusionDim) +
                                             ", but the tensor 'proj_t.weight' has " + std::to_string(head.fusionDim) +
                                             " rows");
    }
    if (m_run.labels.size() != static_cast<std::size_t>(head.labels)) {
        return fail(ErrorCode::Mismatch, run + ": names " + std::to_string(m_run.labels.size()) +
                                             " classes, but the head has " + std::to_string(head.labels) + " outputs");
    }
    if (auto valid = checkOptionThresholds(m_options.thresholds); !valid) {
        return valid;
    }
    auto fromRun = spreadThresholds(m_run.thresholds, m_run.labels.size(), run + ": inference_config.json");
    auto chosen = m_options.thresholds.empty()
                      ? std::move(fromRun)
                      : spreadThresholds(m_options.thresholds, m_run.labels.size(), "the thresholds option");
    if (!chosen) {
        return fail(chosen.error());
    }
    m_info.thresholds = std::move(*chosen);
    m_info.thresholdsCalibrated = m_options.thresholds.empty() && !m_run.thresholds.empty();
    return {};
}

Result<void> Opening::readEncoder()
{
    const auto directory = findEncoderDirectory(m_run.run, m_run.encoderName, m_options.encoderDirectory);
    if (directory) {
        return parseEncoder(*directory);
    }
    // Without a tokenizer nothing can be scored, but the tensors can still be checked against a known encoder.
    if (const auto preset = encoderPreset(m_run.encoderName)) {
        m_info.encoder = *preset;
        m_have |= Encoder;
    }
    return fail(directory.error());
}

Result<void> Opening::parseEncoder(const std::filesystem::path& directory)
{
    const auto path = directory / "config.json";
    const auto text = readTextFile(path, kMaxConfigBytes);
    if (!text) {
        return fail(text.error());
    }
    const auto config = parseEncoderConfig(*text, path.string());
    if (!config) {
        return fail(config.error());
    }
    if ((m_have & Head) != 0 && config->backend != m_info.encoder.backend) {
        return fail(ErrorCode::Mismatch, path.string() + ": model_type is '" + std::string(name(config->backend)) +
                                             "', but the checkpoint's tensors are " +
                                             std::string(name(m_info.encoder.backend)));
    }
    m_info.encoder = *config;
    m_info.encoderDirectory = directory;
    std::error_code ignored;
    const auto wanted = std::filesystem::absolute(m_options.encoderDirectory, ignored).lexically_normal();
    if (!m_options.encoderDirectory.empty() && !directory.string().starts_with(wanted.string())) {
        m_info.warnings.push_back(directory.string() + ": the run's own encoder is used, not " + wanted.string());
    }
    m_have |= Encoder | EncoderFiles;
    return {};
}

Result<void> Opening::checkTensors()
{
    const std::string source = m_info.encoderDirectory.empty() ? "the preset for " + m_info.encoderName
                                                               : (m_info.encoderDirectory / "config.json").string();
    if (auto sizes = checkEncoderSizes(m_info.encoder, m_info.head, m_tensors, source); !sizes) {
        return sizes;
    }
    const auto differences = tensorDifferences(m_info.encoder, m_info.head, m_tensors);
    if (!differences.empty()) {
        return fail(ErrorCode::Mismatch, m_run.checkpoint.string() + ": the tensors are not those of a " +
                                             std::string(name(m_info.head.kind)) + " head on a " +
                                             std::string(name(m_info.encoder.backend)) +
                                             " encoder: " + joined(differences));
    }
    return {};
}

Result<void> Opening::choosePreprocessing()
{
    auto preprocessing =
        readPreprocessing(m_info.encoderDirectory, m_info.encoder, m_run.maxTextLength, m_options, m_info.warnings);
    if (!preprocessing) {
        return fail(preprocessing.error());
    }
    m_info.preprocessing = *preprocessing;
    m_have |= Preprocessed;
    return {};
}

Result<void> Opening::checkValues()
{
    const auto finite = checkFinite(m_tensors, m_stop);
    return finite ? finite : fail(finite.error().code, m_run.checkpoint.string() + ": " + finite.error().message);
}

Result<void> Opening::hash()
{
    if (!m_options.hashWeights) {
        return {};
    }
    auto hash = hashWeights(m_weightFiles, m_stop, m_options.progress);
    if (!hash) {
        return fail(hash.error());
    }
    m_info.sha256 = std::move(*hash);
    return {};
}

} // namespace modscope
