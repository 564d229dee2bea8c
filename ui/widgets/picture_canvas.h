#pragma once

#include "ui/widgets/canvas_picture.h"

#include <QTimer>
#include <QWidget>

namespace modscope::ui {

class Theme;

/// One picture: fitted or at 100 %, zoomed with Ctrl and the wheel, moved by dragging. It can be grey, covered (held
/// open with Space or the mouse button, at most eight seconds), and carry a heat map. Never animates.
class PictureCanvas final : public QWidget {
    Q_OBJECT
public:
    explicit PictureCanvas(const Theme* theme, QWidget* parent = nullptr);

    void setPicture(CanvasPicture picture);
    /// Words in place of a picture: why there is none.
    void setMessage(const QString& icon, const QString& text);
    void setGrey(bool grey);
    void setCovered(bool covered);
    [[nodiscard]] bool isGrey() const { return m_grey; }
    [[nodiscard]] bool isCovered() const { return m_covered; }
    [[nodiscard]] bool isRevealed() const { return m_revealed; }

    /// @param cells  one pixel a cell, drawn smoothly; null for none
    /// @param area   the part of the picture they lie over, as fractions
    void setOverlay(const QImage& cells, const QRectF& area);
    void setOverlayOpacity(double opacity);

    [[nodiscard]] bool isFitted() const { return m_fitted; }
    void setFitted(bool fitted);
    /// 1 = a pixel of the file is a pixel of the screen.
    [[nodiscard]] double zoom() const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 160}; }

public Q_SLOTS:
    /// Covers a revealed picture again, at once.
    void coverAgain();

Q_SIGNALS:
    void fullSizeWanted();             ///< double click
    void scrolled(QWheelEvent* event); ///< the wheel without Ctrl belongs to the list

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] bool showsCover() const { return m_covered && !m_revealed; }
    [[nodiscard]] double fitZoom() const;
    [[nodiscard]] QRectF pictureRect() const;
    void setZoom(double zoom, const QPointF& around);
    void reveal();
    void paintOverlay(QPainter& painter, const QRectF& picture) const;
    void paintChips(QPainter& painter) const;
    void describe();

    const Theme* m_theme;
    CanvasPicture m_picture;
    QString m_messageIcon;
    QString m_message;
    bool m_grey = false;
    bool m_covered = false;
    bool m_revealed = false;
    QTimer m_revealLimit;

    QImage m_overlay;
    QRectF m_overlayArea;
    double m_overlayOpacity = 0.6;

    bool m_fitted = true;
    double m_zoom = 1;
    QPointF m_offset; ///< of the picture's centre from the canvas's, logical pixels
    QPointF m_dragFrom;
};

} // namespace modscope::ui
