#pragma once

#include "core/base/error.h"
#include "core/metrics/intervals.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// The group of each unit: equal numbers belong together (the items of one duplicate group) and are drawn together.
/// The numbers need not be dense. Empty: every unit is a group of its own.
using Groups = std::span<const std::uint32_t>;

/// The group of each of `units` units, numbered 0, 1, … by first appearance. Groups is empty or has `units` entries.
[[nodiscard]] std::vector<std::uint32_t> denseGroups(Groups groups, std::size_t units);

struct BootstrapOptions {
    std::size_t draws = 1000; ///< 0: values without intervals
    double confidence = 0.95; ///< two-sided: percentiles 2.5 and 97.5
    std::uint64_t seed = 1;   ///< the same seed gives the same interval on every machine
    std::size_t threads = 1;  ///< at least 1; changes the time, never the numbers

    bool operator==(const BootstrapOptions&) const = default;
};

/// What is drawn from: G groups, of which those with the same content are of one kind, so that a draw is a count per
/// kind. Few kinds make a draw cheap: it then costs as many binomial numbers as there are kinds, not G indices.
struct Population {
    std::size_t kinds = 0;
    std::vector<std::uint32_t> kindOf; ///< [G], each below `kinds`

    /// Every group is a kind of its own.
    [[nodiscard]] static Population ofDistinct(std::size_t groups);
};

/// A number and how sure it is. Undefined stays undefined; it is never 0.
struct Estimate {
    std::optional<double> value;
    std::optional<Interval> interval; ///< none when no draw was defined, or none was asked for
    std::size_t undefinedDraws = 0;   ///< draws in which the number was not defined; the interval leaves them out

    bool operator==(const Estimate&) const = default;
};

/// Computes statistics of a draw from how often each kind was drawn. Returns the same number of values each time.
/// Threads: called from several at once.
using Statistics = std::function<std::vector<std::optional<double>>(std::span<const std::uint32_t> counts)>;

/// Percentile bootstrap: each draw takes G groups with replacement; percentiles interpolate between order statistics
/// (numpy's default). Every draw has its own random numbers, from the seed and its index.
/// Source: Efron and Tibshirani 1993, chapter 13.
/// @return one estimate per statistic; the value is the statistic of the population itself
/// Errors: Cancelled, polled between draws.
[[nodiscard]] Result<std::vector<Estimate>> bootstrap(const Population& population,
                                                      const Statistics& statistics,
                                                      const BootstrapOptions& options,
                                                      std::stop_token stop = {});

} // namespace modscope
