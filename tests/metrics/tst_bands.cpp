#include "core/metrics/bands.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <random>

using namespace modscope;
using test::near;

namespace {

const std::vector<double> kHateful = {.31, .44, .52, .58, .61, .66, .70, .73, .77, .80,
                                      .82, .85, .87, .89, .91, .93, .95, .96, .98};
const std::vector<double> kBenign = {.01, .02, .03, .04, .05, .06, .07, .09, .11, .13,
                                     .16, .19, .23, .28, .33, .39, .46, .55, .72};

std::vector<double> uniformScores(std::size_t count, std::mt19937& engine)
{
    std::vector<double> scores(count);
    for (double& score : scores) {
        score = static_cast<double>(engine()) / 4294967296.0;
    }
    return scores;
}

} // namespace

class TestBands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void bandsOfTheSpec()
    {
        QCOMPARE(approveBelow(kHateful, 0.05), std::optional(0.31));
        QCOMPARE(approveBelow(kHateful, 0.1), std::optional(0.44));
        QCOMPARE(approveBelow(kHateful, 0.2), std::optional(0.58));
        QCOMPARE(flagAbove(kBenign, 0.05), std::optional(0.72));
        QCOMPARE(flagAbove(kBenign, 0.1), std::optional(0.55));
        QCOMPARE(flagAbove(kBenign, 0.2), std::optional(0.39));
    }

    void tooFewItemsPromiseNothing()
    {
        QCOMPARE(approveBelow(kHateful, 0.0499), std::nullopt);
        QCOMPARE(flagAbove(kBenign, 0.0499), std::nullopt);
        QCOMPARE(approveBelow({}, 0.5), std::nullopt);
        const std::vector<double> religion(129, 0.5); // the marginal rule bottoms out at 1/130
        QVERIFY(approveBelow(religion, 1.0 / 130).has_value());
        QVERIFY(!approveBelow(religion, 1.0 / 130.1).has_value());
        QCOMPARE(approveBelow(kHateful, 0.05, 0.05), std::nullopt);
    }

    void aDecimalShareReachesItsWholeNumber()
    {
        // 0.29 x 100 is 28.999999999999996 in doubles; the 29th score is meant.
        std::vector<double> scores(99);
        std::iota(scores.begin(), scores.end(), 1.0);
        QCOMPARE(approveBelow(scores, 0.29), std::optional(29.0));
        QCOMPARE(flagAbove(scores, 0.29), std::optional(71.0));
    }

    void missesAreAsManyAsPromised()
    {
        // n 99, alpha 5 %: the spec's simulation found a mean miss of 0.0500. For uniform scores a cut is its own miss.
        std::mt19937 engine(1);
        constexpr int kRounds = 4000;
        double misses = 0;
        double flagged = 0;
        int broken = 0;
        for (int round = 0; round < kRounds; ++round) {
            const auto scores = uniformScores(99, engine);
            misses += *approveBelow(scores, 0.05);
            flagged += 1 - *flagAbove(scores, 0.05);
            broken += *approveBelow(scores, 0.05, 0.1) > 0.05 ? 1 : 0;
        }
        QVERIFY(near(misses / kRounds, 0.05, 0.0015));
        QVERIFY(near(flagged / kRounds, 0.05, 0.0015));
        QVERIFY(broken > 0 && broken < 0.1 * kRounds); // the high-probability promise breaks at most so often
    }

    void ranksOfTheHighProbabilityVersion()
    {
        QCOMPARE(highProbabilityRank(500, 0.02, 0.05), std::optional<std::size_t>(5));
        QCOMPARE(highProbabilityRank(500, 0.05, 0.05), std::optional<std::size_t>(17));
        QCOMPARE(highProbabilityRank(1994, 0.02, 0.05), std::optional<std::size_t>(30));
        QCOMPARE(highProbabilityRank(129, 0.05, 0.05), std::optional<std::size_t>(3));
        QCOMPARE(highProbabilityRank(129, 0.02, 0.05), std::nullopt);
        QCOMPARE(highProbabilityRank(150, 0.02, 0.05), std::optional<std::size_t>(1));
        QCOMPARE(highProbabilityRank(0, 0.5, 0.5), std::nullopt);
    }

    void ranksOfTheMarginalVersionBesideThem()
    {
        const auto rank = [](std::size_t items, double alpha) {
            std::vector<double> scores(items);
            std::iota(scores.begin(), scores.end(), 1.0);
            return approveBelow(scores, alpha);
        };
        QCOMPARE(rank(500, 0.02), std::optional(10.0));
        QCOMPARE(rank(500, 0.05), std::optional(25.0));
        QCOMPARE(rank(1994, 0.02), std::optional(39.0));
        QCOMPARE(rank(129, 0.05), std::optional(6.0));
    }

    void everyClassMustApprove()
    {
        const std::vector<Band> bands = {{0.3, 0.9}, {0.2, std::nullopt}, {std::nullopt, std::nullopt}};
        const std::span both(bands.data(), 2);
        QCOMPARE(decide(std::vector{0.29, 0.19}, both), BandDecision::Approve);
        QCOMPARE(decide(std::vector{0.3, 0.19}, both), BandDecision::Review); // a cut itself is not below the cut
        QCOMPARE(decide(std::vector{0.91, 0.19}, both), BandDecision::Flag);
        QCOMPARE(decide(std::vector{0.9, 0.99}, both), BandDecision::Review);
        QCOMPARE(decide(std::vector{0.0, 0.0, 0.0}, bands), BandDecision::Review); // the third promises nothing
        QCOMPARE(decide({}, std::span<const Band>{}), BandDecision::Review);
    }

    void aScoreThatBothCutsClaimGoesToPeople()
    {
        QCOMPARE(decide(0.5, Band{0.6, 0.4}), BandDecision::Review);
        QCOMPARE(decide(0.7, Band{0.6, 0.4}), BandDecision::Flag);
        QCOMPARE(decide(0.3, Band{0.6, 0.4}), BandDecision::Approve);
    }

    void limitsOfRiskControl()
    {
        QVERIFY(near(riskControlLimit(100, 0.05), 0.0405));
        QVERIFY(near(riskControlLimit(500, 0.05), 0.0481));
        QVERIFY(near(riskControlLimit(1000, 0.05), 0.04905));
        QCOMPARE(riskControlLimit(18, 0.05), std::nullopt);
        QCOMPARE(riskControlLimit(0, 0.05), std::nullopt);
    }

    void aFixedSequenceStopsAtTheFirstFailure()
    {
        // 97 of 100 pass at 5 %, 58 of 60 do not; what follows a failure is not looked at.
        const std::vector<Cut> cuts = {{0.9, 97, 3}, {0.8, 190, 10}, {0.7, 200, 60}, {0.6, 1990, 10}};
        QCOMPARE(fixedSequence(cuts, 0.9, 0.05), std::optional(cuts[1]));
        const std::vector<Cut> fails = {{0.9, 58, 2}, {0.8, 97, 3}};
        QCOMPARE(fixedSequence(fails, 0.9, 0.05), std::nullopt);
        QCOMPARE(fixedSequence({}, 0.9, 0.05), std::nullopt);
    }

    void boundsOfAnAudit()
    {
        QVERIFY(near(auditUpperBound(0, 59), 0.0495, 5e-5));
        QVERIFY(near(auditUpperBound(0, 149), 0.0199, 5e-5));
        QVERIFY(near(auditUpperBound(0, 299), 0.0100, 5e-5));
        QVERIFY(near(auditUpperBound(0, 598), 0.0050, 5e-5));
        QVERIFY(near(auditUpperBound(0, 2994), 0.0010, 5e-5));
        QVERIFY(near(auditUpperBound(3, 1000), 0.00774, 5e-6));
        QCOMPARE(auditUpperBound(0, 0), std::nullopt);
    }

    void anAuditOfThatSizeIsEnoughAndOneLessIsNot()
    {
        QCOMPARE(auditSampleSize(0.05), std::uint64_t{59});
        QCOMPARE(auditSampleSize(0.02), std::uint64_t{149});
        for (const double alpha : {0.05, 0.02, 0.01, 0.005, 0.001}) {
            const std::uint64_t size = auditSampleSize(alpha);
            QVERIFY(*auditUpperBound(0, size) <= alpha);
            QVERIFY(*auditUpperBound(0, size - 1) > alpha);
        }
    }

    void oneItemStandsForItsGroup()
    {
        const std::vector<std::uint32_t> groups = {7, 3, 7, 7, 9, 3};
        std::vector<std::size_t> chosen(groups.size());
        for (std::uint64_t seed = 0; seed < 3000; ++seed) {
            const auto items = onePerGroup(groups, groups.size(), seed);
            QCOMPARE(items.size(), std::size_t{3});
            QCOMPARE(groups[items[0]], 7U);
            QCOMPARE(groups[items[1]], 3U);
            QCOMPARE(items[2], std::size_t{4});
            ++chosen[items[0]];
            ++chosen[items[1]];
        }
        for (const std::size_t item : {0U, 2U, 3U}) {
            QVERIFY(std::abs(static_cast<double>(chosen[item]) - 1000) < 100);
        }
        for (const std::size_t item : {1U, 5U}) {
            QVERIFY(std::abs(static_cast<double>(chosen[item]) - 1500) < 110);
        }
        QCOMPARE(onePerGroup({}, 3, 1), (std::vector<std::size_t>{0, 1, 2}));
        QCOMPARE(onePerGroup(groups, 6, 5), onePerGroup(groups, 6, 5));
    }
};

QTEST_GUILESS_MAIN(TestBands)
#include "tst_bands.moc"
