#include "core/metrics/dawid_skene.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

using namespace modscope;
using test::near;

namespace {

/// Dawid and Skene 1979, table 1: 45 patients, fitness for anaesthesia 1 to 4. A row is one patient: the first observer
/// rated three times, the other four once.
constexpr std::array<const char*, 45> kPatients = {
    "1111111", "3334334", "1122122", "2223121", "2223222", "2223322", "1222111", "3333433", "2222223",
    "2322223", "4444444", "2223343", "1111111", "2223212", "1211111", "1112111", "1111111", "1111111",
    "2222221", "2221322", "2222222", "2222221", "2223222", "2212222", "1111111", "1111111", "2322222",
    "1111111", "1111111", "1121121", "1111111", "3333233", "1111111", "2222222", "2223232", "4334343",
    "2212232", "2323233", "3333432", "1111111", "1111111", "1212111", "2322222", "1211111", "2222222"};

std::vector<Rating> anaesthetists()
{
    constexpr std::array<std::uint32_t, 7> kObserver = {0, 0, 0, 1, 2, 3, 4};
    std::vector<Rating> ratings;
    for (std::uint32_t patient = 0; patient < kPatients.size(); ++patient) {
        for (std::size_t i = 0; i < kObserver.size(); ++i) {
            ratings.push_back({patient, kObserver[i], static_cast<std::uint32_t>(kPatients[patient][i] - '1')});
        }
    }
    return ratings;
}

/// Ratings of binary truths by raters of known accuracy; every unit has three raters.
struct Simulated {
    std::vector<Rating> ratings;
    std::vector<std::uint32_t> truth;
};

Simulated simulate(std::size_t units, const std::vector<double>& accuracies, std::uint32_t seed)
{
    std::mt19937 engine(seed);
    const auto chance = [&] { return static_cast<double>(engine()) / 4294967296.0; };
    Simulated result;
    for (std::uint32_t unit = 0; unit < units; ++unit) {
        const std::uint32_t truth = chance() < 0.3 ? 1 : 0;
        result.truth.push_back(truth);
        for (std::uint32_t i = 0; i < 3; ++i) {
            const auto rater = static_cast<std::uint32_t>((unit + i) % accuracies.size());
            result.ratings.push_back({unit, rater, chance() < accuracies[rater] ? truth : 1 - truth});
        }
    }
    return result;
}

} // namespace

