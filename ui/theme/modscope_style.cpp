#include "ui/theme/modscope_style.h"

#include "ui/theme/interface_scale.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace modscope::ui {

ModscopeStyle::ModscopeStyle(const Theme* theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) {}

void ModscopeStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    applyScale(widget, m_theme->scalePercent());
}

void ModscopeStyle::drawPrimitive(PrimitiveElement element,
                                  const QStyleOption* option,
                                  QPainter* painter,
                                  const QWidget* widget) const
{
    if (element == PE_FrameFocusRect) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme->color(Token::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        const qreal radius = m_theme->px(4.0);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), radius, radius);
        painter->restore();
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ModscopeStyle::drawItemText(QPainter* painter,
                                 const QRect& rectangle,
                                 int flags,
                                 const QPalette& palette,
                                 bool /*enabled*/,
                                 const QString& text,
                                 QPalette::ColorRole textRole) const
{
    // Always as if enabled: the etched shadow of disabled text is unreadable, and the palette already dims it.
    QProxyStyle::drawItemText(painter, rectangle, flags, palette, true, text, textRole);
}

int ModscopeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return m_theme->px(16);
    case PM_ToolBarIconSize:
        return m_theme->px(20);
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth:
        return 1;
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme->px(16);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ModscopeStyle::styleHint(StyleHint hint,
                             const QStyleOption* option,
                             const QWidget* widget,
                             QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_MenuBar_AltKeyNavigation:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace modscope::ui
