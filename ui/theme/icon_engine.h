#pragma once

#include "ui/theme/palette.h"

#include <QIconEngine>
#include <QPointer>
#include <QString>

namespace modscope::ui {

class Theme;

/// The colours of an icon's states.
struct IconTokens {
    Token normal = Token::Text2;
    Token checked = Token::Text2;
};

/// Draws an embedded SVG in a token's colour, sharp at any device pixel ratio. QtSvg paints `currentColor` black
/// whatever the palette, so the colour is put into the SVG text. Follows the theme without being told.
class IconEngine final : public QIconEngine {
public:
    IconEngine(const Theme* theme, QString name, IconTokens tokens);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override;

private:
    [[nodiscard]] QColor color(QIcon::Mode mode, QIcon::State state) const;

    QPointer<const Theme> m_theme;
    QString m_name;
    IconTokens m_tokens;
};

/// The icon as a picture of size x size logical pixels. A name that is not embedded gives an empty picture and a
/// warning.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

} // namespace modscope::ui
