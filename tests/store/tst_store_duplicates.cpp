#include "core/review/grouping.h"
#include "tests/store/database_test.h"

#include <QTest>

#include <utility>

// Groups of duplicates that a person splits. On every database that stores are written for.

using namespace modscope;
using namespace modscope::test;

using Pairs = std::vector<std::pair<ItemId, ItemId>>;

class TestStoreDuplicates : public DatabaseTest {
    Q_OBJECT
private:
    [[nodiscard]] static std::vector<ReviewEvent> splits(ReviewStore& store)
    {
        std::vector<ReviewEvent> found;
        const auto read = store.readEvents({}, [&found](const ReviewEvent& event) -> Result<void> {
            if (event.kind == EventKind::CannotLink) {
                found.push_back(event);
            }
            return {};
        });
        return read ? found : std::vector<ReviewEvent>();
    }

private Q_SLOTS:
    void whatIsTakenOutStaysOutForEver()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        const auto ids = ada->import(textRows(5), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        MUST(ada->splitGroup(std::vector<ItemId>{ids[3], ids[1], ids[3]}));
        QCOMPARE(*ada->group(ids[0]) == (std::vector<ItemId>{ids[0], ids[2], ids[4]}), true);
        QCOMPARE(*ada->group(ids[1]) == (std::vector<ItemId>{ids[1], ids[3]}), true); // still each other's duplicates
        const Pairs parted = {{ids[0], ids[1]}, {ids[0], ids[3]}, {ids[1], ids[2]},
                              {ids[1], ids[4]}, {ids[2], ids[3]}, {ids[3], ids[4]}};
        QCOMPARE(*ada->notDuplicates() == parted, true);
        QCOMPARE(ada->setGroup(std::vector<ItemId>{ids[0], ids[1]}, "same_meme").error().code, ErrorCode::Mismatch);
        MUST(ada->setGroup(std::vector<ItemId>{ids[1], ids[3]}, "same_meme"));

        const auto events = splits(*ada); // one, however many pairs it parts
        QCOMPARE(events.size(), 1U);
        QCOMPARE(events[0].items == ids, true);
        QCOMPARE(events[0].detail.at("apart"), std::to_string(ids[1]) + " " + std::to_string(ids[3]));
        QCOMPARE(firstDifference(location), std::string());
        auto reopened = mustOpen(location);
        QCOMPARE(*reopened->notDuplicates() == parted, true);
    }

    void aSplitIsTakenBack()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        const auto ids = ada->import(textRows(5), "some")->ids;
        MUST(ada->setGroup(std::span(ids).first(4), "same_meme"));
        MUST(ada->markNotDuplicates(ids[0], ids[3])); // stands, whatever becomes of the split
        MUST(ada->splitGroup(std::vector<ItemId>{ids[2], ids[3]}));
        const EventSeq split = splits(*ada).back().seq;
        QCOMPARE(mustOpen(location, "Bo")->takeBackParting(split).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(ada->takeBackParting(split + 1).error().code, ErrorCode::NotFound);
        QCOMPARE(ada->takeBackParting(1).error().code, ErrorCode::InvalidArgument);
        MUST(ada->takeBackParting(split));
        QCOMPARE(*ada->notDuplicates() == (Pairs{{ids[0], ids[3]}}), true);
        QCOMPARE(*ada->group(ids[1]) == (std::vector<ItemId>{ids[0], ids[1], ids[2], ids[3]}), true);
        QCOMPARE(ada->takeBackParting(split).error().code, ErrorCode::Mismatch); // once
        QCOMPARE(firstDifference(location), std::string());

        MUST(ada->splitGroup(std::span(ids).first(1)));
        MUST(ada->setGroup(std::vector<ItemId>{ids[0], ids[4]}, "same_template"));
        const auto standing = *ada->notDuplicates();
        QCOMPARE(ada->takeBackParting(splits(*ada).back().seq).error().code, ErrorCode::Mismatch); // another since
        QCOMPARE(*ada->notDuplicates() == standing, true);
    }

