#include "core/metrics/dawid_skene.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace modscope {

namespace {

/// The two steps of the algorithm over one set of ratings.
class ExpectationMaximisation {
public:
    ExpectationMaximisation(std::span<const Rating> ratings, std::size_t units, DawidSkene& state)
        : m_ratings(ratings), m_state(state), m_units(units), m_categories(state.categories), m_rated(units),
          m_logConfusion(state.expectedCounts.size())
    {
        for (const Rating& rating : ratings) {
            m_rated[rating.unit] = true;
        }
    }

    void startFromVotes()
    {
        for (const Rating& rating : m_ratings) {
            m_state.posteriors[rating.unit * m_categories + rating.category] += 1;
        }
        for (std::size_t unit = 0; unit < m_units; ++unit) {
            const auto row = posterior(unit);
            const double votes = std::accumulate(row.begin(), row.end(), 0.0);
            std::for_each(row.begin(), row.end(), [votes](double& share) { share /= votes > 0 ? votes : 1; });
        }
    }

    /// The most likely prevalence and confusions for the present posteriors.
    void maximise()
    {
        std::fill(m_state.prevalence.begin(), m_state.prevalence.end(), 0.0);
        double rated = 0;
        for (std::size_t unit = 0; unit < m_units; ++unit) {
            if (m_rated[unit]) { // the others say nothing about how frequent a category is
                const auto row = posterior(unit);
                std::transform(row.begin(), row.end(), m_state.prevalence.begin(), m_state.prevalence.begin(),
                               std::plus<>());
                rated += 1;
            }
        }
        std::for_each(m_state.prevalence.begin(), m_state.prevalence.end(), [rated](double& p) { p /= rated; });
        std::fill(m_state.expectedCounts.begin(), m_state.expectedCounts.end(), 0.0);
        for (const Rating& rating : m_ratings) {
            const auto row = posterior(rating.unit);
            for (std::size_t truth = 0; truth < m_categories; ++truth) {
                m_state.expectedCounts[cell(rating, truth)] += row[truth];
            }
        }
        takeLogarithms();
    }

    /// The posteriors for the present prevalence and confusions.
    /// @return the log-likelihood of all ratings
    double expect()
    {
        for (std::size_t unit = 0; unit < m_units; ++unit) {
            const auto row = posterior(unit);
            std::transform(m_state.prevalence.begin(), m_state.prevalence.end(), row.begin(),
                           [](double prevalence) { return std::log(prevalence); });
        }
        for (const Rating& rating : m_ratings) {
            const auto row = posterior(rating.unit);
            for (std::size_t truth = 0; truth < m_categories; ++truth) {
                row[truth] += m_logConfusion[cell(rating, truth)];
            }
        }
        double logLikelihood = 0;
        for (std::size_t unit = 0; unit < m_units; ++unit) {
            const double logEvidence = normalise(posterior(unit));
            logLikelihood += m_rated[unit] ? logEvidence : 0;
        }
        return logLikelihood;
    }

private:
    [[nodiscard]] std::span<double> posterior(std::size_t unit)
    {
        return std::span(m_state.posteriors).subspan(unit * m_categories, m_categories);
    }

    [[nodiscard]] std::size_t cell(const Rating& rating, std::size_t truth) const
    {
        return (rating.rater * m_categories + truth) * m_categories + rating.category;
    }

    void takeLogarithms()
    {
        for (std::size_t row = 0; row < m_logConfusion.size(); row += m_categories) {
            const auto counts = std::span(m_state.expectedCounts).subspan(row, m_categories);
            const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
            // A rater who met no unit of this truth: each of the rater's units has probability 0 for it, and keeps it.
            constexpr double kNever = -std::numeric_limits<double>::infinity();
            std::transform(counts.begin(), counts.end(), m_logConfusion.begin() + static_cast<std::ptrdiff_t>(row),
                           [all](double count) { return count > 0 ? std::log(count / all) : kNever; });
        }
    }

    /// Log weights to probabilities that sum to 1.
    /// @return the logarithm of the weights' sum
    static double normalise(std::span<double> row)
    {
        const double largest = *std::max_element(row.begin(), row.end());
        double sum = 0;
        for (double& weight : row) {
            weight = std::exp(weight - largest);
            sum += weight;
        }
        std::for_each(row.begin(), row.end(), [sum](double& weight) { weight /= sum; });
        return largest + std::log(sum);
    }

    std::span<const Rating> m_ratings;
    DawidSkene& m_state;
    std::size_t m_units;
    std::size_t m_categories;
    std::vector<bool> m_rated;          ///< [U]
    std::vector<double> m_logConfusion; ///< [R, K, K], as DawidSkene::expectedCounts
};

} // namespace

std::vector<Rating> ratingsOf(const RatingTable& table)
{
    std::vector<Rating> ratings;
    for (std::size_t i = 0; i < table.values.size(); ++i) {
        if (table.values[i] != kNoRating) {
            ratings.push_back({static_cast<std::uint32_t>(i / table.raters),
                               static_cast<std::uint32_t>(i % table.raters),
                               static_cast<std::uint32_t>(table.values[i])});
        }
    }
    return ratings;
}

std::optional<double> DawidSkene::confusion(std::size_t rater, std::size_t truth, std::size_t given) const
{
    const auto row = std::span(expectedCounts).subspan((rater * categories + truth) * categories, categories);
    const double all = std::accumulate(row.begin(), row.end(), 0.0);
    return all > 0 ? std::optional(row[given] / all) : std::nullopt;
}

std::optional<double> DawidSkene::accuracy(std::size_t rater) const
{
    const auto counts = std::span(expectedCounts).subspan(rater * categories * categories, categories * categories);
    double right = 0;
    for (std::size_t category = 0; category < categories; ++category) {
        right += counts[category * categories + category];
    }
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    return all > 0 ? std::optional(right / all) : std::nullopt;
}

Result<DawidSkene> dawidSkene(std::span<const Rating> ratings,
                              std::size_t units,
                              std::size_t raters,
                              std::size_t categories,
                              const DawidSkeneOptions& options,
                              std::stop_token stop)
{
    assert(std::all_of(ratings.begin(), ratings.end(), [&](const Rating& rating) {
        return rating.unit < units && rating.rater < raters && rating.category < categories;
    }));
    DawidSkene state{raters, categories, {}, {}, {}, {}, false};
    if (ratings.empty()) {
        return fail(ErrorCode::NoContent, "There are no ratings to compare raters by");
    }
    state.prevalence.resize(categories);
    state.posteriors.resize(units * categories);
    state.expectedCounts.resize(raters * categories * categories);
    ExpectationMaximisation steps(ratings, units, state);
    steps.startFromVotes();
    while (!state.converged && state.logLikelihood.size() < options.maxIterations) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "The estimate of rater quality was cancelled");
        }
        steps.maximise();
        const double logLikelihood = steps.expect();
        state.converged = !state.logLikelihood.empty() && logLikelihood - state.logLikelihood.back() <=
                                                              options.tolerance * static_cast<double>(ratings.size());
        state.logLikelihood.push_back(logLikelihood);
    }
    return state;
}

} // namespace modscope
