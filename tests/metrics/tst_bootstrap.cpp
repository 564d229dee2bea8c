#include "core/metrics/bootstrap.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <numeric>

using namespace modscope;

namespace {

/// The mean of the kinds' values.
Statistics meanOf(std::vector<double> values)
{
    return [values = std::move(values)](std::span<const std::uint32_t> counts) {
        double sum = 0;
        double drawn = 0;
        for (std::size_t kind = 0; kind < counts.size(); ++kind) {
            sum += counts[kind] * values[kind];
            drawn += counts[kind];
        }
        return std::vector{drawn > 0 ? std::optional(sum / drawn) : std::nullopt};
    };
}

/// 900 groups of value 0, 100 of value 1.
Population tenth()
{
    Population population{2, std::vector<std::uint32_t>(1000)};
    std::fill_n(population.kindOf.begin(), 100, 1U);
    return population;
}

} // namespace

class TestBootstrap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aSeedGivesOneInterval()
    {
        const auto first = bootstrap(tenth(), meanOf({0, 1}), {.seed = 7});
        QCOMPARE(*bootstrap(tenth(), meanOf({0, 1}), {.seed = 7}), *first);
        QVERIFY(*bootstrap(tenth(), meanOf({0, 1}), {.seed = 8}) != *first);
    }

    void threadsDoNotChangeTheInterval()
    {
        const auto alone = bootstrap(tenth(), meanOf({0, 1}), {.threads = 1});
        for (const std::size_t threads : {2U, 3U, 8U}) {
            QCOMPARE(*bootstrap(tenth(), meanOf({0, 1}), {.threads = threads}), *alone);
        }
        std::vector<double> values(1000);
        std::fill_n(values.begin(), 100, 1.0);
        const auto distinct = Population::ofDistinct(1000);
        QCOMPARE(*bootstrap(distinct, meanOf(values), {.draws = 100, .threads = 4}),
                 *bootstrap(distinct, meanOf(values), {.draws = 100, .threads = 1}));
    }

    void bothWaysOfDrawingHaveTheSpreadOfTheMean_data()
    {
        QTest::addColumn<bool>("byKind");
        QTest::newRow("a binomial number for each kind") << true;
        QTest::newRow("an index for each group") << false;
    }

    void bothWaysOfDrawingHaveTheSpreadOfTheMean()
    {
        QFETCH(const bool, byKind);
        std::vector<double> values(1000);
        std::fill_n(values.begin(), 100, 1.0);
        const auto estimates = byKind ? bootstrap(tenth(), meanOf({0, 1}), {.draws = 20000})
                                      : bootstrap(Population::ofDistinct(1000), meanOf(values), {.draws = 20000});
        const Estimate& mean = estimates->front();
        QVERIFY(test::near(mean.value, 0.1));
        // Normal approximation: 1.96 standard errors of sqrt(0.1 x 0.9 / 1000) on either side, in steps of 0.001.
        QVERIFY(test::near(mean.interval->lower, 0.1 - 0.018594, 0.0015));
        QVERIFY(test::near(mean.interval->upper, 0.1 + 0.018594, 0.0015));
    }

    void everyDrawHasAsManyGroupsAsThePopulation()
    {
        const Statistics size = [](std::span<const std::uint32_t> counts) {
            return std::vector{std::optional(std::accumulate(counts.begin(), counts.end(), 0.0))};
        };
        Population kinds{5, std::vector<std::uint32_t>(640)};
        for (std::size_t group = 0; group < 640; ++group) {
            kinds.kindOf[group] = static_cast<std::uint32_t>(group * group % 5);
        }
        QCOMPARE(bootstrap(kinds, size, {})->front(), (Estimate{640.0, Interval{640, 640}, 0}));
        QCOMPARE(bootstrap(Population::ofDistinct(7), size, {})->front(), (Estimate{7.0, Interval{7, 7}, 0}));
    }

    void kindsThatNoGroupHasAreNeverDrawn()
    {
        Population population = tenth();
        population.kinds = 4; // kinds 2 and 3 are empty
        const auto third = bootstrap(population, meanOf({0, 0, 1, 1}), {});
        QCOMPARE(third->front(), (Estimate{0.0, Interval{0, 0}, 0}));
    }

    void undefinedDrawsAreCountedAndLeftOut()
    {
        // Undefined when the one positive group was not drawn: with chance (1 - 1/20)^20 = 0.358.
        const Statistics onlyWith = [](std::span<const std::uint32_t> counts) {
            return std::vector{counts[0] > 0 ? std::optional(2.0) : std::nullopt};
        };
        const auto estimate = bootstrap(Population::ofDistinct(20), onlyWith, {.draws = 10000})->front();
        QVERIFY(std::abs(static_cast<double>(estimate.undefinedDraws) / 10000 - 0.358) < 0.02);
        QCOMPARE(*estimate.interval, (Interval{2, 2}));
    }

    void nothingToDrawIsUndefined()
    {
        QCOMPARE(bootstrap({}, meanOf({}), {.draws = 3})->front(), (Estimate{std::nullopt, std::nullopt, 3}));
        QCOMPARE(bootstrap(tenth(), meanOf({0, 1}), {.draws = 0})->front(), (Estimate{0.1, std::nullopt, 0}));
    }

    void groupsAreNumberedByFirstAppearance()
    {
        const std::vector<std::uint32_t> groups = {900, 5, 900, 7, 5};
        QCOMPARE(denseGroups(groups, 5), (std::vector<std::uint32_t>{0, 1, 0, 2, 1}));
        QCOMPARE(denseGroups({}, 3), (std::vector<std::uint32_t>{0, 1, 2}));
    }

    void stopsBetweenDraws()
    {
        std::stop_source stop;
        std::size_t calls = 0;
        const Statistics counting = [&](std::span<const std::uint32_t>) {
            if (++calls == 10) {
                stop.request_stop();
            }
            return std::vector<std::optional<double>>{1.0};
        };
        const auto estimates = bootstrap(tenth(), counting, {}, stop.get_token());
        QCOMPARE(estimates.error().code, ErrorCode::Cancelled);
        QCOMPARE(calls, std::size_t{10});
    }
};

QTEST_GUILESS_MAIN(TestBootstrap)
#include "tst_bootstrap.moc"
