#include "ui/widgets/segmented_control.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace modscope::ui {

SegmentedControl::SegmentedControl(const QString& name, QWidget* parent)
    : QFrame(parent), m_group(new QButtonGroup(this))
{
    setVariant(this, "segmented");
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

void SegmentedControl::addSegment(const QString& text, const QString& toolTip)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setAccessibleName(tr("%1: %2", "what is chosen, choice").arg(accessibleName(), text));
    setVariant(button, "segment");
    m_group->addButton(button, count());
    layout()->addWidget(button);
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled)
{
    m_group->button(index)->setEnabled(enabled);
}

int SegmentedControl::count() const
{
    return static_cast<int>(m_group->buttons().size());
}

int SegmentedControl::currentIndex() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrentIndex(int index)
{
    m_group->button(index)->setChecked(true);
}

void SegmentedControl::keyPressEvent(QKeyEvent* event)
{
    const int forward = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) {
        QFrame::keyPressEvent(event);
        return;
    }
    const int index = currentIndex() + (event->key() == forward ? 1 : -1);
    if (index >= 0 && index < count() && m_group->button(index)->isEnabled()) {
        m_group->button(index)->setFocus(Qt::TabFocusReason);
        m_group->button(index)->click();
    }
}

} // namespace modscope::ui
