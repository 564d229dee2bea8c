#include "ui/widgets/key_list_view.h"

#include <QDrag>
#include <QMimeData>

namespace modscope::ui {

KeyListView::KeyListView(QWidget* parent) : QListView(parent)
{
    setDragDropMode(QAbstractItemView::DragOnly);
}

void KeyListView::startDrag(Qt::DropActions /*actions*/)
{
    if (!currentIndex().isValid()) {
        return;
    }
    if (QMimeData* keys = model()->mimeData({currentIndex()}); keys != nullptr) {
        auto* drag = new QDrag(this);
        drag->setMimeData(keys);
        drag->exec(Qt::CopyAction);
    }
}

} // namespace modscope::ui
