#pragma once

#include <QDialog>

#include <cstdint>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace modscope::ui {

/// The frame of a dialog that starts work which takes a while: what is chosen, how far the work is, how it went. Esc
/// and Close first cancel what runs; a second time they close.
class TransferDialog : public QDialog {
    Q_OBJECT
public:
    [[nodiscard]] QPushButton* primaryButton() const { return m_primary; }

protected:
    /// @param verb  on the primary button, which calls start()
    TransferDialog(const QString& title, const QString& verb, QWidget* parent);

    virtual void start() = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;
    virtual void cancel() = 0;

    [[nodiscard]] QVBoxLayout* content() const { return m_content; } ///< above the progress
    [[nodiscard]] QHBoxLayout* buttons() const { return m_buttons; } ///< left of the close button

    /// The work has begun: Close is Cancel now.
    void showRunning();
    /// @param total  0: not known
    void showProgress(std::uint64_t done, std::uint64_t total);
    /// @param role  of the words: "clear", "review", "flag" or "secondary"
    void showResult(const QString& text, const char* role);
    void hideResult();

    void reject() override;

private:
    QVBoxLayout* m_content;
    QProgressBar* m_progress;
    QLabel* m_result;
    QHBoxLayout* m_buttons;
    QPushButton* m_close;
    QPushButton* m_primary;
};

} // namespace modscope::ui
