#pragma once

#include <QPixmap>
#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace modscope::ui {

class Theme;

/// The large dashed area of an empty page: a fan of pictures, what can be dropped, and buttons for other ways in.
class DropZone final : public QWidget {
    Q_OBJECT
public:
    DropZone(const Theme* theme, const QString& title, const QString& detail, QWidget* parent = nullptr);

    void addButton(QWidget* button);
    /// Up to three; fewer or none are fine.
    void setPictures(std::vector<QPixmap> pictures);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintFan(QPainter& painter) const;

    const Theme* m_theme;
    std::vector<QPixmap> m_pictures;
    QHBoxLayout* m_buttons;
};

/// The narrow version above a list that has items: one line, and a click opens the file dialog.
class DropStrip final : public QWidget {
    Q_OBJECT
public:
    explicit DropStrip(const Theme* theme, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const Theme* m_theme;
};

} // namespace modscope::ui
