#include "ui/widgets/reason_bar.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kLongestReason = 500;

} // namespace

ReasonBar::ReasonBar(QWidget* parent)
    : QFrame(parent), m_question(new QLabel), m_line(new QLineEdit), m_take(new QPushButton(tr("Done")))
{
    setVariant(this, "card");
    setRole(m_question, "value");
    setVariant(m_take, "primary");
    m_line->setMaxLength(kLongestReason);
    m_line->setAccessibleName(tr("Reason"));
    m_take->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(10);
    row->addWidget(m_question);
    row->addWidget(m_line, 1);
    row->addWidget(m_take);
    connect(m_line, &QLineEdit::returnPressed, this, &ReasonBar::answer);
    connect(m_line, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_take->setEnabled(!m_required || !text.trimmed().isEmpty()); });
    connect(m_take, &QPushButton::clicked, this, &ReasonBar::answer);
    hide();
}

void ReasonBar::ask(const QString& question,
                    const QString& verb,
                    bool required,
                    std::function<void(const QString&)> answered)
{
    m_required = required;
    m_answered = std::move(answered);
    m_question->setText(question);
    m_line->setAccessibleName(question);
    m_take->setText(verb);
    m_line->clear();
    m_take->setEnabled(!required);
    show();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void ReasonBar::leave()
{
    m_answered = nullptr;
    hide();
    Q_EMIT left();
}

void ReasonBar::answer()
{
    const QString reason = m_line->text().trimmed();
    if (m_required && reason.isEmpty()) {
        return;
    }
    const auto answered = std::exchange(m_answered, nullptr);
    hide();
    Q_EMIT left();
    if (answered) {
        answered(reason);
    }
}

} // namespace modscope::ui
