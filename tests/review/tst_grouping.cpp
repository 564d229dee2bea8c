#include "core/review/grouping.h"
#include "core/review/import.h"
#include "core/store/open_store.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace modscope;

namespace {

const Project kProject{"memes", {"Racism"}};

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
    return std::move(*result);
}

/// A hash whose first `bits` bits are turned.
std::string hashWith(int bits)
{
    PdqHash hash;
    hash.words = {0x0123456789abcdefULL, 0xfedcba9876543210ULL, 0x5555aaaa5555aaaaULL, 0x00ff00ff00ff00ffULL};
    for (int bit = 0; bit < bits; ++bit) {
        hash.words[static_cast<std::size_t>(bit) / 64] ^= std::uint64_t{1} << (static_cast<unsigned>(bit) % 64);
    }
    return toHex(hash);
}

/// An item with a picture that nobody reads: only its hashes count.
NewItem hashed(int bits, const std::string& text, int quality = 90)
{
    static int next = 0;
    NewItem item;
    item.content.text = text;
    item.content.imagePath = "/pictures/" + std::to_string(++next) + ".jpg";
    item.content.imageSha256 = std::string(60, '0') + std::to_string(1000 + next);
    item.content.hash = {hashWith(bits), quality};
    return item;
}

} // namespace

class TestGrouping : public QObject {
    Q_OBJECT
private:
    std::vector<ItemId> bring(const std::vector<NewItem>& items)
    {
        return valueOf(m_store->import(items, "memes")).ids;
    }
    [[nodiscard]] std::vector<ItemId> groupOf(ItemId item) { return valueOf(m_store->group(item)); }
    std::string relationOfLastGroup()
    {
        std::string relation;
        const auto read =
            m_store->readEvents({.after = 0, .before = 0, .item = {}, .actor = {}}, [&](const ReviewEvent& event) {
                if (event.kind == EventKind::Grouped) {
                    relation = event.detail.at("relation");
                }
                return Result<void>();
            });
        return read ? relation : read.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_store;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = valueOf(openStore({m_folder->filePath(QStringLiteral("queue.db")).toStdString(), "Lea", kProject}));
    }

    void theSameMemeIsAGroupOfItsOwnKind()
    {
        const auto ids = bring({hashed(0, "a caption"), hashed(8, "A  Caption"), hashed(128, "far away")});
        const auto report = valueOf(groupDuplicates(*m_store, ids));
        QCOMPARE(report.groups, std::size_t{1});
        QCOMPARE(report.grouped, std::size_t{2});
        QCOMPARE(groupOf(ids[0]), (std::vector<ItemId>{ids[0], ids[1]}));
        QCOMPARE(groupOf(ids[2]), std::vector<ItemId>{ids[2]});
        QCOMPARE(relationOfLastGroup(), std::string("same_meme"));
    }

    void anotherTextOnThePictureIsNotTheSameMeme()
    {
        const auto ids = bring({hashed(0, "a caption"), hashed(2, "something else"), hashed(4, "a caption")});
        (void)valueOf(groupDuplicates(*m_store, std::nullopt));
        QCOMPARE(groupOf(ids[0]).size(), std::size_t{3});
        QCOMPARE(relationOfLastGroup(), std::string("same_template"));
        const auto contents = valueOf(m_store->contents(ids));
        QCOMPARE(valueOf(sameMemes(contents[0], contents)), std::vector<ItemId>{ids[2]}); // what is proposed
        const auto numbers = valueOf(kinship(contents[0], contents[1]));
        QCOMPARE(numbers.relation, Relation::SameTemplate);
        QCOMPARE(numbers.whole->bits, 2);
    }

    void onePictureFileUnderTwoTextsIsATemplate()
    {
        auto items = std::vector<NewItem>{hashed(0, "one", 10), hashed(0, "two", 10)}; // too plain for their hashes
        items[1].content.imageSha256 = items[0].content.imageSha256;
        const auto ids = bring(items);
        const auto report = valueOf(groupDuplicates(*m_store, ids));
        QCOMPARE(report.tooPlain, std::size_t{2});
        QCOMPARE(groupOf(ids[0]).size(), std::size_t{2});
        QCOMPARE(relationOfLastGroup(), std::string("same_template"));
    }

    void chainsAreNoGroup()
    {
        const auto ids = bring({hashed(0, "t"), hashed(20, "t"), hashed(40, "t")}); // 20 bits each way, 40 across
        (void)valueOf(groupDuplicates(*m_store, ids));
        QCOMPARE(groupOf(ids[0]).size(), std::size_t{2});
        QCOMPARE(groupOf(ids[2]).size(), std::size_t{1});
    }

    void pairsThatAreNoDuplicatesNeverMeet()
    {
        const auto ids = bring({hashed(0, "t"), hashed(1, "t"), hashed(2, "t")});
        QVERIFY(m_store->markNotDuplicates(ids[0], ids[1]));
        (void)valueOf(groupDuplicates(*m_store, ids));
        const auto group = groupOf(ids[0]);
        QVERIFY(std::find(group.begin(), group.end(), ids[1]) == group.end());
    }

    void laterItemsJoinTheGroupsOfEarlierOnes()
    {
        const auto early = bring({hashed(0, "t"), hashed(3, "t")});
        (void)valueOf(groupDuplicates(*m_store, early));
        const auto late = bring({hashed(5, "t"), hashed(200, "other")});
        const auto report = valueOf(groupDuplicates(*m_store, late));
        QCOMPARE(report.asked, std::size_t{2});
        QCOMPARE(groupOf(late[0]), (std::vector<ItemId>{early[0], early[1], late[0]}));
        // Once more changes nothing.
        const EventSeq before = valueOf(m_store->lastEvent());
        QCOMPARE(valueOf(groupDuplicates(*m_store, std::nullopt)).groups, std::size_t{0});
        QCOMPARE(valueOf(m_store->lastEvent()), before);
    }

    void removedItemsAreNobodysDuplicates()
    {
        const auto ids = bring({hashed(0, "t"), hashed(1, "t")});
        EventDraft remove;
        remove.step = Step::Remove;
        remove.items = {ids[0]};
        (void)valueOf(m_store->commit(remove, std::nullopt));
        QCOMPARE(valueOf(groupDuplicates(*m_store, std::nullopt)).groups, std::size_t{0});
    }

    void picturesReadAgainTellFromWhatWasImported()
    {
        ImportOptions options;
        const auto folder = test::resource("demo/samples");
        const auto report = valueOf(importFiles(*m_store, {folder / "01_cat.jpg", folder / "03_bugs.jpg"}, options));
        auto contents = valueOf(m_store->contents(report.addedIds));
        QCOMPARE(valueOf(kinshipOfPictures(contents[0], contents[0])).relation, Relation::SameMeme);
        QCOMPARE(valueOf(kinshipOfPictures(contents[0], contents[1])).relation, Relation::Unrelated);
        contents[1].imageSha256 = contents[0].imageSha256;
        QCOMPARE(kinshipOfPictures(contents[0], contents[1]).error().code, ErrorCode::Mismatch);
    }

    void aHashThatIsNoneIsNamed()
    {
        auto item = hashed(0, "t");
        item.content.hash.pdq = "zz";
        const auto ids = bring({item});
        const auto refused = groupDuplicates(*m_store, ids);
        QCOMPARE(refused.error().code, ErrorCode::ParseError);
    }
};

QTEST_GUILESS_MAIN(TestGrouping)
#include "tst_grouping.moc"
