#include "tests/store/database_test.h"

#include <QTest>

// Claims, and the decisions that need them. On every database that stores are written for.

using namespace modscope;
using namespace modscope::test;

class TestStoreCommit : public DatabaseTest {
    Q_OBJECT

private Q_SLOTS:
    void twoPeopleAreNeverGivenOneItem()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(3), "some")->ids;
        const std::vector<ItemId> order = {ids[2], ids[0], ids[1]};
        const auto one = ada->claim(order);
        const auto two = bo->claim(order);
        const auto three = ada->claim(order);
        const auto none = bo->claim(order);
        MUST(one);
        MUST(none);
        QCOMPARE((*one)->item, ids[2]); // the order is the caller's
        QCOMPARE((*two)->item, ids[0]);
        QCOMPARE((*three)->item, ids[1]);
        QCOMPARE(none->has_value(), false);
        QCOMPARE(ada->leases()->size(), 3U);
        MUST(bo->release(**two));
        QCOMPARE((*ada->claim(order))->item, ids[0]);
    }

    void aDecisionNeedsTheLease()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(1), "some")->ids;
        const Lease lease = **ada->claim(ids);
        EventDraft draft;
        draft.items = ids;
        draft.decision = answer({Answer::Yes, Answer::No});
        QCOMPARE(bo->commit(draft, std::nullopt).error().code, ErrorCode::Mismatch); // Ada holds it
        QCOMPARE(bo->commit(draft, lease).error().code, ErrorCode::Mismatch);        // not his lease
        MUST(ada->heartbeat(lease));
        MUST(ada->release(lease));
        QCOMPARE(ada->heartbeat(lease).error().code, ErrorCode::Mismatch);
        QCOMPARE(ada->commit(draft, lease).error().code, ErrorCode::Mismatch);
        QCOMPARE(*ada->lastEvent(), 3); // two people, one import: nothing was recorded
    }

    void aDecisionIsRecordedWithEverythingInIt()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(2), "some")->ids;
        const Lease lease = **store->claim(ids);
        EventDraft draft;
        draft.items = {lease.item};
        draft.decision = answer({Answer::Yes, Answer::Unsure});
        draft.decision.note = "a 'note' with :colons";
        draft.decision.policyVersion = "v2";
        draft.decision.confidence = 0.1;
        draft.decision.secondsVisible = 4.2;
        draft.decision.secondsRevealed = 1.0 / 3.0;
        draft.decision.disclosure = Disclosure::Revealed;
        draft.decision.suggestionShown = true;
        const auto outcome = store->commit(draft, lease);
        MUST(outcome);
        QCOMPARE(store->leases()->size(), 0U);
        const ItemStatus status = store->statuses(std::span(&lease.item, 1))->front();
        QCOMPARE(status.state, ItemState::Decided);
        QCOMPARE(status.first->decision == draft.decision, true);
        QCOMPARE(status.first->event, outcome->event);
        QCOMPARE(status.version, outcome->event);
        ChainVerifier chain;
        ReviewEvent last;
        MUST(store->readEvents({}, [&](const ReviewEvent& event) {
            last = event;
            return chain.next(event);
        }));
        QCOMPARE(chain.seq(), outcome->event);
        QCOMPARE(last.decision == draft.decision, true);
        QCOMPARE(last.actor, std::string("reviewer-1"));
        auto reopened = mustOpen(location);
        QCOMPARE(reopened->statuses(std::span(&lease.item, 1))->front() == status, true);
    }

    void aGroupIsDecidedAndTakenBackAsOne()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(4), "some")->ids;
        MUST(ada->setGroup(ids, "same meme"));
        QCOMPARE(*ada->group(ids[2]) == ids, true);
        const Lease held = **bo->claim(std::span(&ids[3], 1));
        EventDraft draft;
        draft.items = ids;
        draft.decision = answer({Answer::No, Answer::No});
        const auto outcome = ada->commit(draft, std::nullopt);
        MUST(outcome);
        QCOMPARE(outcome->changed.size(), 3U);
        QCOMPARE(outcome->leftOut.size(), 1U);
        QCOMPARE(outcome->leftOut.front().item, held.item);
        const auto last = ada->undoable();
        MUST(last);
        QCOMPARE((*last)->items == outcome->changed, true);
        EventDraft back;
        back.kind = EventKind::Undone;
        back.items = (*last)->items;
        back.refersTo = (*last)->event.seq;
        MUST(ada->commit(back, std::nullopt));
        const auto reopened = ada->statuses(ids);
        MUST(reopened);
        for (const ItemStatus& status : *reopened) {
            QCOMPARE(status.state, ItemState::New);
        }
        MUST(ada->markNotDuplicates(ids[1], ids[0]));
        QCOMPARE(ada->setGroup(ids, "same meme").error().code, ErrorCode::Mismatch);
    }
};

QTEST_GUILESS_MAIN(TestStoreCommit)
#include "tst_store_commit.moc"
