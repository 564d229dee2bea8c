#include "core/data/prediction_table.h"

#include "core/data/csv.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

namespace modscope {

namespace {

// Keeps the order of keys, and writes floats with as few digits as give them back: as doubles 0.3F would be
// 0.300000012.
using OrderedJson =
    nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t, float>;

} // namespace

std::string shortestDecimal(float value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string predictionCsvHeader(const std::vector<std::string>& inputColumns, const std::vector<std::string>& labels)
{
    std::vector<std::string> columns = inputColumns;
    for (const std::string& label : labels) {
        columns.push_back("pred_" + label);
        columns.push_back("prob_" + label);
    }
    columns.emplace_back("error");
    return csvRecord(columns);
}

std::string predictionCsvRow(const std::vector<std::string>& inputFields,
                             std::size_t labelCount,
                             const Result<Prediction>& prediction)
{
    std::vector<std::string> fields = inputFields;
    if (!prediction) {
        fields.resize(fields.size() + 2 * labelCount);
        fields.push_back(prediction.error().message);
        return csvRecord(fields);
    }
    for (std::size_t label = 0; label < labelCount; ++label) {
        fields.emplace_back(prediction->flagged[label] ? "1" : "0");
        fields.push_back(shortestDecimal(prediction->probabilities[label]));
    }
    fields.emplace_back();
    return csvRecord(fields);
}

std::string predictionJson(const Sample& sample,
                           const Result<Prediction>& prediction,
                           int indent,
                           OcrOutput ocr,
                           const std::optional<OcrFields>& reading)
{
    OrderedJson object;
    object["id"] = sample.id;
    object["image"] = sample.imagePath.empty() ? OrderedJson() : OrderedJson(sample.imagePath.string());
    object["text"] = sample.text;
    if (ocr == OcrOutput::On) {
        object["ocr_text"] = reading ? OrderedJson(reading->text) : OrderedJson();
        object["ocr_confidence"] = reading ? OrderedJson(reading->confidence) : OrderedJson();
    }
    OrderedJson predictions = OrderedJson::object();
    OrderedJson probabilities = OrderedJson::object();
    OrderedJson thresholds = OrderedJson::object();
    if (prediction) {
        for (std::size_t index = 0; index < prediction->labels.size(); ++index) {
            const std::string& label = prediction->labels[index];
            predictions[label] = static_cast<bool>(prediction->flagged[index]);
            probabilities[label] = prediction->probabilities[index];
            thresholds[label] = prediction->thresholds[index];
        }
    }
    object["predictions"] = std::move(predictions);
    object["probabilities"] = std::move(probabilities);
    object["thresholds"] = std::move(thresholds);
    object["any_harmful"] = prediction ? OrderedJson(prediction->anyFlagged()) : OrderedJson();
    object["error"] = prediction ? OrderedJson() : OrderedJson(prediction.error().message);
    // File names may be any bytes: what is not UTF-8 is shown as U+FFFD.
    return object.dump(indent, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace modscope
