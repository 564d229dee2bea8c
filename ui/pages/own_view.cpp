#include "ui/pages/own_view.h"

#include "ui/models/own_work.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fact_cards.h"

#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

OwnView::OwnView(DeskLink* link, QThreadPool* ioPool, QWidget* parent)
    : QWidget(parent), m_reporter(link, ioPool), m_cards(new FactCards), m_state(new QLabel)
{
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setContentsMargins(20, 8, 16, 12);
    setRole(m_state, "flag");
    m_state->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_cards, 1);
    column->addWidget(m_state);
    connect(&m_reporter, &OwnReporter::ready, this, &OwnView::show);
    connect(&m_reporter, &OwnReporter::failed, this, [this](const QString& reason) {
        m_state->setText(reason);
        m_state->show();
    });
}

void OwnView::request()
{
    m_state->hide();
    m_reporter.request();
}

void OwnView::show(const OwnAnswer& answer)
{
    m_known = knownSentence(answer.known);
    m_value = valueSentence(answer.value, answer.labels);
    m_cards->setCards(ownCards(answer.known, answer.value, answer.labels, m_mask));
    Q_EMIT ready();
}

} // namespace modscope::ui
