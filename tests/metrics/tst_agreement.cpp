#include "core/metrics/agreement.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <array>
#include <random>

using namespace modscope;
using test::near;

namespace {

constexpr std::int32_t kNone = kNoRating;

/// Two raters, from their contingency table.
RatingTable pairsOf(const std::vector<std::uint64_t>& counts, std::size_t categories)
{
    RatingTable table{2, categories, {}};
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
        for (std::uint64_t i = 0; i < counts[cell]; ++i) {
            table.values.push_back(static_cast<std::int32_t>(cell / categories));
            table.values.push_back(static_cast<std::int32_t>(cell % categories));
        }
    }
    return table;
}

/// The spec's three raters; categories 0 to 3 stand for 1 to 4.
RatingTable threeRaters()
{
    const std::array<std::array<std::int32_t, 15>, 3> raters{{
        {0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3},
        {1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0},
        {0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4},
    }};
    RatingTable table{3, 4, {}};
    for (std::size_t unit = 0; unit < 15; ++unit) {
        for (const auto& rater : raters) {
            table.values.push_back(rater[unit] - 1); // 0 was missing
        }
    }
    return table;
}

RatingTable randomTable(std::size_t units, std::size_t raters, std::size_t categories, std::uint32_t seed)
{
    std::mt19937 engine(seed);
    RatingTable table{raters, categories, {}};
    for (std::size_t unit = 0; unit < units; ++unit) {
        const auto truth = static_cast<std::int32_t>(engine() % categories);
        for (std::size_t rater = 0; rater < raters; ++rater) {
            const auto luck = engine() % 10;
            table.values.push_back(luck < 2   ? kNone
                                   : luck < 5 ? static_cast<std::int32_t>(engine() % categories)
                                              : truth);
        }
    }
    return table;
}

bool close(std::optional<double> a, std::optional<double> b)
{
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-12);
}

bool close(const AgreementCoefficients& a, const AgreementCoefficients& b)
{
    return close(a.observed, b.observed) && close(a.cohenKappa, b.cohenKappa) && close(a.pabak, b.pabak) &&
           close(a.gwetAc1, b.gwetAc1) && close(a.fleissKappa, b.fleissKappa) &&
           close(a.krippendorffAlpha, b.krippendorffAlpha);
}

