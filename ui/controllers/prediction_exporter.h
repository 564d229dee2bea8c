#pragma once

#include "ui/jobs/job.h"
#include "ui/models/classify_list_model.h"

#include <QObject>
#include <QStringList>

#include <span>
#include <vector>

namespace modscope::ui {

struct ExportSummary {
    std::size_t rows = 0;   ///< written
    std::size_t failed = 0; ///< of these: rows with an error instead of scores
    std::uint64_t bytes = 0;
};

/// Writes what one model said as the CSV that `modscope-cli predict` writes, with ocr_text and ocr_confidence where a
/// picture was read, and words scores for the clipboard.
/// The file appears whole or not at all.
class PredictionExporter : public QObject {
    Q_OBJECT
public:
    PredictionExporter(const ClassifyListModel* items, QThreadPool* ioPool, QObject* parent = nullptr);

    /// Rows in the order of `ids`; items that the model has not answered are left out.
    void start(const QString& path, std::size_t model, std::span<const ItemId> ids);
    void cancel() { m_job.cancel(); }
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }
    /// How many of these items the model has answered.
    [[nodiscard]] int exportable(std::size_t model, std::span<const ItemId> ids) const;

    /// One line a class and model, tabs between columns.
    [[nodiscard]] QString scoresAsText(std::span<const ItemId> ids) const;
    /// What `modscope-cli predict --format json` prints: an object for one item and model, else an array of them.
    [[nodiscard]] QString scoresAsJson(std::span<const ItemId> ids) const;

Q_SIGNALS:
    void progressed(const modscope::Progress& progress);
    void written(const QString& path, const modscope::ui::ExportSummary& summary);
    void failed(const QString& reason);
    void cancelled();

private:
    void finish();

    const ClassifyListModel* m_items;
    QString m_path;
    Job<ExportSummary> m_job;
};

} // namespace modscope::ui
