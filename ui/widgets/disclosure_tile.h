#pragma once

#include "ui/models/exposure_meter.h"
#include "ui/widgets/canvas_picture.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace modscope::ui {

class KeySentence;
class Theme;

/// The picture of an item under review: small, grey and blurred, and clear only while it is held open, in a circular
/// lens of a quarter of its area, for eight seconds at most. Hovering never reveals. It covers at once on release,
/// after the eight seconds, when the focus or the window's activation moves, when it is hidden and when another item
/// comes. The page drives it from its keys; the left mouse button on the picture holds it as well (with the right one
/// in colour), and Space, C and the arrow keys do while it has the focus itself.
class DisclosureTile final : public QWidget {
    Q_OBJECT
public:
    explicit DisclosureTile(const Theme* theme, QWidget* parent = nullptr);
    ~DisclosureTile() override;

    /// The keys named in the sentence below the picture.
    void setKeys(const QString& reveal, const QString& colour);

    /// Another item: covers, forgets the picture, shows an empty well until one comes, counts from nothing.
    void clear();
    /// @param tile  small and already covered; its longer side is shown with 256 pixels at most
    void setCoveredTile(const QImage& tile);
    /// The clear copy; may come later than the covered one, stays covered until held.
    void setPicture(CanvasPicture picture);
    /// Words in place of a picture: "The picture is missing: …".
    void setMessage(const QString& icon, const QString& text);
    /// What a screen reader says of the open picture: its caption and classes, never a description of people.
    void setAlternativeText(const QString& text);

    void setWholeTile(bool whole);
    [[nodiscard]] bool isWholeTile() const { return m_whole; }
    /// The clear copy comes at once; otherwise it fades in for 80 ms. Covering never takes time.
    void setReduceMotion(bool reduce) { m_reduceMotion = reduce; }
    /// It does not grow while it is held.
    void setKeepSmall(bool keepSmall) { m_keepSmall = keepSmall; }
    /// The picture alone, as large as the widget: no margin, no sentence.
    void setBare(bool bare);
    /// For people who cannot hold a key: press once to open, again to cover.
    void setPressOnce(bool pressOnce);
    [[nodiscard]] bool isPressOnce() const { return m_pressOnce; }

    [[nodiscard]] bool isRevealed() const { return m_revealed; }
    /// How much of the clear copy shows over the cover: 0 to 1.
    [[nodiscard]] double revealOpacity() const;
    [[nodiscard]] bool isColoured() const { return m_revealed && m_colour; }
    [[nodiscard]] SeenPicture seen() const { return m_meter.seen(m_clock.elapsed()); }
    /// Where the picture stands now, and the lens over it; logical pixels of this widget.
    [[nodiscard]] QRectF tileRect() const;
    [[nodiscard]] QRectF lensRect() const;
    /// The lens's centre as fractions of the picture.
    [[nodiscard]] QPointF lens() const { return m_lens; }
    [[nodiscard]] QString sentence() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// The reveal key went down (not an automatic repeat).
    void beginHold();
    /// The reveal key came up.
    void endHold();
    /// Open or covered, for a tile that follows another; nothing changes when it is so already.
    void setHeld(bool held);
    /// Says nothing, for a tile that follows another.
    void setLens(const QPointF& place);
    /// The colour key is down.
    void setColour(bool colour);
    /// Moves the lens by steps, for arrow keys.
    void moveLens(int right, int down);
    /// Covers a revealed picture, at once.
    void coverAgain();

Q_SIGNALS:
    void revealedChanged(bool revealed);
    void lensMoved(const QPointF& place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] bool hasTile() const { return !m_covered.isNull(); }
    [[nodiscard]] bool canReveal() const { return !m_picture.levels.empty(); }
    [[nodiscard]] QRectF fitted(qreal side) const;
    [[nodiscard]] double openArea() const;
    [[nodiscard]] QString revealKey() const;
    void reveal();
    void tick();
    void describe();
    void layoutSentence();
    void setLensCentre(const QPointF& position);
    void paintTile(QPainter& painter) const;
    void paintRing(QPainter& painter) const;

    const Theme* m_theme;
    KeySentence* m_sentence;
    QString m_revealKey;
    QString m_colourKey;

    QImage m_covered;
    CanvasPicture m_picture;
    QString m_messageIcon;
    QString m_message;
    QString m_alternativeText;

    bool m_whole = false;
    bool m_keepSmall = false;
    bool m_reduceMotion = false;
    bool m_bare = false;
    bool m_pressOnce = false;
    bool m_held = false;     ///< wanted open; the clear copy may still be on its way
    bool m_revealed = false; ///< open now
    bool m_colour = false;
    QPointF m_lens{0.5, 0.5};

    QElapsedTimer m_clock;
    QTimer m_ticker;
    QTimer m_fade; ///< paints while the clear copy fades in
    qint64 m_openedAt = 0;
    ExposureMeter m_meter;
};

} // namespace modscope::ui