class TestDawidSkene : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void findsTheResultsOfThePaper()
    {
        const auto fit = dawidSkene(anaesthetists(), 45, 5, 4, {.maxIterations = 1000, .tolerance = 1e-14});
        QVERIFY(fit.has_value() && fit->converged);
        // The paper's class marginals, and more digits of an independent computation with numpy.
        QVERIFY(near(fit->prevalence[0], 0.39955475, 1e-7));
        QVERIFY(near(fit->prevalence[1], 0.42198339, 1e-7));
        QVERIFY(near(fit->prevalence[2], 0.11179519, 1e-7));
        QVERIFY(near(fit->prevalence[3], 0.06666667, 1e-7));
        QVERIFY(near(fit->logLikelihood.back(), -192.8908812142, 1e-8));
        QVERIFY(near(fit->confusion(0, 0, 0), 0.89, 0.005));
        QVERIFY(near(fit->confusion(0, 2, 1), 0.34, 0.005));
        QVERIFY(near(fit->confusion(1, 1, 2), 0.31, 0.005));
        QVERIFY(near(fit->confusion(2, 2, 3), 0.40, 0.005));
        QVERIFY(near(fit->confusion(4, 2, 2), 0.79, 0.005));
    }

    void theLikelihoodNeverFalls_data()
    {
        QTest::addColumn<std::uint32_t>("seed");
        for (std::uint32_t seed = 1; seed <= 8; ++seed) {
            QTest::addRow("seed %u", seed) << seed;
        }
    }

    void theLikelihoodNeverFalls()
    {
        QFETCH(const std::uint32_t, seed);
        std::mt19937 engine(seed);
        std::vector<Rating> noise;
        for (std::uint32_t i = 0; i < 300; ++i) {
            noise.push_back({static_cast<std::uint32_t>(engine() % 60), static_cast<std::uint32_t>(engine() % 7),
                             static_cast<std::uint32_t>(engine() % 3)});
        }
        const auto fit = dawidSkene(noise, 60, 7, 3, {.maxIterations = 300, .tolerance = 0});
        QVERIFY(fit->logLikelihood.size() > 5);
        for (std::size_t i = 1; i < fit->logLikelihood.size(); ++i) {
            QVERIFY(fit->logLikelihood[i] >= fit->logLikelihood[i - 1] - 1e-10);
        }
    }

    void recoversHowGoodTheRatersAre()
    {
        const std::vector<double> accuracies = {0.95, 0.9, 0.8, 0.7, 0.6};
        const auto data = simulate(5000, accuracies, 3);
        const auto fit = dawidSkene(data.ratings, 5000, 5, 2);
        QVERIFY(fit->converged);
        QVERIFY(near(fit->prevalence[1], 0.3, 0.03));
        for (std::size_t rater = 0; rater < accuracies.size(); ++rater) {
            QVERIFY(near(fit->accuracy(rater), accuracies[rater], 0.03));
        }
        std::size_t right = 0;
        std::size_t majorityRight = 0;
        for (std::size_t unit = 0; unit < 5000; ++unit) {
            right += (fit->posteriors[unit * 2 + 1] > 0.5) == (data.truth[unit] == 1) ? 1U : 0U;
            std::uint32_t votes = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                votes += data.ratings[unit * 3 + i].category;
            }
            majorityRight += (votes >= 2) == (data.truth[unit] == 1) ? 1U : 0U;
        }
        QVERIFY(right > majorityRight);
    }

    void probabilitiesAddUpToOne()
    {
        const auto fit = dawidSkene(anaesthetists(), 46, 6, 4); // one patient and one observer without ratings
        QVERIFY(near(std::accumulate(fit->prevalence.begin(), fit->prevalence.end(), 0.0), 1));
        for (std::size_t unit = 0; unit < 46; ++unit) {
            const auto row = fit->posteriors.begin() + static_cast<std::ptrdiff_t>(unit * 4);
            QVERIFY(near(std::accumulate(row, row + 4, 0.0), 1));
            QVERIFY(unit < 45 || near(row[1], fit->prevalence[1]));
        }
        for (std::size_t truth = 0; truth < 4; ++truth) {
            double sum = 0;
            for (std::size_t given = 0; given < 4; ++given) {
                sum += fit->confusion(2, truth, given).value();
                QCOMPARE(fit->confusion(5, truth, given), std::nullopt);
            }
            QVERIFY(near(sum, 1));
        }
        QCOMPARE(fit->accuracy(5), std::nullopt);
        QVERIFY(near(fit->prevalence[3], 0.06666667, 1e-6)); // the unrated patient changes nothing
    }

    void namesOfCategoriesAndOrderOfRatingsDoNotMatter()
    {
        auto ratings = anaesthetists();
        const auto fit = dawidSkene(ratings, 45, 5, 4);
        std::reverse(ratings.begin(), ratings.end());
        for (Rating& rating : ratings) {
            rating.category = 3 - rating.category;
            rating.rater = 4 - rating.rater;
        }
        const auto turned = dawidSkene(ratings, 45, 5, 4);
        QCOMPARE(turned->logLikelihood.size(), fit->logLikelihood.size());
        for (std::size_t category = 0; category < 4; ++category) {
            QVERIFY(near(turned->prevalence[3 - category], fit->prevalence[category]));
            QVERIFY(near(turned->posteriors[7 * 4 + 3 - category], fit->posteriors[7 * 4 + category]));
        }
        QVERIFY(near(turned->accuracy(4), *fit->accuracy(0)));
    }

    void aTableGivesItsRatings()
    {
        const auto ratings = ratingsOf({2, 3, {2, kNoRating, kNoRating, 1}});
        QCOMPARE(ratings, (std::vector<Rating>{{0, 0, 2}, {1, 1, 1}}));
    }

    void saysWhatCannotBeEstimated()
    {
        QCOMPARE(dawidSkene({}, 3, 2, 2).error().code, ErrorCode::NoContent);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(dawidSkene(anaesthetists(), 45, 5, 4, {}, stop.get_token()).error().code, ErrorCode::Cancelled);
        QVERIFY(!dawidSkene(anaesthetists(), 45, 5, 4, {.maxIterations = 2})->converged);
    }
};

QTEST_GUILESS_MAIN(TestDawidSkene)
#include "tst_dawid_skene.moc"
