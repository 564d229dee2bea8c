#include "ui/widgets/fact_cards.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fact_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kColumns = 2;

QWidget* makeCard(const TeamCard& card)
{
    auto* widget = new Card(card.title);
    auto* facts = new FactList;
    facts->setFacts(card.facts);
    auto* hint = new QLabel(card.hint);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    setRole(hint, "secondary");
    widget->body()->addWidget(facts);
    widget->body()->addWidget(hint);
    hint->setVisible(!card.hint.isEmpty()); // on the card first: alone it would be a window that takes the focus
    widget->body()->addStretch();
    return widget;
}

} // namespace

FactCards::FactCards(QWidget* parent) : QScrollArea(parent)
{
    auto* content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(20, 12, 16, 12);
    m_grid->setSpacing(12);
    for (int column = 0; column < kColumns; ++column) {
        m_grid->setColumnStretch(column, 1);
    }
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setWidget(content);
}

void FactCards::setCards(const std::vector<TeamCard>& cards)
{
    if (cards == m_cards) { // what a person has selected stays
        return;
    }
    m_cards = cards;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const int place = static_cast<int>(i);
        m_grid->addWidget(makeCard(cards[i]), place / kColumns, place % kColumns);
    }
    m_grid->setRowStretch(m_grid->rowCount(), 1);
}

} // namespace modscope::ui
