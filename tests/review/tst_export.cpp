#include "core/base/file.h"
#include "core/data/csv.h"
#include "core/review/export.h"
#include "core/store/open_store.h"
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

std::string textOf(const fs::path& path)
{
    return valueOf(readTextFile(path, 1U << 20U));
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] fs::path file(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_store;

private Q_SLOTS:
    /// Three items; the first two are decided, the text of the second is made to break tables.
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = valueOf(openStore({file("queue.db").string(), "Lea", kProject}));
        const auto model = valueOf(m_store->model({0, "fusion", "aa", kProject.labels, {0.5F, 0.1F}}));
        std::vector<NewItem> rows(3);
        const std::array<std::string, 3> texts = {"plain", "=cmd|'/c'!A1, \"two\nlines\" \xE2\x80\xAE", "open"};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = texts[i];
            rows[i].content.source = "memes.csv";
            rows[i].content.scores = {{model.id, {0.1F, 0.3F}, {}, {}}};
        }
        (void)valueOf(m_store->import(rows, "memes.csv"));
        for (const ItemId item : {1, 2}) {
            EventDraft draft;
            draft.items = {item};
            draft.decision.answers = {item == 1 ? Answer::Yes : Answer::No, Answer::No};
            (void)valueOf(m_store->commit(draft, std::nullopt));
        }
    }

    void whatIsWrittenReadsBackAsItWas()
    {
        const auto manifest = valueOf(exportItems(*m_store, {ExportProfile::Reference}, std::nullopt, file("out.csv")));
        QCOMPARE(manifest.rows, std::uint64_t{2});
        QCOMPARE(manifest.leftOut, (std::map<std::string, std::uint64_t>{{"there is no consensus yet", 1}}));
        auto reader = valueOf(CsvReader::open(file("out.csv")));
        const auto first = reader.next();
        QCOMPARE((*first.row)->fields, (std::vector<std::string>{"plain", "", "Racism"}));
        const auto second = reader.next();
        QCOMPARE((*second.row)->fields[0], std::string("=cmd|'/c'!A1, \"two\nlines\" \xE2\x80\xAE")); // lossless
        QVERIFY(!reader.next().row);
    }

    void onlyTheChosenItemsAreWritten()
    {
        const auto manifest =
            valueOf(exportItems(*m_store, {ExportProfile::Wide}, std::vector<ItemId>{2, 99}, file("out.csv")));
        QCOMPARE(manifest.items, std::uint64_t{1});
    }

    void theManifestSaysWhatItIsTrueOf()
    {
        const EventSeq before = valueOf(m_store->lastEvent());
        const auto manifest = valueOf(exportItems(*m_store, {ExportProfile::Wide}, std::nullopt, file("out.csv")));
        QCOMPARE(manifest.events, before);
        ChainVerifier verifier;
        std::optional<ReviewEvent> last;
        QVERIFY(m_store->readEvents({.after = 0, .before = 0, .item = {}, .actor = {}}, [&](const ReviewEvent& event) {
            last = event;
            return event.seq <= before ? verifier.next(event) : Result<void>();
        }));
        QCOMPARE(manifest.chainHead, verifier.head());
        QVERIFY(last && last->kind == EventKind::Exported); // the export itself is on record, behind what it is of
        QCOMPARE(last->detail.at("sha256"), manifest.sha256);
        QCOMPARE(manifest.reviewers, std::vector<std::string>{"reviewer-1"});
        QCOMPARE(manifest.models.size(), std::size_t{1});
        QCOMPARE(manifest.labels, kProject.labels);
        QVERIFY(manifestFromJson(textOf(manifestPath(file("out.csv")))) == manifest);
        QVERIFY(verifyExport(file("out.csv")) == manifest);
    }

    void tamperingIsNoticed()
    {
        (void)valueOf(exportItems(*m_store, {ExportProfile::Wide}, std::nullopt, file("out.csv")));
        std::ofstream(file("out.csv"), std::ios::app) << "x\n";
        const auto verified = verifyExport(file("out.csv"));
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, ErrorCode::Mismatch);
        QVERIFY(verified.error().message.find("was changed after it was written") != std::string::npos);
    }

    void aDamagedManifestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("{") << static_cast<int>(ErrorCode::ParseError);
        QTest::newRow("another file") << QByteArray(R"({"format":5})") << static_cast<int>(ErrorCode::ParseError);
        QTest::newRow("newer") << QByteArray(R"({"format":"modscope-export","version":2})")
                               << static_cast<int>(ErrorCode::Unsupported);
        QTest::newRow("incomplete") << QByteArray(R"({"format":"modscope-export","version":1})")
                                    << static_cast<int>(ErrorCode::ParseError);
    }

    void aDamagedManifestIsRefused()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const int, code);
        QCOMPARE(static_cast<int>(manifestFromJson(json.toStdString()).error().code), code);
    }

    void aStoppedExportLeavesNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto stopped =
            exportItems(*m_store, {ExportProfile::Wide}, std::nullopt, file("out.csv"), stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(!fs::exists(file("out.csv")) && !fs::exists(manifestPath(file("out.csv"))));
    }

    void anAuditorsExportLeavesNoTrace()
    {
        (void)valueOf(m_store->addReviewer("Ada", Role::Auditor));
        auto auditor = valueOf(openStore({file("queue.db").string(), "Ada", {}}));
        const EventSeq before = valueOf(auditor->lastEvent());
        (void)valueOf(exportItems(*auditor, {ExportProfile::Wide}, std::nullopt, file("out.csv")));
        QCOMPARE(valueOf(auditor->lastEvent()), before);
        QVERIFY(verifyExport(file("out.csv")));
    }

    void jsonLinesHoldWhatPeopleSaidAndAreNotMadeSafe()
    {
        (void)valueOf(exportItems(*m_store, {ExportProfile::Jsonl}, std::nullopt, file("out.jsonl")));
        const std::string text = textOf(file("out.jsonl"));
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t{3});
        QVERIFY(text.find(R"("answers":{"Racism":"yes","Religion":"no"})") != std::string::npos);
        QVERIFY(text.find(R"("probabilities":{"Racism":0.1,"Religion":0.3})") != std::string::npos); // shortest
        QVERIFY(verifyExport(file("out.jsonl")));
        ExportOptions safe{ExportProfile::Jsonl};
        safe.spreadsheetSafe = true;
        QCOMPARE(exportItems(*m_store, safe, std::nullopt, file("safe.jsonl")).error().code,
                 ErrorCode::InvalidArgument);
    }

    void aPlaceThatCannotBeWrittenIsNamed()
    {
        const auto failed = exportItems(*m_store, {ExportProfile::Wide}, std::nullopt, "/proc/out.csv");
        QVERIFY(!failed);
        QVERIFY2(failed.error().message.find("/proc/out.csv") != std::string::npos, failed.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
