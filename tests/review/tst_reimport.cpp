#include "core/base/file.h"
#include "core/review/export.h"
#include "core/review/reimport.h"
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
using Standing = ReimportReport::Standing;

const Project kProject{"memes", {"Racism'); --", "<b>Religion</b> \xE2\x80\xAE"}};
constexpr int kItems = 60;

std::string textOf(const fs::path& path)
{
    return valueOf(readTextFile(path, std::uint64_t{64} << 20U));
}

/// Texts made to break tables, databases and pages.
std::string textNumber(int number)
{
    static const std::array<std::string, 5> kHostile = {"'); DROP TABLE item; --", "<script>alert(1)</script> & <b>",
                                                        "\xE2\x80\xAE reversed \xE2\x81\xA6",
                                                        "two\nlines, a \"quote\"\tand a tab", "=cmd|'/c calc'!A1"};
    return kHostile[static_cast<std::size_t>(number) % kHostile.size()] + " " + std::to_string(number);
}

/// Puts `now` for `then` in a file, once.
void edit(const fs::path& path, const std::string& then, const std::string& now)
{
    std::string text = textOf(path);
    const std::size_t place = text.find(then);
    if (place == std::string::npos) {
        qFatal("the file does not have what is to be edited");
    }
    std::ofstream(path) << text.replace(place, then.size(), now);
}

} // namespace

class TestReimport : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] fs::path file(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    [[nodiscard]] std::unique_ptr<ReviewStore> open(const char* name, const char* person, bool create = false) const
    {
        StoreOptions options{file(name).string(), person, {}};
        if (create) {
            options.create = kProject;
        }
        return valueOf(openStore(options));
    }
    static void step(ReviewStore& store, ItemId item, Step step, std::vector<Answer> answers = {})
    {
        EventDraft draft;
        draft.step = step;
        draft.items = {item};
        draft.decision.answers = std::move(answers);
        draft.decision.reason = "because <i>'" + std::to_string(item) + "'</i>";
        draft.decision.note = textNumber(static_cast<int>(item));
        draft.decision.confidence = 1.0 / static_cast<double>(item + 2);
        draft.decision.secondsVisible = 0.1 * static_cast<double>(item);
        draft.decision.policyVersion = "p;1";
        (void)valueOf(store.commit(draft, std::nullopt));
    }
    void fill();

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void anExportInAnEmptyStoreGivesTheSameStatesOpinionsAndAgreement();
    void theStoreItCameFromFindsItUnchanged_data();
    void theStoreItCameFromFindsItUnchanged();
    void whatDiffersIsNamed();
    void whatWasTamperedWithIsRefused();
    void aRestoringThatWasInterruptedGoesOn();
    void onlyWholeExportsRestore();
    void aDryRunSaysWhatWouldBeRestoredAndWritesNothing();
    void labelsCorrectedInAFileBecomeMyDecisionsAndOneCallTakesThemBack();
    void whatTheRulesForbidIsListedAndLeftAsItIs();
    void whatTheFirstDifferencesAreIsShown();
    void aWordThatIsNoClassIsNamedWithItsRowAndColumn();
    void aChangedFileRestoresNothing();
};

/// Items in every state, with two models, escalations, skips, golden and audit flags; two people.
void TestReimport::fill()
{
    auto lead = open("origin.db", "Lea", true);
    (void)valueOf(lead->addReviewer("Max", Role::Reviewer));
    const auto one = valueOf(lead->model({0, "fusion", "aa", kProject.labels, {0.5F, 0.1F}}));
    const auto other = valueOf(lead->model({0, "multi <script>", "bb", {kProject.labels[1]}, {0.3F}}));
    std::vector<NewItem> rows(kItems);
    for (int i = 0; i < kItems; ++i) {
        ItemContent& content = rows[static_cast<std::size_t>(i)].content;
        content.text = textNumber(i);
        content.ocrText = i % 7 == 0 ? textNumber(i + 1000) : std::string();
        content.source = textNumber(i % 3);
        content.externalId = textNumber(i + 2000);
        content.scores = {{one.id, {0.1F, 1.0F / static_cast<float>(i + 1)}, {0.2F, 0.3F}, {}}};
        if (i % 2 == 0) {
            content.scores.push_back({other.id, {0.7F}, {}, {}});
        }
    }
    (void)valueOf(lead->import(rows, "memes"));
    auto max = open("origin.db", "Max");
    const auto answer = [](int bit) { return bit == 0 ? Answer::No : bit == 1 ? Answer::Yes : Answer::Unsure; };
    for (ItemId item = 1; item <= kItems; ++item) {
        const int kind = static_cast<int>(item % 10);
        if (kind == 0) {
            continue;
        }
        if (kind == 1) {
            step(*max, item, Step::Skip);
            step(*lead, item, Step::Escalate);
            continue;
        }
        const std::vector<Answer> first = {answer(static_cast<int>(item) % 3), answer(static_cast<int>(item / 2) % 2)};
        step(*max, item, Step::Decide, first);
        if (kind >= 4) {
            step(*max, item, Step::AskSecondOpinion);
        }
        if (kind >= 5) {
            const bool agrees = kind != 6 && kind != 7;
            step(*lead, item, Step::Decide, agrees ? first : std::vector<Answer>{Answer::Yes, answer(kind % 3)});
        }
        if (kind == 7 && valueOf(lead->statuses(std::span(&item, 1))).front().state == ItemState::Adjudication) {
            step(*lead, item, Step::Adjudicate, {Answer::Yes, Answer::No});
        }
        if (kind == 8) {
            step(*lead, item, Step::MarkGolden, {Answer::No, Answer::Yes});
            step(*lead, item, Step::MarkAudit);
        }
    }
}

