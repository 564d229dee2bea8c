#include "core/review/session.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace modscope;
using modscope::test::mustBe;
using modscope::test::valueOf;

namespace {

const Project kProject{"memes", {"Racism", "Religion"}};
const std::vector<Answer> kYesNo = {Answer::Yes, Answer::No};
const std::vector<Answer> kNoNo = {Answer::No, Answer::No};

Decision decision(const std::vector<Answer>& answers)
{
    Decision decision;
    decision.answers = answers;
    return decision;
}

/// What one press of undo does: the item whose step went back; minus the item whose step was refused; 0: nothing left.
using Presses = std::vector<ItemId>;

/// Steps on items 1 to `standing.size()`, one after the other; others built on those that are standing. The person
/// starts the program anew after `restartAfter` presses.
Presses expected(const std::vector<bool>& standing, std::size_t restartAfter)
{
    Presses presses;
    std::set<std::size_t> refused;
    std::set<std::size_t> undone;
    while (presses.empty() || presses.back() != 0) {
        if (presses.size() == restartAfter) {
            refused.clear(); // what was told is forgotten, what was done is not
        }
        ItemId pressed = 0;
        for (std::size_t i = standing.size(); i-- > 0 && pressed == 0;) {
            const bool past = refused.contains(i) || (!undone.empty() && *undone.begin() < i);
            if (!standing[i] && undone.insert(i).second) {
                pressed = static_cast<ItemId>(i) + 1;
            } else if (standing[i] && !past) {
                refused.insert(i);
                pressed = -static_cast<ItemId>(i) - 1;
            }
        }
        presses.push_back(pressed);
    }
    return presses;
}

} // namespace

