// Drops: the whole window takes them and asks the page what would happen.
#include "ui/main_window/main_window.h"
#include "ui/widgets/drop_overlay.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>

namespace modscope::ui {

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const DropOffer offer = currentPage()->dropOffer(*event->mimeData());
    if (offer.text.isEmpty()) {
        event->ignore();
        return;
    }
    m_dropOverlay->showOffer(offer);
    // Entering is accepted either way, so that we hear when the drag leaves; moving decides about the cursor.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dragMoveEvent(QDragMoveEvent* event)
{
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(currentPage()->dropOffer(*event->mimeData()).accepted);
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    m_dropOverlay->hide();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_dropOverlay->hide();
    if (!currentPage()->dropOffer(*event->mimeData()).accepted) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction); // originals are never moved
    event->accept();
    currentPage()->drop(*event->mimeData());
}

} // namespace modscope::ui
