#include "ui/models/exposure_meter.h"

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr double kMsPerSecond = 1000;
constexpr double kPixelsPerMegapixel = 1e6;

} // namespace

void ExposureMeter::showCover()
{
    m_seen.furthest = std::max(m_seen.furthest, Disclosure::CoveredTile);
}

void ExposureMeter::begin(qint64 now, double area)
{
    end(now);
    m_running = true;
    m_since = now;
    m_area = area;
    m_seen.furthest = Disclosure::Revealed;
}

void ExposureMeter::setArea(qint64 now, double area)
{
    if (m_running) {
        begin(now, area);
    }
}

void ExposureMeter::end(qint64 now)
{
    m_seen = seen(now);
    m_running = false;
}

void ExposureMeter::reset()
{
    *this = {};
}

SeenPicture ExposureMeter::seen(qint64 now) const
{
    SeenPicture all = m_seen;
    if (m_running) {
        const double seconds = static_cast<double>(now - m_since) / kMsPerSecond;
        all.seconds += seconds;
        all.megapixelSeconds += seconds * m_area / kPixelsPerMegapixel;
    }
    return all;
}

} // namespace modscope::ui
