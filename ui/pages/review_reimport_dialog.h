#pragma once

#include "ui/controllers/review_transfer.h"
#include "ui/models/reimport_model.h"
#include "ui/pages/transfer_dialog.h"

class QCheckBox;
class QTableView;

namespace modscope::ui {

/// An export of ours on its way back: what of it is unchanged, changed, unknown and invalid here, and what differs in
/// the first rows. Nothing is written before "Import"; what was written can be taken back here in one step.
class ReviewReimportDialog final : public TransferDialog {
    Q_OBJECT
public:
    ReviewReimportDialog(ReviewTransfer* transfer, QString file, QWidget* parent = nullptr);

    [[nodiscard]] QCheckBox* unverifiedBox() const { return m_unverified; }
    [[nodiscard]] QPushButton* takeBackButton() const { return m_takeBack; }

protected:
    void start() override;
    [[nodiscard]] bool isRunning() const override { return m_transfer->isRunning(); }
    void cancel() override { m_transfer->cancel(); }

private:
    void buildTable();
    void showReport(const ReimportReport& report);
    void showOutcome(const ReimportReport& report);
    void refresh();
    [[nodiscard]] std::uint64_t rowsToImport() const;

    ReviewTransfer* m_transfer;
    QString m_file;
    ReimportReport m_report;
    ReimportModel m_differences;
    QLabel* m_manifest;
    QLabel* m_counts;
    QTableView* m_table;
    QCheckBox* m_unverified;
    QPushButton* m_takeBack;
};

} // namespace modscope::ui
