#include "app/cli/prediction_writer.h"

#include "app/cli/text_table.h"
#include "core/data/prediction_table.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace modscope::cli {

namespace {

constexpr std::size_t kItemWidth = 32;
constexpr std::size_t kLabelWidth = 10;

class CsvWriter final : public PredictionWriter {
public:
    CsvWriter(std::vector<std::string> columns, std::vector<std::string> labels)
        : m_columns(std::move(columns)), m_labels(std::move(labels))
    {}

    std::string begin() const override { return predictionCsvHeader(m_columns, m_labels); }
    std::string row(const SourceItem& item, const Result<Prediction>& prediction) override
    {
        return predictionCsvRow(item.fields, m_labels.size(), prediction);
    }

private:
    std::vector<std::string> m_columns;
    std::vector<std::string> m_labels;
};

class JsonlWriter final : public PredictionWriter {
public:
    explicit JsonlWriter(OcrOutput ocr) : m_ocr(ocr) {}

    std::string row(const SourceItem& item, const Result<Prediction>& prediction) override
    {
        constexpr int kOneLine = -1;
        return predictionJson(item.sample, prediction, kOneLine, m_ocr, item.reading) + "\n";
    }

private:
    OcrOutput m_ocr;
};

class JsonWriter final : public PredictionWriter {
public:
    explicit JsonWriter(OcrOutput ocr) : m_ocr(ocr) {}

    std::string begin() const override { return "["; }
    std::string row(const SourceItem& item, const Result<Prediction>& prediction) override
    {
        constexpr int kIndent = 2;
        return std::string(std::exchange(m_first, false) ? "\n" : ",\n") +
               predictionJson(item.sample, prediction, kIndent, m_ocr, item.reading);
    }
    std::string end() const override { return m_first ? "]\n" : "\n]\n"; }

private:
    OcrOutput m_ocr;
    bool m_first = true;
};

std::string title(const SourceItem& item)
{
    const Sample& sample = item.sample;
    const std::string content = sample.imagePath.empty() ? sample.text : sample.imagePath.filename().string();
    return sample.id.empty() ? content : sample.id + " " + content;
}

/// For people: one line an item, a star where the threshold is reached.
class TableWriter final : public PredictionWriter {
public:
    explicit TableWriter(std::vector<std::string> labels) : m_labels(std::move(labels)) {}

    std::string begin() const override
    {
        std::string line = fitted("item", kItemWidth);
        for (const std::string& label : m_labels) {
            line += "  " + fitted(label, width(label));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line + "\n";
    }

    std::string row(const SourceItem& item, const Result<Prediction>& prediction) override
    {
        std::string line = fitted(title(item), kItemWidth);
        if (!prediction) {
            return line + "  failed: " + shortened(prediction.error().message, 200) + "\n";
        }
        for (std::size_t label = 0; label < m_labels.size(); ++label) {
            std::array<char, 16> number{};
            std::snprintf(number.data(), number.size(), "%.3f%s", static_cast<double>(prediction->probabilities[label]),
                          prediction->flagged[label] ? " *" : "");
            line += "  " + fitted(number.data(), width(m_labels[label]));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line + "\n";
    }

    std::string end() const override { return "* at or above the class's threshold\n"; }

private:
    static std::size_t width(const std::string& label) { return std::max(kLabelWidth, displayWidth(label)); }

    std::vector<std::string> m_labels;
};

} // namespace

std::unique_ptr<PredictionWriter> makePredictionWriter(std::string_view format,
                                                       const std::vector<std::string>& columns,
                                                       const std::vector<std::string>& labels,
                                                       OcrOutput ocr)
{
    if (format == "csv") {
        return std::make_unique<CsvWriter>(columns, labels);
    }
    if (format == "json") {
        return std::make_unique<JsonWriter>(ocr);
    }
    if (format == "jsonl") {
        return std::make_unique<JsonlWriter>(ocr);
    }
    return std::make_unique<TableWriter>(labels);
}

} // namespace modscope::cli
