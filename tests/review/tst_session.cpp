#include "core/review/session.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace modscope;
using modscope::test::mustBe;
using modscope::test::valueOf;

namespace {

const Project kProject{"memes", {"Racism", "Religion"}};
const std::vector<Answer> kYesNo = {Answer::Yes, Answer::No};
const std::vector<Answer> kNoNo = {Answer::No, Answer::No};

Decision decision(const std::vector<Answer>& answers, const std::string& reason = {})
{
    Decision decision;
    decision.answers = answers;
    decision.reason = reason;
    return decision;
}

Queue everything()
{
    return {"everything", {}, {}};
}

/// Only what priority gives: draws are tested one by one.
ReviewRules plainRules()
{
    ReviewRules rules;
    rules.randomShare = 0;
    rules.goldenShare = 0;
    rules.hiddenShare = 0;
    rules.maxSevereInARow = 0;
    return rules;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] ReviewSession session(const std::string& person, std::uint64_t seed = 1) const
    {
        StoreOptions options{m_folder->filePath(QStringLiteral("queue.db")).toStdString(), person, {}};
        if (person == "Lea") {
            options.create = kProject;
        }
        return valueOf(ReviewSession::open(valueOf(openStore(options)), seed));
    }

    /// Items 1 to `count`, each riskier than the one ahead of it.
    void fill(int count, const ReviewRules& rules = plainRules())
    {
        auto lead = session("Lea");
        ReviewStore& store = lead.store();
        for (const char* name : {"Ann", "Ben", "Cleo"}) {
            (void)valueOf(store.addReviewer(name, Role::Reviewer));
        }
        const auto model = valueOf(store.model({0, "fusion", "aa", kProject.labels, {0.5F, 0.5F}}));
        std::vector<NewItem> rows;
        for (int i = 1; i <= count; ++i) {
            NewItem row;
            row.content.text = "item " + std::to_string(i);
            row.content.source = "memes.csv";
            row.content.created = 1'700'000'000'000;
            const float p = static_cast<float>(i) / static_cast<float>(count + 1);
            row.content.scores = {{model.id, {p, p / 2}, {}, {}}};
            rows.push_back(row);
        }
        QCOMPARE(valueOf(store.import(rows, "memes.csv")).added, static_cast<std::size_t>(count));
        mustBe(store.setRules(rules));
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void theRiskiestFreeItemComesNext()
    {
        fill(5);
        auto ann = session("Ann");
        auto ben = session("Ben");
        QCOMPARE(valueOf(ann.next(everything()))->lease.item, ItemId{5});
        QCOMPARE(valueOf(ben.next(everything()))->lease.item, ItemId{4}); // 5 is Ann's
        const auto task = valueOf(ann.next({"low", valueOf(parseFilter("risk<=0.4")), {}}));
        QCOMPARE(task->lease.item, ItemId{2});
        QVERIFY(task->priority.risk > 0.3 && task->priority.risk < 0.4);
    }

    void itemsThatWereLeafedPastAreNotHandedOut()
    {
        fill(80);
        auto ann = session("Ann");
        std::vector<ItemId> passed;
        for (ItemId expected = 80; expected > 8; --expected) { // further than the first candidates reach
            const auto task = valueOf(ann.next(everything(), passed));
            QCOMPARE(task->lease.item, expected);
            mustBe(ann.store().release(task->lease));
            passed.push_back(expected);
        }
        QCOMPARE(valueOf(ann.next(everything()))->lease.item, ItemId{80});
    }

    void aMindCanBeChangedUntilSomebodyBuildsOnIt()
    {
        fill(2);
        auto ann = session("Ann");
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
        const ReviewTask again = valueOf(ann.reopen(2));
        QCOMPARE(again.status.first->decision.answers, kYesNo);
        (void)valueOf(ann.record(again, Step::Decide, decision(kNoNo)));
        const ItemId two = 2;
        QCOMPARE(valueOf(ann.store().statuses(std::span(&two, 1))).front().first->decision.answers, kNoNo);
        auto ben = session("Ben");
        const auto notMine = ben.reopen(2);
        QVERIFY(!notMine);
        QCOMPARE(notMine.error().code, ErrorCode::Mismatch);
        (void)valueOf(ann.recordMany(std::span(&two, 1), Step::AskSecondOpinion, decision({})));
        QVERIFY(!ann.reopen(2));
    }

    void aQueueRunsEmpty()
    {
        fill(3);
        auto ann = session("Ann");
        for (int i = 0; i < 3; ++i) {
            const auto task = valueOf(ann.next(everything()));
            QVERIFY(task.has_value());
            QCOMPARE(valueOf(ann.record(*task, Step::Decide, decision(kNoNo))).changed.size(), std::size_t{1});
        }
        QVERIFY(!valueOf(ann.next(everything())));
        QCOMPARE(valueOf(ann.count({"", valueOf(parseFilter("state:decided by:reviewer-2")), {}})), std::size_t{3});
    }

    void whatUndoWouldDoCanBeNamed()
    {
        fill(2);
        auto ann = session("Ann");
        QVERIFY(!valueOf(ann.undoable()).step);
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
        const auto last = valueOf(ann.undoable()).step;
        QCOMPARE(last->event.step, Step::Decide);
        QCOMPARE(last->event.decision.answers, kYesNo);
        QCOMPARE(last->items, std::vector<ItemId>{2});
        QVERIFY(!last->onlyReReview && !valueOf(ann.redoable()));
        (void)valueOf(ann.undo());
        QVERIFY(!valueOf(ann.undoable()).step);
        QCOMPARE(valueOf(ann.redoable())->event.seq, last->event.seq);
        (void)valueOf(ann.redo());
        QCOMPARE(valueOf(ann.undoable()).step->event.seq, last->event.seq);
    }

    void undoSaysWhenAReReviewIsAllThatCanBeAsked()
    {
        fill(1);
        auto ann = session("Ann");
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
        auto lead = session("Lea");
        const ItemId item = 1;
        (void)valueOf(lead.recordMany(std::span(&item, 1), Step::Finalise, decision({})));
        const auto last = valueOf(ann.undoable()).step;
        QVERIFY(last->onlyReReview);
        const auto refused = ann.undo();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
        QVERIFY(refused.error().message.find("re-review") != std::string::npos);
        (void)valueOf(ann.recordMany(last->items, Step::AskReReview, decision({})));
        QCOMPARE(valueOf(lead.store().statuses(std::span(&item, 1))).front().state, ItemState::New);
    }

    void undoAndRedoReachAcrossRestarts()
    {
        fill(3);
        {
            auto ann = session("Ann");
            (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
            (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Skip, decision({})));
        }
        auto ann = session("Ann");
        const auto status = [&](ItemId item) { return valueOf(ann.store().statuses(std::span(&item, 1))).front(); };
        QCOMPARE(status(2).skips, 1);
        QVERIFY(valueOf(ann.undo()).has_value());
        QCOMPARE(status(2).skips, 0);
        QVERIFY(valueOf(ann.undo()).has_value());
        QCOMPARE(status(3).state, ItemState::New);
        QVERIFY(!valueOf(ann.undo())); // nothing left
        QVERIFY(valueOf(ann.redo()).has_value());
        QCOMPARE(status(3).state, ItemState::Decided);
        QVERIFY(status(3).consensus() == kYesNo);
        QVERIFY(valueOf(ann.redo()).has_value());
        QCOMPARE(status(2).skips, 1);
        QVERIFY(!valueOf(ann.redo()));
    }

    void anUndoThatSomebodyBuiltOnIsRefused()
    {
        fill(1);
        auto ann = session("Ann");
        auto ben = session("Ben");
        const auto task = valueOf(ann.next(everything()));
        (void)valueOf(ann.record(*task, Step::Decide, decision(kYesNo)));
        (void)valueOf(ann.recordMany(std::vector<ItemId>{1}, Step::AskSecondOpinion, {}));
        (void)valueOf(ben.refresh());
        const auto second = valueOf(ben.next(everything()));
        (void)valueOf(ben.record(*second, Step::Decide, decision(kYesNo)));
        QCOMPARE(ann.undo().error().code, ErrorCode::Mismatch);
        EventDraft forced;
        forced.kind = EventKind::Undone;
        forced.items = {1};
        forced.refersTo = second->status.version;
        const auto refused = ann.store().commit(forced, std::nullopt);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
    }

    void aSecondOpinionIsGivenBlindByAnotherPerson()
    {
        fill(1);
        auto ann = session("Ann");
        Decision first = decision(kYesNo, "it targets people");
        first.note = "see policy 4.2";
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, first));
        (void)valueOf(ann.recordMany(std::vector<ItemId>{1}, Step::AskSecondOpinion, {}));
        QVERIFY(!valueOf(ann.next(everything())));

