#pragma once

#include "ui/controllers/review_transfer.h"
#include "ui/models/import_preview_model.h"
#include "ui/pages/transfer_dialog.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QTableView;

namespace modscope::ui {

/// A table, pictures or folders on their way into the queue: which column is what, the first rows as they would come
/// in, then what became of them. Nothing is written before "Import"; what came in can be taken back here in one step.
class ReviewImportDialog final : public TransferDialog {
    Q_OBJECT
public:
    /// @param models  whose scores a table's score columns may be
    ReviewImportDialog(ReviewTransfer* transfer,
                       QStringList paths,
                       std::vector<ScoringModel> models,
                       QWidget* parent = nullptr);

    [[nodiscard]] QPushButton* takeBackButton() const { return m_takeBack; }
    [[nodiscard]] QCheckBox* watchBox() const { return m_watch; }
    [[nodiscard]] QComboBox* modelBox() const { return m_model; }
    [[nodiscard]] QComboBox* column(int role) const { return m_columns.at(static_cast<std::size_t>(role)); }

Q_SIGNALS:
    /// What was imported is a folder, and what appears in it later is wanted as well.
    void watchWanted(const QStringList& folders);

protected:
    void start() override;
    [[nodiscard]] bool isRunning() const override { return m_transfer->isRunning(); }
    void cancel() override { m_transfer->cancel(); }

private:
    void buildMapping(QFormLayout* form);
    void buildTable();
    void connectTransfer();
    void ask();
    void showPreview(const ImportPreview& preview);
    void showReport(const ImportReport& report);
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
    QPushButton* m_takeBack;
    QCheckBox* m_watch;
    QString m_importName; ///< of what came in
};

} // namespace modscope::ui
