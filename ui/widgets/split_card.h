#pragma once

#include <QString>
#include <QWidget>

#include <optional>

class QLabel;

namespace modscope::ui {

class Card;
class Theme;

/// Where a class's score comes from, in logit units.
struct SplitValues {
    float text = 0;
    float image = 0;
    float together = 0;
    bool hasText = false;
    bool hasImage = false;
};

/// Three bars around a zero line: text, image, and what only the two together say.
class SplitBars final : public QWidget {
    Q_OBJECT
public:
    explicit SplitBars(const Theme* theme, QWidget* parent = nullptr);

    void setValues(const std::optional<SplitValues>& values);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Row {
        QString icon;
        QString name;
        float value = 0;
        QString absent; ///< "no text" in place of a bar
        bool accent = false;
    };
    void paintRow(QPainter& painter, const QRect& rect, const Row& row, double unit) const;

    const Theme* m_theme;
    std::optional<SplitValues> m_values;
};

/// "Where Religion comes from": the bars, and one sentence under them. Always marked as indicative.
class SplitCard final : public QWidget {
    Q_OBJECT
public:
    explicit SplitCard(const Theme* theme, QWidget* parent = nullptr);

    /// @param values  nothing: not known yet
    void setSplit(const QString& className, const QString& modelLetter, const std::optional<SplitValues>& values);

private:
    Card* m_card;
    SplitBars* m_bars;
    QLabel* m_sentence;
};

/// "Harmless apart, higher together."
[[nodiscard]] QString splitSentence(const SplitValues& values);

} // namespace modscope::ui
