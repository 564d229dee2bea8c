#include "core/metrics/agreement.h"

#include "core/metrics/agreement_sums.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace modscope {

namespace {

/// The table's counts; the estimates are still empty.
AgreementReport countsOfRatings(const RatingTable& ratings)
{
    AgreementReport report;
    report.ratingsPerCategory.resize(ratings.categories);
    for (std::size_t unit = 0; unit < ratings.units(); ++unit) {
        std::size_t rated = 0;
        for (std::size_t rater = 0; rater < ratings.raters; ++rater) {
            const std::int32_t rating = ratings.values[unit * ratings.raters + rater];
            if (rating != kNoRating) {
                ++rated;
                ++report.ratingsPerCategory[static_cast<std::size_t>(rating)];
            }
        }
        report.units += rated >= 1 ? 1U : 0U;
        report.pairableUnits += rated >= 2 ? 1U : 0U;
        report.pairableRatings += rated >= 2 ? rated : 0U;
    }
    return report;
}

/// The category that most chose; none when there is no rating or a tie.
std::optional<std::size_t> mostFrequent(std::span<const std::size_t> counts)
{
    const auto most = std::max_element(counts.begin(), counts.end());
    if (most == counts.end() || *most == 0 || std::count(counts.begin(), counts.end(), *most) > 1) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(most - counts.begin());
}

} // namespace

std::optional<CohenKappa> cohenKappa(std::span<const std::uint64_t> counts, std::size_t categories)
{
    assert(counts.size() == categories * categories);
    double units = 0;
    double agreed = 0;
    std::vector<double> rows(categories);
    std::vector<double> columns(categories);
    for (std::size_t row = 0; row < categories; ++row) {
        for (std::size_t column = 0; column < categories; ++column) {
            const auto count = static_cast<double>(counts[row * categories + column]);
            units += count;
            agreed += row == column ? count : 0.0;
            rows[row] += count;
            columns[column] += count;
        }
    }
    double byChance = 0; // pe n^2
    for (std::size_t category = 0; category < categories; ++category) {
        byChance += rows[category] * columns[category];
    }
    if (units == 0 || byChance == units * units) {
        return std::nullopt;
    }
    CohenKappa result;
    result.observed = agreed / units;
    result.expected = byChance / (units * units);
    result.kappa = (result.observed - result.expected) / (1 - result.expected);
    result.standardError = std::sqrt(result.observed * (1 - result.observed) / units) / (1 - result.expected);
    result.units = static_cast<std::uint64_t>(units);
    return result;
}

AgreementCoefficients agreementCoefficients(const RatingTable& ratings, const RatingDistance& distance)
{
    const AgreementSums sums(ratings, distance, {});
    std::vector<std::uint32_t> multiplicity(sums.population().kinds);
    for (const std::uint32_t kind : sums.population().kindOf) {
        ++multiplicity[kind];
    }
    return sums.coefficients(multiplicity);
}

Result<AgreementReport> agreement(const RatingTable& ratings,
                                  const RatingDistance& distance,
                                  Groups groups,
                                  const BootstrapOptions& options,
                                  std::stop_token stop)
{
    const AgreementSums sums(ratings, distance, groups);
    const Statistics statistics = [&sums](std::span<const std::uint32_t> counts) {
        const AgreementCoefficients c = sums.coefficients(counts);
        return std::vector{c.observed, c.cohenKappa, c.pabak, c.gwetAc1, c.fleissKappa, c.krippendorffAlpha};
    };
    const auto estimates = bootstrap(sums.population(), statistics, options, stop);
    if (!estimates) {
        return fail(estimates.error());
    }
    AgreementReport report = countsOfRatings(ratings);
    report.observed = (*estimates)[0];
    report.cohenKappa = (*estimates)[1];
    report.pabak = (*estimates)[2];
    report.gwetAc1 = (*estimates)[3];
    report.fleissKappa = (*estimates)[4];
    report.krippendorffAlpha = (*estimates)[5];
    return report;
}

Result<LabelSetAgreement> labelSetAgreement(const LabelSetTable& table,
                                            std::size_t labels,
                                            Groups groups,
                                            const BootstrapOptions& options,
                                            std::stop_token stop)
{
    LabelSetAgreement result;
    for (std::size_t label = 0; label < labels; ++label) {
        auto report = agreement(ratingsOfLabel(table, label), nominalDistance(2), groups, options, stop);
        if (!report) {
            return fail(report.error());
        }
        result.labels.push_back(std::move(*report));
    }
    const IndexedLabelSets indexed = indexLabelSets(table);
    auto report = agreement(indexed.ratings, masiDistances(indexed.sets), groups, options, stop);
    if (!report) {
        return fail(report.error());
    }
    result.masiAlpha = report->krippendorffAlpha;
    return result;
}

std::vector<RaterConsensus> leaveOneOutConsensus(const RatingTable& ratings)
{
    std::vector<RaterConsensus> result(ratings.raters);
    std::vector<std::size_t> counts(ratings.categories);
    for (std::size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto row = std::span(ratings.values).subspan(unit * ratings.raters, ratings.raters);
        std::fill(counts.begin(), counts.end(), 0U);
        for (const std::int32_t rating : row) {
            if (rating != kNoRating) {
                ++counts[static_cast<std::size_t>(rating)];
            }
        }
        for (std::size_t rater = 0; rater < ratings.raters; ++rater) {
            if (row[rater] == kNoRating) {
                continue;
            }
            const auto own = static_cast<std::size_t>(row[rater]);
            --counts[own];
            if (const auto consensus = mostFrequent(counts)) {
                ++result[rater].compared;
                result[rater].agreed += *consensus == own ? 1U : 0U;
            }
            ++counts[own];
        }
    }
    return result;
}

} // namespace modscope
