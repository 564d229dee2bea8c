#pragma once

#include "core/metrics/agreement.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace modscope {

/// Every agreement coefficient is a function of sums over units. This keeps the summands once per kind of group, so
/// that the coefficients of any resample follow from how often each kind was drawn. Memory: one number per group, and
/// per kind a few numbers per distinct rating in it. Threads: const after construction.
class AgreementSums {
public:
    AgreementSums(const RatingTable& ratings, const RatingDistance& distance, Groups groups);

    [[nodiscard]] const Population& population() const { return m_population; }

    /// @param counts  [kinds]: how often each kind of group is in the sample
    [[nodiscard]] AgreementCoefficients coefficients(std::span<const std::uint32_t> counts) const;

private:
    using Summand = std::pair<std::uint32_t, double>; ///< slot, value

    [[nodiscard]] std::vector<std::uint32_t> findPatterns(const RatingTable& ratings);
    [[nodiscard]] std::vector<Summand> summandsOf(std::span<const std::int32_t> row) const;
    [[nodiscard]] std::vector<double> totals(std::span<const std::uint32_t> counts) const;
    [[nodiscard]] std::optional<double> cohen(std::span<const double> total) const;
    [[nodiscard]] std::optional<double> alpha(std::span<const double> total) const;

    // Slots of a total: units, pairable units, agreement, disagreement, then [K] shares, [K] pairable ratings and, with
    // two raters, [K, K] units by both ratings.
    [[nodiscard]] std::size_t shareSlot() const { return 4; }
    [[nodiscard]] std::size_t pairableSlot() const { return shareSlot() + m_categories; }
    [[nodiscard]] std::size_t tableSlot() const { return pairableSlot() + m_categories; }
    [[nodiscard]] std::size_t slots() const
    {
        return tableSlot() + (m_raters == 2 ? m_categories * m_categories : std::size_t{0});
    }

    std::size_t m_raters;
    std::size_t m_categories;
    RatingDistance m_distance;
    Population m_population;
    std::vector<std::vector<std::int32_t>> m_patterns; ///< distinct rows of ratings
    std::vector<std::size_t> m_begin;                  ///< [kinds + 1], into m_summands
    std::vector<Summand> m_summands;
};

} // namespace modscope
