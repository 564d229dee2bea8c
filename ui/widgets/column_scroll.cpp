#include "ui/widgets/column_scroll.h"

#include <QEvent>
#include <QScrollBar>

namespace modscope::ui {

namespace {

constexpr int kSmallestHeight = 80;

} // namespace

ColumnScroll::ColumnScroll(QWidget* content, QWidget* parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // what it holds takes the focus
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
}

QSize ColumnScroll::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), kSmallestHeight};
}

bool ColumnScroll::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry(); // what it holds may have become wider
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace modscope::ui
