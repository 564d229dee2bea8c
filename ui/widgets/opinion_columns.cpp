#include "ui/widgets/opinion_columns.h"

#include "ui/models/decision_draft.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace modscope::ui {

namespace {

QLabel* wrapped(const char* role)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    setRole(label, role);
    return label;
}

QString disclosureWords(Disclosure disclosure)
{
    switch (disclosure) {
    case Disclosure::TextOnly:
        return OpinionColumns::tr("text only");
    case Disclosure::CoveredTile:
        return OpinionColumns::tr("grey tile, not revealed");
    case Disclosure::Revealed:
        break;
    }
    return OpinionColumns::tr("picture revealed");
}

} // namespace

OpinionColumns::OpinionColumns(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_columns{makeColumn(tr("First"), QStringLiteral("arrow-left"), theme, 0),
                                 makeColumn(tr("Second"), QStringLiteral("arrow-right"), theme, 1)}
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const Column& column : m_columns) {
        row->addWidget(column.frame, 1);
    }
    hide();
}

OpinionColumns::Column OpinionColumns::makeColumn(const QString& title,
                                                  const QString& icon,
                                                  const Theme* theme,
                                                  int opinion)
{
    Column column{new QFrame(this), wrapped("value"), wrapped("secondary"), wrapped("secondary"),
                  new QPushButton(theme->icon(icon), tr("Adopt"))};
    setVariant(column.frame, "well");
    auto* name = wrapped("secondary");
    name->setText(title);
    column.adopt->setFocusPolicy(Qt::TabFocus);
    column.adopt->setAccessibleName(tr("Adopt: %1").arg(title));
    connect(column.adopt, &QPushButton::clicked, this, [this, opinion] { Q_EMIT adopted(opinion); });
    auto* lines = new QVBoxLayout(column.frame);
    lines->setContentsMargins(10, 8, 10, 10);
    lines->setSpacing(4);
    for (QLabel* label : {name, column.classes, column.reason, column.circumstances}) {
        lines->addWidget(label);
    }
    lines->addStretch();
    lines->addWidget(column.adopt);
    return column;
}

void OpinionColumns::setOpinions(const std::vector<OpinionView>& opinions, const std::vector<std::string>& labels)
{
    setVisible(opinions.size() == m_columns.size());
    if (opinions.size() != m_columns.size()) {
        return;
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const Decision& decision = opinions[i].decision;
        const Column& column = m_columns[i];
        column.classes->setText(answersText(decision.answers, labels));
        column.reason->setText(QString::fromStdString(decision.reason));
        column.reason->setVisible(!decision.reason.empty());
        const auto seconds = static_cast<int>(std::lround(decision.secondsVisible));
        column.circumstances->setText(
            tr("%1 · %2", "seconds, what was seen")
                .arg(tr("%n second(s)", nullptr, seconds), disclosureWords(decision.disclosure)));
    }
}

} // namespace modscope::ui