void TestReimport::anExportInAnEmptyStoreGivesTheSameStatesOpinionsAndAgreement()
{
    fill();
    auto origin = open("origin.db", "Lea");
    const auto before = valueOf(exportItems(*origin, {ExportProfile::Jsonl}, std::nullopt, file("one.jsonl")));
    QCOMPARE(before.items, std::uint64_t{kItems});
    auto copy = open("copy.db", "Somebody else", true);
    const auto report = valueOf(reimportExport(*copy, file("one.jsonl")));
    QVERIFY2(!report.ended, report.ended ? report.ended->message.c_str() : "");
    QVERIFY(report.invalid.empty());
    QCOMPARE(report.restored, std::uint64_t{kItems});
    const auto after = valueOf(exportItems(*copy, {ExportProfile::Jsonl}, std::nullopt, file("two.jsonl")));
    QVERIFY(textOf(file("one.jsonl")) == textOf(file("two.jsonl")));
    QVERIFY(before.agreement == after.agreement); // to the last digit
    QVERIFY(before.agreement.labels.front().pairableUnits > 10);
    QVERIFY(before.agreement.masiAlpha.value.has_value());
    for (ItemId item = 1; item <= kItems; ++item) {
        auto here = valueOf(origin->statuses(std::span(&item, 1))).front();
        auto there = valueOf(copy->statuses(std::span(&item, 1))).front();
        for (ItemStatus* status : {&here, &there}) { // event numbers belong to one chain
            status->version = 0;
            for (auto* opinion : {&status->first, &status->second, &status->settled}) {
                if (*opinion) {
                    (*opinion)->event = 0;
                }
            }
        }
        QVERIFY2(here == there, std::to_string(item).c_str());
    }
    const auto verified = valueOf(verifyStore({file("copy.db").string(), "Somebody else", {}}));
    QVERIFY2(!verified.firstDifference, verified.firstDifference ? verified.firstDifference->message.c_str() : "");
}

void TestReimport::theStoreItCameFromFindsItUnchanged_data()
{
    QTest::addColumn<QString>("profile");

    for (const char* profile : {"jsonl", "wide", "long", "soft", "changed", "reference"}) {
        QTest::newRow(profile) << QString::fromLatin1(profile);
    }
}

void TestReimport::theStoreItCameFromFindsItUnchanged()
{
    QFETCH(const QString, profile);
    fill();
    auto store = open("origin.db", "Lea");
    const ExportOptions options{valueOf(exportProfileNamed(profile.toStdString()))};
    const auto manifest = valueOf(exportItems(*store, options, std::nullopt, file("out")));
    // A model that came later changes no row of an earlier export.
    (void)valueOf(store->model({0, "third", "cc", {kProject.labels[0]}, {0.5F}}));
    const auto report = valueOf(reimportExport(*store, file("out")));
    QVERIFY(!report.ended && report.invalid.empty());
    QVERIFY(report.differences.empty() && report.ofThisRecord);
    QCOMPARE(report.unchanged, manifest.items);
    QVERIFY(report.unchanged > 0);
}

