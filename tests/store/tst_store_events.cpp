#include "tests/store/database_test.h"

#include <QTest>

// The way back and forth through one's own steps, and the news of others'. On every database that stores are written
// for.

using namespace modscope;
using namespace modscope::test;

class TestStoreEvents : public DatabaseTest {
    Q_OBJECT

    static EventDraft draftOf(EventKind kind, const LastStep& last)
    {
        EventDraft draft;
        draft.kind = kind;
        draft.items = last.event.items;
        draft.refersTo = last.event.seq;
        return draft;
    }

    static EventDraft stepOn(std::vector<ItemId> items, Step step, Decision decision = {})
    {
        EventDraft draft;
        draft.step = step;
        draft.items = std::move(items);
        draft.decision = std::move(decision);
        return draft;
    }

private Q_SLOTS:
    void undoAndRedoGoBackAndForthAcrossRestarts()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids;
        std::vector<ItemStatus> fresh = *store->statuses(ids);
        for (int i = 0; i < 3; ++i) {
            MUST(decideNext(*store, ids, Answer::Yes));
        }
        const std::vector<ItemStatus> decided = *store->statuses(ids);
        const auto takeBack = [&](EventKind kind) -> Result<CommitOutcome> {
            auto last = kind == EventKind::Undone ? store->undoable() : store->redoable();
            if (!last || !*last) {
                return fail(ErrorCode::NotFound, "nothing to take back");
            }
            return store->commit(draftOf(kind, **last), std::nullopt);
        };
        for (int i = 0; i < 3; ++i) {
            const auto undone = takeBack(EventKind::Undone);
            MUST(undone);
            QCOMPARE(undone->changed == std::vector<ItemId>({ids[static_cast<std::size_t>(2 - i)]}), true);
            store = mustOpen(location);
        }
        QCOMPARE(*store->statuses(ids) == fresh, true);
        QCOMPARE(store->undoable()->has_value(), false);
        for (int i = 0; i < 3; ++i) {
            MUST(takeBack(EventKind::Redone));
        }
        QCOMPARE(*store->statuses(ids) == decided, true);
        QCOMPARE(store->redoable()->has_value(), false);
        MUST(takeBack(EventKind::Undone));
        MUST(decideNext(*store, ids, Answer::No)); // a new step ends the way back
        QCOMPARE(store->redoable()->has_value(), false);
    }

    void somebodyElsesLaterStepKeepsMineFromBeingTakenBack()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(1), "some")->ids;
        MUST(decideNext(*bo, ids, Answer::Yes));
        EventDraft ask;
        ask.step = Step::AskSecondOpinion;
        ask.items = ids;
        MUST(ada->commit(ask, std::nullopt));
        QCOMPARE(bo->undoable()->has_value(), false); // it waits for somebody else already
        QCOMPARE(bo->claim(ids)->has_value(), false); // a second opinion is another person's
        MUST(decideNext(*ada, ids, Answer::Yes));
        QCOMPARE(ada->statuses(ids)->front().state, ItemState::Final);
    }

    void whatSomebodyBuiltOnCanOnlyBeAskedAbout()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(2), "some")->ids;
        MUST(decideNext(*bo, {ids[0]}, Answer::Yes));
        const EventSeq earlier = *bo->lastEvent();
        MUST(decideNext(*bo, {ids[1]}, Answer::Yes));
        const EventSeq later = *bo->lastEvent();
        MUST(ada->commit(stepOn({ids[1]}, Step::AskSecondOpinion), std::nullopt));
        MUST(decideNext(*ada, {ids[1]}, Answer::Yes)); // final now

        const auto last = bo->undoable();
        MUST(last);
        QCOMPARE((*last)->event.seq, later); // not the one before
        QCOMPARE((*last)->onlyReReview, true);
        QCOMPARE((*last)->items == std::vector<ItemId>{ids[1]}, true);
        QCOMPARE(bo->commit(draftOf(EventKind::Undone, **last), std::nullopt).error().code, ErrorCode::Mismatch);

        MUST(bo->commit(stepOn((*last)->items, Step::AskReReview), std::nullopt));
        QCOMPARE(ada->statuses(ids)->at(1).state, ItemState::New);
        const auto asked = bo->undoable();
        MUST(asked);
        QCOMPARE((*asked)->event.step, Step::AskReReview); // which can be taken back as any step
        QCOMPARE((*asked)->onlyReReview, false);
        MUST(bo->commit(draftOf(EventKind::Undone, **asked), std::nullopt));
        QCOMPARE(ada->statuses(ids)->at(1).state, ItemState::Final);
        MUST(bo->commit(draftOf(EventKind::Redone, **bo->redoable()), std::nullopt));
        MUST(ada->commit(stepOn({ids[1]}, Step::Decide, answer({Answer::No, Answer::No})), std::nullopt));
        const auto answered = bo->undoable();
        MUST(answered);
        QCOMPARE((*answered)->event.seq, later); // the question is done with, the answer can be asked about again
        QCOMPARE((*answered)->onlyReReview, true);
        QVERIFY(earlier < later);
    }

    void aSkipThatSomebodyPassedIsNotAskedAbout()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(2), "some")->ids;
        MUST(decideNext(*bo, {ids[0]}, Answer::Yes));
        const EventSeq decided = *bo->lastEvent();
        MUST(bo->commit(stepOn({ids[1]}, Step::Skip), std::nullopt));
        MUST(decideNext(*ada, {ids[1]}, Answer::No));
        const auto last = bo->undoable();
        MUST(last);
        QCOMPARE((*last)->event.seq, decided);
        QCOMPARE((*last)->onlyReReview, false);
    }

    void ofManyItemsThoseThatNobodyBuiltOnGoBack()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(3), "some")->ids;
        MUST(bo->commit(stepOn({ids[0]}, Step::Decide, answer({Answer::No, Answer::No})), std::nullopt));
        const EventSeq first = *bo->lastEvent();
        MUST(bo->commit(stepOn({ids[1], ids[2]}, Step::Decide, answer({Answer::Yes, Answer::No})), std::nullopt));
        MUST(ada->commit(stepOn({ids[1]}, Step::Finalise), std::nullopt));
        const auto last = bo->undoable();
        MUST(last);
        QCOMPARE((*last)->items == std::vector<ItemId>{ids[2]}, true);
        QCOMPARE((*last)->onlyReReview, false);
        const auto back = bo->commit(draftOf(EventKind::Undone, **last), std::nullopt);
        MUST(back);
        QCOMPARE(back->changed == std::vector<ItemId>{ids[2]}, true);
        QCOMPARE(back->leftOut.size(), 1U);
        QCOMPARE(back->leftOut.front().item, ids[1]);
        QCOMPARE((*bo->undoable())->event.seq, first); // it went as far back as it could
        QCOMPARE((*bo->redoable())->items == std::vector<ItemId>{ids[2]}, true);
    }

    void changesAreNoticedWithoutWaiting()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        auto other = mustOpen(location);
        (void)ada->changed();
        (void)other->changed();
        QCOMPARE(*other->changed(), false);
        MUST(ada->import(textRows(1), "some"));
        bool noticed = false; // it says so once
        QTRY_VERIFY((noticed = noticed || *other->changed()));
        QCOMPARE(*other->changed(), false);
        QCOMPARE(*ada->changed(), true);
        QCOMPARE(*ada->changed(), false);
    }
};

QTEST_GUILESS_MAIN(TestStoreEvents)
#include "tst_store_events.moc"
