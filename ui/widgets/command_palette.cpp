#include "ui/widgets/command_palette.h"

#include "ui/actions/action_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_delegate.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/key_caps.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kWidth = 640;
constexpr int kTop = 112;
constexpr int kRowHeight = 38;
constexpr int kListHeight = 344;
constexpr qsizetype kRecentCount = 5;

/// The raised panel; paints its own shadow in the margin around its content.
class RaisedFrame final : public QFrame {
public:
    RaisedFrame(const Theme* theme, QWidget* parent) : QFrame(parent), m_theme(theme) {}

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        paintRaised(painter, *m_theme, rect(), m_theme->px(12.0));
    }

private:
    const Theme* m_theme;
};

QFrame* separator()
{
    auto* line = new QFrame;
    setVariant(line, "separator");
    line->setFixedHeight(1);
    return line;
}

} // namespace

CommandPalette::CommandPalette(const Theme* theme, ActionRegistry* registry, QWidget* window)
    : QWidget(window), m_theme(theme), m_registry(registry), m_panel(new RaisedFrame(theme, this)),
      m_field(new QLineEdit), m_list(new QListView), m_model(new ActionListModel(this))
{
    setAccessibleName(tr("Command palette"));
    buildPanel();
    window->installEventFilter(this);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, [this] { runCurrent(false); });
    hide();
}

void CommandPalette::buildPanel()
{
    auto* icon = new IconLabel(m_theme, 18);
    icon->setIcon(QStringLiteral("search"), Token::Text2);
    setVariant(m_field, "palette");
    m_field->setPlaceholderText(tr("Run a command"));
    m_field->setAccessibleName(tr("Search or run a command"));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(20, 10, 16, 10);
    top->setSpacing(12);
    top->addWidget(icon);
    top->addWidget(m_field, 1);
    top->addWidget(new KeyCaps(m_theme, QKeySequence(Qt::Key_Escape)));

    m_list->setModel(m_model);
    m_list->setItemDelegate(new ActionDelegate(m_theme, kRowHeight, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setMouseTracking(true);

    auto* column = new QVBoxLayout(m_panel);
    column->setContentsMargins(kShadowWidth, kShadowWidth, kShadowWidth, kShadowWidth);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(separator());
    column->addSpacing(4);
    column->addWidget(m_list);
    column->addSpacing(6);
    column->addWidget(separator());
    column->addWidget(makeFooter());
}

QWidget* CommandPalette::makeFooter()
{
    auto* footer = new QLabel(tr("\u2191 \u2193 choose      \u23CE run      Ctrl \u23CE run and keep open"));
    setRole(footer, "secondary");
    footer->setContentsMargins(20, 9, 20, 9);
    return footer;
}

void CommandPalette::open()
{
    m_focusBefore = QApplication::focusWidget();
    m_registry->refresh();
    m_field->clear();
    search();
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::close()
{
    if (!isVisible()) {
        return;
    }
    hide();
    if (m_focusBefore) {
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    }
}

void CommandPalette::setRecent(const QStringList& ids)
{
    m_recent.clear();
    for (const QString& id : ids) {
        if (m_registry->contains(id) && m_recent.size() < kRecentCount) {
            m_recent.append(id);
        }
    }
}

void CommandPalette::search()
{
    m_model->setRows(paletteRows(*m_registry, m_field->text(), m_recent));
    m_list->setCurrentIndex(m_model->firstAction());
    m_list->scrollToTop();
    place();
}

void CommandPalette::place()
{
    setGeometry(parentWidget()->rect());
    int rows = 0;
    for (int row = 0; row < m_model->rowCount() && rows < m_theme->px(kListHeight); ++row) {
        rows += m_list->sizeHintForIndex(m_model->index(row)).height();
    }
    const int margin = 2 * kShadowWidth;
    const int room = height() - m_theme->px(kTop) - m_theme->px(140);
    m_list->setFixedHeight(std::max(m_theme->px(kRowHeight), std::min({rows, m_theme->px(kListHeight), room})));
    const int panelWidth = std::min(m_theme->px(kWidth) + margin, width());
    m_panel->setFixedWidth(panelWidth);
    m_panel->adjustSize();
    m_panel->move((width() - panelWidth) / 2, std::min(m_theme->px(kTop), height() / 6) - kShadowWidth);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    if (watched == m_field && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // while the palette is open, every key is its own
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        return handleKey(*static_cast<QKeyEvent*>(event));
    }
    return QWidget::eventFilter(watched, event);
}

bool CommandPalette::handleKey(const QKeyEvent& event)
{
    const bool control = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_PageUp:
        moveBy(-8);
        return true;
    case Qt::Key_PageDown:
        moveBy(8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent(control);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the focus stays in the field
    default:
        break;
    }
    if (QKeySequence(event.keyCombination()) == m_registry->key(QStringLiteral("app.palette"))) {
        close();
        return true;
    }
    return false;
}

void CommandPalette::moveBy(int steps)
{
    const int direction = steps < 0 ? -1 : 1;
    QModelIndex target = m_list->currentIndex();
    for (int row = target.row() + direction; row >= 0 && row < m_model->rowCount() && steps != 0; row += direction) {
        if (!m_model->row(m_model->index(row)).isHeading()) {
            target = m_model->index(row);
            steps -= direction;
        }
    }
    m_list->setCurrentIndex(target);
    if (target == m_model->firstAction()) {
        m_list->scrollToTop(); // with its heading
    }
}

void CommandPalette::runCurrent(bool keepOpen)
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_model->row(index).available) {
        return; // the row says why
    }
    const QString id = m_model->row(index).id;
    m_recent.removeAll(id);
    m_recent.prepend(id);
    m_recent = m_recent.mid(0, kRecentCount);
    if (!keepOpen) {
        close();
    }
    m_registry->action(id)->trigger();
    if (keepOpen && isVisible()) {
        m_registry->refresh();
        search();
    }
}

void CommandPalette::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, m_theme->scheme() == Scheme::Light ? 71 : 140));
}

void CommandPalette::mousePressEvent(QMouseEvent* /*event*/)
{
    close();
}

} // namespace modscope::ui
