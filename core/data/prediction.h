#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace modscope {

/// Milliseconds of one item's way through the pipeline (its share of its batch).
struct PredictionTimings {
    double decodeMs = 0; ///< read, decode, resize
    double tokenizeMs = 0;
    double engineMs = 0;
    std::size_t batchSize = 1;

    bool operator==(const PredictionTimings&) const = default;
};

/// What one model thinks of one item. Vectors are parallel to the model's labels.
struct Prediction {
    std::vector<std::string> labels;
    std::vector<float> logits;
    std::vector<float> probabilities; ///< sigmoid(logit)
    std::vector<float> thresholds;
    std::vector<bool> flagged; ///< probability >= threshold
    bool textPresent = false;
    bool imagePresent = false;
    bool textTruncated = false;
    int imageFrames = 0; ///< of an animation; only the first was seen. 0 without a picture
    PredictionTimings timings;

    [[nodiscard]] bool anyFlagged() const
    {
        for (const bool flag : flagged) {
            if (flag) {
                return true;
            }
        }
        return false;
    }
    bool operator==(const Prediction&) const = default;
};

} // namespace modscope
