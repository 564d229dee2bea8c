#pragma once

#include "ui/controllers/review_transfer.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace modscope::ui {

/// Labelled items into a file: which, in which form, how careful with names and spreadsheets; then how it went. The
/// file and its manifest appear whole or not at all.
class ReviewExportDialog final : public QDialog {
    Q_OBJECT
public:
    /// @param queue  the one in front
    /// @param count  items in it; -1: not counted
    ReviewExportDialog(ReviewTransfer* transfer, Queue queue, int count, QWidget* parent = nullptr);

    void setFile(const QString& path);
    [[nodiscard]] QPushButton* writeButton() const { return m_write; }

protected:
    void reject() override;

private:
    QWidget* buildRows(int count);
    QWidget* buildSafety();
    QWidget* buildFile();
    void chooseFile();
    void suggestName();
    void refresh();
    void startWriting();
    void showResult(const QString& text, const char* role);
    [[nodiscard]] ExportProfile profile() const;

    ReviewTransfer* m_transfer;
    Queue m_queue;
    QButtonGroup* m_rows;
    QComboBox* m_profile;
    QLabel* m_profileHint;
    QCheckBox* m_spreadsheetSafe;
    QCheckBox* m_notes;
    QCheckBox* m_check;
    QLineEdit* m_file;
    QProgressBar* m_progress;
    QLabel* m_result;
    QPushButton* m_write;
    QPushButton* m_close;
};

} // namespace modscope::ui