AgreementCoefficients nominal(const RatingTable& table)
{
    return agreementCoefficients(table, nominalDistance(table.categories));
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void cohensKappaOfTheTextbookTable()
    {
        const std::vector<std::uint64_t> counts = {20, 5, 10, 15};
        const auto cohen = cohenKappa(counts, 2);
        QVERIFY(cohen.has_value());
        QVERIFY(near(cohen->kappa, 0.4));
        QVERIFY(near(cohen->observed, 0.7));
        QVERIFY(near(cohen->expected, 0.5));
        QVERIFY(near(cohen->standardError, std::sqrt(0.7 * 0.3 / (50 * 0.25))));
        QCOMPARE(cohen->units, std::uint64_t{50});
        QVERIFY(near(nominal(pairsOf(counts, 2)).cohenKappa, 0.4));
    }

    void aRareCategoryMakesKappaFallButNotAc1()
    {
        const auto paradox = nominal(pairsOf({118, 5, 2, 0}, 2));
        QVERIFY(near(paradox.observed, 118.0 / 125));
        QVERIFY(near(paradox.cohenKappa, -0.0234, 5e-5));
        QVERIFY(near(paradox.pabak, 0.888));
        QVERIFY(near(paradox.gwetAc1, 0.9408, 5e-5));
    }

    void fleissKappaOfFourteenRaters()
    {
        // Fleiss 1971's layout: units by categories, the usual worked example.
        const std::array<std::array<int, 5>, 10> counts{{{0, 0, 0, 0, 14},
                                                         {0, 2, 6, 4, 2},
                                                         {0, 0, 3, 5, 6},
                                                         {0, 3, 9, 2, 0},
                                                         {2, 2, 8, 1, 1},
                                                         {7, 7, 0, 0, 0},
                                                         {3, 2, 6, 3, 0},
                                                         {2, 5, 3, 2, 2},
                                                         {6, 5, 2, 1, 0},
                                                         {0, 2, 2, 3, 7}}};
        RatingTable table{14, 5, {}};
        for (const auto& unit : counts) {
            for (std::size_t category = 0; category < 5; ++category) {
                table.values.insert(table.values.end(), static_cast<std::size_t>(unit[category]),
                                    static_cast<std::int32_t>(category));
            }
        }
        QVERIFY(near(nominal(table).fleissKappa, 0.210, 5e-4));
    }

    void krippendorffsAlphaWithMissingRatings()
    {
        const RatingTable table = threeRaters();
        const std::vector<double> numbers = {1, 2, 3, 4};
        QVERIFY(near(nominal(table).krippendorffAlpha, 0.691358, 5e-7));
        QVERIFY(near(agreementCoefficients(table, intervalDistance(numbers)).krippendorffAlpha, 0.810845, 5e-7));
        const auto report = agreement(table, nominalDistance(4), {}, {.draws = 0});
        QCOMPARE(report->pairableRatings, std::size_t{26});
        QCOMPARE(report->pairableUnits, std::size_t{12});
        QCOMPARE(report->units, std::size_t{13}); // two have no rating
        QVERIFY(near(report->krippendorffAlpha.value, 0.691358, 5e-7));
        QVERIFY(!report->krippendorffAlpha.interval.has_value());
    }

    void coefficientsAreThoseOfPublishedPackages()
    {
        const auto golden = test::readJson(test::testData("golden/agreement/agreement.json"));
        QCOMPARE(golden["tables"].size(), std::size_t{4});
        for (const auto& expected : golden["tables"]) {
            const RatingTable table{expected["raters"], expected["categories"], expected["values"]};
            std::vector<double> numbers(table.categories);
            std::iota(numbers.begin(), numbers.end(), 0.0);
            const auto found = nominal(table);
            QVERIFY(near(found.krippendorffAlpha, expected["alpha_nominal"]));
            QVERIFY(near(agreementCoefficients(table, intervalDistance(numbers)).krippendorffAlpha,
                         expected["alpha_interval"]));
            QVERIFY(near(found.gwetAc1, expected["ac1"]));
            QVERIFY(near(found.fleissKappa, expected["fleiss"]));
            QVERIFY(near(found.pabak, expected["brennan_prediger"]));
            QVERIFY(near(found.observed, expected["observed"]));
            QCOMPARE(found.cohenKappa.has_value(), !expected["cohen"].is_null());
            if (found.cohenKappa) {
                QVERIFY(near(found.cohenKappa, expected["cohen"]));
            }
        }
    }

    void masiAlphaIsThatOfAPublishedPackage()
    {
        const auto golden = test::readJson(test::testData("golden/agreement/agreement.json"));
        QCOMPARE(golden["sets"].size(), std::size_t{2});
        for (const auto& expected : golden["sets"]) {
            LabelSetTable table{expected["raters"], {}};
            for (const std::int64_t set : expected["values"]) {
                table.values.push_back(set < 0 ? std::nullopt : std::optional(static_cast<LabelSet>(set)));
            }
            const auto found = labelSetAgreement(table, 5, {}, {.draws = 50});
            QVERIFY(near(found->masiAlpha.value, expected["alpha_masi"]));
            QCOMPARE(found->labels.size(), std::size_t{5});
            QVERIFY(found->labels[4].krippendorffAlpha.interval->lower < *found->labels[4].krippendorffAlpha.value);
            for (std::size_t label = 0; label < 5; ++label) {
                QVERIFY(close(found->labels[label].gwetAc1.value, nominal(ratingsOfLabel(table, label)).gwetAc1));
            }
        }
    }

    void perfectAgreementIsOne()
    {
        for (const std::size_t raters : {2U, 3U, 6U}) {
            RatingTable table{raters, 3, {}};
            for (std::int32_t unit = 0; unit < 30; ++unit) {
                table.values.insert(table.values.end(), raters, unit % 3);
            }
            const auto found = nominal(table);
            QCOMPARE(found.observed, std::optional(1.0));
            QCOMPARE(found.krippendorffAlpha, std::optional(1.0));
            QCOMPARE(found.fleissKappa, std::optional(1.0));
            QCOMPARE(found.gwetAc1, std::optional(1.0));
            QCOMPARE(found.pabak, std::optional(1.0));
            QCOMPARE(found.cohenKappa, raters == 2 ? std::optional(1.0) : std::nullopt);
        }
    }

    void namesOfCategoriesDoNotMatter()
    {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            const RatingTable table = randomTable(40, 2 + seed % 3, 4, seed);
            RatingTable renamed = table;
            constexpr std::array kNames = {2, 0, 3, 1};
            for (std::int32_t& rating : renamed.values) {
                rating = rating == kNone ? kNone : kNames[static_cast<std::size_t>(rating)];
            }
            QVERIFY(close(nominal(table), nominal(renamed)));
        }
    }

    void theOrderOfRatersDoesNotMatter()
    {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            const RatingTable table = randomTable(40, 2 + seed % 3, 4, seed);
            RatingTable turned = table;
            for (std::size_t unit = 0; unit < table.units(); ++unit) {
                const auto row = turned.values.begin() + static_cast<std::ptrdiff_t>(unit * table.raters);
                std::rotate(row, row + 1, row + static_cast<std::ptrdiff_t>(table.raters));
            }
            QVERIFY(close(nominal(table), nominal(turned)));
            const auto before = agreement(table, nominalDistance(4), {}, {.draws = 50});
            const auto after = agreement(turned, nominalDistance(4), {}, {.draws = 50});
            QVERIFY(near(before->gwetAc1.interval->lower, after->gwetAc1.interval->lower, 1e-12));
        }
    }

    void aSampleOfPatternsIsASampleOfUnits()
    {
        // The same units with every unit a group of its own take the other way through the sampler.
        const RatingTable table = randomTable(600, 3, 2, 5);
        std::vector<std::uint32_t> own(table.units());
        std::iota(own.begin(), own.end(), 0U);
        std::vector<std::uint32_t> pairs = own;
        std::for_each(pairs.begin(), pairs.end(), [](std::uint32_t& group) { group /= 2; });
        const auto distance = nominalDistance(2);
        const BootstrapOptions options{.draws = 4000};
        const auto byUnit = agreement(table, distance, {}, options);
        const auto byOwnGroup = agreement(table, distance, own, options);
        const auto byPair = agreement(table, distance, pairs, options);
        QCOMPARE(byOwnGroup->krippendorffAlpha, byUnit->krippendorffAlpha);
        QVERIFY(near(byPair->krippendorffAlpha.value, *byUnit->krippendorffAlpha.value, 1e-12));
        const auto width = [](const Estimate& estimate) { return estimate.interval->upper - estimate.interval->lower; };
        // Units are independent here, so pairs of them say as much.
        QVERIFY(std::abs(width(byPair->krippendorffAlpha) / width(byUnit->krippendorffAlpha) - 1) < 0.1);
    }

    void copiesOfAUnitInOneGroupDoNotNarrowTheInterval()
    {
        const RatingTable table = randomTable(200, 3, 2, 9);
        RatingTable copied = table;
        std::vector<std::uint32_t> groups(table.units());
        std::iota(groups.begin(), groups.end(), 0U);
        const auto once = groups;
        for (int copy = 0; copy < 3; ++copy) {
            copied.values.insert(copied.values.end(), table.values.begin(), table.values.end());
            groups.insert(groups.end(), once.begin(), once.end());
        }
        const auto distance = nominalDistance(2);
        const auto single = agreement(table, distance, {}, {});
        const auto grouped = agreement(copied, distance, groups, {});
        const auto ungrouped = agreement(copied, distance, {}, {});
        const auto width = [](const Estimate& estimate) { return estimate.interval->upper - estimate.interval->lower; };
        QVERIFY(std::abs(width(grouped->gwetAc1) / width(single->gwetAc1) - 1) < 0.15);
        QVERIFY(std::abs(width(ungrouped->gwetAc1) / width(single->gwetAc1) - 0.5) < 0.1);
    }

    void whatIsNotDefinedIsNotZero()
    {
        QCOMPARE(nominal({3, 2, {}}), AgreementCoefficients{});
        QCOMPARE(nominal({2, 2, {0, kNone, kNone, 1}}), AgreementCoefficients{}); // no unit rated twice
        const auto oneCategory = nominal({2, 2, {1, 1, 1, 1}});
        QCOMPARE(oneCategory.observed, std::optional(1.0));
        QCOMPARE(oneCategory.cohenKappa, std::nullopt);
        QCOMPARE(oneCategory.fleissKappa, std::nullopt);
        QCOMPARE(oneCategory.krippendorffAlpha, std::nullopt);
        QCOMPARE(oneCategory.gwetAc1, std::optional(1.0));
        const auto report = agreement({2, 2, {1, 1, 1, 1}}, nominalDistance(2), {}, {.draws = 20});
        QCOMPARE(report->krippendorffAlpha, (Estimate{std::nullopt, std::nullopt, 20}));
        const auto empty = labelSetAgreement({3, {}}, 2, {}, {.draws = 5});
        QCOMPARE(empty->masiAlpha.value, std::nullopt);
        QCOMPARE(cohenKappa(std::vector<std::uint64_t>(4), 2), std::nullopt);
    }

    void aRaterIsComparedWithTheMajorityOfTheOthers()
    {
        const RatingTable table{4,
                                2,
                                {0, 0, 0, 1,         //
                                 1, 1, 1, 1,         //
                                 0, 1, kNone, kNone, //
                                 0, 0, 1, 1}};
        const auto consensus = leaveOneOutConsensus(table);
        QCOMPARE(consensus.size(), std::size_t{4});
        QCOMPARE(consensus[0], (RaterConsensus{2, 4})); // against 1 alone, and against 0 1 1, it differs
        QCOMPARE(consensus[3], (RaterConsensus{1, 3}));
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(agreement(threeRaters(), nominalDistance(4), {}, {}, stop.get_token()).error().code,
                 ErrorCode::Cancelled);
        QCOMPARE(labelSetAgreement({2, {1, 1}}, 1, {}, {}, stop.get_token()).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
