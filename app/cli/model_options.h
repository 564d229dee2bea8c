#pragma once

#include "core/nn/classifier.h"

#include <stop_token>
#include <string>

namespace CLI {
class App;
}

namespace modscope::cli {

/// The options that every command with a model has, as typed.
struct ModelOptions {
    std::string model = "demo";
    std::string encoderDirectory;
    std::string device = "auto";
    std::string precision = "auto";
    std::string batchSize = "auto";
    int threads = 0; ///< 0 = all cores
    std::string thresholds;
    std::string preprocessing = "auto";
    std::string specialTokens = "text";
};

/// Adds the options that say which model and how it reads its input.
void addModelOptions(CLI::App& command, ModelOptions& options);
/// Adds the options that say where and how it computes.
void addEngineOptions(CLI::App& command, ModelOptions& options);

/// Errors: a thresholds file that cannot be read or does not fit the model's classes.
[[nodiscard]] Result<ClassifierOptions> classifierOptions(const ModelOptions& options, std::stop_token stop);

/// Opens the model that the options name.
[[nodiscard]] Result<Classifier> openClassifier(const ModelOptions& options, std::stop_token stop);

} // namespace modscope::cli
