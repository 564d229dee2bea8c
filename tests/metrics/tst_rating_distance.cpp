#include "core/metrics/rating_distance.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

namespace {

constexpr LabelSet kRacist = 1;
constexpr LabelSet kSexist = 2;
constexpr LabelSet kOther = 4;

} // namespace

class TestRatingDistance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void masiKnowsEqualNestedOverlappingAndDisjointSets()
    {
        QVERIFY(near(masiDistance(kRacist, kRacist | kOther), 2.0 / 3));
        QVERIFY(near(masiDistance(kRacist | kSexist, kSexist | kOther), 8.0 / 9));
        QCOMPARE(masiDistance(kRacist, kSexist), 1.0);
        QCOMPARE(masiDistance(kRacist | kOther, kRacist | kOther), 0.0);
        QCOMPARE(masiDistance(0, 0), 0.0);
        QCOMPARE(masiDistance(0, kRacist), 1.0);
    }

    void distancesAreSymmetricAndZeroToThemselves()
    {
        const std::vector<double> numbers = {1, 2, 4};
        std::vector<LabelSet> sets(32);
        for (std::size_t set = 0; set < sets.size(); ++set) {
            sets[set] = set;
        }
        for (const RatingDistance& distance : {nominalDistance(3), intervalDistance(numbers), masiDistances(sets)}) {
            for (std::size_t a = 0; a < distance.categories; ++a) {
                QCOMPARE(distance(a, a), 0.0);
                for (std::size_t b = 0; b < distance.categories; ++b) {
                    QCOMPARE(distance(a, b), distance(b, a));
                    QVERIFY(a == b || distance(a, b) > 0);
                }
            }
        }
        QCOMPARE(intervalDistance(numbers)(0, 2), 9.0);
    }

    void setsBecomeCategoriesAndLabels()
    {
        const LabelSetTable table{2, {kRacist, std::nullopt, 0, kRacist | kOther}};
        const auto indexed = indexLabelSets(table);
        QCOMPARE(indexed.sets, (std::vector<LabelSet>{kRacist, 0, kRacist | kOther}));
        QCOMPARE(indexed.ratings, (RatingTable{2, 3, {0, kNoRating, 1, 2}}));
        QCOMPARE(ratingsOfLabel(table, 2), (RatingTable{2, 2, {0, kNoRating, 0, 1}}));
    }
};

QTEST_GUILESS_MAIN(TestRatingDistance)
#include "tst_rating_distance.moc"
