#include "core/review/state.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <set>
#include <utility>

using namespace modscope;

namespace {

std::vector<ItemState> allStates()
{
    std::vector<ItemState> states;
    for (std::size_t i = 0; i < kItemStates; ++i) {
        states.push_back(static_cast<ItemState>(i));
    }
    return states;
}

std::vector<Step> allSteps()
{
    std::vector<Step> steps;
    for (std::size_t i = 0; i < kSteps; ++i) {
        steps.push_back(static_cast<Step>(i));
    }
    return steps;
}

} // namespace

class TestState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    /// Written again from the words of the specification, state by state, as a list: the table in the source must
    /// agree.
    void everyPairOfStateAndStepIsAsTheRulesSay()
    {
        using S = ItemState;
        const std::set<std::pair<S, Step>> rules = {
            {S::New, Step::Decide},
            {S::New, Step::Skip},
            {S::New, Step::HandOver},
            {S::New, Step::Escalate},
            {S::New, Step::Remove},
            {S::New, Step::MarkGolden},
            {S::New, Step::UnmarkGolden},
            {S::New, Step::MarkAudit},
            {S::New, Step::AnswerGolden},
            {S::New, Step::Restore},
            {S::Decided, Step::Decide},
            {S::Decided, Step::AskSecondOpinion},
            {S::Decided, Step::Escalate},
            {S::Decided, Step::Withdraw},
            {S::Decided, Step::AskReReview},
            {S::Decided, Step::Finalise},
            {S::Decided, Step::Remove},
            {S::Decided, Step::MarkGolden},
            {S::Decided, Step::UnmarkGolden},
            {S::Decided, Step::MarkAudit},
            {S::Decided, Step::AnswerGolden},
            {S::SecondOpinion, Step::Decide},
            {S::SecondOpinion, Step::Skip},
            {S::SecondOpinion, Step::HandOver},
            {S::SecondOpinion, Step::Escalate},
            {S::SecondOpinion, Step::Withdraw},
            {S::SecondOpinion, Step::Remove},
            {S::Adjudication, Step::Skip},
            {S::Adjudication, Step::HandOver},
            {S::Adjudication, Step::Escalate},
            {S::Adjudication, Step::Adjudicate},
            {S::Adjudication, Step::Withdraw},
            {S::Adjudication, Step::Remove},
            {S::Final, Step::Withdraw},
            {S::Final, Step::AskReReview},
            {S::Final, Step::Remove},
            {S::Final, Step::MarkGolden},
            {S::Final, Step::UnmarkGolden},
            {S::Final, Step::MarkAudit},
            {S::Final, Step::AnswerGolden},
        };
        for (const S state : allStates()) {
            for (const Step step : allSteps()) {
                QVERIFY2(allowed(state, step) == rules.contains({state, step}),
                         (std::string(name(state)) + " + " + std::string(name(step))).c_str());
            }
        }
    }

    void everyNameLeadsBackToItsValue()
    {
        std::set<std::string_view> seen;
        for (const ItemState state : allStates()) {
            QVERIFY(itemStateNamed(name(state)) == state);
            QVERIFY(seen.insert(name(state)).second);
        }
        for (const Step step : allSteps()) {
            QVERIFY(stepNamed(name(step)) == step);
            QVERIFY(seen.insert(name(step)).second);
        }
    }

    void anUnknownNameIsRefusedWithTheKnownOnes()
    {
        const auto state = itemStateNamed("newish");
        QVERIFY(!state);
        QCOMPARE(state.error().code, ErrorCode::ParseError);
        QVERIFY(state.error().message.find("'newish'") != std::string::npos);
        QVERIFY(state.error().message.find("second_opinion") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestState)
#include "tst_state.moc"
