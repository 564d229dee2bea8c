#include "ui/theme/icon_engine.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <utility>

namespace modscope::ui {

namespace {

QByteArray coloredSvg(const QString& name, const QColor& color)
{
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("Icon '%s' is not embedded: add it to resources/icons.txt", qUtf8Printable(name));
        return {};
    }
    return file.readAll().replace("currentColor", color.name().toLatin1());
}

} // namespace

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    const QString key = QStringLiteral("icon/%1/%2/%3").arg(name, color.name()).arg(pixels);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        picture = QPixmap(pixels, pixels);
        picture.fill(Qt::transparent);
        if (const QByteArray svg = coloredSvg(name, color); !svg.isEmpty()) {
            QSvgRenderer renderer(svg);
            QPainter painter(&picture);
            renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        }
        QPixmapCache::insert(key, picture);
    }
    picture.setDevicePixelRatio(devicePixelRatio);
    return picture;
}

IconEngine::IconEngine(const Theme* theme, QString name, IconTokens tokens)
    : m_theme(theme), m_name(std::move(name)), m_tokens(tokens)
{}

QColor IconEngine::color(QIcon::Mode mode, QIcon::State state) const
{
    const Scheme scheme = m_theme ? m_theme->scheme() : Scheme::Light;
    if (mode == QIcon::Disabled) {
        return tokenColor(scheme, Token::Text3);
    }
    return tokenColor(scheme, state == QIcon::On ? m_tokens.checked : m_tokens.normal);
}

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const int size = qMin(rect.width(), rect.height());
    const QPixmap picture = iconPixmap(m_name, color(mode, state), size, painter->device()->devicePixelRatioF());
    painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, picture);
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale)
{
    // `size` is in device pixels already; QIcon sets the ratio on what it gets.
    const int pixels = qMin(size.width(), size.height());
    QPixmap picture = iconPixmap(m_name, color(mode, state), pixels, 1.0);
    picture.setDevicePixelRatio(scale);
    return picture;
}

QIconEngine* IconEngine::clone() const
{
    return new IconEngine(*this);
}

} // namespace modscope::ui