void TestReimport::whatDiffersIsNamed()
{
    fill();
    auto store = open("origin.db", "Lea");
    (void)valueOf(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, file("out.jsonl")));
    step(*store, 10, Step::Decide, {Answer::Yes, Answer::No});
    const auto key = valueOf(store->contents(std::vector<ItemId>{10})).front().key;
    const auto report = valueOf(reimportExport(*store, file("out.jsonl")));
    QCOMPARE(report.unchanged, std::uint64_t{kItems - 1});
    QCOMPARE(report.differences.size(), std::size_t{1});
    QCOMPARE(report.differences.front().key, key);
    QCOMPARE(report.count(Standing::Changed), std::uint64_t{1});
    // Another store with one item of its own knows none of these.
    auto other = open("other.db", "Eve", true);
    NewItem item;
    item.content.text = "mine";
    (void)valueOf(other->import(std::span(&item, 1), "mine"));
    const auto foreign = valueOf(reimportExport(*other, file("out.jsonl")));
    QCOMPARE(foreign.count(Standing::Unknown) + foreign.invalid.size(), std::uint64_t{kItems});
    QCOMPARE(foreign.restored, std::uint64_t{0}); // nothing is written
    QVERIFY(!foreign.ofThisRecord);
    QCOMPARE(reimportExport(*other, file("out.jsonl"), {.resume = true})->restored,
             std::uint64_t{0}); // nothing was interrupted
}

void TestReimport::whatWasTamperedWithIsRefused()
{
    fill();
    auto store = open("origin.db", "Lea");
    (void)valueOf(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, file("out.jsonl")));
    std::string text = textOf(file("out.jsonl"));
    text.replace(text.find("\"no\""), 4, "\"yes\"");
    std::ofstream(file("out.jsonl")) << text;
    QCOMPARE(reimportExport(*store, file("out.jsonl")).error().code, ErrorCode::Mismatch);
    std::ofstream(manifestPath(file("out.jsonl"))) << "{}";
    QCOMPARE(reimportExport(*store, file("out.jsonl")).error().code, ErrorCode::ParseError);
    fs::remove(manifestPath(file("out.jsonl")));
    QCOMPARE(reimportExport(*store, file("out.jsonl")).error().code, ErrorCode::NotFound);
    // Rows that fit the hash, and an agreement that is not theirs.
    (void)valueOf(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, file("out.jsonl")));
    auto better = valueOf(manifestFromJson(textOf(manifestPath(file("out.jsonl")))));
    better.agreement.masiAlpha.value = 1;
    std::ofstream(manifestPath(file("out.jsonl"))) << toJson(better);
    auto copy = open("copy.db", "Lea", true);
    const auto report = valueOf(reimportExport(*copy, file("out.jsonl")));
    QVERIFY(report.ended && report.ended->code == ErrorCode::Mismatch);
}

void TestReimport::aRestoringThatWasInterruptedGoesOn()
{
    fill();
    auto origin = open("origin.db", "Lea");
    (void)valueOf(exportItems(*origin, {ExportProfile::Jsonl}, std::nullopt, file("one.jsonl")));
    auto copy = open("copy.db", "Lea", true);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = reimportExport(*copy, file("one.jsonl"), {}, stop.get_token());
    QVERIFY(!stopped || stopped->ended);
    const auto report = valueOf(reimportExport(*copy, file("one.jsonl"), {.resume = true}));
    QCOMPARE(report.restored, std::uint64_t{kItems});
    const auto again = valueOf(reimportExport(*copy, file("one.jsonl"), {.resume = true}));
    QCOMPARE(again.restored, std::uint64_t{0}); // all rows are in
}

