#include "ui/widgets/card.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent), m_titleRow(new QHBoxLayout), m_title(new QLabel), m_subtitle(new QLabel), m_body(new QVBoxLayout)
{
    setVariant(this, "card");
    setRole(m_title, "cardTitle");
    setRole(m_subtitle, "secondary");
    m_titleRow->setSpacing(8);
    m_titleRow->addWidget(m_title);
    m_titleRow->addWidget(m_subtitle);
    m_titleRow->addStretch();
    m_body->setSpacing(8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addLayout(m_titleRow);
    column->addLayout(m_body);
    setTitle(title);
    m_subtitle->hide();
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::addTitleWidget(QWidget* widget)
{
    m_titleRow->addWidget(widget);
}

} // namespace modscope::ui
