#pragma once

#include "ui/controllers/review_transfer.h"
#include "ui/models/import_preview_model.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace modscope::ui {

/// A table, pictures or folders on their way into the queue: which column is what, the first rows as they would come
/// in, then what became of them. Nothing is written before "Import".
class ReviewImportDialog final : public QDialog {
    Q_OBJECT
public:
    /// @param models  whose scores a table's score columns may be
    ReviewImportDialog(ReviewTransfer* transfer,
                       QStringList paths,
                       std::vector<ScoringModel> models,
                       QWidget* parent = nullptr);

    [[nodiscard]] QPushButton* importButton() const { return m_import; }
    [[nodiscard]] QComboBox* column(int role) const { return m_columns.at(static_cast<std::size_t>(role)); }

protected:
    void reject() override;

private:
    void buildMapping(QFormLayout* form);
    void buildTable();
    void ask();
    void showPreview(const ImportPreview& preview);
    void showReport(const ImportReport& report);
    void showResult(const QString& text, const char* role);
    [[nodiscard]] ImportRequest request() const;

    ReviewTransfer* m_transfer;
    QStringList m_paths;
    std::vector<ScoringModel> m_models;
    ImportPreviewModel m_preview;
    bool m_filled = false;             ///< the combos show the table's columns
    bool m_started = false;            ///< "Import" was pressed
    std::vector<QComboBox*> m_columns; ///< in the order of the roles
    QComboBox* m_model;
    QTableView* m_table;
    QLabel* m_counts;
    QProgressBar* m_progress;
    QLabel* m_result;
    QPushButton* m_import;
    QPushButton* m_close;
};

} // namespace modscope::ui
