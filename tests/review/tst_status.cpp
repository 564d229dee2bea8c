#include "core/review/status.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace modscope;

namespace {

constexpr std::size_t kLabels = 2;
const Reviewer kAnn{1, "reviewer-1", "Ann", Role::Reviewer};
const Reviewer kBen{2, "reviewer-2", "Ben", Role::Reviewer};
const Reviewer kCleo{3, "reviewer-3", "Cleo", Role::Reviewer};
const Reviewer kLead{4, "lead-1", "Lea", Role::Lead};
const Reviewer kAuditor{5, "auditor-1", "Ada", Role::Auditor};
const std::vector<Answer> kYesNo = {Answer::Yes, Answer::No};
const std::vector<Answer> kNoNo = {Answer::No, Answer::No};

/// Plays steps and keeps their history.
class Play {
public:
    Result<void> step(const Reviewer& actor,
                      Step step,
                      const std::vector<Answer>& answers = {},
                      const std::string& reason = {})
    {
        ReviewEvent event;
        event.seq = ++m_seq;
        event.time = 1000 * m_seq;
        event.actor = actor.pseudonym;
        event.step = step;
        event.decision.answers = answers;
        event.decision.reason = reason;
        auto next = applyStep(m_status, event, actor, kLabels);
        if (!next) {
            return fail(next.error());
        }
        m_status = std::move(*next);
        m_history.push_back({event, actor, true});
        return {};
    }

    [[nodiscard]] const ItemStatus& status() const { return m_status; }
    [[nodiscard]] std::vector<HistoryEntry>& history() { return m_history; }
    [[nodiscard]] EventSeq seq() const { return m_seq; }

private:
    ItemStatus m_status;
    std::vector<HistoryEntry> m_history;
    EventSeq m_seq = 0;
};

std::string reasonOf(const Result<void>& result)
{
    return result ? std::string() : result.error().message;
}

} // namespace

