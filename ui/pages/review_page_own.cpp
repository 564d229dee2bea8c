// What a reviewer is told of their own work, and nobody else is.
#include "ui/pages/own_view.h"
#include "ui/pages/review_list_pane.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"

#include <QDate>
#include <QStackedWidget>

#include <utility>

namespace modscope::ui {

namespace {

/// "2026-W48": the week in which the message on value was shown last.
QString weekNow()
{
    int year = 0;
    const int week = QDate::currentDate().weekNumber(&year);
    return QStringLiteral("%1-W%2").arg(year).arg(week);
}

constexpr QLatin1String kToldWeek("reviewValueToldIn");

} // namespace

void ReviewPage::addOwnActions()
{
    ActionSpec own = actionSpec(ActionContext::Review, "review.own", ActionGroup::Application,
                                tr("My own work, private"), "eye-slash");
    own.run = [this] { toggleOwn(); };
    own.blocked = [this] {
        return !m_work->link.isOpen() ? tr("no review queue is open")
               : isGrid()             ? tr("not in the compact grid")
                                      : QString();
    };
    m_registry->add(std::move(own));
}

void ReviewPage::toggleOwn()
{
    Q_EMIT bannerWithdrawn(QStringLiteral("review.own"));
    if (m_stack->currentWidget() == m_own) {
        leaveAside();
        return;
    }
    cover();
    m_own->request();
    m_stack->setCurrentWidget(m_own);
    m_registry->refresh();
}

// At the end of a stretch: how the known items of the day went, and once a week what the decisions did.
void ReviewPage::tellOwn()
{
    m_list->setKnown(m_own->known());
    if (m_work->review.stage() != ReviewStage::Break || m_stack->currentWidget() == m_own) {
        return;
    }
    QStringList told;
    if (!m_own->known().isEmpty()) {
        told << tr("Known items today: %1.").arg(m_own->known());
    }
    if (!m_own->value().isEmpty() && m_settings->remembered(kToldWeek) != weekNow()) {
        m_settings->remember(kToldWeek, weekNow());
        told << m_own->value();
    }
    if (!told.isEmpty()) {
        Q_EMIT bannerRaised({QStringLiteral("review.own"),
                             BannerKind::Info,
                             tr("Private to you."),
                             told.join(QLatin1Char(' ')),
                             {QStringLiteral("review.own")}});
    }
}

} // namespace modscope::ui
