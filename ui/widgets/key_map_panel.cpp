#include "ui/widgets/key_map_panel.h"

#include "ui/actions/action_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_delegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

#include <chrono>

namespace modscope::ui {

namespace {

constexpr auto kLitFor = std::chrono::milliseconds(900);
constexpr int kRowHeight = 30;

} // namespace

KeyMapPanel::KeyMapPanel(const Theme* theme, ActionRegistry* registry, QWidget* window)
    : SidePanel(theme, window), m_registry(registry), m_title(new QLabel), m_list(new QListView),
      m_model(new ActionListModel(this)), m_delegate(new ActionDelegate(theme, kRowHeight, this))
{
    setAccessibleName(tr("Keys that work now"));
    setRole(m_title, "title");
    auto* hint = new QLabel(tr("Press a key to see what it does."));
    setRole(hint, "secondary");
    head()->addWidget(m_title);
    head()->addWidget(hint, 1);
    endHead();
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(accessibleName());
    body()->addWidget(m_list, 1);
    m_lightTimer.setSingleShot(true);
    m_lightTimer.setInterval(kLitFor);
    connect(&m_lightTimer, &QTimer::timeout, this, [this] { light(-1); });
    connect(this, &SidePanel::closed, this, [this] { light(-1); });
}

void KeyMapPanel::open(const QString& pageTitle)
{
    m_title->setText(tr("Keys on %1", "name of a page").arg(pageTitle));
    m_model->setRows(keyMapRows(*m_registry));
    m_list->scrollToTop();
    SidePanel::open();
}

void KeyMapPanel::light(int row)
{
    m_litRow = row;
    m_delegate->setLitRow(row);
    if (row >= 0) {
        m_list->scrollTo(m_model->index(row));
        m_lightTimer.start();
    }
    m_list->viewport()->update();
}

bool KeyMapPanel::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // keys are shown here, not run
        return true;
    }
    return QWidget::event(event);
}

void KeyMapPanel::keyPressEvent(QKeyEvent* event)
{
    const QKeySequence pressed(event->keyCombination());
    if (event->key() == Qt::Key_Escape || pressed == m_registry->key(QStringLiteral("app.keyMap"))) {
        close();
        return;
    }
    for (const ActionSpec& spec : m_registry->specs()) {
        if (!m_registry->isActive(spec) || m_registry->key(spec.id) != pressed) {
            continue;
        }
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const ActionRow& shown = m_model->row(m_model->index(row));
            if (shown.id == spec.id || (!spec.family.isEmpty() && shown.text == spec.family)) {
                light(row);
                return;
            }
        }
    }
}

} // namespace modscope::ui
