#include "tests/store/database_test.h"

#include <QTest>

// What a queue is chosen by. On every database that stores are written for.

using namespace modscope;
using namespace modscope::test;

class TestStoreFacts : public DatabaseTest {
    Q_OBJECT

private Q_SLOTS:
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

    void factsOfSeveralModelsAndOfNoneComeWithTheirItem()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        std::vector<ModelId> models;
        for (const char digit : {'a', 'b', 'c'}) {
            models.push_back(store->model({0, "fusion", std::string(64, digit), {"Racist"}, {0.5F}})->id);
        }
        auto rows = textRows(300);
        for (NewItem& row : rows) {
            row.content.created = -1 - static_cast<TimeMs>(row.row); // ahead of 1970: a sign to keep
            for (std::size_t i = row.row % 4; i > 0; --i) {          // three models, two, one, none; the last one first
                row.content.scores.push_back({models[i - 1], {1 / static_cast<float>(row.row)}, {0.125F}, {}});
            }
        }
        const auto ids = store->import(rows, "some")->ids;
        for (const bool again : {false, true}) { // the second time those that changed since
            const EventSeq after = again ? *store->lastEvent() : 0;
            if (again) {
                MUST(store->setGroup(ids, "same meme"));
            }
            std::vector<ItemFacts> all;
            MUST(store->readFacts(after, {}, [&](const ItemFacts& facts) { all.push_back(facts); }));
            const auto contents = store->contents(ids);
            MUST(contents);
            QCOMPARE(all.size(), ids.size());
            for (std::size_t i = 0; i < ids.size(); ++i) {
                QCOMPARE(all[i].id, ids[i]);
                QCOMPARE(all[i].created, contents->at(i).created);
                QCOMPARE(all[i].groupId, again ? 1 : 0);
                QCOMPARE(all[i].scores.size(), rows[i].row % 4);
                QCOMPARE(all[i].scores == contents->at(i).scores, true);
            }
        }
        QCOMPARE(*store->lastEvent(), *mustOpen(location)->lastEvent()); // the connection serves on
    }

    void readingThatIsStoppedInTheMiddleLeavesTheConnectionUsable()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto ids = store->import(textRows(25'000), "many")->ids;
        std::stop_source stop;
        std::size_t read = 0;
        const auto stopped = store->readFacts(0, stop.get_token(), [&](const ItemFacts&) {
            if (++read == 100) {
                stop.request_stop();
            }
        });
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(read < ids.size());
        MUST(decideNext(*store, ids, Answer::No));
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
};

QTEST_GUILESS_MAIN(TestStoreFacts)
#include "tst_store_facts.moc"
