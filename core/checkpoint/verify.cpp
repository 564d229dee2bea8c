#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/opening.h"

namespace modscope {

namespace {

using Level = VerifyFinding::Level;

std::string count(std::uint64_t number, const char* what)
{
    return std::to_string(number) + " " + what;
}

/// What a passed step has established, in words.
std::string established(std::string_view subject, const ModelInfo& info)
{
    if (subject == "run directory") {
        return info.directory.string() + ", weights in " + info.checkpoint.filename().string();
    }
    if (subject == "weights") {
        return count(info.parameters, "parameters, mostly ") + info.dtype + ", " + count(info.weightBytes, "bytes");
    }
    if (subject == "head") {
        return std::string(name(info.head.kind)) + " on " + std::string(name(info.encoder.backend)) + ", " +
               count(static_cast<std::uint64_t>(info.head.labels), "outputs");
    }
    if (subject == "settings") {
        return count(info.labels.size(), "labels, ") + (info.thresholdsCalibrated ? "calibrated" : "default") +
               " thresholds";
    }
    if (subject == "encoder") {
        return info.encoderDirectory.string();
    }
    if (subject == "tensors") {
        return "every name and shape is as expected";
    }
    if (subject == "preprocessing") {
        return "pictures " + count(static_cast<std::uint64_t>(info.preprocessing.image.side), "pixels, texts ") +
               count(info.preprocessing.text.maxLength, "tokens");
    }
    if (subject == "values") {
        return "all finite";
    }
    return info.sha256.empty() ? "not asked for" : "SHA-256 " + info.sha256;
}

VerifyFinding verifyTokenizer(const ModelInfo& info)
{
    const auto tokenizer = openTokenizer(info.encoderDirectory, info.preprocessing.tokenizer, info.preprocessing.text);
    if (!tokenizer) {
        return {Level::Failure, "tokenizer", tokenizer.error().message};
    }
    const std::size_t size = (*tokenizer)->vocabularySize();
    const auto rows = static_cast<std::size_t>(info.encoder.text.vocabulary);
    if (size > rows) {
        return {Level::Failure, "tokenizer",
                info.encoderDirectory.string() + ": the tokenizer's largest id is " + std::to_string(size - 1) +
                    ", but the encoder has " + std::to_string(rows) + " token embeddings"};
    }
    return {Level::Ok, "tokenizer", count(size, "token ids")};
}

} // namespace

std::vector<VerifyFinding> verifyCheckpoint(const std::filesystem::path& path,
                                            const CheckpointOptions& options,
                                            std::stop_token stop)
{
    Opening opening(path, options, std::move(stop));
    std::vector<VerifyFinding> findings;
    std::string skipped;
    for (const Opening::Step& step : Opening::steps()) {
        if (!opening.canPerform(step)) {
            skipped += (skipped.empty() ? "" : ", ") + std::string(step.subject);
            continue;
        }
        const auto done = opening.perform(step);
        findings.push_back(done ? VerifyFinding{Level::Ok, step.subject, established(step.subject, opening.info())}
                                : VerifyFinding{Level::Failure, step.subject, done.error().message});
        if (!done && done.error().code == ErrorCode::Cancelled) {
            return findings;
        }
    }
    if ((opening.have() & Opening::Preprocessed) != 0) {
        findings.push_back(verifyTokenizer(opening.info()));
    }
    if (!skipped.empty()) {
        findings.push_back({Level::Warning, skipped, "not checked, because of the failures above"});
    }
    for (const std::string& warning : opening.info().warnings) {
        findings.push_back({Level::Warning, "run directory", warning});
    }
    return findings;
}

} // namespace modscope
