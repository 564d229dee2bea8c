#include "ui/widgets/key_map_panel.h"

#include "ui/actions/action_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_delegate.h"
#include "ui/widgets/key_caps.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace modscope::ui {

namespace {

constexpr auto kLitFor = std::chrono::milliseconds(900);
constexpr int kRowHeight = 30;
constexpr int kMinimumWidth = 460;

} // namespace

KeyMapPanel::KeyMapPanel(const Theme* theme, ActionRegistry* registry, QWidget* window)
    : QWidget(window), m_theme(theme), m_registry(registry), m_title(new QLabel), m_list(new QListView),
      m_model(new ActionListModel(this)), m_delegate(new ActionDelegate(theme, kRowHeight, this))
{
    setAccessibleName(tr("Keys that work now"));
    setFocusPolicy(Qt::StrongFocus);
    setRole(m_title, "title");
    auto* hint = new QLabel(tr("Press a key to see what it does."));
    setRole(hint, "secondary");
    auto* top = new QHBoxLayout;
    top->setContentsMargins(21, 14, 16, 8);
    top->setSpacing(10);
    top->addWidget(m_title);
    top->addWidget(hint, 1);
    top->addWidget(new KeyCaps(theme, QKeySequence(Qt::Key_Escape)));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(accessibleName());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kShadowWidth, kShadowWidth, kShadowWidth, kShadowWidth + 8);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    m_lightTimer.setSingleShot(true);
    m_lightTimer.setInterval(kLitFor);
    connect(&m_lightTimer, &QTimer::timeout, this, [this] { light(-1); });
    window->installEventFilter(this);
    hide();
}

void KeyMapPanel::open(const QString& pageTitle)
{
    m_focusBefore = QApplication::focusWidget();
    m_title->setText(tr("Keys on %1", "name of a page").arg(pageTitle));
    m_model->setRows(keyMapRows(*m_registry));
    m_list->scrollToTop();
    place();
    show();
    raise();
    setFocus(Qt::ShortcutFocusReason);
}

void KeyMapPanel::close()
{
    if (!isVisible()) {
        return;
    }
    hide();
    light(-1);
    if (m_focusBefore) {
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    }
}

void KeyMapPanel::place()
{
    const QRect window = parentWidget()->rect();
    const int panelWidth = std::min(window.width(), std::max(m_theme->px(kMinimumWidth), window.width() / 2));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setGeometry(mirrored ? 0 : window.width() - panelWidth, 0, panelWidth, window.height());
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

bool KeyMapPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QWidget::eventFilter(watched, event);
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

void KeyMapPanel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintRaised(painter, *m_theme, rect(), m_theme->px(12.0));
}

} // namespace modscope::ui
