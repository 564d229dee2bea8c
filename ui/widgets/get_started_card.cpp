#include "ui/widgets/get_started_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <array>

namespace modscope::ui {

namespace {

constexpr int kMark = 22;

} // namespace

GetStartedCard::GetStartedCard(const Theme* theme, QWidget* openModel, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_card(new Card(tr("Get started")))
{
    m_model = addStep(tr("The model is loading"), {});
    m_score = addStep(tr("Score a picture"), tr("Drop one, or press Enter to score the samples."));
    m_own =
        addStep(tr("Bring your own model"), tr("Open a checkpoint folder. Modscope shows its card and hash first."));
    m_card->body()->addSpacing(2);
    m_card->body()->addWidget(openModel, 0, Qt::AlignLeading);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    connect(theme, &Theme::changed, this, &GetStartedCard::refresh);
    refresh();
}

GetStartedCard::Step GetStartedCard::addStep(const QString& title, const QString& detail)
{
    Step step{new QLabel, new QLabel(title), new QLabel(detail)};
    setRole(step.title, "value");
    setRole(step.detail, "secondary");
    step.detail->setWordWrap(true);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(1);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->addWidget(step.mark, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(step.title, 0, 1);
    grid->addWidget(step.detail, 1, 1);
    grid->setColumnStretch(1, 1);
    m_card->body()->addLayout(grid);
    return step;
}

void GetStartedCard::setModelStep(const QString& title, const QString& detail, bool done)
{
    m_model.title->setText(title);
    m_model.detail->setText(detail);
    m_model.done = done;
    refresh();
}

void GetStartedCard::setScoreStep(bool done)
{
    m_score.done = done;
    refresh();
}

void GetStartedCard::setOwnModelStep(bool done)
{
    m_own.done = done;
    refresh();
}

void GetStartedCard::refresh()
{
    int done = 0;
    int number = 0;
    const std::array steps{&m_model, &m_score, &m_own};
    for (const Step* step : steps) {
        step->mark->setPixmap(markOf(++number, step->done));
        step->mark->setAccessibleName(step->done ? tr("Done") : tr("Step %1").arg(number));
        done += step->done ? 1 : 0;
    }
    m_card->setSubtitle(tr("%1 of %2").arg(done).arg(steps.size()));
}

QPixmap GetStartedCard::markOf(int number, bool done) const
{
    const int side = m_theme->px(kMark);
    if (done) {
        return m_theme->pixmap(QStringLiteral("check-circle-fill"), Token::Clear, side, devicePixelRatioF());
    }
    const qreal ratio = devicePixelRatioF();
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme->color(Token::Line2), 1.2));
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2));
    painter.setPen(m_theme->color(Token::Text2));
    painter.setFont(m_theme->font(TypeRole::Small));
    painter.drawText(QRect(0, 0, side, side), Qt::AlignCenter, QString::number(number));
    return pixmap;
}

} // namespace modscope::ui
