#include "ui/pages/review_rules_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace modscope::ui {

namespace {

constexpr double kPercent = 100;
constexpr int kMostInARow = 50;

QSpinBox* makeShare(double share)
{
    auto* box = new QSpinBox;
    box->setRange(0, 100);
    box->setSuffix(ReviewRulesDialog::tr(" %", "percent"));
    box->setValue(static_cast<int>(std::lround(share * kPercent)));
    return box;
}

double shareOf(const QSpinBox* box)
{
    return box->value() / kPercent;
}

} // namespace

ReviewRulesDialog::ReviewRulesDialog(const ReviewRules& rules, QWidget* parent)
    : QDialog(parent), m_random(makeShare(rules.randomShare)), m_golden(makeShare(rules.goldenShare)),
      m_second(makeShare(rules.secondOpinionShare)), m_hidden(makeShare(rules.hiddenShare)),
      m_severeInARow(new QSpinBox), m_severeFrom(makeShare(rules.severeFrom))
{
    setWindowTitle(tr("Review rules"));
    m_severeInARow->setRange(0, kMostInARow);
    m_severeInARow->setSpecialValueText(tr("any number"));
    m_severeInARow->setValue(rules.maxSevereInARow);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("Drawn at random, so that evaluation is unbiased"), m_random);
    form->addRow(tr("Known items, which measure reviewers"), m_golden);
    form->addRow(tr("Decided items sent to somebody else"), m_second);
    form->addRow(tr("Items without the model's suggestion"), m_hidden);
    form->addRow(tr("Severe items in a row, at most"), m_severeInARow);
    form->addRow(tr("Severe from a risk of"), m_severeFrom);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addLayout(form);
    column->addWidget(buttons);
}

ReviewRules ReviewRulesDialog::rules() const
{
    ReviewRules rules;
    rules.randomShare = shareOf(m_random);
    rules.goldenShare = shareOf(m_golden);
    rules.secondOpinionShare = shareOf(m_second);
    rules.hiddenShare = shareOf(m_hidden);
    rules.maxSevereInARow = m_severeInARow->value();
    rules.severeFrom = shareOf(m_severeFrom);
    return rules;
}

} // namespace modscope::ui
