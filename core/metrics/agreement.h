#pragma once

#include "core/metrics/bootstrap.h"
#include "core/metrics/rating_distance.h"
#include "core/metrics/rating_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// Agreement of two raters beyond chance, over the units that both rated.
struct CohenKappa {
    double kappa = 0;
    double standardError = 0; ///< rough: sqrt(po (1 - po) / (n (1 - pe)^2))
    double observed = 0;      ///< po
    double expected = 0;      ///< pe
    std::uint64_t units = 0;

    bool operator==(const CohenKappa&) const = default;
};

/// @param counts  [K, K], row-major: rows the first rater's categories, columns the second's
/// Undefined without units, and where both used one category only. Source: Cohen 1960.
/// Golden: [[20, 5], [10, 15]] gives 0.4 (po 0.7, pe 0.5).
[[nodiscard]] std::optional<CohenKappa> cohenKappa(std::span<const std::uint64_t> counts, std::size_t categories);

/// Agreement coefficients of one table. Kappa falls towards 0 on rare categories although nearly all ratings agree (the
/// prevalence paradox): show AC1 and the counts beside it. Reading of alpha: 0.8 and more solid, 0.667 to 0.8
/// tentative.
struct AgreementCoefficients {
    /// Share of agreeing pairs within a unit, mean over the units with two ratings or more.
    std::optional<double> observed;
    /// Tables of two columns only.
    std::optional<double> cohenKappa;
    /// (K po - 1) / (K - 1): kappa if every category were equally likely. Source: Byrt and others 1993.
    std::optional<double> pabak;
    /// Chance agreement sum pi_k (1 - pi_k) / (K - 1). Missing ratings as in Gwet 2014, chapter 3. Source: Gwet 2008.
    std::optional<double> gwetAc1;
    /// Chance agreement sum pi_k^2. Ratings per unit may differ (Gwet 2014); equal numbers give Fleiss 1971 exactly.
    std::optional<double> fleissKappa;
    /// 1 - Do / De over the units with two ratings or more. Undefined if all of them are one category.
    /// Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
    std::optional<double> krippendorffAlpha;

    bool operator==(const AgreementCoefficients&) const = default;
};

/// @param distance  of alpha alone; K x K
[[nodiscard]] AgreementCoefficients agreementCoefficients(const RatingTable& ratings, const RatingDistance& distance);

/// The coefficients with their intervals, and the counts that belong beside them.
struct AgreementReport {
    std::size_t units = 0;         ///< with a rating
    std::size_t pairableUnits = 0; ///< with two or more
    std::size_t pairableRatings = 0;
    std::vector<std::size_t> ratingsPerCategory; ///< [K]
    Estimate observed, cohenKappa, pabak, gwetAc1, fleissKappa, krippendorffAlpha;

    bool operator==(const AgreementReport&) const = default;
};

/// Bootstrap over groups of units. The sums behind the coefficients are taken once per distinct pattern of ratings, and
/// a draw only weights them: 100,000 units with three raters and five labels take well under a second.
/// @param groups  as in bootstrap.h: the duplicate group of each unit, or empty
/// Errors: Cancelled.
[[nodiscard]] Result<AgreementReport> agreement(const RatingTable& ratings,
                                                const RatingDistance& distance,
                                                Groups groups,
                                                const BootstrapOptions& options,
                                                std::stop_token stop = {});

/// Agreement on items that may have several labels.
struct LabelSetAgreement {
    std::vector<AgreementReport> labels; ///< each label alone, as 0 or 1, nominal distance
    Estimate masiAlpha;                  ///< of whole sets

    bool operator==(const LabelSetAgreement&) const = default;
};

/// @param labels  how many labels the sets may hold, at most 64
/// Errors: Cancelled.
[[nodiscard]] Result<LabelSetAgreement> labelSetAgreement(const LabelSetTable& table,
                                                          std::size_t labels,
                                                          Groups groups,
                                                          const BootstrapOptions& options,
                                                          std::stop_token stop = {});

/// One rater against the others: in how many units the rater's category was the one most others chose.
struct RaterConsensus {
    std::uint64_t agreed = 0;
    std::uint64_t compared = 0; ///< units in which the others had one most frequent category

    bool operator==(const RaterConsensus&) const = default;
};

/// @return [R]; give a share its interval with wilsonInterval(agreed, compared)
[[nodiscard]] std::vector<RaterConsensus> leaveOneOutConsensus(const RatingTable& ratings);

} // namespace modscope
