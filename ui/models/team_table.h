#pragma once

#include "core/review/team_report.h"
#include "ui/models/model_card.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// A card of the team's view.
struct TeamCard {
    QString title;
    QString hint; ///< one sentence below; may be empty
    std::vector<CardFact> facts;

    bool operator==(const TeamCard&) const = default;
};

/// The report in words. A number never stands alone: shares have their support and their 95 % range, and what is not
/// defined is said to be so.
[[nodiscard]] std::vector<TeamCard> teamCards(const TeamReport& report, const std::vector<std::string>& labels);

/// "0.62 (0.48 to 0.75)"; "not defined" without a value.
[[nodiscard]] QString estimateText(const Estimate& estimate);
/// "90 % (79 to 96) of 50"; "none yet" without cases.
[[nodiscard]] QString shareText(const Share& share);

} // namespace modscope::ui
