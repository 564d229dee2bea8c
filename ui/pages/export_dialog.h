#pragma once

#include "ui/controllers/prediction_exporter.h"
#include "ui/pages/transfer_dialog.h"

#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;

namespace modscope::ui {

class FileField;

/// The items each choice of rows stands for, in the order they will be written.
struct ExportScopes {
    std::vector<ItemId> all;
    std::vector<ItemId> shown; ///< by the current filter and sort
    std::vector<ItemId> selected;
};

/// Which rows, of which model, into which file; then how it went. The file appears whole or not at all.
class ExportDialog final : public TransferDialog {
    Q_OBJECT
public:
    ExportDialog(const ClassifyListModel* items,
                 PredictionExporter* exporter,
                 ExportScopes scopes,
                 QWidget* parent = nullptr);

    void setFile(const QString& path);

protected:
    void start() override;
    [[nodiscard]] bool isRunning() const override { return m_exporter->isRunning(); }
    void cancel() override { m_exporter->cancel(); }

private:
    QWidget* buildRows();
    void connectExporter();
    void refresh();
    [[nodiscard]] const std::vector<ItemId>& chosen() const;
    [[nodiscard]] std::size_t chosenModel() const;

    const ClassifyListModel* m_items;
    PredictionExporter* m_exporter;
    ExportScopes m_scopes;
    QButtonGroup* m_rows;
    QComboBox* m_model;
    FileField* m_file;
    QLabel* m_summary;
};

} // namespace modscope::ui
