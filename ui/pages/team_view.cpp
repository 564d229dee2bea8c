#include "ui/pages/team_view.h"

#include "ui/models/team_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fact_cards.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kSteps = 1000;   ///< of the slider, over the record's span
constexpr int kSettleMs = 250; ///< after the last move of the slider

} // namespace

TeamView::TeamView(DeskLink* link, QThreadPool* ioPool, QWidget* parent)
    : QWidget(parent), m_reporter(link, ioPool), m_cards(new FactCards), m_moment(new QLabel), m_state(new QLabel),
      m_slider(new QSlider(Qt::Horizontal))
{
    m_slider->setRange(0, kSteps);
    m_slider->setValue(kSteps);
    m_slider->setAccessibleName(tr("Moment of the record"));
    setRole(m_state, "flag");
    auto* time = new QHBoxLayout;
    time->setContentsMargins(20, 8, 16, 12);
    time->setSpacing(12);
    time->addWidget(m_moment);
    time->addWidget(m_slider, 1);
    time->addWidget(m_state);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_cards, 1);
    column->addLayout(time);

    auto* settle = new QTimer(this);
    settle->setSingleShot(true);
    settle->setInterval(kSettleMs);
    connect(settle, &QTimer::timeout, this, &TeamView::ask);
    connect(m_slider, &QSlider::valueChanged, settle, qOverload<>(&QTimer::start));
    connect(&m_reporter, &TeamReporter::ready, this, &TeamView::show);
    connect(&m_reporter, &TeamReporter::failed, m_state, &QLabel::setText);
}

std::optional<TimeMs> TeamView::moment() const
{
    if (m_slider->value() == kSteps) {
        return std::nullopt;
    }
    return m_span.first + (m_span.last - m_span.first) * m_slider->value() / kSteps;
}

void TeamView::open()
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(kSteps);
    ask();
}

void TeamView::ask()
{
    m_state->clear();
    m_reporter.request(moment());
}

void TeamView::show(const TeamAnswer& answer)
{
    m_span = answer.span;
    m_cards->setCards(teamCards(answer.report, answer.labels));
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(answer.report.moment);
    m_moment->setText(tr("As of %1, event %2")
                          .arg(QLocale().toString(then, QLocale::ShortFormat),
                               QLocale().toString(qlonglong{answer.report.chain.seq})));
}

} // namespace modscope::ui
