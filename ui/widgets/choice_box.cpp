#include "ui/widgets/choice_box.h"

#include <QSignalBlocker>

namespace modscope::ui {

void ChoiceBox::choose(const QString& wanted, const QString& nameIfUnknown)
{
    const QSignalBlocker quiet(this);
    int index = findData(wanted);
    if (index < 0) {
        addItem(nameIfUnknown, wanted);
        index = count() - 1;
    }
    setCurrentIndex(index);
}

} // namespace modscope::ui
