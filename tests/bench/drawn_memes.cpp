#include "tests/bench/drawn_memes.h"

#include <QColor>
#include <QFile>
#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <QRandomGenerator>

namespace modscope::bench {

namespace {

constexpr int kShapes = 12;
constexpr int kNoise = 24; // of 255: gives the JPEG files the size of photographs
constexpr int kQuality = 88;

QColor anyColor(QRandomGenerator& random)
{
    return QColor::fromHsv(random.bounded(360), random.bounded(80, 220), random.bounded(60, 240));
}

void paintScene(QPainter& painter, QSize size, QRandomGenerator& random)
{
    QLinearGradient sky(0, 0, size.width(), size.height());
    sky.setColorAt(0, anyColor(random));
    sky.setColorAt(1, anyColor(random));
    painter.fillRect(QRect({}, size), sky);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < kShapes; ++i) {
        painter.setBrush(anyColor(random));
        const QPoint centre(random.bounded(size.width()), random.bounded(size.height()));
        painter.drawEllipse(centre, random.bounded(10, size.width() / 4), random.bounded(10, size.height() / 4));
    }
}

void addNoise(QImage& image, QRandomGenerator& random)
{
    for (int y = 0; y < image.height(); ++y) {
        uchar* line = image.scanLine(y);
        for (int i = 0; i < 3 * image.width(); ++i) {
            line[i] = static_cast<uchar>(qBound(0, line[i] + random.bounded(kNoise) - kNoise / 2, 255));
        }
    }
}

QImage drawMeme(int number)
{
    QRandomGenerator random(static_cast<quint32>(number));
    const QSize size(random.bounded(600, 1601), random.bounded(400, 1201));
    QImage image(size, QImage::Format_RGB888);
    QPainter painter(&image);
    paintScene(painter, size, random);
    QFont font;
    font.setPixelSize(size.height() / 12);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(Qt::white);
    const QRect text = QRect({}, size).adjusted(20, 20, -20, -20);
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignTop, QStringLiteral("WHEN MEME %1").arg(number));
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignBottom, QStringLiteral("WAITS FOR ITS SCORE"));
    painter.end();
    addNoise(image, random);
    return image;
}

} // namespace

bool drawMemes(const QDir& folder, int count)
{
    if (!folder.mkpath(QStringLiteral("."))) {
        return false;
    }
    for (int number = 1; number <= count; ++number) {
        const QString file = folder.filePath(QStringLiteral("meme-%1.jpg").arg(number, 5, 10, QLatin1Char('0')));
        if (!QFile::exists(file) && !drawMeme(number).save(file, "JPEG", kQuality)) {
            return false;
        }
    }
    return true;
}

} // namespace modscope::bench
