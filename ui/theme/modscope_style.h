#pragma once

#include <QProxyStyle>

namespace modscope::ui {

class Theme;

/// Fusion with our focus ring, icon sizes and hover behaviour, and with layouts that follow the interface scale.
class ModscopeStyle final : public QProxyStyle {
    Q_OBJECT
public:
    explicit ModscopeStyle(const Theme* theme);

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element,
                       const QStyleOption* option,
                       QPainter* painter,
                       const QWidget* widget) const override;
    void drawItemText(QPainter* painter,
                      const QRect& rectangle,
                      int flags,
                      const QPalette& palette,
                      bool enabled,
                      const QString& text,
                      QPalette::ColorRole textRole) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint,
                  const QStyleOption* option,
                  const QWidget* widget,
                  QStyleHintReturn* returnData) const override;

private:
    const Theme* m_theme;
};

} // namespace modscope::ui
