#pragma once

#include <QFrame>
#include <QPixmap>
#include <QString>

#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace modscope::ui {

class Theme;

/// Asks before one decision is taken for many items: what, how many, a sample of them covered, and that one undo takes
/// it all back.
class BulkPanel final : public QFrame {
    Q_OBJECT
public:
    static constexpr int kSample = 6; ///< covered pictures shown

    struct Sample {
        QString key;
        QPixmap cover; ///< may be null
    };

    explicit BulkPanel(const Theme* theme, QWidget* parent = nullptr);

    /// @param what  "Religion", "Religion and Sexism"; empty: nothing is chosen, and nothing can be applied
    void ask(const QString& what, int count, const std::vector<Sample>& sample);
    [[nodiscard]] QString question() const;
    [[nodiscard]] QPushButton* applyButton() const { return m_apply; }

Q_SIGNALS:
    void applied();
    void cancelled();

private:
    void showSample(const std::vector<Sample>& sample, int count);

    const Theme* m_theme;
    QLabel* m_question;
    QLabel* m_more;
    QHBoxLayout* m_samples;
    QPushButton* m_apply;
};

} // namespace modscope::ui