    void aPairIsTakenBack()
    {
        auto ada = mustOpen(newLocation(), "Ada", true);
        const auto ids = ada->import(textRows(3), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        MUST(ada->markNotDuplicates(ids[2], ids[0]));
        MUST(ada->takeBackParting(splits(*ada).back().seq));
        QCOMPARE(*ada->group(ids[0]) == ids, true);
        MUST(ada->markNotDuplicates(ids[0], ids[2])); // may be said again
        QCOMPARE(splits(*ada).size(), 2U);
        QCOMPARE(*ada->group(ids[0]) == (std::vector<ItemId>{ids[0], ids[1]}), true);
    }

    void twoThatAreNotTheSameAreNotShownTogether()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        const auto ids = ada->import(textRows(3), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        MUST(ada->markNotDuplicates(ids[2], ids[0]));
        QCOMPARE(*ada->group(ids[0]) == (std::vector<ItemId>{ids[0], ids[1]}), true);
        QCOMPARE(*ada->group(ids[2]) == (std::vector<ItemId>{ids[1], ids[2]}), true);
        QCOMPARE(*ada->group(ids[1]) == ids, true);
    }

    void aPairThatIsSplitHasNoGroupLeft()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        const auto ids = ada->import(textRows(2), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        MUST(ada->splitGroup(std::span(ids).first(1)));
        std::vector<std::int64_t> groups;
        MUST(ada->readFacts(0, {}, [&groups](const ItemFacts& facts) { groups.push_back(facts.groupId); }));
        QCOMPARE(groups == (std::vector<std::int64_t>{0, 0}), true);
    }

    void otherSessionsLearnOfASplit()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        MUST(ada->addReviewer("Bo", Role::Reviewer));
        auto bo = mustOpen(location, "Bo");
        const auto ids = ada->import(textRows(3), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        const auto before = bo->readFacts(0, {}, [](const ItemFacts&) {});
        MUST(before);
        MUST(ada->splitGroup(std::span(ids).last(1)));
        std::vector<ItemId> changed;
        MUST(bo->readFacts(*before, {}, [&changed](const ItemFacts& facts) { changed.push_back(facts.id); }));
        QCOMPARE(changed == ids, true);
    }

    void aSplitThatMakesNoSenseIsRefused()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        const auto ids = ada->import(textRows(4), "some")->ids;
        MUST(ada->setGroup(std::span(ids).first(2), "same_meme"));
        const auto refused = [&](std::vector<ItemId> apart) { return ada->splitGroup(apart).error().code; };
        QCOMPARE(refused({}), ErrorCode::InvalidArgument);
        QCOMPARE(refused({ids[0], ids[1]}), ErrorCode::InvalidArgument); // nothing stays
        QCOMPARE(refused({ids[2]}), ErrorCode::InvalidArgument);         // in no group
        QCOMPARE(refused({ids[0], ids[3]}), ErrorCode::InvalidArgument); // of two groups
        QCOMPARE(refused({99}), ErrorCode::NotFound);
        QCOMPARE(*ada->group(ids[0]) == (std::vector<ItemId>{ids[0], ids[1]}), true);
        QCOMPARE(ada->notDuplicates()->empty(), true);
        QCOMPARE(splits(*ada).empty(), true);
    }

    void aClaimOutlivesASplit()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        const auto ids = ada->import(textRows(2), "some")->ids;
        MUST(ada->setGroup(ids, "same_meme"));
        const auto lease = ada->claim(ids);
        MUST(ada->splitGroup(std::span(ids).first(1)));
        EventDraft draft;
        draft.items = {(*lease)->item};
        draft.decision = answer({Answer::No, Answer::No});
        MUST(ada->commit(draft, **lease));
    }

    void groupingNeverJoinsThemAgain()
    {
        const std::string location = newLocation();
        auto ada = mustOpen(location, "Ada", true);
        auto rows = textRows(2);
        for (NewItem& row : rows) { // one picture with two texts
            row.content.imagePath = "/pictures/one.png";
            row.content.imageSha256 = std::string(64, 'a');
        }
        const auto ids = ada->import(rows, "some")->ids;
        MUST(groupDuplicates(*ada, std::nullopt));
        QCOMPARE(*ada->group(ids[0]) == ids, true);
        MUST(ada->splitGroup(std::span(ids).last(1)));
        MUST(groupDuplicates(*ada, std::nullopt));
        QCOMPARE(*ada->group(ids[0]) == std::vector<ItemId>{ids[0]}, true);
    }
};

QTEST_GUILESS_MAIN(TestStoreDuplicates)
#include "tst_store_duplicates.moc"
