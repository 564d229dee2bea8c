#include "tests/store/store_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <set>

// What ReviewStore promises, held on every database it is written for.

using namespace modscope;
using namespace modscope::test;

/// Evaluates `result` once; fails the test with the error's message.
#define MUST(result)                                                                                                   \
    do {                                                                                                               \
        const auto& outcomeOfMust = (result);                                                                          \
        QVERIFY2(outcomeOfMust.has_value(), outcomeOfMust ? "" : outcomeOfMust.error().message.c_str());               \
    } while (false)

class TestContract : public QObject {
    Q_OBJECT

    std::unique_ptr<PostgresServer> m_server;
    std::unique_ptr<TemporaryFolder> m_folder;

    /// A new, empty place on the database that the test's row names.
    std::string newLocation()
    {
        static int number = 0;
        QFETCH_GLOBAL(const QString, database);
        return database == QLatin1String("PostgreSQL")
                   ? m_server->newDatabase()
                   : (m_folder->path() / ("queue" + std::to_string(++number) + ".db")).string();
    }

    static Result<ItemId> decideNext(ReviewStore& store, const std::vector<ItemId>& candidates, Answer racist)
    {
        auto lease = store.claim(candidates);
        if (!lease || !*lease) {
            return lease ? fail(ErrorCode::NotFound, "nothing to claim") : fail(lease.error());
        }
        EventDraft draft;
        draft.items = {(*lease)->item};
        draft.decision = answer({racist, Answer::No});
        auto outcome = store.commit(draft, **lease);
        return outcome ? Result<ItemId>((*lease)->item) : fail(outcome.error());
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("database");
        QTest::newRow("SQLite") << "SQLite";
        QTest::newRow("PostgreSQL") << "PostgreSQL";
    }