class TestStatus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aDecisionIsTheFirstOpinion()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QCOMPARE(play.status().state, ItemState::Decided);
        QCOMPARE(play.status().first->reviewer, kAnn.id);
        QCOMPARE(play.status().version, EventSeq{1});
        QVERIFY(play.status().consensus() == kYesNo);
        QCOMPARE(play.status().declined.size(), std::size_t{1});
    }

    void ownDecisionsCanBeChangedOthersNot()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QVERIFY(reasonOf(play.step(kBen, Step::Decide, kNoNo)).find("somebody else decided") != std::string::npos);
        QVERIFY(play.step(kAnn, Step::Decide, kNoNo));
        QVERIFY(play.status().consensus() == kNoNo);
    }

    void twoOpinionsThatAgreeAreFinal()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion));
        QVERIFY(!play.status().consensus());
        QVERIFY(reasonOf(play.step(kAnn, Step::Decide, kYesNo)).find("another person's") != std::string::npos);
        QVERIFY(play.step(kBen, Step::Decide, kYesNo));
        QCOMPARE(play.status().state, ItemState::Final);
    }

    void twoThatDifferAreAdjudicatedByAThird()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion));
        QVERIFY(play.step(kBen, Step::Decide, kNoNo));
        QCOMPARE(play.status().state, ItemState::Adjudication);
        QVERIFY(reasonOf(play.step(kCleo, Step::Adjudicate, kNoNo)).find("needs a reason") != std::string::npos);
        QVERIFY(reasonOf(play.step(kBen, Step::Adjudicate, kNoNo, "mine")).find("another person's") !=
                std::string::npos);
        QVERIFY(play.step(kCleo, Step::Adjudicate, kNoNo, "irony"));
        QCOMPARE(play.status().state, ItemState::Final);
        QVERIFY(play.status().consensus() == kNoNo);
    }

    void withdrawingVoidsBothOpinions()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion));
        QVERIFY(play.step(kBen, Step::Decide, kNoNo));
        QVERIFY(play.step(kLead, Step::Withdraw));
        QCOMPARE(play.status().state, ItemState::New);
        QVERIFY(!play.status().first && !play.status().second);
        QCOMPARE(play.status().declined.size(), std::size_t{2}); // neither of them gets it again
    }

    void theThirdSkipEscalates()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Skip));
        QVERIFY(play.step(kBen, Step::Skip));
        QVERIFY(!play.status().escalated);
        QVERIFY(play.step(kCleo, Step::Skip));
        QVERIFY(play.status().escalated);
        QCOMPARE(play.status().skips, 3);
    }

    void aSkipRestsADayAHandOverForEver()
    {
        Play play;
        QVERIFY(play.step(kBen, Step::Skip));
        QVERIFY(play.step(kAnn, Step::HandOver));
        QVERIFY(play.step(kAnn, Step::Skip)); // does not shorten the hand-over
        const auto& declined = play.status().declined;
        QCOMPARE(declined.size(), std::size_t{2});
        QCOMPARE(declined[0], (Declined{kAnn.id, Declined::kForever}));
        QCOMPARE(declined[1], (Declined{kBen.id, 1000 + 24LL * 3600 * 1000}));
    }

    void goldenItemsMeasureWithoutChanging()
    {
        Play play;
        QVERIFY(reasonOf(play.step(kAnn, Step::MarkGolden, kYesNo)).find("for a lead") != std::string::npos);
        QVERIFY(reasonOf(play.step(kAnn, Step::AnswerGolden, kYesNo)).find("not a golden one") != std::string::npos);
        QVERIFY(play.step(kLead, Step::MarkGolden, kYesNo));
        QVERIFY(play.step(kAnn, Step::AnswerGolden, kNoNo));
        QCOMPARE(play.status().state, ItemState::New);
        QVERIFY(!play.status().first);
        QCOMPARE(play.status().goldenAnswers, kYesNo);
        QCOMPARE(play.status().declined.front().reviewer, kAnn.id);
    }

    void whatDoesNotFitIsRefused()
    {
        Play play;
        QVERIFY(reasonOf(play.step(kAuditor, Step::Decide, kYesNo)).find("auditor") != std::string::npos);
        QVERIFY(reasonOf(play.step(kAnn, Step::Decide, {Answer::Yes})).find("1 answers for 2 classes") !=
                std::string::npos);
        QVERIFY(reasonOf(play.step(kAnn, Step::Escalate, {}, " \n")).find("needs a reason") != std::string::npos);
        QVERIFY(reasonOf(play.step(kAnn, Step::Adjudicate, kYesNo, "x")).find("not possible in the state 'new'") !=
                std::string::npos);
        QVERIFY(play.status() == ItemStatus{});
    }

    void aReplayGivesTheSameStatus()
    {
        Play play;
        QVERIFY(play.step(kBen, Step::Skip));
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion));
        QVERIFY(play.step(kCleo, Step::Decide, kNoNo));
        QVERIFY(replay(play.history(), kLabels) == play.status());
    }

    void undoneStepsDoNotCount()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));
        const ItemStatus before = play.status();
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion));
        play.history().back().live = false;
        QVERIFY(replay(play.history(), kLabels) == before);
        play.history().front().live = false;
        QVERIFY(replay(play.history(), kLabels) == ItemStatus{});
    }

    void undoGoesBackwardsAndStopsAtSomebodyElsesStep()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));   // 1
        QVERIFY(play.step(kAnn, Step::AskSecondOpinion)); // 2
        auto& history = play.history();
        QVERIFY(reasonOf(mayUndo(history, 1, kAnn)).find("a later step of yours (event 2)") != std::string::npos);
        QVERIFY(mayUndo(history, 2, kAnn));
        QCOMPARE(mayUndo(history, 2, kBen).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(mayUndo(history, 9, kAnn).error().code, ErrorCode::NotFound);
        history[1].live = false;
        QVERIFY(mayUndo(history, 1, kAnn));
        QVERIFY(mayRedo(history, 2, kAnn));
        QVERIFY(reasonOf(mayUndo(history, 2, kAnn)).find("undone already") != std::string::npos);
        QVERIFY(reasonOf(mayRedo(history, 1, kAnn)).find("was not undone") != std::string::npos);
        history[1].live = true;
        QVERIFY(play.step(kBen, Step::Decide, kYesNo)); // 3
        QVERIFY(reasonOf(mayUndo(play.history(), 2, kAnn)).find("somebody else's later step (event 3)") !=
                std::string::npos);
    }

    void whatSomebodyBuiltOnMayBeAskedAboutOnceItIsSettled()
    {
        Play play;
        QVERIFY(play.step(kAnn, Step::Skip));                                  // 1
        QVERIFY(play.step(kAnn, Step::Decide, kYesNo));                        // 2
        QVERIFY(!mayAskInstead(play.history(), 2, kAnn, play.status().state)); // it can be taken back
        QVERIFY(play.step(kLead, Step::AskSecondOpinion));                     // 3
        QVERIFY(!mayAskInstead(play.history(), 2, kAnn, play.status().state)); // somebody is being asked
        QVERIFY(play.step(kBen, Step::Decide, kYesNo));                        // 4
        QVERIFY(mayAskInstead(play.history(), 2, kAnn, play.status().state));
        QVERIFY(!mayAskInstead(play.history(), 1, kAnn, play.status().state)); // a skip settles nothing
        QVERIFY(!mayAskInstead(play.history(), 2, kBen, play.status().state)); // not his
        QVERIFY(!mayAskInstead(play.history(), 9, kAnn, play.status().state));
        play.history()[1].live = false;
        QVERIFY(!mayAskInstead(play.history(), 2, kAnn, play.status().state));
    }

    /// Any sequence of steps, by anybody: what is accepted replays to the same status, undoing it all leads back to the
    /// start.
    void randomHistoriesReplayAndUnwind()
    {
        const std::vector<Reviewer> people = {kAnn, kBen, kCleo, kLead};
        std::mt19937 random(3);
        std::size_t accepted = 0;
        for (int round = 0; round < 500; ++round) {
            Play play;
            for (int i = 0; i < 12; ++i) {
                const auto step = static_cast<Step>(random() % kSteps);
                accepted +=
                    play.step(people[random() % people.size()], step, random() % 2 ? kYesNo : kNoNo, "why") ? 1 : 0;
            }
            auto& history = play.history();
            QVERIFY(replay(history, kLabels) == play.status());
            for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
                QVERIFY(mayUndo(history, entry->event.seq, entry->actor));
                entry->live = false;
                QVERIFY(replay(history, kLabels).has_value());
            }
            QVERIFY(replay(history, kLabels) == ItemStatus{});
        }
        QVERIFY(accepted > 1000);
    }
};

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
