#include "core/review/grouping.h"
#include "core/review/import.h"
#include "core/store/open_store.h"
#include "tests/similarity/memes.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace modscope;
using modscope::test::valueOf;

namespace {

const Project kProject{"memes", {"Racism"}};

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

/// Writes a picture as a 24-bit bitmap: rows from the bottom, blue first, each filled up to four bytes.
void writeBitmap(const std::filesystem::path& path, const Image& image)
{
    constexpr std::uint32_t kHeader = 54;
    const auto stride = static_cast<std::uint32_t>((image.width * 3 + 3) / 4 * 4);
    std::string bytes(kHeader + stride * static_cast<std::uint32_t>(image.height), '\0');
    const auto put = [&](std::size_t at, std::uint32_t value) {
        for (unsigned byte = 0; byte < 4; ++byte) {
            bytes[at + byte] = static_cast<char>(value >> (8 * byte) & 0xffU);
        }
    };
    bytes.replace(0, 2, "BM");
    put(2, static_cast<std::uint32_t>(bytes.size()));
    put(10, kHeader);
    put(14, 40); // of the second header
    put(18, static_cast<std::uint32_t>(image.width));
    put(22, static_cast<std::uint32_t>(image.height));
    put(26, 1U | 24U << 16U); // planes, bits a pixel
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            for (int channel = 0; channel < 3; ++channel) {
                const auto from = static_cast<std::size_t>((y * image.width + x) * 3 + channel);
                const auto to = kHeader + stride * static_cast<std::size_t>(image.height - 1 - y) +
                                static_cast<std::size_t>(x * 3 + 2 - channel);
                bytes[to] = static_cast<char>(image.rgb[from]);
            }
        }
    }
    std::ofstream(path, std::ios::binary) << bytes;
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

    /// Imports a picture under a text and looks for its duplicates. @return the item
    ItemId bringPicture(const char* name, const Image& image, const char* text = "a caption")
    {
        const std::filesystem::path folder(m_folder->path().toStdString());
        writeBitmap(folder / (std::string(name) + ".bmp"), image);
        std::ofstream(folder / (std::string(name) + ".csv")) << "text,image_path\n" << text << "," << name << ".bmp\n";
        const auto report = valueOf(importFiles(*m_store, {folder / (std::string(name) + ".csv")}, {}));
        m_grouping = valueOf(groupDuplicates(*m_store, report.addedIds));
        return report.addedIds.at(0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_store;
    GroupingReport m_grouping; ///< of the last picture

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

    void mirroredAndTurnedCopiesAreTheSameMeme()
    {
        const Image meme = test::photo(1, 320, 240);
        const ItemId first = bringPicture("meme", meme);
        const ItemId mirror = bringPicture("mirror", test::mirrored(meme));
        QCOMPARE(m_grouping.groups, std::size_t{1});
        QCOMPARE(relationOfLastGroup(), std::string("same_meme"));
        QCOMPARE(groupOf(first), (std::vector<ItemId>{first, mirror}));
        const auto contents = valueOf(m_store->contents(std::vector<ItemId>{first, mirror}));
        QCOMPARE(valueOf(kinship(contents[0], contents[1])).relation, Relation::Unrelated); // one orientation only
        QCOMPARE(valueOf(kinshipInGroup(contents[0], contents[1])).relation, Relation::SameMeme);
        QCOMPARE(valueOf(sameMemes(contents[0], contents)), std::vector<ItemId>{mirror}); // what is proposed
        // A later copy joins both: what was seen to be alike stays together.
        const ItemId late = bringPicture("late", test::noisy(meme, 6, 3));
        QCOMPARE(groupOf(mirror), (std::vector<ItemId>{first, mirror, late}));
        QCOMPARE(relationOfLastGroup(), std::string("same_meme"));
    }

    void aMirroredPictureWithAnotherTextIsATemplate()
    {
        const Image meme = test::photo(1, 320, 240);
        const ItemId first = bringPicture("meme", meme);
        const ItemId mirror = bringPicture("mirror", test::mirrored(meme), "something else entirely");
        QCOMPARE(groupOf(first), (std::vector<ItemId>{first, mirror}));
        QCOMPARE(relationOfLastGroup(), std::string("same_template"));
        const auto contents = valueOf(m_store->contents(std::vector<ItemId>{first, mirror}));
        QVERIFY(valueOf(sameMemes(contents[0], contents)).empty());
    }

    void aFramedCopyIsAGroupOfItsOwnKind()
    {
        const Image meme = test::photo(2, 320, 240);
        const ItemId first = bringPicture("meme", meme);
        const ItemId framed = bringPicture("framed", test::framed(test::mirrored(meme), 0.2, 255));
        QCOMPARE(groupOf(first), (std::vector<ItemId>{first, framed}));
        QCOMPARE(relationOfLastGroup(), std::string("cropped_or_framed"));
    }

    void aPictureThatIsGoneIsComparedByItsStoredHash()
    {
        const auto ids = bring({hashed(0, "t"), hashed(1, "t")});
        const auto report = valueOf(groupDuplicates(*m_store, ids));
        QCOMPARE(report.unread, std::size_t{2});
        QCOMPARE(report.grouped, std::size_t{2});
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
