#pragma once

#include "core/base/error.h"
#include "core/data/prediction.h"
#include "core/data/sample.h"

#include <optional>
#include <string>
#include <vector>

namespace modscope {

/// The shortest decimal text that gives exactly this float back.
[[nodiscard]] std::string shortestDecimal(float value);

/// The header of a predictions CSV with its LF: the input columns, then pred_<class>, prob_<class> for each class, then
/// error.
[[nodiscard]] std::string predictionCsvHeader(const std::vector<std::string>& inputColumns,
                                              const std::vector<std::string>& labels);
/// One row with its LF: pred is 0 or 1, prob the shortest decimal; both are empty where there is an error.
[[nodiscard]] std::string predictionCsvRow(const std::vector<std::string>& inputFields,
                                           std::size_t labelCount,
                                           const Result<Prediction>& prediction);
/// What OCR read in the item's picture.
struct OcrFields {
    std::string text;
    float confidence = 0; ///< 0..1

    bool operator==(const OcrFields&) const = default;
};
/// Whether an output has the fields ocr_text and ocr_confidence; they are null where the picture was not read.
enum class OcrOutput { Off, On };

/// One JSON object without a line end: id, image (null without a file), text, predictions, probabilities, thresholds,
/// any_harmful, error. After a failure the three objects are empty, any_harmful is null and error says why.
/// @param indent  spaces, or -1 for a single line
[[nodiscard]] std::string predictionJson(const Sample& sample,
                                         const Result<Prediction>& prediction,
                                         int indent = -1,
                                         OcrOutput ocr = OcrOutput::Off,
                                         const std::optional<OcrFields>& reading = std::nullopt);

} // namespace modscope
