#include "ui/widgets/cover_preview.h"

#include "ui/controllers/picture_image.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>

namespace modscope::ui {

namespace {

constexpr int kSide = 108;
constexpr int kGap = 12;
constexpr int kRadius = 8;

/// Shapes with hard edges and a word, so that the blur has something to do.
QImage drawLandscape(int side, const Theme& theme)
{
    QImage picture(side, side, QImage::Format_RGB32);
    picture.fill(QColor(0x9C, 0xD3, 0xF0));
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal unit = side / 12.0;
    painter.setBrush(QColor(0xF7, 0xC9, 0x48));
    painter.drawEllipse(QPointF(8.8 * unit, 3.2 * unit), 1.5 * unit, 1.5 * unit);
    painter.setBrush(QColor(0x4B, 0x6C, 0x8E));
    painter.drawPolygon(QPolygonF{{0, 9 * unit}, {4 * unit, 3.6 * unit}, {8 * unit, 9 * unit}});
    painter.setBrush(QColor(0x35, 0x8A, 0x5B));
    painter.drawRect(QRectF(0, 8.6 * unit, side, 3.4 * unit));
    painter.setPen(Qt::white);
    QFont font = theme.font(TypeRole::PageTitle);
    font.setPixelSize(static_cast<int>(1.7 * unit));
    painter.setFont(font);
    painter.drawText(picture.rect().adjusted(0, 0, 0, static_cast<int>(-0.6 * unit)),
                     Qt::AlignHCenter | Qt::AlignBottom, QStringLiteral("MONDAY"));
    return picture;
}

} // namespace

QPixmap coverPreview(const Theme& theme, const QList<double>& sigmas, bool grey, qreal devicePixelRatio)
{
    const int side = static_cast<int>(theme.px(kSide) * devicePixelRatio);
    const int gap = static_cast<int>(theme.px(kGap) * devicePixelRatio);
    QList<QImage> pictures{drawLandscape(side, theme)};
    for (const double sigma : sigmas) {
        const QImage covered = blurred(pictures.front(), sigma * side);
        pictures << (grey ? covered.convertToFormat(QImage::Format_Grayscale8) : covered);
    }
    QPixmap all(static_cast<int>(pictures.size()) * (side + gap) - gap, side);
    all.fill(Qt::transparent);
    QPainter painter(&all);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal radius = theme.px(kRadius) * devicePixelRatio;
    int left = 0;
    for (const QImage& picture : pictures) {
        QBrush brush(picture);
        brush.setTransform(QTransform::fromTranslate(left, 0));
        painter.setBrush(brush);
        painter.drawRoundedRect(QRectF(left, 0, side, side), radius, radius);
        left += side + gap;
    }
    painter.end();
    all.setDevicePixelRatio(devicePixelRatio);
    return all;
}

} // namespace modscope::ui
