#pragma once

#include <QDeadlineTimer>
#include <QTimer>
#include <QWidget>

namespace modscope::ui {

class Theme;

/// "Claimed, 9:12 left", counting down; amber in the last two minutes.
class ClaimChip final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kEndingMs = 120'000;

    explicit ClaimChip(const Theme* theme, QWidget* parent = nullptr);

    /// The lease was taken or renewed.
    void setTimeLeft(qint64 milliseconds);
    /// The item belongs to someone else now.
    void setLost();
    /// Nothing is claimed: the chip hides.
    void clear();
    [[nodiscard]] bool isEnding() const { return m_state == State::Ending; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void ending(); ///< less than two minutes are left
    void ended();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class State { Free, Claimed, Ending, Lost };
    void tick();
    void refresh();

    const Theme* m_theme;
    State m_state = State::Free;
    QDeadlineTimer m_deadline;
    QTimer m_second;
};

} // namespace modscope::ui
