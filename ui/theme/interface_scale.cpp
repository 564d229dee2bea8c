#include "ui/theme/interface_scale.h"

#include <QAbstractButton>
#include <QLayout>
#include <QVariant>
#include <QWidget>

namespace modscope::ui {

namespace {

constexpr const char* kBase = "modscopeScaleBase";
constexpr const char* kLayoutBase = "modscopeScaleLayoutBase";

/// What a widget asks for at 100 %.
struct WidgetBase {
    QSize minimum;
    QSize maximum;
    QSize icon;
    int percent = 100; ///< what is applied now
};

struct LayoutBase {
    QMargins margins;
    int spacing = -1;
};

int scaled(int length, int percent)
{
    return length <= 0 || length >= QWIDGETSIZE_MAX ? length : (length * percent + 50) / 100;
}

QSize scaled(const QSize& size, int percent)
{
    return {scaled(size.width(), percent), scaled(size.height(), percent)};
}

void scaleLayout(QLayout* layout, int percent)
{
    QVariant stored = layout->property(kLayoutBase);
    if (!stored.isValid()) {
        stored = QVariant::fromValue(LayoutBase{layout->contentsMargins(), layout->spacing()});
        layout->setProperty(kLayoutBase, stored);
    }
    const auto base = stored.value<LayoutBase>();
    layout->setContentsMargins(scaled(base.margins.left(), percent), scaled(base.margins.top(), percent),
                               scaled(base.margins.right(), percent), scaled(base.margins.bottom(), percent));
    layout->setSpacing(scaled(base.spacing, percent));
    for (int index = 0; index < layout->count(); ++index) {
        if (QLayout* inner = layout->itemAt(index)->layout()) {
            scaleLayout(inner, percent);
        }
    }
}

} // namespace

void applyScale(QWidget* widget, int percent)
{
    auto* button = qobject_cast<QAbstractButton*>(widget);
    QVariant stored = widget->property(kBase);
    if (!stored.isValid()) {
        if (percent == 100) {
            return; // nothing to change yet: sizes may still be set
        }
        stored = QVariant::fromValue(
            WidgetBase{widget->minimumSize(), widget->maximumSize(), button ? button->iconSize() : QSize()});
    }
    auto base = stored.value<WidgetBase>();
    if (base.percent != percent) {
        base.percent = percent;
        widget->setProperty(kBase, QVariant::fromValue(base));
        if (!widget->isWindow()) {
            widget->setMinimumSize(scaled(base.minimum, percent));
            widget->setMaximumSize(scaled(base.maximum, percent));
        }
        if (button) {
            button->setIconSize(scaled(base.icon, percent));
        }
    }
    if (widget->layout()) {
        scaleLayout(widget->layout(), percent);
    }
}

} // namespace modscope::ui
