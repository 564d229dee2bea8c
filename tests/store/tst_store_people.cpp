#include "tests/store/database_test.h"

#include <QTest>

// People and what they may do, rules, queues, policies and exposure. On every database that stores are written for.

using namespace modscope;
using namespace modscope::test;

class TestStorePeople : public DatabaseTest {
    Q_OBJECT

private Q_SLOTS:
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

    void namesThatLookAlikeAreOneName()
    {
        auto store = mustOpen(newLocation(), "Zo\u00EB K", true);
        for (const char* name : {"Zo\u00EB K", "Zoe\u0308 K", "zo\u00EB k", "Zo\u00EB  K", "Zo\u00EB\u200B K"}) {
            const auto added = store->addReviewer(name, Role::Reviewer);
            QVERIFY2(!added.has_value(), name);
            QCOMPARE(added.error().code, ErrorCode::Mismatch);
            QVERIFY(added.error().message.find("Zo\u00EB K") != std::string::npos);
        }
        MUST(store->addReviewer("Zoe K", Role::Reviewer)); // another letter, another person
        QCOMPARE(store->reviewers()->size(), 2U);
    }

    void twoDesksUnderOneNameNeverShareAnItem()
    {
        const std::string location = newLocation();
        auto one = mustOpen(location, "Ada", true);
        auto other = mustOpen(location, "Ada");
        const auto ids = one->import(textRows(2), "some")->ids;
        const Lease first = **one->claim(ids);
        const Lease second = **other->claim(ids);
        QVERIFY(first.item != second.item);
        QCOMPARE(one->claim(ids)->has_value(), false);
        EventDraft draft;
        draft.items = {first.item};
        draft.decision = answer({Answer::Yes, Answer::No});
        MUST(other->commit(draft, std::nullopt)); // the same person, at another desk, without the claim
        QCOMPARE(one->commit(draft, first).error().code, ErrorCode::Mismatch);
        const auto opinions = one->statuses(std::span(&first.item, 1));
        QCOMPARE(opinions->front().state, ItemState::Decided);
        QCOMPARE(firstDifference(location), std::string());
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
};

QTEST_GUILESS_MAIN(TestStorePeople)
#include "tst_store_people.moc"
