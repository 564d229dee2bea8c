#include "ui/widgets/today_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

QHBoxLayout* ends(QLabel* first, QLabel* last)
{
    setRole(first, "secondary");
    setRole(last, "secondary");
    auto* row = new QHBoxLayout;
    row->addWidget(first);
    row->addStretch();
    row->addWidget(last);
    return row;
}

} // namespace

TodayCard::TodayCard(const Theme* theme, QWidget* parent)
    : QFrame(parent), m_decided(new QLabel), m_covered(new QLabel), m_bar(new QProgressBar), m_revealed(new QLabel),
      m_dose(new QLabel), m_known(new QLabel)
{
    setVariant(this, "card");
    auto* icon = new IconLabel(theme, 16);
    icon->setIcon(QStringLiteral("eye"), Token::Text2);
    auto* title = new QLabel(tr("Today, private to you"));
    setRole(title, "value");
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(icon);
    head->addWidget(title, 1);
    m_bar->setTextVisible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addLayout(head);
    column->addLayout(ends(m_decided, m_covered));
    column->addWidget(m_bar);
    column->addLayout(ends(m_revealed, m_dose));
    m_known->setWordWrap(true);
    setRole(m_known, "secondary");
    m_known->hide();
    column->addWidget(m_known);
    setToolTip(tr("Only you see these numbers. Filters give you control; evidence that they reduce harm is mixed."));
    setToday({});
}

void TodayCard::setToday(const TodayView& today)
{
    m_decided->setText(tr("%n decided", nullptr, today.decided));
    m_covered->setText(tr("%n covered", "decided without uncovering the picture", today.covered));
    m_revealed->setText(tr("%n min revealed", nullptr, today.revealedMinutes));
    m_dose->setText(tr("%n min", "a person's own limit of revealed pictures a day", today.doseMinutes));
    m_bar->setRange(0, std::max(1, today.doseMinutes));
    m_bar->setValue(std::clamp(today.revealedMinutes, 0, m_bar->maximum()));
    m_bar->setAccessibleName(tr("%1 of %2").arg(m_revealed->text(), m_dose->text()));
    setAccessibleName(summary());
}

void TodayCard::setKnown(const QString& sentence)
{
    m_known->setText(tr("Known items: %1").arg(sentence));
    m_known->setVisible(!sentence.isEmpty());
}

QString TodayCard::summary() const
{
    return tr("Today, private to you: %1, %2, %3 of %4")
        .arg(m_decided->text(), m_covered->text(), m_revealed->text(), m_dose->text());
}

} // namespace modscope::ui