    void initTestCase()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        m_server = std::make_unique<PostgresServer>();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
    }
    void cleanupTestCase() { m_server.reset(); }

    void init() { failOnWarnings(); }

    void whatWasImportedComesBackWhole()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto model = store->model({0, "fusion", std::string(64, 'a'), {"Religion", "Racist"}, {0.5F, 0.25F}});
        MUST(model);
        NewItem row;
        row.content.text = "Robert'); DROP TABLE item;-- :name <b>&amp;</b> \u202Eevil\u202C \"{1,2}\\";
        row.content.imagePath = "/pictures/a b.png";
        row.content.imageSha256 = std::string(64, '7');
        row.content.source = "user 'report'";
        row.content.externalId = "id,1";
        row.content.created = 1'700'000'000'123;
        row.content.hash = {std::string(64, 'f'), 93};
        row.content.scores = {{model->id, {0.1F, 0.7F}, {0.2F, 0.3F}, {}}};
        const auto outcome = store->import(std::span(&row, 1), "first");
        MUST(outcome);
        QCOMPARE(outcome->added, 1U);
        const auto contents = store->contents(outcome->ids);
        MUST(contents);
        ItemContent expected = row.content;
        expected.id = outcome->ids.front();
        expected.key = contents->front().key;
        QCOMPARE(contents->front() == expected, true);
        QCOMPARE(expected.key.size(), 9U);
        const auto found = store->findKey(expected.key);
        MUST(found);
        QCOMPARE(*found == std::optional(expected.id), true);
        QCOMPARE(*store->findKey("' OR 1=1 --") == std::nullopt, true);
    }

    void aTextWithNulOrBrokenUtf8IsRefusedWithItsRow()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        for (const std::string& text : {std::string("a\0b", 3), std::string("\xff")}) {
            auto rows = textRows(3);
            rows[1].content.text = text;
            const auto outcome = store->import(rows, "broken");
            QCOMPARE(outcome.error().code, ErrorCode::InvalidArgument);
            QVERIFY(outcome.error().message.find("row 2") != std::string::npos);
        }
        QCOMPARE(*store->importedRows("broken"), 0U);
    }

    void duplicatesAreJoinedAndTheirScoresAdded()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto model = store->model({0, "fusion", std::string(64, 'a'), {"Racist"}, {0.5F}});
        MUST(model);
        auto rows = textRows(3);
        rows[2].content.text = rows[0].content.text;
        const auto first = store->import(rows, "one");
        MUST(first);
        QCOMPARE(first->added, 2U);
        QCOMPARE(first->joined, 1U);
        QCOMPARE(first->ids[2], first->ids[0]);
        auto again = textRows(2);
        again[1].content.scores = {{model->id, {0.75F}, {}, {}}};
        const auto second = store->import(again, "two");
        MUST(second);
        QCOMPARE(second->added, 0U);
        QCOMPARE(second->event, 0);
        QCOMPARE(second->ids == std::vector<ItemId>({first->ids[0], first->ids[1]}), true);
        QCOMPARE(store->contents(second->ids)->at(1).scores.front().probabilities.front(), 0.75F);
        QCOMPARE(*store->importedRows("one"), 3U);
        QCOMPARE(*store->importedRows("two"), 2U);
        std::vector<ItemId> changed;
        MUST(store->readFacts(first->event, {}, [&](const ItemFacts& facts) { changed.push_back(facts.id); }));
        QCOMPARE(changed == std::vector<ItemId>({first->ids[1]}), true);
    }

    void aReimportKeepsKeysAndRefusesOneThatIsTaken()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        auto rows = textRows(2);
        rows[0].content.key = "4f2a-91c0";
        const auto outcome = store->import(rows, "back");
        MUST(outcome);
        QCOMPARE(store->contents(outcome->ids)->at(0).key, std::string("4f2a-91c0"));
        auto clash = textRows(1, 7);
        clash[0].content.key = "4f2a-91c0";
        QCOMPARE(store->import(clash, "back").error().code, ErrorCode::Mismatch);
    }

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
            auto event = kind == EventKind::Undone ? store->undoable() : store->redoable();
            if (!event || !*event) {
                return fail(ErrorCode::NotFound, "nothing to take back");
            }
            EventDraft draft;
            draft.kind = kind;
            draft.items = (*event)->items;
            draft.refersTo = (*event)->seq;
            return store->commit(draft, std::nullopt);
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
        const auto event = ada->undoable();
        MUST(event);
        QCOMPARE((*event)->items == outcome->changed, true);
        EventDraft back;
        back.kind = EventKind::Undone;
        back.items = (*event)->items;
        back.refersTo = (*event)->seq;
        MUST(ada->commit(back, std::nullopt));
        const auto reopened = ada->statuses(ids);
        MUST(reopened);
        for (const ItemStatus& status : *reopened) {
            QCOMPARE(status.state, ItemState::New);
        }
        MUST(ada->markNotDuplicates(ids[1], ids[0]));
        QCOMPARE(ada->setGroup(ids, "same meme").error().code, ErrorCode::Mismatch);
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
        QCOMPARE(bo->undoable()->has_value(), false);
        QCOMPARE(bo->claim(ids)->has_value(), false); // a second opinion is another person's
        MUST(decideNext(*ada, ids, Answer::Yes));
        QCOMPARE(ada->statuses(ids)->front().state, ItemState::Final);
    }

    void factsTellWhatChangedAndInWhichOrder()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto model = store->model({0, "fusion", std::string(64, 'a'), {"Racist"}, {0.5F}});
        auto rows = textRows(5);
        for (NewItem& row : rows) {
            row.content.scores = {{model->id, {static_cast<float>(row.row) / 8}, {}, {}}};
        }
        const auto ids = store->import(rows, "some")->ids;
        std::vector<ItemFacts> all;
        const auto version = store->readFacts(0, {}, [&](const ItemFacts& facts) { all.push_back(facts); });
        MUST(version);
        QCOMPARE(*version, *store->lastEvent());
        QCOMPARE(all.size(), 5U);
        for (std::size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i].id, ids[i]);
            QCOMPARE(all[i].scores.front().probabilities.front(), static_cast<float>(i + 1) / 8);
            QCOMPARE(all[i].sourceId, 1);
        }
        MUST(decideNext(*store, std::vector<ItemId>{ids[3]}, Answer::Yes));
        std::vector<ItemFacts> changed;
        MUST(store->readFacts(*version, {}, [&](const ItemFacts& facts) { changed.push_back(facts); }));
        QCOMPARE(changed.size(), 1U);
        QCOMPARE(changed.front().id, ids[3]);
        QCOMPARE(changed.front().firstBy, store->me().id);
        QCOMPARE(changed.front().scores == all[3].scores, true);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(store->readFacts(0, stop.get_token(), [](const ItemFacts&) {}).error().code, ErrorCode::Cancelled);
    }

    void searchFindsWholeWordsAndTakesEverythingAsData()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        auto rows = textRows(4);
        rows[0].content.text = "When THE cat's-away, mice@play.com";
        rows[1].content.text = "the dog \u00FCber \"alles\" OR nothing";
        const auto ids = store->import(rows, "some")->ids;
        const auto hits = [&](const char* words) { return *store->search(words); };
        QCOMPARE(hits("the") == std::vector<ItemId>({ids[0], ids[1]}), true);
        QCOMPARE(hits("away cat") == std::vector<ItemId>({ids[0]}), true);
        QCOMPARE(hits("play.com") == std::vector<ItemId>({ids[0]}), true);
        QCOMPARE(hits("\u00FCber") == std::vector<ItemId>({ids[1]}), true);
        QCOMPARE(hits("nothing OR") == std::vector<ItemId>({ids[1]}), true);
        QCOMPARE(hits("cat OR dog").size(), 0U);
        QCOMPARE(hits("th").size(), 0U);
        QCOMPARE(hits("\" ' ; -- * NEAR( :x").size(), 0U);
        QCOMPARE(hits("!!!").size(), 0U);
        MUST(store->setOcrText(ids[3], "caption read later"));
        QCOMPARE(hits("caption") == std::vector<ItemId>({ids[3]}), true);
        MUST(store->setOcrText(ids[3], "another"));
        QCOMPARE(hits("caption").size(), 0U);
        QCOMPARE(hits(store->contents(ids)->at(2).key.c_str()) == std::vector<ItemId>({ids[2]}), true);
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

    void rolesAreKept()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        MUST(ada->addReviewer("Cy", Role::Auditor));
        QCOMPARE(ada->addReviewer("Bo", Role::Lead).error().code, ErrorCode::Mismatch);
        const auto ids = ada->import(textRows(1), "some")->ids;
        auto bo = mustOpen(location, "Bo");
        QCOMPARE(bo->addReviewer("Di", Role::Reviewer).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(bo->setRules({}).error().code, ErrorCode::PermissionDenied);
        auto cy = mustOpen(location, "Cy");
        QCOMPARE(cy->readOnly(), true);
        QCOMPARE(cy->claim(ids).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(cy->contents(ids)->size(), 1U);
        StoreOptions unknown;
        unknown.location = location;
        unknown.reviewerName = "Nobody";
        QCOMPARE(openStore(unknown).error().code, ErrorCode::NotFound);
        unknown.reviewerName = "Ada";
        unknown.create = Project{"other", {"Sexist"}};
        QCOMPARE(openStore(unknown).error().code, ErrorCode::Mismatch);
    }

    void rulesQueuesAndPoliciesAreKept()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        ReviewRules rules;
        rules.randomShare = 0.25;
        rules.maxSevereInARow = 5;
        MUST(store->setRules(rules));
        MUST(store->saveQueue({"mine", "state:new \"it's\"", "risk"}));
        MUST(store->saveQueue({"mine", "state:decided", "oldest"}));
        MUST(store->publishPolicy({"v1", "# Rules", 0}));
        QCOMPARE(store->publishPolicy({"v1", "# Others", 0}).error().code, ErrorCode::Mismatch);
        rules.randomShare = 1.5;
        QCOMPARE(store->setRules(rules).error().code, ErrorCode::InvalidArgument);
        auto again = mustOpen(location);
        QCOMPARE(again->rules()->randomShare, 0.25);
        QCOMPARE(again->rules()->maxSevereInARow, 5);
        QCOMPARE(again->queues()->size(), 1U);
        QCOMPARE(again->queues()->front().order, std::string("oldest"));
        QCOMPARE(again->policies()->front().markdown, std::string("# Rules"));
        MUST(again->deleteQueue("mine"));
        QCOMPARE(again->deleteQueue("mine").error().code, ErrorCode::NotFound);
    }

    void exposureIsPrivateUntilFivePeopleAreInTheSum()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addExposure({"2026-11-25", 1.5, 0.5, 2, 3, 1}));
        MUST(ada->addExposure({"2026-11-25", 0.5, 0.25, 1, 2, 1}));
        QCOMPARE(ada->myExposure("2026-11-01")->front() == Exposure({"2026-11-25", 2, 0.75, 3, 5, 2}), true);
        for (const char* name : {"Bo", "Cy", "Di"}) {
            MUST(ada->addReviewer(name, Role::Reviewer));
            MUST(mustOpen(location, name)->addExposure({"2026-11-25", 1, 0, 0, 1, 0}));
        }
        QCOMPARE(ada->teamExposure("2026-11-01")->has_value(), false);
        MUST(ada->addReviewer("Ed", Role::Reviewer));
        MUST(mustOpen(location, "Ed")->addExposure({"2026-11-25", 1, 0, 0, 1, 0}));
        QCOMPARE((*ada->teamExposure("2026-11-01"))->secondsRevealed, 6.0);
        QCOMPARE(ada->addExposure({"yesterday", 1, 0, 0, 1, 0}).error().code, ErrorCode::InvalidArgument);
    }

    void readingAllItemsPassesEachOnceAndCanBeStopped()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto ids = store->import(textRows(2500), "many")->ids;
        std::vector<ItemId> seen;
        MUST(store->readItems({}, [&](const ItemContent& content, const ItemStatus&) -> Result<void> {
            seen.push_back(content.id);
            return {};
        }));
        QCOMPARE(seen == ids, true);
        const auto stopped = store->readItems(
            {}, [](const ItemContent&, const ItemStatus&) -> Result<void> { return fail(ErrorCode::IoError, "full"); });
        QCOMPARE(stopped.error().message, std::string("full"));
        const std::vector<ItemId> unknown = {ids[0], 99'999};
        QCOMPARE(store->contents(unknown).error().code, ErrorCode::NotFound);
        QCOMPARE(store->statuses(unknown).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
