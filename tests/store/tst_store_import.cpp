#include "tests/store/database_test.h"

#include <QTest>

// What comes into a store comes back whole. On every database that stores are written for.

using namespace modscope;
using namespace modscope::test;

class TestStoreImport : public DatabaseTest {
    Q_OBJECT

private Q_SLOTS:
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

QTEST_GUILESS_MAIN(TestStoreImport)
#include "tst_store_import.moc"
