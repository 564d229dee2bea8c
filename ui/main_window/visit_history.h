#pragma once

#include <QString>
#include <QVariant>

#include <optional>
#include <vector>

namespace modscope::ui {

/// A place a person was at: a page, and what it showed.
struct Visit {
    QString page;
    QVariant place;

    bool operator==(const Visit&) const = default;
};

/// Where the person went, as in a browser: going somewhere drops what lay ahead.
class VisitHistory {
public:
    static constexpr std::size_t kLimit = 100;

    /// The same place twice is one visit; an invalid place of a page is replaced by its first valid one.
    void visit(const Visit& visit);
    [[nodiscard]] bool canGoBack() const { return m_current > 0; }
    [[nodiscard]] bool canGoForward() const { return m_current + 1 < m_visits.size(); }
    std::optional<Visit> goBack();
    std::optional<Visit> goForward();

private:
    std::vector<Visit> m_visits;
    std::size_t m_current = 0;
};

} // namespace modscope::ui
