#include "ui/main_window/visit_history.h"

namespace modscope::ui {

void VisitHistory::visit(const Visit& visit)
{
    if (!m_visits.empty()) {
        Visit& now = m_visits[m_current];
        if (now == visit) {
            return;
        }
        if (now.page == visit.page && !now.place.isValid()) {
            now.place = visit.place;
            return;
        }
        m_visits.resize(m_current + 1);
    }
    m_visits.push_back(visit);
    if (m_visits.size() > kLimit) {
        m_visits.erase(m_visits.begin());
    }
    m_current = m_visits.size() - 1;
}

std::optional<Visit> VisitHistory::goBack()
{
    if (!canGoBack()) {
        return std::nullopt;
    }
    return m_visits[--m_current];
}

std::optional<Visit> VisitHistory::goForward()
{
    if (!canGoForward()) {
        return std::nullopt;
    }
    return m_visits[++m_current];
}

} // namespace modscope::ui
