#include "core/similarity/embedding.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stop_token>
#include <vector>

using namespace modscope;

class TestEmbedding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void cosineIsTheSumOfProducts()
    {
        const std::vector<float> a{0.6F, 0.8F};
        const std::vector<float> b{1, 0};
        QVERIFY(std::abs(*cosine(a, b) - 0.6) < 1e-6);
        QVERIFY(std::abs(*cosine(b, a) - 0.6) < 1e-6);
        QVERIFY(std::abs(*cosine(b, std::vector<float>{-1, 0}) + 1) < 1e-12);
    }

    void roundingNeverLeavesTheRange()
    {
        const std::vector<float> longer{1.0005F, 0};
        QCOMPARE(*cosine(longer, longer), 1.0);
    }

    void whatCannotBeComparedIsAnError()
    {
        const std::vector<float> unit{1, 0};
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(cosine(unit, std::vector<float>{1, 0, 0}).error().code, ErrorCode::Mismatch);
        QCOMPARE(cosine(unit, std::vector<float>{2, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(cosine(unit, std::vector<float>{nan, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(cosine({}, {}).error().code, ErrorCode::InvalidArgument);
    }

    void unitLengthKeepsTheDirection()
    {
        const auto unit = unitLength({3, 4});
        QVERIFY(unit.has_value());
        QVERIFY(std::abs((*unit)[0] - 0.6F) < 1e-7F);
        QVERIFY(std::abs((*unit)[1] - 0.8F) < 1e-7F);
        QCOMPARE(unitLength({0, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(unitLength({}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(unitLength({std::numeric_limits<float>::infinity(), 0}).error().code, ErrorCode::InvalidArgument);
    }

    void everyAlikePairIsFoundTheNearestFirst()
    {
        // Random directions in 37 dimensions (no multiple of what is summed at a time), two near copies among them.
        std::mt19937 random(4);
        std::normal_distribution<float> value(0, 1);
        std::vector<std::vector<float>> all;
        for (int i = 0; i < 60; ++i) {
            std::vector<float> one(37);
            std::ranges::generate(one, [&] { return value(random); });
            all.push_back(*unitLength(std::move(one)));
        }
        all[17] = all[40];
        all[3] = all[50];
        all[3][0] += 0.05F;
        all[3] = *unitLength(all[3]);
        all[20].clear(); // not known
        const double least = 0.3;
        const auto pairs = alikePairs(all, least);
        QVERIFY(pairs.has_value());
        std::vector<AlikePair> expected;
        for (std::size_t first = 0; first < all.size(); ++first) {
            for (std::size_t second = first + 1; second < all.size(); ++second) {
                const auto between = cosine(all[first], all[second]);
                if (between && *between >= least) {
                    expected.push_back({first, second, *between});
                }
            }
        }
        QVERIFY(expected.size() > 10);
        QCOMPARE(pairs->size(), expected.size());
        QVERIFY(std::ranges::is_permutation(*pairs, expected));
        QVERIFY(std::ranges::is_sorted(*pairs, std::greater<>(), &AlikePair::cosine));
        QCOMPARE(pairs->front().first, std::size_t{17});
        QCOMPARE(pairs->front().second, std::size_t{40});
        QVERIFY(std::abs(pairs->front().cosine - 1) < 1e-6);
        QCOMPARE((*pairs)[1].first, std::size_t{3});
        QCOMPARE((*pairs)[1].second, std::size_t{50});
    }

    void pairsOfTwoEncodersAreAnErrorAndAStopIsHeard()
    {
        const std::vector<std::vector<float>> mixed{{1, 0}, {}, {1, 0, 0}};
        QCOMPARE(alikePairs(mixed, 0.5).error().code, ErrorCode::Mismatch);
        const std::vector<std::vector<float>> longOne{{1, 0}, {2, 0}};
        QCOMPARE(alikePairs(longOne, 0.5).error().code, ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        const std::vector<std::vector<float>> same{{1, 0}, {1, 0}};
        QCOMPARE(alikePairs(same, 0.5, stop.get_token()).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestEmbedding)
#include "tst_embedding.moc"
