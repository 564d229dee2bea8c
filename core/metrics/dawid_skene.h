#pragma once

#include "core/base/error.h"
#include "core/metrics/rating_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// One rater's category for one unit. A rater may rate a unit more than once.
struct Rating {
    std::uint32_t unit = 0;     ///< below U
    std::uint32_t rater = 0;    ///< below R
    std::uint32_t category = 0; ///< below K

    bool operator==(const Rating&) const = default;
};

/// The ratings of a table, unit by unit; column = rater.
[[nodiscard]] std::vector<Rating> ratingsOf(const RatingTable& table);

struct DawidSkeneOptions {
    std::size_t maxIterations = 200;
    double tolerance = 1e-8; ///< stops when the log-likelihood per rating gains no more than this

    bool operator==(const DawidSkeneOptions&) const = default;
};

/// Maximum-likelihood estimates of the true categories and of each rater's confusions, without a gold standard.
struct DawidSkene {
    std::size_t raters = 0;
    std::size_t categories = 0;
    std::vector<double> prevalence;     ///< [K], sums to 1
    std::vector<double> posteriors;     ///< [U, K], row-major; an unrated unit has the prevalence
    std::vector<double> expectedCounts; ///< [R, K, K], row-major: rater, true category, given category
    std::vector<double> logLikelihood;  ///< after each iteration; never decreases
    bool converged = false;

    /// How often `rater` says `given` where `truth` holds; undefined if the rater met no such unit.
    [[nodiscard]] std::optional<double> confusion(std::size_t rater, std::size_t truth, std::size_t given) const;
    /// Expected share of the rater's ratings that name the true category; undefined without ratings.
    [[nodiscard]] std::optional<double> accuracy(std::size_t rater) const;

    bool operator==(const DawidSkene&) const = default;
};

/// Expectation maximisation, started from each unit's share of votes. For a label of its own use K = 2.
/// Source: Dawid and Skene 1979, Applied Statistics 28(1). Test: the paper's 45 patients.
/// Errors: NoContent without ratings; Cancelled, polled between iterations.
[[nodiscard]] Result<DawidSkene> dawidSkene(std::span<const Rating> ratings,
                                            std::size_t units,
                                            std::size_t raters,
                                            std::size_t categories,
                                            const DawidSkeneOptions& options = {},
                                            std::stop_token stop = {});

} // namespace modscope
