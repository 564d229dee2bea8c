#pragma once

#include "core/review/decision.h"

#include <QtGlobal>

namespace modscope::ui {

/// How much of one item's picture a person has looked at.
struct SeenPicture {
    double seconds = 0;          ///< uncovered
    double megapixelSeconds = 0; ///< uncovered area of the screen, in logical pixels, by time
    Disclosure furthest = Disclosure::TextOnly;

    bool operator==(const SeenPicture&) const = default;
};

/// Adds up what is uncovered and for how long. Times are milliseconds of any clock that never goes back.
class ExposureMeter {
public:
    /// A covered picture is on the screen.
    void showCover();
    /// @param area  of what is uncovered, logical pixels
    void begin(qint64 now, double area);
    /// The uncovered part grew or shrank; nothing happens while all is covered.
    void setArea(qint64 now, double area);
    void end(qint64 now);
    /// Another item: counts from nothing.
    void reset();

    /// With the time since begin().
    [[nodiscard]] SeenPicture seen(qint64 now) const;

private:
    SeenPicture m_seen;
    bool m_running = false;
    qint64 m_since = 0;
    double m_area = 0;
};

} // namespace modscope::ui
