#include "core/review/export.h"
#include "core/review/import.h"
#include "core/review/session.h"
#include "core/store/verify_store.h"
#include "tests/store/database_test.h"
#include "tests/support/test_data.h"

#include <QTest>

// The server's own roles: who may not, cannot, even with SQL; who may, can do all of their work.

using namespace modscope;
using namespace modscope::test;

class TestDialectPostgresql : public QObject {
    Q_OBJECT

    std::unique_ptr<PostgresServer> m_server;
    std::string m_location;
    std::vector<ItemId> m_ids;
    TemporaryFolder m_folder;

    /// The store's address for somebody who signs in as themselves.
    [[nodiscard]] std::string addressOf(const std::string& user) const
    {
        std::string address = m_location;
        return address.replace(address.find("modscope@"), std::string("modscope").size(), user);
    }

    [[nodiscard]] std::string sqlAs(const std::string& user, const std::string& statement) const
    {
        return m_server->run("review1", statement, user);
    }

    /// What every role may do.
    void readsEverything(ReviewStore& store) const
    {
        MUST(store.reviewers());
        MUST(store.models());
        MUST(store.sources());
        MUST(store.known(textRows(1)));
        MUST(store.importedRows("some"));
        MUST(store.statuses(m_ids));
        MUST(store.readItems({}, [](const ItemContent&, const ItemStatus&) { return Result<void>(); }));
        MUST(store.readPictures({}, [](const StoredPicture&) {}));
        MUST(store.readFacts(0, {}, [](const ItemFacts&) {}));
        MUST(store.search("meme"));
        MUST(store.leases());
        MUST(store.readEvents({.after = 0, .before = 0, .item = {}, .actor = {}},
                              [](const ReviewEvent&) { return Result<void>(); }));
        MUST(store.changed());
        MUST(store.rules());
        MUST(store.queues());
        MUST(store.policies());
        MUST(store.group(m_ids[0]));
        MUST(store.notDuplicates());
        MUST(store.myExposure("2026-11-01"));
        MUST(store.teamExposure("2026-11-01"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<PostgresServer>();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
        m_location = m_server->newDatabase();
        auto store = mustOpen(m_location, "Ada", true);
        MUST(store->addReviewer("Bo", Role::Reviewer));
        MUST(store->addReviewer("Lea", Role::Lead));
        MUST(store->addReviewer("Cy", Role::Auditor));
        MUST(store->publishPolicy({"v1", "# Rules", 0}));
        m_ids = store->import(textRows(10), "some")->ids;
        MUST(decideNext(*store, m_ids, Answer::Yes));
        for (const auto& [user, role] :
             {std::pair("bo", "reviewer"), std::pair("lea", "lead"), std::pair("cy", "auditor")}) {
            QCOMPARE(sqlAs("modscope", std::string("CREATE ROLE ") + user + " LOGIN IN ROLE modscope_" + role),
                     std::string());
        }
    }
    void cleanupTestCase() { m_server.reset(); }
    void init() { failOnWarnings(); }

    void anAuditorReadsAndCannotWriteEvenWithSql()
    {
        auto store = mustOpen(addressOf("cy"), "Cy");
        QCOMPARE(store->readOnly(), true);
        QCOMPARE(store->contents(m_ids)->size(), m_ids.size());
        readsEverything(*store);
        MUST(exportItems(*store, {ExportProfile::Wide}, std::nullopt, m_folder.path() / "cy.csv")); // leaves no event
        const auto report = verifyStore({addressOf("cy"), "Cy", {}, true});
        MUST(report);
        QVERIFY(!report->firstDifference);
        const std::string tables =
            sqlAs("modscope", "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'");
        const QStringList names = QString::fromStdString(tables).simplified().split(QLatin1Char(' '));
        QVERIFY(names.size() > 15 && names.contains(QStringLiteral("event")));
        for (const QString& name : names) {
            const std::string table = name.toStdString();
            for (const std::string& statement : {"DELETE FROM " + table, "TRUNCATE " + table + " CASCADE",
                                                 "INSERT INTO " + table + " SELECT * FROM " + table,
                                                 "DROP TABLE " + table, "ALTER TABLE " + table + " ADD x int"}) {
                const std::string told = sqlAs("cy", statement);
                QVERIFY2(told.find("permission denied") != std::string::npos ||
                             told.find("must be owner") != std::string::npos ||
                             told.find("generated column") != std::string::npos,
                         (statement + ": " + told).c_str());
            }
        }
        QVERIFY(sqlAs("cy", "UPDATE event SET actor = 'x'").find("permission denied") != std::string::npos);
        QVERIFY(sqlAs("cy", "UPDATE item SET state = 4").find("permission denied") != std::string::npos);
        QVERIFY(sqlAs("cy", "CREATE TABLE mine(x int)").find("permission denied") != std::string::npos);
        QCOMPARE(firstDifference(m_location), std::string());
    }

    void aReviewerDoesTheirWorkButCannotRewriteTheRecord()
    {
        auto session = ReviewSession::open(mustOpen(addressOf("bo"), "Bo"), 1);
        MUST(session);
        ReviewStore& store = session->store();
        QCOMPARE(store.readOnly(), false);
        const Queue all{"all", {}, {}};
        const auto task = session->next(all);
        MUST(task);
        MUST(store.heartbeat((*task)->lease));
        MUST(session->record(**task, Step::Decide, answer({Answer::Yes, Answer::No})));
        MUST(session->undo());
        MUST(session->redo());
        MUST(session->record(**session->next(all), Step::Skip, {}));
        MUST(store.release(**store.claim(m_ids)));
        MUST(store.saveQueue({"mine", "state:new", "risk"}));
        MUST(store.deleteQueue("mine"));
        MUST(store.addExposure({"2026-11-25", 1, 0, 0, 1, 0}));
        MUST(store.addExposure({"2026-11-25", 1, 0, 0, 1, 0}));
        MUST(store.setOcrText(m_ids[0], "read"));
        MUST(store.setPictureHash(m_ids[0], {std::string(64, 'f'), 90}));
        MUST(store.setGroup(std::span(m_ids).subspan(8), "same meme"));
        MUST(store.markNotDuplicates(m_ids[6], m_ids[7]));
        const auto model = store.model({0, "fusion", std::string(64, 'a'), {"Racist"}, {0.5F}});
        MUST(model);
        MUST(store.addScores(model->id, std::span(m_ids).first(1), std::vector<std::vector<float>>{{0.25F}}));
        MUST(store.import(textRows(2, 50), "reviewer's own"));
        auto keyed = textRows(1, 60);
        keyed[0].content.key = "my-own-key";
        const auto brought = store.import(keyed, "keyed");
        QCOMPARE(brought.error().code, ErrorCode::PermissionDenied);
        QVERIFY2(brought.error().message.find("for a lead") != std::string::npos, brought.error().message.c_str());
        readsEverything(store);
        MUST(exportItems(store, {ExportProfile::Wide}, std::nullopt, m_folder.path() / "bo.csv")); // with its event
        MUST(store.splitGroup(std::span(m_ids).subspan(9)));
        for (const char* statement :
             {"UPDATE event SET actor = 'x'", "DELETE FROM event", "TRUNCATE event", "UPDATE content SET text = ''",
              "DELETE FROM content", "UPDATE reviewer SET role = 'lead'", "DELETE FROM policy", "DROP TABLE event",
              "INSERT INTO reviewer VALUES (99, 'x', 'x', 'lead')", "UPDATE project_label SET name = 'x'",
              "INSERT INTO setting VALUES ('rules', '{}')", "DELETE FROM modscope_schema"}) {
            const std::string told = sqlAs("bo", statement);
            QVERIFY2(told.find("permission denied") != std::string::npos ||
                         told.find("must be owner") != std::string::npos,
                     (std::string(statement) + ": " + told).c_str());
        }
        QCOMPARE(firstDifference(m_location), std::string());
    }

    void aLeadLeadsButCannotRewriteTheRecord()
    {
        auto store = mustOpen(addressOf("lea"), "Lea");
        MUST(store->addReviewer("Di", Role::Reviewer));
        MUST(store->setRules({}));
        MUST(store->publishPolicy({"v2", "# Others", 0}));
        auto rows = textRows(1, 70);
        rows[0].content.key = "4f2a-91c0";
        MUST(store->import(rows, "back"));
        MUST(decideNext(*store, m_ids, Answer::No));
        EventDraft golden;
        golden.step = Step::MarkGolden;
        golden.items = {m_ids[9]};
        golden.decision = answer({Answer::No, Answer::No});
        MUST(store->commit(golden, std::nullopt));
        MUST(takeBackImport(*store, "back"));
        MUST(store->undoable());
        MUST(store->saveQueue({"lead's", "state:new", "risk"}));
        MUST(store->deleteQueue("lead's"));
        MUST(store->setOcrText(m_ids[1], "read"));
        MUST(store->setPictureHash(m_ids[1], {std::string(64, 'e'), 90}));
        MUST(store->setGroup(std::span(m_ids).subspan(2, 2), "same meme"));
        MUST(store->markNotDuplicates(m_ids[4], m_ids[5]));
        const auto model = store->model({0, "lead's", std::string(64, 'b'), {"Racist"}, {0.5F}});
        MUST(model);
        MUST(store->addScores(model->id, std::span(m_ids).first(1), std::vector<std::vector<float>>{{0.5F}}));
        MUST(store->addExposure({"2026-11-25", 1, 0, 0, 1, 0}));
        readsEverything(*store);
        MUST(exportItems(*store, {ExportProfile::Jsonl}, std::nullopt, m_folder.path() / "lea.jsonl"));
        for (const char* statement : {"UPDATE event SET actor = 'x'", "DELETE FROM event", "TRUNCATE event"}) {
            QVERIFY(sqlAs("lea", statement).find("permission denied") != std::string::npos);
        }
        QCOMPARE(firstDifference(m_location), std::string());
    }
};

QTEST_GUILESS_MAIN(TestDialectPostgresql)
#include "tst_dialect_postgresql.moc"
