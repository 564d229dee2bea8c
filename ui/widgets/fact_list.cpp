#include "ui/widgets/fact_list.h"

#include "ui/theme/theme.h"

#include <QFormLayout>
#include <QLabel>

namespace modscope::ui {

FactList::FactList(QWidget* parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(14);
    m_form->setVerticalSpacing(5);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void FactList::setFacts(const std::vector<CardFact>& facts)
{
    if (facts == m_facts) {
        return; // labels that stay keep their selection
    }
    m_facts = facts;
    while (m_form->rowCount() > 0) {
        m_form->removeRow(0);
    }
    for (const CardFact& fact : facts) {
        auto* label = new QLabel(fact.label);
        auto* value = new QLabel(fact.value);
        for (QLabel* text : {label, value}) {
            text->setTextFormat(Qt::PlainText);
            text->setWordWrap(true);
        }
        setRole(label, "secondary");
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setAccessibleName(tr("%1: %2").arg(fact.label, fact.value));
        m_form->addRow(label, value);
    }
}

} // namespace modscope::ui
