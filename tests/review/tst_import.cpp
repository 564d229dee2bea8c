#include "core/base/sha256.h"
#include "core/data/csv.h"
#include "core/review/import.h"
#include "core/store/open_store.h"
#include "core/store/verify_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace modscope;
using modscope::test::valueOf;

namespace {

namespace fs = std::filesystem;

const Project kProject{"memes", {"Racism", "Religion"}};

} // namespace

class TestImport : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] fs::path file(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    fs::path write(const char* name, const std::string& text) const
    {
        std::ofstream(file(name), std::ios::binary) << text;
        return file(name);
    }
    void copySample(const char* sample, const char* name) const
    {
        fs::copy_file(test::resource(std::string("demo/samples/") + sample), file(name));
    }
    ImportReport import(const fs::path& path, const ImportOptions& options = {}) const
    {
        return valueOf(importFiles(*m_store, {path}, options));
    }
    [[nodiscard]] ItemContent content(ItemId id) const { return valueOf(m_store->contents(std::span(&id, 1))).front(); }
    ImportOptions withModel(const char* sha256, std::vector<float> thresholds = {0.5F, 0.4F}) const
    {
        ImportOptions options;
        options.table.model = valueOf(
            m_store->model({0, std::string("model ") + sha256, sha256, kProject.labels, std::move(thresholds)}));
        return options;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_store;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = valueOf(openStore({file("queue.db").string(), "Lea", kProject}));
    }

    void aTableComesInWithItsPicturesHashed()
    {
        copySample("01_cat.jpg", "cat.jpg");
        const auto report = import(write("memes.csv", "tweet_id,caption,img,labels,origin\n"
                                                      "7,My cat,cat.jpg,Racism,forum\n"
                                                      "8,only words,,,\n"));
        QVERIFY(report.problems.empty() && !report.ended);
        QCOMPARE(report.added, std::uint64_t{2});
        QCOMPARE(report.unusedColumns, std::vector<std::string>{"labels"}); // never decisions, and said so
        const ItemContent cat = content(report.addedIds.at(0));
        QCOMPARE(cat.text, std::string("My cat"));
        QCOMPARE(cat.externalId, std::string("7"));
        QCOMPARE(cat.source, std::string("forum"));
        QCOMPARE(cat.imagePath, file("cat.jpg").string());
        QCOMPARE(cat.imageSha256, valueOf(sha256OfFile(file("cat.jpg"))));
        QCOMPARE(cat.hash.pdq.size(), std::size_t{64});
        QVERIFY(cat.hash.quality > 50);
        QCOMPARE(content(report.addedIds.at(1)).source, std::string("memes.csv"));
        QCOMPARE(valueOf(m_store->statuses(std::span(&report.addedIds[0], 1))).front().state, ItemState::New);
    }

    void threeInAHundredBrokenRowsAreListedAndTheOthersComeIn()
    {
        std::string table = "id,text,image_path,prob_Racism,prob_Religion\n";
        for (int row = 1; row <= 9000; ++row) {
            const std::string number = std::to_string(row);
            switch (row % 100) {
            case 13:
                table += number + ",words,,two,0.5\n"; // no number
                break;
            case 57:
                table += number + ",a field too few\n";
                break;
            case 91:
                table += number + ",,,0.1,0.2\n"; // neither text nor picture
                break;
            default:
                table += number + ",text " + number + ",,0.25,0.5\n";
            }
        }
        const auto report = import(write("memes.csv", table), withModel("aa"));
        QCOMPARE(report.rows, std::uint64_t{9000});
        QCOMPARE(report.added, std::uint64_t{8730});
        QCOMPARE(report.problems.size(), std::size_t{270});
        QCOMPARE(report.problems.front().row, std::uint64_t{13});
        QCOMPARE(report.problems.front().key, std::string("13"));
        QVERIFY(report.problems.front().error.message.find("'prob_Racism'") != std::string::npos);
        QCOMPARE(report.problems[1].row, std::uint64_t{57});
        QCOMPARE(report.addedIds.size(), std::size_t{8730});
        const auto verified = valueOf(verifyStore({file("queue.db").string(), "Lea", {}}));
        QVERIFY(!verified.firstDifference);
        QCOMPARE(verified.items, std::size_t{8730});
    }

    void aSecondCheckpointsScoresStandBesideTheFirst()
    {
        const std::string columns = "text,prob_Racism,prob_Religion\n";
        const auto first = import(write("one.csv", columns + "a,0.1,0.2\nb,0.3,0.4\n"), withModel("aa"));
        const auto second = import(write("two.csv", columns + "a,0.9,0.8\nb,0.7,0.6\n"), withModel("bb"));
        QCOMPARE(first.added, std::uint64_t{2});
        QCOMPARE(second.added, std::uint64_t{0});
        QCOMPARE(second.joined, std::uint64_t{2});
        const ItemContent a = content(1);
        QCOMPARE(a.scores.size(), std::size_t{2});
        QCOMPARE(a.scores[0].probabilities, (std::vector<float>{0.1F, 0.2F}));
        QCOMPARE(a.scores[1].probabilities, (std::vector<float>{0.9F, 0.8F}));
        QVERIFY(a.scores[0].model != a.scores[1].model);
    }

    void jsonLinesAndAnyColumnNamesWork()
    {
        ImportOptions options;
        options.table.mapping = {"text=words", "id=nr", "source="};
        options.table.source = "given";
        const auto report =
            import(write("memes.jsonl",
                         "{\"nr\":5,\"words\":\"hello\",\"source\":\"x\"}\n{\"nr\":6,\"words\":[1]}\n{\"nr\":7}\n"),
                   options);
        QCOMPARE(report.added, std::uint64_t{1});
        QCOMPARE(report.problems.size(), std::size_t{2});
        QCOMPARE(report.problems[0].row, std::uint64_t{2});
        QCOMPARE(content(1).externalId, std::string("5"));
        QCOMPARE(content(1).source, std::string("given"));
    }

    void aMappingThatNamesNoColumnChangesNothing()
    {
        ImportOptions options;
        options.table.mapping = {"text=words"};
        const auto refused = importFiles(*m_store, {write("memes.csv", "text\na\n")}, options);
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QVERIFY2(refused.error().message.find("'words'") != std::string::npos, refused.error().message.c_str());
        QVERIFY(valueOf(m_store->sources()).empty());
    }

    void scoresNeedTheirModel()
    {
        const auto path = write("memes.csv", "text,prob_Racism,prob_Religion\na,0.1,0.2\n");
        QCOMPARE(importFiles(*m_store, {path}, {}).error().code, ErrorCode::InvalidArgument);
        const auto half = write("half.csv", "text,prob_Racism\na,0.1\n");
        QCOMPARE(importFiles(*m_store, {half}, withModel("aa")).error().code, ErrorCode::NotFound);
        const auto none = write("none.csv", "text\na\n");
        QCOMPARE(importFiles(*m_store, {none}, withModel("aa")).error().code, ErrorCode::NotFound);
    }

    void hostileTextIsData()
    {
        const std::vector<std::string> hostile = {"'); DROP TABLE item; --", "<script>alert(1)</script>",
                                                  "\xE2\x80\xAE reversed \xE2\x81\xA6", "%s %n \\x00 $(id) `id`",
                                                  "a\"b\nc\td"};
        std::string table = "id,text,source,ocr_text\n";
        for (const std::string& text : hostile) {
            table += csvRecord(std::vector<std::string>{text, text, text, text});
        }
        const auto report = import(write("memes.csv", table));
        QCOMPARE(report.added, std::uint64_t{5});
        for (std::size_t i = 0; i < hostile.size(); ++i) {
            const ItemContent item = content(report.addedIds[i]);
            QCOMPARE(item.text, hostile[i]);
            QCOMPARE(item.source, hostile[i]);
            QCOMPARE(item.ocrText, hostile[i]);
            QCOMPARE(item.externalId, hostile[i]);
        }
    }

    void picturesThatCannotBeReadAreListedOrKept()
    {
        write("broken.jpg", "no picture");
        const auto table = write("memes.csv", "text,image_path\na,gone.jpg\nb,broken.jpg\nc,../outside.jpg\nd,\n");
        const auto report = import(table);
        QCOMPARE(report.added, std::uint64_t{1});
        QCOMPARE(report.problems.size(), std::size_t{3});
        QVERIFY(report.problems[0].error.message.find("gone.jpg") != std::string::npos);
        QVERIFY(report.problems[2].error.message.find("outside") != std::string::npos);
        ImportOptions keeping;
        keeping.keepUnreadablePictures = true;
        const auto kept = import(table, keeping);
        QCOMPARE(kept.added, std::uint64_t{2});
        QCOMPARE(kept.joined, std::uint64_t{1});
        QVERIFY(content(kept.addedIds.front()).imageSha256.empty());
    }

    void aFolderGivesItsPicturesOnce()
    {
        fs::create_directory(file("pictures"));
        copySample("01_cat.jpg", "pictures/a.jpg");
        copySample("01_cat.jpg", "pictures/b.jpg"); // the same bytes and no text: joined
        copySample("03_bugs.jpg", "pictures/c.jpg");
        write("pictures/memes.csv", "text\nx\n"); // describes them; imported by its own name
        const auto report = import(file("pictures"));
        QCOMPARE(report.added, std::uint64_t{2});
        QCOMPARE(report.joined, std::uint64_t{1});
        QVERIFY(report.problems.empty());
        QCOMPARE(content(1).source, std::string("pictures"));
        QCOMPARE(import(file("pictures")).joined, std::uint64_t{3});
    }

    void anInterruptedImportGoesOn()
    {
        std::string table = "text\n";
        for (int row = 1; row <= 9000; ++row) {
            table += row == 100 ? "\"\"\n" : "text " + std::to_string(row) + "\n";
        }
        const auto path = write("memes.csv", table);
        std::stop_source stop;
        ImportOptions options;
        const auto first = valueOf(
            importFiles(*m_store, {path}, options, stop.get_token(), [&](const Progress&) { stop.request_stop(); }));
        QVERIFY(first.ended && first.ended->code == ErrorCode::Cancelled);
        QVERIFY(first.added > 0 && first.added < 8999);
        options.resume = true;
        const auto second = import(path, options);
        QCOMPARE(second.before, first.rows);
        QCOMPARE(second.added, 8999 - first.added);
        QCOMPARE(second.joined, std::uint64_t{0});
        QVERIFY(second.problems.empty()); // row 100 was reported the first time
        // From the start, everything is known.
        const auto third = import(path);
        QCOMPARE(third.joined, std::uint64_t{8999});
    }

    void anImportIsTakenBackAsAWholeAndPutBackByUndo()
    {
        NewItem own;
        own.content.text = "mine";
        (void)valueOf(m_store->import(std::span(&own, 1), "mine"));
        const auto path = write("memes.csv", "text\na\nmine\nb\n");
        const auto report = import(path);
        QCOMPARE(report.added, std::uint64_t{2});
        QCOMPARE(report.joined, std::uint64_t{1});
        const auto back = valueOf(takeBackImport(*m_store, report.name));
        QCOMPARE(back.changed, report.addedIds);
        QCOMPARE(valueOf(m_store->statuses(std::vector<ItemId>{1})).front().state, ItemState::New);
        QCOMPARE(takeBackImport(*m_store, report.name).error().code, ErrorCode::NotFound);
        EventDraft undo;
        undo.kind = EventKind::Undone;
        undo.items = back.changed;
        undo.refersTo = back.event;
        (void)valueOf(m_store->commit(undo, std::nullopt));
        QCOMPARE(valueOf(m_store->statuses(report.addedIds)).front().state, ItemState::New);
        // What was taken back can be brought again.
        (void)valueOf(takeBackImport(*m_store, report.name));
        QCOMPARE(import(path).added, std::uint64_t{2});
    }

    void thePreviewCountsAndWritesNothing()
    {
        copySample("01_cat.jpg", "cat.jpg");
        (void)import(write("known.csv", "text\nknown\n"));
        std::string table = "text,image_path,extra\nknown,,1\nnew,cat.jpg,2\nbroken,gone.jpg,3\n";
        for (int row = 4; row <= 30; ++row) {
            table += "text " + std::to_string(row) + ",,\n";
        }
        const EventSeq before = valueOf(m_store->lastEvent());
        const auto preview = valueOf(previewImport(*m_store, {write("memes.csv", table)}, {}));
        QCOMPARE(preview.rows.size(), ImportPreview::kRows);
        QVERIFY(preview.more);
        QCOMPARE(preview.joined, std::size_t{1});
        QCOMPARE(preview.unreadable, std::size_t{1});
        QCOMPARE(preview.added, std::size_t{18});
        QCOMPARE(preview.rows[0].known, ItemId{1});
        QCOMPARE(preview.unusedColumns, std::vector<std::string>{"extra"});
        QCOMPARE(preview.mapping.text, std::string("text"));
        QCOMPARE(valueOf(m_store->lastEvent()), before);
    }

    void anUnbalancedQuoteEndsTheImportAndSaysWhere()
    {
        const auto report = import(write("memes.csv", "text\na\nb\n\"open\n"));
        QCOMPARE(report.added, std::uint64_t{2});
        QVERIFY(report.ended && report.ended->message.find("4") != std::string::npos);
    }

    void tablesComeAlone()
    {
        const auto table = write("memes.csv", "text\na\n");
        QCOMPARE(importFiles(*m_store, {table, table}, {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(importFiles(*m_store, {}, {}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
