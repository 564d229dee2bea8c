#include "ui/controllers/prediction_exporter.h"

#include "core/base/atomic_file.h"
#include "core/data/prediction_table.h"
#include "ui/models/verdict.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::uint64_t kRowsPerReport = 256;

struct ExportRow {
    std::string text; ///< a person's or a table's; what OCR read stands in columns of its own
    std::string imagePath;
    std::optional<OcrFields> reading;
    Outcome outcome;
};

std::optional<OcrFields> readingOf(const ClassifyItem& item)
{
    const bool read = item.reading && item.reading->has_value();
    return read ? std::optional(OcrFields{(*item.reading)->text, (*item.reading)->confidence}) : std::nullopt;
}

ExportRow exportRow(const ClassifyItem& item, Outcome outcome)
{
    return {item.textOrigin == TextOrigin::Ocr ? std::string() : item.sample.text, item.sample.imagePath.string(),
            readingOf(item), std::move(outcome)};
}

/// The input's columns as `predict --ocr` writes them: those of OCR only where some picture was read.
std::vector<std::string> inputFields(const ExportRow& row, bool withReadings)
{
    std::vector<std::string> fields{row.text, row.imagePath};
    if (withReadings) {
        fields.push_back(row.reading ? row.reading->text : std::string());
        fields.push_back(row.reading ? shortestDecimal(row.reading->confidence) : std::string());
    }
    return fields;
}

Outcome outcomeOf(const ClassifyItem& item, std::size_t model)
{
    if (item.inputError) {
        return std::make_shared<const Result<Prediction>>(fail(*item.inputError));
    }
    return model < item.outcomes.size() ? item.outcomes[model] : nullptr;
}

Result<ExportSummary> writeTable(const QString& path,
                                 const std::vector<std::string>& labels,
                                 const std::vector<ExportRow>& rows,
                                 const std::stop_token& stop,
                                 const ProgressFn& report)
{
    auto file = AtomicFile::create(path.toStdString());
    if (!file) {
        return fail(file.error());
    }
    ExportSummary summary;
    const auto write = [&](const std::string& line) {
        summary.bytes += line.size();
        return file->write(line);
    };
    const bool withReadings =
        std::any_of(rows.begin(), rows.end(), [](const ExportRow& row) { return row.reading.has_value(); });
    std::vector<std::string> columns{"text", "image_path"};
    if (withReadings) {
        columns.insert(columns.end(), {"ocr_text", "ocr_confidence"});
    }
    if (auto header = write(predictionCsvHeader(columns, labels)); !header) {
        return fail(header.error());
    }
    for (const auto& row : rows) {
        if (summary.rows % kRowsPerReport == 0) {
            report({summary.rows, rows.size()});
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "The export was cancelled. No file was written.");
            }
        }
        const auto line = predictionCsvRow(inputFields(row, withReadings), labels.size(), *row.outcome);
        if (auto written = write(line); !written) {
            return fail(written.error());
        }
        ++summary.rows;
        summary.failed += row.outcome->has_value() ? 0 : 1;
    }
    if (auto committed = file->commit(); !committed) {
        return fail(committed.error());
    }
    return summary;
}

} // namespace

PredictionExporter::PredictionExporter(const ClassifyListModel* items, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_items(items), m_job(ioPool)
{
    connect(&m_job, &JobBase::progressed, this, &PredictionExporter::progressed);
    connect(&m_job, &JobBase::finished, this, &PredictionExporter::finish);
}

void PredictionExporter::start(const QString& path, std::size_t model, std::span<const ItemId> ids)
{
    std::vector<ExportRow> rows;
    for (const ItemId id : ids) {
        const auto* item = m_items->find(id);
        if (item == nullptr) {
            continue;
        }
        if (auto outcome = outcomeOf(*item, model)) {
            rows.push_back(exportRow(*item, std::move(outcome)));
        }
    }
    m_path = path;
    m_job.start([path, labels = m_items->models().at(model).labels, rows = std::move(rows)](std::stop_token stop,
                                                                                            const ProgressFn& report) {
        return writeTable(path, labels, rows, stop, report);
    });
}

void PredictionExporter::finish()
{
    const auto& result = m_job.result();
    if (result) {
        Q_EMIT written(m_path, *result);
    } else if (result.error().code == ErrorCode::Cancelled) {
        Q_EMIT cancelled();
    } else {
        Q_EMIT failed(QString::fromStdString(result.error().message));
    }
}

int PredictionExporter::exportable(std::size_t model, std::span<const ItemId> ids) const
{
    int count = 0;
    for (const ItemId id : ids) {
        const auto* item = m_items->find(id);
        const bool answered =
            item != nullptr && (item->inputError || (model < item->outcomes.size() && item->outcomes[model]));
        count += answered ? 1 : 0;
    }
    return count;
}

QString PredictionExporter::scoresAsText(std::span<const ItemId> ids) const
{
    QStringList lines;
    for (const ItemId id : ids) {
        const auto* item = m_items->find(id);
        if (item == nullptr) {
            continue;
        }
        const auto error = errorText(*item);
        lines << (error.isEmpty() ? item->name : item->name + QLatin1Char('\t') + error);
        for (const auto& scores : scoresByClass(item->outcomes)) {
            for (const auto& score : scores.models) {
                lines << QStringList{className(scores.label), m_items->models().at(score.model).name,
                                     scoreText(score.probability), tr("threshold %1").arg(scoreText(score.threshold)),
                                     score.flagged ? tr("flagged") : QString()}
                             .join(u'\t')
                             .trimmed();
            }
        }
    }
    return lines.join(u'\n');
}

QString PredictionExporter::scoresAsJson(std::span<const ItemId> ids) const
{
    constexpr int kIndent = 2;
    QStringList objects;
    for (const ItemId id : ids) {
        const auto* item = m_items->find(id);
        if (item == nullptr) {
            continue;
        }
        for (std::size_t model = 0; model < m_items->models().size(); ++model) {
            if (const auto outcome = outcomeOf(*item, model)) {
                const auto reading = readingOf(*item);
                const OcrOutput ocr = reading ? OcrOutput::On : OcrOutput::Off;
                objects
                    << QString::fromStdString(predictionJson(item->sample, *outcome, kIndent, ocr, reading)).trimmed();
            }
        }
    }
    return objects.size() == 1 ? objects.front() : QStringLiteral("[\n%1\n]").arg(objects.join(QStringLiteral(",\n")));
}

} // namespace modscope::ui
