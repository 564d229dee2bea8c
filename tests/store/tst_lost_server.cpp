#include "core/review/session.h"
#include "tests/store/database_test.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <chrono>
#include <thread>

// PostgreSQL that goes away: ahead of a commit, during it, and after it but ahead of its answer.

using namespace modscope;
using namespace modscope::test;

class TestLostServer : public QObject {
    Q_OBJECT

    std::unique_ptr<PostgresServer> m_server;
    std::string m_location;

    EventDraft decisionOn(const std::vector<ItemId>& ids) const
    {
        EventDraft draft;
        draft.items = ids;
        draft.decision = answer({Answer::Yes, Answer::No});
        return draft;
    }

    /// Ends the connection whose commit waits for a standby server that does not exist.
    void hangUpOnTheWaitingCommit()
    {
        for (int look = 0; look < 600; ++look) {
            if (m_server->run("review1", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                         " WHERE wait_event = 'SyncRep'") == "t\n") {
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        QFAIL("no commit waits");
    }

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_server = std::make_unique<PostgresServer>();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
        m_location = m_server->newDatabase();
    }
    void cleanup() { m_server.reset(); }

    void aLostServerIsToldAndNothingIsRecordedTwice()
    {
        auto store = mustOpen(m_location, "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids;
        const Lease lease = **store->claim(ids);
        const EventDraft draft = decisionOn({lease.item});
        m_server->stopAtOnce();
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Unavailable);
        QCOMPARE(store->changed().error().code, ErrorCode::Unavailable);
        m_server->start();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
        const auto outcome = store->commit(draft, lease);
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(*store->lastEvent(), outcome->event);
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Mismatch); // it is used
        QCOMPARE(firstDifference(m_location), std::string());
    }

    void aConnectionLostDuringTheCommitIsSettled()
    {
        auto store = mustOpen(m_location, "Ada", true);
        const auto ids = store->import(textRows(1), "some")->ids;
        const Lease lease = **store->claim(ids);
        const EventDraft draft = decisionOn(ids);
        // A deferred trigger runs inside COMMIT: the server hangs up there.
        m_server->run("review1", "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "
                                 "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        m_server->run("review1",
                      "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED "
                      "FOR EACH ROW EXECUTE FUNCTION hang_up()");
        const EventSeq before = *store->lastEvent();
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Unavailable);
        QCOMPARE(*store->lastEvent(), before);
        m_server->run("review1", "DROP TRIGGER hang_up ON event");
        const auto outcome = store->commit(draft, lease);
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->event, before + 1);
        QCOMPARE(firstDifference(m_location), std::string());
    }

    void aCommitWhoseAnswerIsLostIsFoundAndNotRepeated()
    {
        (void)m_server->run("postgres", "ALTER SYSTEM SET synchronous_commit = local");
        (void)m_server->run("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        m_server->stopAtOnce();
        m_server->start();
        auto store = mustOpen(m_location, "Ada", true);
        const auto ids = store->import(textRows(1), "some")->ids;
        const Lease lease = **store->claim(ids);
        const EventSeq before = *store->lastEvent();
        // Whoever writes an event waits for a standby once the commit is on disk: it is recorded and never answered.
        m_server->run("review1", "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "
                                 "set_config(''synchronous_commit'', ''on'', true); RETURN NEW; END'");
        m_server->run("review1", "CREATE TRIGGER wait BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION wait()");
        std::thread keeper([this] { hangUpOnTheWaitingCommit(); });
        const auto outcome = store->commit(decisionOn(ids), lease);
        keeper.join();
        MUST(outcome);
        QCOMPARE(outcome->event, before + 1);
        QCOMPARE(outcome->changed == ids, true);
        QCOMPARE(*store->lastEvent(), before + 1);
        QCOMPARE(store->statuses(ids)->front().first->event, outcome->event);
        QCOMPARE(firstDifference(m_location), std::string());
    }

    void aSessionShowsItsQueueWithoutTheServerAndGoesOnAfterwards()
    {
        auto session = ReviewSession::open(mustOpen(m_location, "Ada", true), 1);
        MUST(session);
        const auto ids = session->store().import(textRows(3), "some")->ids;
        MUST(session->refresh());
        const Queue all{"all", {}, {}};
        const auto task = session->next(all);
        MUST(task);
        m_server->stopAtOnce();
        QCOMPARE(session->list(all, 0)->size(), 3U);
        QCOMPARE(*session->count(all), 3U);
        const Decision decision = answer({Answer::Yes, Answer::No});
        for (int again = 0; again < 2; ++again) {
            QCOMPARE(session->record(**task, Step::Decide, decision).error().code, ErrorCode::Unavailable);
            QCOMPARE(session->refresh().error().code, ErrorCode::Unavailable);
        }
        m_server->start();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
        MUST(session->record(**task, Step::Decide, decision));
        MUST(session->refresh());
        QCOMPARE(*session->count({"decided", *parseFilter("state:decided"), {}}), 1U);
        QCOMPARE(session->record(**task, Step::Decide, decision).error().code, ErrorCode::Mismatch); // it is in
        QCOMPARE(firstDifference(m_location), std::string());
    }
};

QTEST_GUILESS_MAIN(TestLostServer)
#include "tst_lost_server.moc"
