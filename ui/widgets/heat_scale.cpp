#include "ui/widgets/heat_scale.h"

#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace modscope::ui {

namespace {

constexpr int kBarWidth = 92;
constexpr int kBarHeight = 8;

struct Stop {
    double at;
    QRgb color;
};
constexpr std::array kStops{Stop{0.0, 0xFF4B1E8F}, Stop{0.35, 0xFFB5367A}, Stop{0.65, 0xFFE4572E},
                            Stop{1.0, 0xFFFFC61A}};
constexpr double kFaintest = 0.22; // alpha at 0: the covered area stays visible as such

constexpr std::array kScales{0.25, 0.5, 1.0, 2.0, 5.0, 10.0}; // logit units

int mixed(int a, int b, double share)
{
    return static_cast<int>(std::lround(a + (b - a) * share));
}

} // namespace

QColor heatColor(double share)
{
    const double t = std::clamp(share, 0.0, 1.0);
    const auto upper =
        std::find_if(kStops.begin() + 1, kStops.end() - 1, [t](const Stop& stop) { return t <= stop.at; });
    const auto lower = upper - 1;
    const double between = (t - lower->at) / (upper->at - lower->at);
    return {mixed(qRed(lower->color), qRed(upper->color), between),
            mixed(qGreen(lower->color), qGreen(upper->color), between),
            mixed(qBlue(lower->color), qBlue(upper->color), between),
            mixed(0, 255, kFaintest + (1 - kFaintest) * std::sqrt(t))};
}

double heatScale(const std::vector<float>& drops)
{
    const double most = drops.empty() ? 0.0 : static_cast<double>(*std::max_element(drops.begin(), drops.end()));
    const auto step = std::find_if(kScales.begin(), kScales.end() - 1, [most](double scale) { return most <= scale; });
    return *step;
}

QImage heatImage(const std::vector<float>& drops, int columns, int rows, double scale)
{
    QImage image(columns, rows, QImage::Format_ARGB32);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const float drop = drops[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                     static_cast<std::size_t>(column)];
            image.setPixelColor(column, row, heatColor(static_cast<double>(drop) / scale));
        }
    }
    return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

HeatLegend::HeatLegend(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setScale(m_scale);
}

void HeatLegend::setScale(double scale)
{
    m_scale = scale;
    setToolTip(
        tr("How much an area raises the score, in logit units: 0 to %1. Which areas change this score.").arg(label()));
    setAccessibleName(tr("Heat map scale, 0 to %1 logit units").arg(label()));
    updateGeometry();
    update();
}

QString HeatLegend::label() const
{
    return QLocale().toString(m_scale, 'g', 3);
}

QSize HeatLegend::sizeHint() const
{
    const QFontMetrics metrics(m_theme->font(TypeRole::Small));
    const int digits =
        metrics.horizontalAdvance(QStringLiteral("0")) + metrics.horizontalAdvance(QLatin1Char('+') + label());
    return {m_theme->px(kBarWidth) + digits + m_theme->px(10), std::max(metrics.height(), m_theme->px(20))};
}

void HeatLegend::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme->font(TypeRole::Small));
    painter.setPen(m_theme->color(Token::Text2));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("0"));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight, QLatin1Char('+') + label());

    const int left = painter.fontMetrics().horizontalAdvance(QStringLiteral("0")) + m_theme->px(5);
    const int height = m_theme->px(kBarHeight);
    const QRectF bar(left, (this->height() - height) / 2.0, m_theme->px(kBarWidth), height);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (const auto& stop : kStops) {
        gradient.setColorAt(stop.at, heatColor(stop.at));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(bar, 2, 2);
}

} // namespace modscope::ui
