#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace modscope::ui {

class Theme;

/// A sentence with key caps among its words, centred, in as many lines as it needs: "Hold [Space] to reveal in grey".
class KeySentence final : public QWidget {
    Q_OBJECT
public:
    explicit KeySentence(const Theme* theme, QWidget* parent = nullptr);

    /// @param sentence  translated, with %1, %2 … where the caps stand, in any order
    void setSentence(const QString& sentence, const QStringList& caps);
    /// As a screen reader says it: the caps as words.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Piece {
        QString text;
        bool isCap = false;
    };
    struct PlacedPiece {
        const Piece* piece;
        QRect rect;
    };
    [[nodiscard]] int pieceWidth(const Piece& piece) const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] std::vector<PlacedPiece> place(int width) const;

    const Theme* m_theme;
    std::vector<Piece> m_pieces;
};

} // namespace modscope::ui
