#include "core/review/review_agreement.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace modscope;

namespace {

const std::vector<std::string> kLabels = {"Racism", "Religion"};

ItemStatus opinions(const std::vector<Answer>& first, const std::vector<Answer>& second)
{
    ItemStatus status;
    status.first = Opinion{1, 1, 0, {}};
    status.first->decision.answers = first;
    status.second = Opinion{2, 2, 0, {}};
    status.second->decision.answers = second;
    return status;
}

/// [[20, 5], [10, 15]] on both classes: yes-yes, yes-no, no-yes, no-no. Kappa 0.4 (Cohen 1960's arithmetic).
OpinionPairs golden()
{
    OpinionPairs pairs(2);
    const auto add = [&](int count, Answer first, Answer second) {
        for (int i = 0; i < count; ++i) {
            pairs.add(opinions({first, first}, {second, second}));
        }
    };
    add(20, Answer::Yes, Answer::Yes);
    add(5, Answer::Yes, Answer::No);
    add(10, Answer::No, Answer::Yes);
    add(15, Answer::No, Answer::No);
    return pairs;
}

BootstrapOptions quick()
{
    BootstrapOptions options;
    options.draws = 50;
    return options;
}

} // namespace

class TestReviewAgreement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theGoldenTableGivesItsKappa()
    {
        const auto agreement = golden().agreement(quick());
        QVERIFY(agreement);
        QCOMPARE(agreement->labels.size(), std::size_t{2});
        for (const AgreementReport& report : agreement->labels) {
            QCOMPARE(report.pairableUnits, std::size_t{50});
            QVERIFY(std::abs(*report.cohenKappa.value - 0.4) < 1e-12);
            QVERIFY(report.cohenKappa.interval && report.cohenKappa.interval->lower < 0.4);
        }
        // Both classes always go together, so the sets are two categories whose distance is 1.
        QVERIFY(std::abs(*agreement->masiAlpha.value - *agreement->labels.front().krippendorffAlpha.value) < 1e-12);
    }

    void anAdjudicationIsNoThirdOpinion()
    {
        OpinionPairs pairs = golden();
        ItemStatus one;
        one.first = Opinion{1, 1, 0, {}};
        one.settled = Opinion{3, 2, 0, {}};
        pairs.add(one);
        QCOMPARE(pairs.size(), std::size_t{50});
    }

    void unsureIsNoRatingOfItsClassNorOfTheSet()
    {
        OpinionPairs pairs = golden();
        const auto before = pairs.agreement(quick());
        pairs.add(opinions({Answer::Unsure, Answer::Yes}, {Answer::Yes, Answer::Yes}));
        const auto after = pairs.agreement(quick());
        QCOMPARE(after->labels[0].pairableUnits, std::size_t{50});
        QCOMPARE(after->labels[1].pairableUnits, std::size_t{51});
        QCOMPARE(*after->masiAlpha.value, *before->masiAlpha.value);
    }

    void duplicatesAreDrawnTogether()
    {
        OpinionPairs alone(2);
        OpinionPairs together(2);
        for (int i = 0; i < 40; ++i) {
            const Answer answer = i % 2 == 0 ? Answer::Yes : Answer::No;
            const ItemStatus status = opinions({answer, answer}, {i % 5 == 0 ? Answer::No : answer, answer});
            alone.add(status);
            together.add(status, i < 30 ? 7 : 0);
        }
        const auto one = alone.agreement(quick());
        const auto other = together.agreement(quick());
        QVERIFY(one->labels[0].cohenKappa.value == other->labels[0].cohenKappa.value);
        QVERIFY(one->labels[0].cohenKappa.interval != other->labels[0].cohenKappa.interval);
    }

    void withoutPairsNothingIsDefined()
    {
        const auto agreement = OpinionPairs(2).agreement(quick());
        QVERIFY(agreement && !agreement->masiAlpha.value && !agreement->labels[0].cohenKappa.value);
    }

    void theJsonReadsBackToTheLastDigit()
    {
        for (const OpinionPairs& pairs : {golden(), OpinionPairs(2)}) {
            const auto agreement = pairs.agreement(quick());
            const std::string json = agreementJson(*agreement, kLabels);
            QVERIFY(agreementFromJson(json) == *agreement);
        }
        QCOMPARE(agreementFromJson("{}").error().code, ErrorCode::ParseError);
        QCOMPARE(agreementFromJson("[").error().code, ErrorCode::ParseError);
    }
};

QTEST_GUILESS_MAIN(TestReviewAgreement)
#include "tst_review_agreement.moc"
