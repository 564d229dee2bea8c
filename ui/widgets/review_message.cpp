#include "ui/widgets/review_message.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/icon_label.h"

#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kMessageIcon = 28;

} // namespace

ReviewMessage::ReviewMessage(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_title(new QLabel), m_text(new QLabel),
      m_column(new QVBoxLayout(this))
{
    auto* icon = new IconLabel(theme, kMessageIcon);
    icon->setIcon(QStringLiteral("inbox"), Token::Text2);
    setRole(m_title, "emptyTitle");
    setRole(m_text, "subtitle");
    for (QLabel* label : {m_title, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_column->setSpacing(10);
    m_column->addStretch();
    m_column->addWidget(icon, 0, Qt::AlignHCenter);
    m_column->addWidget(m_title);
    m_column->addWidget(m_text);
    m_column->addStretch();
}

void ReviewMessage::setMessage(const QString& title, const QString& text, const QString& action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(this->text());
    delete m_button;
    m_button = nullptr;
    if (m_registry->contains(action)) {
        m_button = new ActionButton(m_theme, m_registry->action(action));
        m_button->setFocusPolicy(Qt::TabFocus);
        m_column->insertWidget(m_column->count() - 1, m_button, 0, Qt::AlignHCenter);
    }
}

QString ReviewMessage::text() const
{
    return m_text->text().isEmpty() ? m_title->text() : m_title->text() + QLatin1Char(' ') + m_text->text();
}

} // namespace modscope::ui
