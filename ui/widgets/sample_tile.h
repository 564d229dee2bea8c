#pragma once

#include <QAbstractButton>
#include <QPixmap>

namespace modscope::ui {

class Theme;

/// A sample meme: its picture and its name. A click scores it.
class SampleTile final : public QAbstractButton {
    Q_OBJECT
public:
    /// @param picture  square; null: the words of a text without picture stand in its place
    SampleTile(const Theme* theme, QPixmap picture, const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    QPixmap m_picture;
};

} // namespace modscope::ui
