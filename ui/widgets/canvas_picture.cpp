#include "ui/widgets/canvas_picture.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kIconSize = 28;
constexpr int kIconGap = 10;
constexpr int kTextMargin = 32;

} // namespace

const QImage& levelFor(const std::vector<QImage>& levels, double width)
{
    const auto smaller =
        std::find_if(levels.begin(), levels.end(), [width](const QImage& level) { return level.width() < width; });
    return smaller == levels.begin() ? levels.front() : *(smaller - 1);
}

void paintPictureMessage(
    QPainter& painter, const Theme& theme, const QRect& rect, const QString& icon, const QString& text)
{
    if (text.isEmpty()) {
        return;
    }
    const int side = theme.px(kIconSize);
    const QRect words = rect.adjusted(theme.px(kTextMargin), rect.height() / 2, -theme.px(kTextMargin), 0);
    const QRect mark(rect.center().x() + 1 - side / 2, words.top() - side - theme.px(kIconGap), side, side);
    painter.drawPixmap(mark, theme.pixmap(icon, Token::Text2, side, painter.device()->devicePixelRatioF()));
    painter.setFont(theme.font(TypeRole::Body));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(words, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text);
}

} // namespace modscope::ui
