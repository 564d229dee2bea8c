#pragma once

#include "ui/controllers/review_transfer.h"
#include "ui/pages/transfer_dialog.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;

namespace modscope::ui {

class FileField;

/// Labelled items into a file: which, in which form, how careful with names and spreadsheets; then how it went. The
/// file and its manifest appear whole or not at all.
class ReviewExportDialog final : public TransferDialog {
    Q_OBJECT
public:
    /// @param queue  the one in front
    /// @param count  items in it; -1: not counted
    ReviewExportDialog(ReviewTransfer* transfer, Queue queue, int count, QWidget* parent = nullptr);

    void setFile(const QString& path);

protected:
    void start() override;
    [[nodiscard]] bool isRunning() const override { return m_transfer->isRunning(); }
    void cancel() override { m_transfer->cancel(); }

private:
    QWidget* buildRows(int count);
    QWidget* buildSafety();
    void connectTransfer();
    void suggestName();
    void refresh();
    [[nodiscard]] ExportProfile profile() const;

    ReviewTransfer* m_transfer;
    Queue m_queue;
    QButtonGroup* m_rows;
    QComboBox* m_profile;
    QLabel* m_profileHint;
    QCheckBox* m_spreadsheetSafe;
    QCheckBox* m_notes;
    QCheckBox* m_check;
    FileField* m_file;
};

} // namespace modscope::ui
