#include "ui/widgets/icon_label.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace modscope::ui {

IconLabel::IconLabel(const Theme* theme, int side, QWidget* parent) : QWidget(parent), m_theme(theme), m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, &QWidget::updateGeometry);
}

void IconLabel::setIcon(const QString& name, Token token)
{
    m_name = name;
    m_token = token;
    update();
}

QSize IconLabel::sizeHint() const
{
    return {m_theme->px(m_side), m_theme->px(m_side)};
}

void IconLabel::paintEvent(QPaintEvent* /*event*/)
{
    if (m_name.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_theme->pixmap(m_name, m_token, m_theme->px(m_side), devicePixelRatioF()));
}

} // namespace modscope::ui
