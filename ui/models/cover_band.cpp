#include "ui/models/cover_band.h"

#include <algorithm>

namespace modscope::ui {

CoverBand coverBand(const std::vector<ClassScores>& scores, double severeFrom)
{
    if (scores.empty()) {
        return CoverBand::Normal;
    }
    const bool severe = std::any_of(scores.begin(), scores.end(), [severeFrom](const ClassScores& one) {
        return static_cast<double>(one.highest()) >= severeFrom;
    });
    if (severe) {
        return CoverBand::Top;
    }
    return assess(scores).verdict == Verdict::Clear ? CoverBand::Low : CoverBand::Normal;
}

} // namespace modscope::ui