/// Undo where others built on some steps, and changes that a person has not seen.
class TestSessionUndo : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] ReviewSession session(const std::string& person) const
    {
        StoreOptions options{m_folder->filePath(QStringLiteral("queue.db")).toStdString(), person, {}};
        if (person == "Lea") {
            options.create = kProject;
        }
        return valueOf(ReviewSession::open(valueOf(openStore(options)), 1));
    }

    /// The store of `count` new items; made once, copied for each test.
    void fill(int count)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString made = m_made.filePath(QStringLiteral("%1.db").arg(count));
        const QString file = m_folder->filePath(QStringLiteral("queue.db"));
        if (QFile::exists(made)) {
            QVERIFY(QFile::copy(made, file));
            return;
        }
        make(count);
        QVERIFY(QFile::copy(file, made));
    }

    void make(int count)
    {
        auto lead = session("Lea");
        (void)valueOf(lead.store().addReviewer("Ann", Role::Reviewer));
        (void)valueOf(lead.store().addReviewer("Ben", Role::Reviewer));
        std::vector<NewItem> rows;
        for (int i = 1; i <= count; ++i) {
            NewItem row;
            row.content.text = "item " + std::to_string(i);
            rows.push_back(row);
        }
        (void)valueOf(lead.store().import(rows, "memes.csv"));
        ReviewRules rules;
        rules.hiddenShare = 0;
        mustBe(lead.store().setRules(rules));
    }

    static void decide(ReviewSession& session, ItemId item, const std::vector<Answer>& answers = kYesNo)
    {
        (void)valueOf(session.recordMany(std::span(&item, 1), Step::Decide, decision(answers)));
    }

    static void step(ReviewSession& session, ItemId item, Step step)
    {
        (void)valueOf(session.recordMany(std::span(&item, 1), step, {}));
    }

    static ItemStatus statusOf(ReviewSession& session, ItemId item)
    {
        return valueOf(session.store().statuses(std::span(&item, 1))).front();
    }

    static ItemId press(ReviewSession& session)
    {
        const auto ahead = valueOf(session.undoable());
        const auto outcome = session.undo();
        if (!outcome) {
            Q_ASSERT(outcome.error().code == ErrorCode::Mismatch);
            return -ahead.step->items.front();
        }
        return *outcome ? (*outcome)->changed.front() : 0;
    }

    QTemporaryDir m_made;
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aStepThatOthersBuiltOnIsRefusedOnceAndGonePast_data()
    {
        QTest::addColumn<QString>("steps"); // oldest first; s: somebody built on it
        constexpr int kLongest = 3;
        for (int length = 1; length <= kLongest; ++length) {
            for (int pattern = 0; pattern < 1 << length; ++pattern) {
                QString steps;
                for (int i = 0; i < length; ++i) {
                    steps += (pattern >> i & 1) != 0 ? QLatin1Char('s') : QLatin1Char('-');
                }
                QTest::newRow(qPrintable(steps)) << steps;
            }
        }
    }

    void aStepThatOthersBuiltOnIsRefusedOnceAndGonePast()
    {
        QFETCH(const QString, steps);
        std::vector<bool> standing;
        for (const QChar one : steps) {
            standing.push_back(one == QLatin1Char('s'));
        }
        for (std::size_t restartAfter = 0; restartAfter <= standing.size(); ++restartAfter) {
            fill(static_cast<int>(standing.size()));
            auto lead = session("Lea");
            auto ann = std::make_unique<ReviewSession>(session("Ann"));
            for (ItemId item = 1; item <= static_cast<ItemId>(standing.size()); ++item) {
                decide(*ann, item);
            }
            for (std::size_t i = 0; i < standing.size(); ++i) {
                if (standing[i]) {
                    step(lead, static_cast<ItemId>(i) + 1, Step::Finalise);
                }
            }
            Presses presses;
            while (presses.empty() || presses.back() != 0) {
                if (presses.size() == restartAfter) {
                    ann = std::make_unique<ReviewSession>(session("Ann"));
                }
                presses.push_back(press(*ann));
            }
            QCOMPARE(presses, expected(standing, restartAfter));
            for (std::size_t i = 0; i < standing.size(); ++i) { // all that could go back did, nothing else
                QCOMPARE(statusOf(*ann, static_cast<ItemId>(i) + 1).state,
                         standing[i] ? ItemState::Final : ItemState::New);
            }
        }
    }

    void whatWasLeftStandingIsNamed()
    {
        fill(3);
        auto lead = session("Lea");
        auto ann = session("Ann");
        for (const ItemId item : {1, 2, 3}) {
            decide(ann, item);
        }
        step(lead, 2, Step::Finalise);
        step(lead, 3, Step::Finalise);
        QVERIFY(!ann.undo());
        QVERIFY(!ann.undo());
        const WayBack way = valueOf(ann.undoable());
        QCOMPARE(way.step->items, std::vector<ItemId>{1});
        QCOMPARE(way.leftStanding.size(), std::size_t{2});
        QCOMPARE(way.leftStanding[0].items, std::vector<ItemId>{3});
        QCOMPARE(way.leftStanding[1].items, std::vector<ItemId>{2});
        (void)valueOf(ann.undo());
        const WayBack end = valueOf(ann.undoable());
        QVERIFY(!end.step);
        QCOMPARE(end.leftStanding.size(), std::size_t{2});
        (void)valueOf(ann.redo()); // the way back leads forth again
        QCOMPARE(statusOf(ann, 1).state, ItemState::Decided);
    }

    void aQuestionThatWasAskedInsteadIsTakenBackAsAnyStep()
    {
        fill(2);
        auto lead = session("Lea");
        auto ann = session("Ann");
        decide(ann, 1);
        decide(ann, 2);
        step(lead, 2, Step::Finalise);
        QVERIFY(!ann.undo());
        step(ann, 2, Step::AskReReview);
        QCOMPARE(statusOf(ann, 2).state, ItemState::New);
        QCOMPARE(press(ann), ItemId{2}); // the question, which is the last step
        QCOMPARE(statusOf(ann, 2).state, ItemState::Final);
        QCOMPARE(press(ann), ItemId{1}); // and past the step that it was about
        QCOMPARE(press(ann), ItemId{0});
    }

    void ofMyOwnQuestionThatWasAnsweredNothingIsLeft()
    {
        fill(2);
        auto lead = session("Lea");
        auto ann = session("Ann");
        decide(ann, 1);
        decide(ann, 2);
        step(lead, 2, Step::Finalise);
        QVERIFY(!ann.undo());
        step(ann, 2, Step::AskReReview);
        decide(lead, 2, kNoNo); // answered: the question cannot be taken back any more
        QCOMPARE(press(ann), ItemId{1});
    }

    void anItemThatNobodyTouchedHasNotChanged()
    {
        fill(2);
        auto ann = session("Ann");
        const ReviewTask task = valueOf(ann.take(1));
        QVERIFY(!valueOf(ann.changedSince(task)));
        auto ben = session("Ben");
        decide(ben, 2); // another item
        QVERIFY(!valueOf(ann.changedSince(task)));
    }

    void newScoresAndTextsAreAChange()
    {
        fill(2);
        auto lead = session("Lea");
        const auto model = valueOf(lead.store().model({0, "fusion", "aa", kProject.labels, {0.5F, 0.5F}}));
        auto ann = session("Ann");
        const ReviewTask task = valueOf(ann.take(1));
        const std::vector<ItemId> one{1};
        const std::vector<std::vector<float>> scores{{0.25F, 0.75F}};
        mustBe(lead.store().addScores(model.id, one, scores));
        QVERIFY(valueOf(ann.changedSince(task)).has_value());
        const ReviewTask other = valueOf(ann.take(2));
        mustBe(lead.store().setOcrText(2, "read from the picture"));
        QVERIFY(valueOf(ann.changedSince(other)).has_value());
        (void)valueOf(ann.record(task, Step::Decide, decision(kYesNo))); // the claim held: it is mine to decide
    }

    void lookingAgainShowsWhatChangedAndKeepsTheClaim()
    {
        fill(1);
        auto lead = session("Lea");
        const auto model = valueOf(lead.store().model({0, "fusion", "aa", kProject.labels, {0.5F, 0.5F}}));
        auto ann = session("Ann");
        const ReviewTask task = valueOf(ann.take(1));
        const std::vector<ItemId> one{1};
        mustBe(lead.store().addScores(model.id, one, std::vector<std::vector<float>>{{0.25F, 0.75F}}));
        const ReviewTask again = valueOf(ann.lookAgain(task, {}));
        QCOMPARE(again.content.scores.size(), std::size_t{1});
        QCOMPARE(again.lease.token, task.lease.token);
        QVERIFY(!valueOf(ann.changedSince(again)));
        (void)valueOf(ann.record(again, Step::Decide, decision(kYesNo)));
        const auto lost = ann.lookAgain(again, {});
        QVERIFY(!lost);
        QCOMPARE(lost.error().code, ErrorCode::Mismatch);
    }

    void hiddenScoresAreNoChange()
    {
        fill(1);
        auto lead = session("Lea");
        step(lead, 1, Step::MarkAudit);
        const auto model = valueOf(lead.store().model({0, "fusion", "aa", kProject.labels, {0.5F, 0.5F}}));
        auto ann = session("Ann");
        const ReviewTask task = valueOf(ann.take(1));
        QVERIFY(task.blind);
        const std::vector<ItemId> one{1};
        const std::vector<std::vector<float>> scores{{0.25F, 0.75F}};
        mustBe(lead.store().addScores(model.id, one, scores));
        QVERIFY(!valueOf(ann.changedSince(task)));
    }

    void aReopenedDecisionThatChangedIsNotOverwritten()
    {
        fill(1);
        auto lead = session("Lea");
        auto ann = session("Ann");
        decide(ann, 1);
        const ReviewTask mine = valueOf(ann.reopen(1));
        step(lead, 1, Step::MarkAudit);
        QVERIFY(valueOf(ann.changedSince(mine)).has_value());
        const auto refused = ann.record(mine, Step::Decide, decision(kNoNo));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
        QCOMPARE(statusOf(ann, 1).first->decision.answers, kYesNo);
        const ReviewTask again = valueOf(ann.lookAgain(mine, {}));
        (void)valueOf(ann.record(again, Step::Decide, decision(kNoNo)));
        QCOMPARE(statusOf(ann, 1).first->decision.answers, kNoNo);
        const ReviewTask last = valueOf(ann.reopen(1));
        step(lead, 1, Step::Finalise);
        const auto gone = ann.lookAgain(last, {}); // it does not stand by her decision alone any more
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::Mismatch);
    }
};

QTEST_GUILESS_MAIN(TestSessionUndo)
#include "tst_session_undo.moc"
