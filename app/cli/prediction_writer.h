#pragma once

#include "app/cli/output.h"
#include "app/cli/sample_source.h"
#include "core/data/prediction.h"
#include "core/data/prediction_table.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace modscope::cli {

/// Predictions in one of the formats of `predict --format`, row by row.
class PredictionWriter {
public:
    virtual ~PredictionWriter() = default;
    [[nodiscard]] virtual std::string begin() const { return {}; }
    [[nodiscard]] virtual std::string row(const SourceItem& item, const Result<Prediction>& prediction) = 0;
    [[nodiscard]] virtual std::string end() const { return {}; }
};

/// @param format   table, json, jsonl or csv
/// @param columns  of the input, for csv
/// @param ocr      whether JSON objects carry what OCR read; in csv it is among the columns
[[nodiscard]] std::unique_ptr<PredictionWriter> makePredictionWriter(std::string_view format,
                                                                     const std::vector<std::string>& columns,
                                                                     const std::vector<std::string>& labels,
                                                                     OcrOutput ocr = OcrOutput::Off);

} // namespace modscope::cli
