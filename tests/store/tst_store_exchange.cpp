#include "core/review/export.h"
#include "core/review/reimport.h"
#include "core/store/verify_store.h"
#include "tests/store/database_test.h"

#include <QTest>

#include <filesystem>
#include <fstream>

using namespace modscope;
using modscope::test::answer;
using modscope::test::mustOpen;
using modscope::test::textRows;

/// What imports and exports ask of a store, on each database.
class TestStoreExchange : public modscope::test::DatabaseTest {
    Q_OBJECT
private:
    /// Two opinions that differ, as another store had them.
    static ItemStatus disputed()
    {
        ItemStatus status;
        status.state = ItemState::Adjudication;
        status.first = Opinion{1, 0, 1'700'000'000'000, answer({Answer::Yes, Answer::No})};
        status.second = Opinion{1, 0, 1'700'000'001'000, answer({Answer::No, Answer::No})};
        status.skips = 1;
        status.declined = {{1, Declined::kForever}};
        return status;
    }

private Q_SLOTS:
    void aStandingComesInAsAStepThatReplays()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        auto rows = textRows(3);
        rows[1].standing = disputed();
        rows[2].standing = ItemStatus(); // nothing to restore
        const auto outcome = store->import(rows, "export");
        MUST(outcome);
        const auto statuses = store->statuses(outcome->ids);
        MUST(statuses);
        ItemStatus expected = disputed();
        const EventSeq last = *store->lastEvent();
        expected.version = last;
        expected.first->event = last;
        expected.second->event = last;
        QVERIFY(statuses->at(1) == expected);
        QVERIFY(statuses->at(0) == ItemStatus() && statuses->at(2) == ItemStatus());
        const auto verified = verifyStore({location, "Ada", {}});
        MUST(verified);
        QVERIFY2(!verified->firstDifference,
                 verified->firstDifference ? verified->firstDifference->message.c_str() : "");
        // It can be settled here as it could have been there.
        EventDraft settle;
        settle.step = Step::Adjudicate;
        settle.items = {outcome->ids[1]};
        settle.decision = answer({Answer::Yes, Answer::Yes});
        settle.decision.reason = "seen again";
        MUST(store->commit(settle, std::nullopt));
    }

    void onlyALeadBringsStandings()
    {
        const std::string location = newLocation();
        auto lead = mustOpen(location, "Ada", true);
        MUST(lead->addReviewer("Bea", Role::Reviewer));
        auto rows = textRows(1);
        rows[0].standing = disputed();
        auto other = mustOpen(location, "Bea");
        QCOMPARE(other->import(rows, "export").error().code, ErrorCode::PermissionDenied);
        QVERIFY(other->sources()->empty()); // nothing came in
    }

    void aStandingThatCannotBeIsThatRowsError()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        auto rows = textRows(2);
        rows[1].standing = disputed();
        rows[1].standing->second.reset();
        const auto refused = store->import(rows, "export");
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(refused.error().message.find("row 2") != std::string::npos, refused.error().message.c_str());
    }

    void contentIsKnownUntilItIsRemoved()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto outcome = store->import(textRows(2), "memes");
        MUST(outcome);
        const auto rows = textRows(3);
        QVERIFY(*store->known(rows) == (std::vector<ItemId>{outcome->ids[0], outcome->ids[1], 0}));
        EventDraft remove;
        remove.step = Step::Remove;
        remove.items = {outcome->ids[0]};
        MUST(store->commit(remove, std::nullopt));
        QVERIFY(*store->known(rows) == (std::vector<ItemId>{0, outcome->ids[1], 0}));
        const auto again = store->import(textRows(2), "memes");
        MUST(again);
        QCOMPARE(again->added, 1U);
        QCOMPARE(again->joined, 1U);
    }

    void howFarAnImportCameIsItsLastRow()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        auto rows = textRows(2);
        rows[1].row = 7; // those between could not be used
        MUST(store->import(rows, "memes"));
        QCOMPARE(*store->importedRows("memes"), 7U);
        for (NewItem& row : rows) {
            row.row = 0;
        }
        MUST(store->import(rows, "unnumbered"));
        MUST(store->import(rows, "unnumbered"));
        QCOMPARE(*store->importedRows("unnumbered"), 4U);
    }

    void hashesAreReadWithTheirGroups()
    {
        auto store = mustOpen(newLocation(), "Ada", true);
        auto rows = textRows(4);
        for (std::size_t i = 0; i < 3; ++i) {
            rows[i].content.imagePath = "/pictures/" + std::to_string(i);
            rows[i].content.imageSha256 = std::string(64, static_cast<char>('a' + i));
            rows[i].content.hash = {std::string(64, '0'), static_cast<int>(i)};
        }
        const auto outcome = store->import(rows, "memes");
        MUST(outcome);
        MUST(store->setGroup(std::span(outcome->ids).first(2), "same_meme"));
        EventDraft remove;
        remove.step = Step::Remove;
        remove.items = {outcome->ids[2]};
        MUST(store->commit(remove, std::nullopt));
        std::vector<StoredPicture> pictures;
        MUST(store->readPictures({}, [&](const StoredPicture& one) { pictures.push_back(one); }));
        QCOMPARE(pictures.size(), std::size_t{2}); // neither the text nor what was removed
        QCOMPARE(pictures[1].item, outcome->ids[1]);
        QCOMPARE(pictures[1].sha256, std::string(64, 'b'));
        QCOMPARE(pictures[1].hash.quality, 1);
        QVERIFY(pictures[0].group > 0 && pictures[0].group == pictures[1].group);
    }

    void anExportIsOfOneMomentAndRecorded()
    {
        modscope::test::TemporaryFolder folder;
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        MUST(store->import(textRows(2500), "memes"));
        ChainEnd before{*store->lastEvent(), {}};
        MUST(store->readEvents({.after = before.seq - 1, .before = 0, .item = {}, .actor = {}},
                               [&](const ReviewEvent& event) {
                                   before.hash = event.hash;
                                   return Result<void>();
                               }));
        auto other = mustOpen(location, "Ada");
        std::size_t decided = 0;
        std::size_t seen = 0;
        const auto end = store->readItems({}, [&](const ItemContent&, const ItemStatus& status) -> Result<void> {
            if (++seen == 1) { // somebody decides an item that was not read yet
                EventDraft draft;
                draft.items = {2400};
                draft.decision = answer({Answer::Yes, Answer::No});
                if (auto done = other->commit(draft, std::nullopt); !done) {
                    return fail(done.error());
                }
            }
            decided += status.state == ItemState::Decided ? 1 : 0;
            return {};
        });
        MUST(end);
        QVERIFY(*end == before);
        QCOMPARE(decided, std::size_t{0});
        const auto manifest = exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, folder.path() / "out.jsonl");
        MUST(manifest);
        QCOMPARE(manifest->events, before.seq + 1);
        std::optional<ReviewEvent> last;
        MUST(store->readEvents({.after = manifest->events, .before = 0, .item = {}, .actor = {}},
                               [&](const ReviewEvent& event) {
                                   last = event;
                                   return Result<void>();
                               }));
        QVERIFY(last && last->kind == EventKind::Exported);
        QCOMPARE(last->detail.at("sha256"), manifest->sha256);
        QCOMPARE(last->previousHash, manifest->chainHead);
        const auto unchanged = reimportExport(*store, folder.path() / "out.jsonl");
        MUST(unchanged);
        QCOMPARE(unchanged->unchanged, std::uint64_t{2500});
    }

    void anExportRestoresOnTheOtherDatabase()
    {
        modscope::test::TemporaryFolder folder;
        auto desk = mustOpen((folder.path() / "desk.db").string(), "Ada", true);
        auto rows = textRows(20);
        rows[3].standing = disputed();
        MUST(desk->import(rows, "memes"));
        MUST(exportItems(*desk, {ExportProfile::Jsonl}, std::nullopt, folder.path() / "one.jsonl"));
        auto store = mustOpen(newLocation(), "Ada", true);
        const auto report = reimportExport(*store, folder.path() / "one.jsonl");
        MUST(report);
        QCOMPARE(report->restored, std::uint64_t{20});
        const auto again = exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, folder.path() / "two.jsonl");
        MUST(again);
        QCOMPARE(again->sha256, report->manifest.sha256);
    }
};

QTEST_GUILESS_MAIN(TestStoreExchange)
#include "tst_store_exchange.moc"
