#pragma once

#include "ui/controllers/prediction_exporter.h"

#include <QDialog>

#include <array>
#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace modscope::ui {

/// The items each choice of rows stands for, in the order they will be written.
struct ExportScopes {
    std::vector<ItemId> all;
    std::vector<ItemId> shown; ///< by the current filter and sort
    std::vector<ItemId> selected;
};

/// Which rows, of which model, into which file; then how it went. The file appears whole or not at all.
class ExportDialog final : public QDialog {
    Q_OBJECT
public:
    ExportDialog(const ClassifyListModel* items,
                 PredictionExporter* exporter,
                 ExportScopes scopes,
                 QWidget* parent = nullptr);

    void setFile(const QString& path);

protected:
    void reject() override;

private:
    QWidget* buildRows();
    QWidget* buildFile();
    void chooseFile();
    void refresh();
    void startWriting();
    void showResult(const QString& text, bool isFailure);
    [[nodiscard]] const std::vector<ItemId>& chosen() const;
    [[nodiscard]] std::size_t chosenModel() const;

    const ClassifyListModel* m_items;
    PredictionExporter* m_exporter;
    ExportScopes m_scopes;
    QButtonGroup* m_rows;
    QComboBox* m_model;
    QLineEdit* m_file;
    QLabel* m_summary;
    QProgressBar* m_progress;
    QLabel* m_result;
    QPushButton* m_write;
    QPushButton* m_close;
};

} // namespace modscope::ui