void TestReimport::onlyWholeExportsRestore()
{
    fill();
    auto origin = open("origin.db", "Lea");
    (void)valueOf(exportItems(*origin, {ExportProfile::Wide}, std::nullopt, file("wide.csv")));
    ExportOptions safe{ExportProfile::Wide};
    safe.spreadsheetSafe = true;
    (void)valueOf(exportItems(*origin, safe, std::nullopt, file("safe.csv")));
    auto copy = open("copy.db", "Lea", true);
    QCOMPARE(reimportExport(*copy, file("wide.csv")).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(reimportExport(*copy, file("safe.csv")).error().code, ErrorCode::Unsupported);
    StoreOptions options{file("labels.db").string(), "Lea", Project{"memes", {"Racism"}}};
    auto foreign = valueOf(openStore(options));
    QCOMPARE(reimportExport(*foreign, file("wide.csv")).error().code, ErrorCode::Mismatch);
}

void TestReimport::aDryRunSaysWhatWouldBeRestoredAndWritesNothing()
{
    fill();
    auto origin = open("origin.db", "Lea");
    (void)valueOf(exportItems(*origin, {ExportProfile::Jsonl}, std::nullopt, file("one.jsonl")));
    auto copy = open("copy.db", "Lea", true);
    const EventSeq before = valueOf(copy->lastEvent());
    const auto report = valueOf(reimportExport(*copy, file("one.jsonl"), {.dryRun = true, .decide = true}));
    QVERIFY(!report.ended && report.invalid.empty() && report.restores);
    QCOMPARE(report.restored, std::uint64_t{kItems});
    QCOMPARE(valueOf(copy->lastEvent()), before);
    QVERIFY(valueOf(copy->models()).empty());
    QCOMPARE(valueOf(copy->reviewers()).size(), std::size_t{1});
    // What was restored is taken back in one event, which undo puts back.
    const auto restored = valueOf(reimportExport(*copy, file("one.jsonl")));
    QCOMPARE(valueOf(takeBackReimport(*copy, restored)), std::uint64_t{kItems});
    QCOMPARE(takeBackReimport(*copy, restored).error().code, ErrorCode::NotFound);
}

void TestReimport::labelsCorrectedInAFileBecomeMyDecisionsAndOneCallTakesThemBack()
{
    auto store = open("plain.db", "Lea", true);
    std::vector<NewItem> rows(3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].content.text = "text " + std::to_string(i);
    }
    (void)valueOf(store->import(rows, "plain"));
    for (ItemId item = 1; item <= 3; ++item) {
        step(*store, item, Step::Decide, {Answer::No, Answer::No});
    }
    (void)valueOf(exportItems(*store, {ExportProfile::Reference}, std::nullopt, file("labels.csv")));
    edit(file("labels.csv"), "text 1,,", "text 1,,\"" + kProject.labels[1] + "\"");
    edit(file("labels.csv"), "text 2,,", "text 2,,\"" + kProject.labels[1] + "\"");
    QCOMPARE(reimportExport(*store, file("labels.csv")).error().code, ErrorCode::Mismatch);
    const auto seen = valueOf(reimportExport(*store, file("labels.csv"), {.dryRun = true, .unverified = true}));
    QVERIFY(!seen.verified && !seen.restores);
    QCOMPARE(seen.unchanged, std::uint64_t{1});
    QCOMPARE(seen.relabelled(), std::uint64_t{2});
    QCOMPARE(valueOf(store->lastEvent()), EventSeq{6}); // person, import, three decisions, export

    const auto done = valueOf(reimportExport(*store, file("labels.csv"), {.unverified = true, .decide = true}));
    QCOMPARE(done.decided, std::uint64_t{2});
    QCOMPARE(done.decisions.size(), std::size_t{1}); // one set of labels is one event
    const auto consensus = [&](ItemId item) {
        return *valueOf(store->statuses(std::span(&item, 1))).front().consensus();
    };
    QVERIFY(consensus(2) == std::vector({Answer::No, Answer::Yes}));
    QVERIFY(consensus(1) == std::vector({Answer::No, Answer::No}));
    QCOMPARE(valueOf(reimportExport(*store, file("labels.csv"), {.unverified = true})).unchanged, std::uint64_t{3});

    QCOMPARE(valueOf(takeBackReimport(*store, done)), std::uint64_t{2});
    QVERIFY(consensus(2) == std::vector({Answer::No, Answer::No}));
    const auto verified = valueOf(verifyStore({file("plain.db").string(), "Lea", {}}));
    QVERIFY2(!verified.firstDifference, verified.firstDifference ? verified.firstDifference->message.c_str() : "");
}

void TestReimport::whatTheRulesForbidIsListedAndLeftAsItIs()
{
    fill();
    auto store = open("origin.db", "Lea");
    (void)valueOf(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, file("out.jsonl")));
    const ItemId theirs = 2; // Max decided it alone
    const ItemStatus before = valueOf(store->statuses(std::span(&theirs, 1))).front();
    std::string text = textOf(file("out.jsonl"));
    const std::size_t line = text.find('\n') + 1; // the second item's
    const std::size_t opinions = text.find("\"opinions\"", line);
    const std::size_t answer = text.find("\":\"", text.find("\"answers\"", opinions)) + 2;
    const std::string now = text.compare(answer, 5, "\"yes\"") == 0 ? "\"no\"" : "\"yes\"";
    text.replace(answer, text.find('"', answer + 1) + 1 - answer, now);
    std::ofstream(file("out.jsonl")) << text;
    const auto done = valueOf(reimportExport(*store, file("out.jsonl"), {.unverified = true, .decide = true}));
    QCOMPARE(done.relabelled(), std::uint64_t{1});
    QCOMPARE(done.decided, std::uint64_t{0});
    QCOMPARE(done.invalid.size(), std::size_t{1});
    QVERIFY(done.invalid.front().error.message.find("re-review") != std::string::npos);
    QVERIFY(valueOf(store->statuses(std::span(&theirs, 1))).front() == before);
}

