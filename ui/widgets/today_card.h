#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;

namespace modscope::ui {

class Theme;

/// A reviewer's own day.
struct TodayView {
    int decided = 0;
    int covered = 0; ///< of them, without ever revealing the picture
    int revealedMinutes = 0;
    int doseMinutes = 45; ///< the person's own limit

    bool operator==(const TodayView&) const = default;
};

/// "Today, private to you": no score, no speed, no comparison.
class TodayCard final : public QFrame {
    Q_OBJECT
public:
    explicit TodayCard(const Theme* theme, QWidget* parent = nullptr);

    void setToday(const TodayView& today);
    /// How known items went; empty: nothing is said.
    void setKnown(const QString& sentence);
    [[nodiscard]] QString summary() const;

private:
    QLabel* m_decided;
    QLabel* m_covered;
    QProgressBar* m_bar;
    QLabel* m_revealed;
    QLabel* m_dose;
    QLabel* m_known;
};

} // namespace modscope::ui
