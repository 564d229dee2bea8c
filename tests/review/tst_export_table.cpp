#include "core/review/export_table.h"
#include "core/review/iso_time.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace modscope;

namespace {

const std::vector<Answer> kNoNo = {Answer::No, Answer::No};
const std::vector<Answer> kYesNo = {Answer::Yes, Answer::No};
const std::vector<Answer> kYesYes = {Answer::Yes, Answer::Yes};

ExportNames names()
{
    return {{"Racism", "Religion"},
            {{1, "fusion", "aabb", {"Religion", "Racism"}, {0.5F, 0.4F}}},
            {{1, "reviewer-1", "Ann", Role::Reviewer}, {2, "reviewer-2", "Ben", Role::Reviewer}}};
}

ItemContent item()
{
    ItemContent item;
    item.id = 1;
    item.key = "4f2a-91c0";
    item.text = "me, \"waiting\"";
    item.imagePath = "/memes/1.png";
    item.created = 1'790'000'000'123;
    item.scores = {{1, {0.7F, 0.1F}, {}, {}}}; // Religion 0.7, Racism 0.1: the model says Religion
    return item;
}

Opinion opinion(ReviewerId reviewer, EventSeq event, const std::vector<Answer>& answers)
{
    Opinion opinion{reviewer, event, 1'790'000'001'000, {}};
    opinion.decision.answers = answers;
    opinion.decision.note = "=SUM(A1)";
    opinion.decision.secondsVisible = 2.5;
    return opinion;
}

ItemStatus decided(const std::vector<Answer>& answers)
{
    ItemStatus status;
    status.state = ItemState::Decided;
    status.first = opinion(1, 9, answers);
    return status;
}

using Cells = std::map<std::string, std::string>;

/// The only row, by column.
Cells onlyRow(ExportProfile profile, const ItemContent& content, const ItemStatus& status, ExportOptions options = {})
{
    options.profile = profile;
    ExportTable table(options, names());
    const auto rows = table.rows(content, status);
    if (!rows || rows->size() != 1 || rows->front().size() != table.columns().size()) {
        qFatal("%s", rows ? "not one whole row" : rows.error().message.c_str());
    }
    Cells cells;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        cells[table.columns()[i]] = rows->front()[i];
    }
    return cells;
}

std::string leftOut(ExportProfile profile, const ItemContent& content, const ItemStatus& status)
{
    const auto rows = ExportTable({profile}, names()).rows(content, status);
    return rows ? std::string() : rows.error().message;
}

} // namespace

class TestExportTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theReferenceProfileIsWhatTheReferenceTrainsOn()
    {
        const ExportTable table({ExportProfile::Reference}, names());
        QCOMPARE(table.columns(), (std::vector<std::string>{"text", "image_path", "labels"}));
        auto row = onlyRow(ExportProfile::Reference, item(), decided(kYesYes));
        QCOMPARE(row["labels"], std::string("Racism,Religion"));
        QCOMPARE(row["text"], std::string("me, \"waiting\""));
        ItemContent read = item();
        read.text.clear();
        read.ocrText = "read by a machine";
        QCOMPARE(onlyRow(ExportProfile::Reference, read, decided(kNoNo))["text"], std::string("read by a machine"));
        QCOMPARE(onlyRow(ExportProfile::Reference, read, decided(kNoNo))["labels"], std::string());
    }

    void theWideProfileSaysEverything()
    {
        auto row = onlyRow(ExportProfile::Wide, item(), decided(kYesNo));
        const Cells expected = {{"item_id", "4f2a-91c0"},
                                {"created_at", "2026-09-21T14:13:20.123Z"},
                                {"state", "decided"},
                                {"p_raw_Religion", "0.7"},
                                {"threshold_Religion", "0.5"},
                                {"model_label_Religion", "1"},
                                {"human_label_Religion", "no"},
                                {"p_raw_Racism", "0.1"},
                                {"model_label_Racism", "0"},
                                {"human_label_Racism", "yes"},
                                {"votes_pos_Racism", "1"},
                                {"votes_n_Racism", "1"},
                                {"decision", "yes"},
                                {"reviewer", "reviewer-1"},
                                {"seconds", "2.5"},
                                {"model_sha256", "aabb"},
                                {"event", "9"},
                                {"note", "=SUM(A1)"}};
        for (const auto& [column, cell] : expected) {
            QVERIFY2(row.at(column) == cell, (column + ": " + row.at(column)).c_str());
        }
    }

    void anOpenItemHasAWideRowWithEmptyAnswers()
    {
        auto row = onlyRow(ExportProfile::Wide, item(), {});
        QCOMPARE(row["state"], std::string("new"));
        QCOMPARE(row["human_label_Racism"], std::string());
        QCOMPARE(row["decision"], std::string());
        QCOMPARE(row["votes_n_Racism"], std::string("0"));
        ItemContent unscored = item();
        unscored.scores.clear();
        QCOMPARE(onlyRow(ExportProfile::Wide, unscored, {})["p_raw_Racism"], std::string()); // not 0
    }

    void theLongProfileHasARowPerOpinionAndClass()
    {
        ItemStatus status = decided(kYesNo);
        status.state = ItemState::Final;
        status.second = opinion(2, 12, kYesYes);
        status.settled = opinion(1, 15, kNoNo);
        ExportTable table({ExportProfile::Long}, names());
        const auto rows = table.rows(item(), status).value();
        QCOMPARE(rows.size(), std::size_t{6});
        QCOMPARE(std::vector<std::string>(rows[3].begin(), rows[3].begin() + 5),
                 (std::vector<std::string>{"4f2a-91c0", "second", "Religion", "yes", "reviewer-2"}));
        QCOMPARE(rows[5][1], std::string("adjudication"));
    }

    void theChangedProfileHasOnlyWhatPeopleCorrected()
    {
        auto row = onlyRow(ExportProfile::Changed, item(), decided(kYesNo));
        QCOMPARE(row["model_labels"], std::string("Religion"));
        QCOMPARE(row["labels"], std::string("Racism"));
        QCOMPARE(leftOut(ExportProfile::Changed, item(), decided({Answer::No, Answer::Yes})),
                 std::string("people and model agree"));
        ItemContent unscored = item();
        unscored.scores.clear();
        QCOMPARE(leftOut(ExportProfile::Changed, unscored, decided(kYesNo)), std::string("no model has scored it"));
    }

    void theSoftProfileIsTheShareOfYes()
    {
        ItemStatus status = decided({Answer::Yes, Answer::Unsure});
        status.state = ItemState::Adjudication;
        status.second = opinion(2, 12, kNoNo);
        auto row = onlyRow(ExportProfile::Soft, item(), status);
        QCOMPARE(row["votes"], std::string("2"));
        QCOMPARE(row["soft_Racism"], std::string("0.5"));
        QCOMPARE(row["soft_Religion"], std::string("0.25"));
    }

    void whatHasNoPlaceSaysWhy()
    {
        ItemStatus removed;
        removed.state = ItemState::Removed;
        for (const auto profile : {ExportProfile::Reference, ExportProfile::Wide, ExportProfile::Long,
                                   ExportProfile::Changed, ExportProfile::Soft}) {
            QCOMPARE(leftOut(profile, item(), removed), std::string("its import was taken back"));
        }
        QCOMPARE(leftOut(ExportProfile::Reference, item(), {}), std::string("there is no consensus yet"));
        QCOMPARE(leftOut(ExportProfile::Long, item(), {}), std::string("nobody has decided it"));
    }

    void textStaysAsItIsUnlessASpreadsheetIsMeant()
    {
        ItemContent hostile = item();
        hostile.text = "@me =1+1";
        QCOMPARE(onlyRow(ExportProfile::Wide, hostile, decided(kYesNo))["text"], std::string("@me =1+1"));
        ExportOptions options;
        options.spreadsheetSafe = true;
        options.profile = ExportProfile::Wide;
        ExportTable table(options, names());
        const auto row = table.rows(hostile, decided(kYesNo)).value().front();
        const auto cell = [&](const char* column) {
            return row[static_cast<std::size_t>(std::find(table.columns().begin(), table.columns().end(), column) -
                                                table.columns().begin())];
        };
        QCOMPARE(cell("text"), std::string("'@me =1+1"));
        QCOMPARE(cell("note"), std::string("'=SUM(A1)"));
        QCOMPARE(table.changedCells(), std::uint64_t{2});
    }

    void notesCanStayAtHome()
    {
        ExportOptions options;
        options.notes = false;
        QCOMPARE(onlyRow(ExportProfile::Wide, item(), decided(kYesNo), options)["note"], std::string());
    }

    void timesAreIso8601InUtc()
    {
        const std::array<std::pair<TimeMs, const char*>, 3> times = {{{0, "1970-01-01T00:00:00.000Z"},
                                                                      {1'709'209'999'999, "2024-02-29T12:33:19.999Z"},
                                                                      {-1, "1969-12-31T23:59:59.999Z"}}};
        for (const auto& [time, text] : times) {
            QCOMPARE(isoTime(time), std::string(text));
            QVERIFY(timeFromIso(text) == time);
        }
        for (const char* wrong : {"", "2024-02-29", "2023-02-29T12:33:19.999Z", "2024-02-29T24:00:00.000Z",
                                  "2024-02-29T12:33:19.999+", "2024-02-2xT12:33:19.999Z"}) {
            QVERIFY2(!timeFromIso(wrong), wrong);
        }
    }

    void everyProfileHasAName()
    {
        for (const char* word : {"reference", "wide", "long", "changed", "soft", "jsonl"}) {
            QCOMPARE(name(exportProfileNamed(word).value()), std::string_view(word));
        }
        QCOMPARE(exportProfileNamed("parquet").error().code, ErrorCode::ParseError);
    }
};

QTEST_GUILESS_MAIN(TestExportTable)
#include "tst_export_table.moc"