void TestReimport::whatTheFirstDifferencesAreIsShown()
{
    fill();
    auto store = open("origin.db", "Lea");
    (void)valueOf(exportItems(*store, {ExportProfile::Wide}, std::nullopt, file("wide.csv")));
    (void)valueOf(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, file("lines.jsonl")));
    step(*store, 10, Step::MarkAudit);
    const auto wide = valueOf(reimportExport(*store, file("wide.csv"), {.dryRun = true}));
    QCOMPARE(wide.differences.size(), std::size_t{1});
    QVERIFY(wide.differences.front().cells == std::vector<ReimportReport::Cell>({{"audit", "1", "0"}}));
    QCOMPARE(wide.differences.front().row, std::uint64_t{10});
    QVERIFY(!wide.differences.front().answers); // only its labels would become a decision
    const auto lines = valueOf(reimportExport(*store, file("lines.jsonl"), {.dryRun = true}));
    QVERIFY(lines.differences.front().cells == std::vector<ReimportReport::Cell>({{"audit", "true", "false"}}));
    for (ItemId item = 1; item <= kItems; ++item) {
        if (const ItemStatus now = valueOf(store->statuses(std::span(&item, 1))).front(); !now.audit) {
            EventDraft draft;
            draft.step = Step::Escalate;
            draft.items = {item};
            draft.decision.reason = "all of them";
            (void)store->commit(draft, std::nullopt); // not every state allows it
        }
    }
    const auto many = valueOf(reimportExport(*store, file("wide.csv"), {.dryRun = true}));
    QVERIFY(many.count(Standing::Changed) > ReimportReport::kShownDifferences);
    QVERIFY(!many.differences[ReimportReport::kShownDifferences - 1].cells.empty());
    QVERIFY(many.differences[ReimportReport::kShownDifferences].cells.empty());
}

void TestReimport::aWordThatIsNoClassIsNamedWithItsRowAndColumn()
{
    auto store = open("plain.db", "Lea", true);
    NewItem item;
    item.content.text = "text";
    (void)valueOf(store->import(std::span(&item, 1), "plain"));
    step(*store, 1, Step::Decide, {Answer::No, Answer::No});
    (void)valueOf(exportItems(*store, {ExportProfile::Reference}, std::nullopt, file("labels.csv")));
    edit(file("labels.csv"), "text,,", "text,,Sexism");
    const auto report = valueOf(reimportExport(*store, file("labels.csv"), {.unverified = true, .decide = true}));
    QCOMPARE(report.invalid.size(), std::size_t{1});
    QCOMPARE(report.invalid.front().row, std::uint64_t{1});
    QCOMPARE(report.invalid.front().error.message,
             std::string("column labels: 'Sexism' is not a class of this project"));
    QCOMPARE(report.decided, std::uint64_t{0});
}

void TestReimport::aChangedFileRestoresNothing()
{
    fill();
    auto origin = open("origin.db", "Lea");
    (void)valueOf(exportItems(*origin, {ExportProfile::Jsonl}, std::nullopt, file("one.jsonl")));
    edit(file("one.jsonl"), "\"no\"", "\"yes\"");
    auto copy = open("copy.db", "Lea", true);
    QCOMPARE(reimportExport(*copy, file("one.jsonl"), {.unverified = true}).error().code, ErrorCode::Mismatch);
    QVERIFY(valueOf(copy->models()).empty());
    // Other columns than the manifest's cannot be read by it.
    (void)valueOf(exportItems(*origin, {ExportProfile::Reference}, std::nullopt, file("labels.csv")));
    edit(file("labels.csv"), "text,image_path", "text,picture");
    const auto other = valueOf(reimportExport(*origin, file("labels.csv"), {.unverified = true}));
    QVERIFY(other.ended && other.ended->code == ErrorCode::Mismatch);
}

QTEST_GUILESS_MAIN(TestReimport)
#include "tst_reimport.moc"