        auto ben = session("Ben");
        const auto task = valueOf(ben.next(everything()));
        QVERIFY(task && task->blind && task->suggestionHidden);
        QVERIFY(task->content.scores.empty());
        QVERIFY(!task->status.first && task->status.declined.empty());
        QCOMPARE(task->status.state, ItemState::New); // like any other item
        QCOMPARE(task->priority, Priority{});
        (void)valueOf(ben.record(*task, Step::Decide, decision(kNoNo)));

        auto cleo = session("Cleo");
        const auto settle = valueOf(cleo.next(everything()));
        QVERIFY(settle && settle->adjudication);
        QCOMPARE(settle->status.first->reviewer, ReviewerId{0}); // no names
        QCOMPARE(settle->status.first->decision.answers, kYesNo);
        (void)valueOf(cleo.record(*settle, Step::Adjudicate, decision(kNoNo, "irony")));
        const ItemId item = 1;
        const auto status = valueOf(cleo.store().statuses(std::span(&item, 1))).front();
        QCOMPARE(status.state, ItemState::Final);
        QVERIFY(status.second->decision.blind);
        QVERIFY(!status.first->decision.blind && status.first->decision.suggestionShown);
    }

    void goldenItemsLookLikeOthersAndMeasure()
    {
        ReviewRules rules = plainRules();
        rules.goldenShare = 1;
        fill(3, rules);
        auto lead = session("Lea");
        (void)valueOf(lead.recordMany(std::vector<ItemId>{1}, Step::MarkGolden, decision(kYesNo)));
        auto ann = session("Ann");
        const auto golden = valueOf(ann.next(everything()));
        QCOMPARE(golden->lease.item, ItemId{1});
        QVERIFY(golden->blind && !golden->status.golden && golden->status.goldenAnswers.empty());
        (void)valueOf(ann.record(*golden, Step::Decide, decision(kNoNo)));
        const auto status = valueOf(ann.store().statuses(std::vector<ItemId>{1})).front();
        QCOMPARE(status.state, ItemState::New); // Ben gets it too
        QVERIFY(!status.first);
        QCOMPARE(valueOf(ann.next(everything()))->lease.item, ItemId{3}); // no golden one left for Ann
    }

    void decidedGoldenItemsComeInAQueueOfNewOnes()
    {
        ReviewRules rules = plainRules();
        rules.goldenShare = 1;
        fill(3, rules);
        auto lead = session("Lea");
        (void)valueOf(lead.record(valueOf(lead.take(1)), Step::Decide, decision(kYesNo)));
        (void)valueOf(lead.recordMany(std::vector<ItemId>{1}, Step::MarkGolden, decision(kYesNo)));
        auto ann = session("Ann");
        const auto golden = valueOf(ann.next({"new", valueOf(parseFilter("state:new")), {}}));
        QCOMPARE(golden->lease.item, ItemId{1});
        QVERIFY(golden->blind && !golden->status.first);
    }

    void aShareOfDecisionsWaitsForASecondOpinionAtOnce()
    {
        ReviewRules rules = plainRules();
        rules.secondOpinionShare = 1;
        fill(2, rules);
        auto ann = session("Ann");
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
        const ItemId two = 2;
        QCOMPARE(valueOf(ann.store().statuses(std::span(&two, 1))).front().state, ItemState::SecondOpinion);
        auto ben = session("Ben");
        const auto second = valueOf(ben.next(everything()));
        QCOMPARE(second->lease.item, two);
        QVERIFY(second->blind);
        (void)valueOf(ben.record(*second, Step::Decide, decision(kYesNo)));
        QCOMPARE(valueOf(ben.store().statuses(std::span(&two, 1))).front().state, ItemState::Final);
    }

    void aRandomShareIsDrawnUniformly()
    {
        ReviewRules rules = plainRules();
        rules.randomShare = 1;
        fill(4, rules);
        std::map<ItemId, int> drawn;
        auto ann = session("Ann");
        for (int round = 0; round < 100; ++round) {
            const auto task = valueOf(ann.next(everything()));
            QCOMPARE(task->drawn, Drawn::AtRandom);
            ++drawn[task->lease.item];
            mustBe(ann.store().release(task->lease));
        }
        for (ItemId item = 1; item <= 4; ++item) {
            QVERIFY2(drawn[item] > 7 && drawn[item] < 43, std::to_string(drawn[item]).c_str()); // 25 expected, 4 sigma
        }
    }

    void neverTooManySevereItemsInARow()
    {
        ReviewRules rules = plainRules();
        rules.maxSevereInARow = 2;
        rules.severeFrom = 0.5;
        fill(9, rules); // risks 0.1 to 0.9
        auto ann = session("Ann");
        std::vector<ItemId> order;
        while (const auto task = valueOf(ann.next(everything()))) {
            order.push_back(task->lease.item);
            (void)valueOf(ann.record(*task, Step::Decide, decision(kNoNo)));
        }
        QCOMPARE(order, (std::vector<ItemId>{9, 8, 4, 7, 6, 3, 5, 2, 1}));
    }

    void predictionsAreHiddenAtTheAskedRateTheSameWayEachTime()
    {
        ReviewRules rules = plainRules();
        rules.hiddenShare = 0.5;
        fill(60, rules);
        std::vector<bool> hidden[2];
        for (auto& round : hidden) {
            auto ann = session("Ann");
            for (ItemId item = 1; item <= 60; ++item) {
                const auto task = valueOf(ann.take(item));
                QCOMPARE(task.content.scores.empty(), task.suggestionHidden);
                round.push_back(task.suggestionHidden);
                mustBe(ann.store().release(task.lease));
            }
        }
        QCOMPARE(hidden[0], hidden[1]);
        const auto count = std::count(hidden[0].begin(), hidden[0].end(), true);
        QVERIFY2(count > 15 && count < 45, std::to_string(count).c_str());
    }

    void aGroupIsDecidedInOneUndoableEvent()
    {
        fill(4);
        auto ann = session("Ann");
        mustBe(ann.store().setGroup(std::vector<ItemId>{2, 4}, "same meme"));
        const auto task = valueOf(ann.take(4));
        QCOMPARE(task.group, std::vector<ItemId>{2});
        const auto outcome = valueOf(ann.record(task, Step::Decide, decision(kYesNo), task.group));
        QCOMPARE(outcome.changed.size(), std::size_t{2});
        QCOMPARE(valueOf(ann.count({"", valueOf(parseFilter("state:decided")), {}})), std::size_t{2});
        QCOMPARE(valueOf(ann.undo())->changed.size(), std::size_t{2});
        QCOMPARE(valueOf(ann.count({"", valueOf(parseFilter("state:decided")), {}})), std::size_t{0});
    }

    void aGroupMemberThatSomebodyHoldsIsLeftOutAndNamed()
    {
        fill(4);
        auto ann = session("Ann");
        auto ben = session("Ben");
        const auto held = valueOf(ben.take(2));
        const auto task = valueOf(ann.take(4));
        const auto outcome = valueOf(ann.record(task, Step::Decide, decision(kYesNo), std::vector<ItemId>{2, 3}));
        QCOMPARE(outcome.changed, (std::vector<ItemId>{3, 4}));
        QCOMPARE(outcome.leftOut.size(), std::size_t{1});
        QCOMPARE(outcome.leftOut.front().item, ItemId{2});
    }

    void otherPeoplesWorkArrivesWithARefresh()
    {
        fill(3);
        auto ann = session("Ann");
        auto ben = session("Ben");
        (void)valueOf(ann.record(*valueOf(ann.next(everything())), Step::Decide, decision(kYesNo)));
        const Queue decided{"", valueOf(parseFilter("state:decided")), {}};
        QCOMPARE(valueOf(ben.count(decided)), std::size_t{0});
        QVERIFY(valueOf(ben.refresh()));
        QCOMPARE(valueOf(ben.count(decided)), std::size_t{1});
        QVERIFY(!valueOf(ben.refresh()));
    }

    void wordsAreSearchedAsData()
    {
        fill(12);
        auto ann = session("Ann");
        QCOMPARE(valueOf(ann.list({"", valueOf(parseFilter("\"item 12\"")), {}}, 0)), (std::vector<ItemId>{12}));
        for (const char* hostile : {"\"'; DROP TABLE item; --\"", "\"item* OR text:1 NEAR\"", "\"\"\"\"", "%_"}) {
            const auto filter = parseFilter(hostile);
            QVERIFY(filter.has_value());
            QVERIFY(valueOf(ann.list({"", *filter, {}}, 0)).empty());
        }
        QCOMPARE(valueOf(ann.count(everything())), std::size_t{12});
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
