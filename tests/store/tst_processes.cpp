#include "core/store/verify_store.h"
#include "tests/store/store_support.h"
#include "tests/support/test_data.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

// Real processes that claim and decide at once, and are killed without warning. More of everything:
// MODSCOPE_STORE_ITEMS and MODSCOPE_STORE_KILLS.

using namespace modscope;
using namespace modscope::test;

namespace {

int numberFrom(const char* variable, int standard)
{
    const QByteArray text = qgetenv(variable);
    return text.isEmpty() ? standard : text.toInt();
}

/// What the workers said, over all their lives.
struct Said {
    std::map<ItemId, int> decided; ///< how often
    int lives = 0;

    void hear(QProcess& process)
    {
        for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
            if (line.startsWith("decided ")) {
                ++decided[line.mid(8).toLongLong()];
            }
        }
    }
};

class Workers {
public:
    Workers(std::string location, int count, ItemId items) : m_location(std::move(location)), m_items(items)
    {
        m_processes.resize(static_cast<std::size_t>(count));
    }

    void start(std::size_t i)
    {
        m_processes[i] = std::make_unique<QProcess>();
        m_processes[i]->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_processes[i]->start(QStringLiteral(MODSCOPE_STORE_WORKER),
                              {QString::fromStdString(m_location),
                               QString::fromStdString("worker " + std::to_string(i)), QString::number(m_items),
                               QString::number(++said.lives)});
        QVERIFY(m_processes[i]->waitForStarted());
    }

    /// Kills a random worker after a random while, again and again; each is replaced at once.
    void killAtRandom(int kills, std::mt19937_64& random)
    {
        for (int kill = 0; kill < kills; ++kill) {
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));
            const std::size_t victim = random() % m_processes.size();
            QProcess& process = *m_processes[victim];
            process.kill(); // SIGKILL
            QVERIFY(process.waitForFinished());
            said.hear(process);
            start(victim);
        }
    }

    void waitForAll()
    {
        for (auto& process : m_processes) {
            QVERIFY(process->waitForFinished(240'000));
            said.hear(*process);
            QCOMPARE(process->exitStatus(), QProcess::NormalExit);
            QCOMPARE(process->exitCode(), 0);
        }
    }

    [[nodiscard]] std::size_t size() const { return m_processes.size(); }

    Said said;

private:
    std::string m_location;
    ItemId m_items;
    std::vector<std::unique_ptr<QProcess>> m_processes;
};

} // namespace

class TestProcesses : public QObject {
    Q_OBJECT

    std::unique_ptr<PostgresServer> m_server;
    std::unique_ptr<TemporaryFolder> m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        m_server = std::make_unique<PostgresServer>();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
    }
    void cleanupTestCase() { m_server.reset(); }
    void init() { failOnWarnings(); }

    void killedProcessesLoseAndRepeatNothing_data()
    {
        QTest::addColumn<bool>("postgresql");
        QTest::addColumn<int>("workers");
        QTest::newRow("SQLite, 4 processes") << false << 4;
        QTest::newRow("PostgreSQL, 16 processes") << true << 16;
    }

    void killedProcessesLoseAndRepeatNothing()
    {
        QFETCH(const bool, postgresql);
        QFETCH(const int, workers);
        const int items = numberFrom("MODSCOPE_STORE_ITEMS", 2000);
        const int kills = numberFrom("MODSCOPE_STORE_KILLS", 25);
        const std::string location = postgresql ? m_server->newDatabase() : (m_folder->path() / "work.db").string();
        auto store = mustOpen(location, "Ada", true);
        for (int i = 0; i < workers; ++i) {
            QVERIFY(store->addReviewer("worker " + std::to_string(i), Role::Reviewer).has_value());
        }
        QVERIFY(store->import(textRows(items), "work").has_value());

        std::mt19937_64 random(20261125);
        Workers team(location, workers, items);
        QElapsedTimer clock;
        clock.start();
        for (std::size_t i = 0; i < team.size(); ++i) {
            team.start(i);
        }
        team.killAtRandom(kills, random);
        team.waitForAll();
        const qint64 elapsed = clock.elapsed();

        checkRecord(*store, team.said, items, kills);
        const auto report = verifyStore({location, "Ada", std::nullopt, true});
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY2(!report->firstDifference, report->firstDifference ? report->firstDifference->message.c_str() : "");
        QCOMPARE(report->items, static_cast<std::size_t>(items));
        qInfo("%d items, %d processes, %d kills, %lld ms, %lld events", items, workers, kills,
              static_cast<long long>(elapsed), static_cast<long long>(report->events));
    }

private:
    /// Every item is decided once; those still held by the dead are free when their leases end.
    static void checkRecord(ReviewStore& store, const Said& said, int items, int kills)
    {
        std::map<ItemId, int> recorded;
        QVERIFY(store
                    .readEvents({},
                                [&](const ReviewEvent& event) -> Result<void> {
                                    if (event.kind == EventKind::Step) {
                                        ++recorded[event.items.front()];
                                    }
                                    return {};
                                })
                    .has_value());
        for (const auto& [item, times] : recorded) {
            QCOMPARE(times, 1);
        }
        for (const auto& [item, times] : said.decided) {
            QCOMPARE(times, 1);
            QVERIFY2(recorded.contains(item), "a decision that was answered is not in the record");
        }
        const auto held = store.leases();
        QVERIFY(held.has_value());
        QVERIFY(static_cast<int>(held->size()) <= kills);
        QCOMPARE(recorded.size() + held->size(), static_cast<std::size_t>(items));
        for (const Lease& lease : *held) {
            QVERIFY2(!recorded.contains(lease.item), "an item is held and decided");
        }
    }
};

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
