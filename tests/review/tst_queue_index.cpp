#include "core/review/queue_index.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

using namespace modscope;

namespace {

constexpr TimeMs kNow = 1'800'000'000'000;
constexpr TimeMs kDay = 86'400'000;

QueueNames names()
{
    QueueNames names;
    names.labels = {"Racism", "Religion"};
    names.models = {{1, "fusion", "aa", {"Religion", "Racism"}, {0.5F, 0.4F}}, {2, "mtl", "bb", {"Racism"}, {0.6F}}};
    names.sources = {"memes.csv", "user report"};
    names.reviewers = {{1, "reviewer-1", "Ann", Role::Reviewer}};
    names.model = 1;
    return names;
}

/// @param religion, racism  model 1's, @param other  model 2's of Racism; negative: no score
ItemFacts item(ItemId id, float religion, float racism, float other = -1)
{
    ItemFacts facts;
    facts.id = id;
    facts.created = kNow - id * kDay;
    facts.sourceId = id % 2 == 0 ? 2 : 1;
    facts.hasText = true;
    facts.scores.push_back({1, {religion, racism}, {}, {}});
    if (other >= 0) {
        facts.scores.push_back({2, {other}, {}, {}});
    }
    return facts;
}

QueueIndex indexWith(const std::vector<ItemFacts>& items)
{
    QueueIndex index;
    [&] { QVERIFY(index.setNames(names())); }();
    for (const ItemFacts& facts : items) {
        index.apply(facts);
    }
    return index;
}

QueueIndex::Query query(const std::string& filter, const std::string& order = "risk")
{
    return {*parseFilter(filter), *parseOrder(order), kNow, {}};
}

std::vector<ItemId> found(const QueueIndex& index, const std::string& filter, const std::string& order = "risk")
{
    return index.select(query(filter, order), 0).value();
}

using Ids = std::vector<ItemId>;

} // namespace

class TestQueueIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void riskComesFirst()
    {
        const auto index =
            indexWith({item(1, 0.2F, 0.3F), item(2, 0.9F, 0.1F), item(3, 0.1F, 0.7F), item(4, 0.9F, 0.2F)});
        QCOMPARE(found(index, ""), (Ids{2, 4, 3, 1})); // ties by id
        QCOMPARE(index.select(query(""), 2).value(), (Ids{2, 4}));
        QCOMPARE(index.count(query("")).value(), std::size_t{4});
    }

    void theOtherOrders()
    {
        const auto index = indexWith({item(1, 0.95F, 0.0F), item(2, 0.5F, 0.0F), item(3, 0.1F, 0.1F, 0.9F)});
        QCOMPARE(found(index, "", "uncertainty").front(), ItemId{2}); // exactly at its threshold
        QCOMPARE(found(index, "", "disagreement").front(), ItemId{3});
        QCOMPARE(found(index, "", "oldest"), (Ids{3, 2, 1}));
        QCOMPARE(found(index, "", "age"), (Ids{3, 2, 1}));
    }

    void thePartsOfAPriorityAreTold()
    {
        const auto index = indexWith({item(1, 0.75F, 0.1F, 0.4F)});
        const Priority priority = index.priority(1, *parseOrder("risk 3 disagreement 1"), kNow);
        QCOMPARE(priority.risk, 0.75);
        QVERIFY(std::abs(priority.disagreement - 0.3) < 1e-6);
        QVERIFY(std::abs(priority.uncertainty - (1 - 0.25 / 0.5)) < 1e-6); // Religion; Racism: 1 - 0.3 / 0.6, the same
        QCOMPARE(priority.age, 0.5);                                       // one day old
        QVERIFY(std::abs(priority.total - (3 * 0.75 + 0.3) / 4) < 1e-6);
    }

    void filtersChoose_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QList<int>>("ids");
        const auto row = [](const char* filter, const QList<int>& ids) {
            QTest::newRow(filter) << QByteArray(filter) << ids;
        };
        row("state:new", {1, 3, 4});
        row("state:decided", {2});
        row("state:removed", {5});
        row("-state:new", {2});
        row("is:decided", {2});
        row("is:escalated", {3});
        row("is:golden|audit", {1, 4});
        row("is:picture", {3});
        row("is:together", {4});
        row("class:Religion", {2, 4});
        row("class:Racism", {1, 3});
        row("class:Religion|Racism", {1, 2, 3, 4});
        row("score:Religion>=0.7", {2, 4});
        row("score:Religion=0.25..0.3", {3});
        row("risk>=0.85", {2});
        row("margin<=0.11", {1});
        row("disagreement>=0.4", {3});
        row("source:\"user report\"", {2, 4});
        row("age>=3d", {3, 4});
        row("duplicates>=2", {1, 4});
        row("skips>=1", {3});
        row("by:reviewer-1", {2});
        row("state:new class:Racism -is:golden", {3});
    }

    void filtersChoose()
    {
        QFETCH(const QByteArray, filter);
        QFETCH(const QList<int>, ids);
        auto golden = item(1, 0.2F, 0.5F);
        golden.golden = true;
        golden.groupId = 7;
        auto decided = item(2, 0.9F, 0.1F);
        decided.state = ItemState::Decided;
        decided.firstBy = 1;
        auto escalated = item(3, 0.3F, 0.2F, 0.8F);
        escalated.escalated = true;
        escalated.hasPicture = true;
        escalated.skips = 1;
        auto together = item(4, 0.8F, 0.1F);
        together.audit = true;
        together.groupId = 7;
        together.scores[0].textOnly = {0.3F, 0.1F};
        together.scores[0].imageOnly = {0.2F, 0.1F};
        auto removed = item(5, 0.9F, 0.9F);
        removed.state = ItemState::Removed;
        const auto index = indexWith({golden, decided, escalated, together, removed});
        auto got = found(index, filter.toStdString());
        std::sort(got.begin(), got.end());
        QCOMPARE(got, Ids(ids.begin(), ids.end()));
        QCOMPARE(index.count(query(filter.toStdString())).value(), got.size());
    }

    void wordsAreTheStoresHits()
    {
        const auto index = indexWith({item(1, 0.1F, 0.1F), item(2, 0.2F, 0.1F), item(3, 0.3F, 0.1F)});
        auto both = query("cat -dog");
        both.wordHits = {{1, 2, 99}, {2}};
        QCOMPARE(index.select(both, 0).value(), (Ids{1}));
    }

    void whatDoesNotExistIsNamed()
    {
        const auto index = indexWith({item(1, 0.1F, 0.1F)});
        for (const char* text : {"class:Weather", "score:Weather>=0.5", "source:nowhere", "by:nobody"}) {
            const auto ids = index.select(query(text), 0);
            QVERIFY(!ids);
            QCOMPARE(ids.error().code, ErrorCode::InvalidArgument);
        }
    }

    void aNewerFactReplacesAnOlderOne()
    {
        auto index = indexWith({item(1, 0.1F, 0.1F), item(2, 0.2F, 0.1F)});
        auto changed = item(1, 0.9F, 0.1F);
        changed.groupId = 3;
        index.apply(changed);
        QCOMPARE(index.size(), std::size_t{2});
        QCOMPARE(found(index, ""), (Ids{1, 2}));
        changed.groupId = 0;
        changed.scores.clear();
        index.apply(changed);
        QCOMPARE(found(index, "risk<=0"), (Ids{1}));
        QCOMPARE(index.count(query("duplicates>=2")).value(), std::size_t{0});
    }

    void aSampleIsUniformAndKeepsToTheFilter()
    {
        std::vector<ItemFacts> items;
        for (ItemId id = 1; id <= 40; ++id) {
            items.push_back(item(id, static_cast<float>(id) / 50, 0));
        }
        const auto index = indexWith(items);
        const auto even = query("source:\"user report\""); // twenty of them
        std::mt19937_64 random(5);
        std::map<ItemId, int> drawn;
        for (int round = 0; round < 1000; ++round) {
            const auto ids = index.sample(even, 5, random).value();
            QCOMPARE(ids.size(), 5U);
            QCOMPARE(std::set<ItemId>(ids.begin(), ids.end()).size(), 5U);
            for (const ItemId id : ids) {
                ++drawn[id];
            }
        }
        QCOMPARE(drawn.size(), 20U);
        for (const auto& [id, times] : drawn) {
            QCOMPARE(id % 2, 0);
            QVERIFY2(times > 188 && times < 312, std::to_string(times).c_str()); // 250 expected, 4.5 sigma
        }
        auto all = index.sample(even, 100, random).value();
        std::sort(all.begin(), all.end());
        QVERIFY(all.size() == 20 && all.front() == 2 && all.back() == 40);
        QVERIFY(!index.sample(query("source:nowhere"), 5, random).has_value());
    }

    void moreThan64ClassesAreRefused()
    {
        QueueNames many;
        many.labels.resize(65, "x");
        QueueIndex index;
        QCOMPARE(index.setNames(many).error().code, ErrorCode::LimitExceeded);
    }

    void aStopIsHonoured()
    {
        const auto index = indexWith({item(1, 0.1F, 0.1F)});
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(index.select(query(""), 0, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    /// Against the plain definition, on random items.
    void selectionEqualsAScan()
    {
        std::mt19937 random(11);
        std::uniform_real_distribution<float> p(0, 1);
        std::vector<ItemFacts> items;
        for (ItemId id = 1; id <= 2000; ++id) {
            items.push_back(item(id, p(random), p(random), p(random)));
            items.back().state = static_cast<ItemState>(random() % kItemStates);
        }
        const auto index = indexWith(items);
        std::vector<std::pair<float, ItemId>> expected;
        for (const ItemFacts& facts : items) {
            const auto& scores = facts.scores[0].probabilities;
            const bool racism = scores[1] >= 0.4F || facts.scores[1].probabilities[0] >= 0.6F;
            if (facts.state == ItemState::New && racism && scores[0] >= 0.25F) {
                expected.emplace_back(-std::max(scores[0], scores[1]), facts.id);
            }
        }
        std::sort(expected.begin(), expected.end());
        Ids ids;
        for (const auto& [risk, id] : expected) {
            ids.push_back(id);
        }
        QVERIFY(ids.size() > 50);
        QCOMPARE(found(index, "state:new class:Racism score:Religion>=0.25"), ids);
    }
};

QTEST_GUILESS_MAIN(TestQueueIndex)
#include "tst_queue_index.moc"
