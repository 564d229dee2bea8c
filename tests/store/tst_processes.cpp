#include "core/store/verify_store.h"
#include "tests/store/raw_sql.h"
#include "tests/store/store_support.h"
#include "tests/support/test_data.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <thread>
#include <utility>

// Real processes that claim and decide at once, and are killed without warning. More of everything:
// MODSCOPE_STORE_ITEMS and MODSCOPE_STORE_KILLS, with QTEST_FUNCTION_TIMEOUT raised.

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

    void hear(const QString& output)
    {
        QFile file(output);
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray& line : file.readAll().split('\n')) {
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
        // A file, not a pipe: nobody reads while the test waits, and who cannot write holds a claim until it ends.
        m_processes[i]->setStandardOutputFile(outputOf(i), QIODevice::Truncate);
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
        for (int i = 0; i < kills; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));
            const std::size_t victim = random() % m_processes.size();
            kill(victim);
            start(victim);
        }
    }

    void kill(std::size_t i)
    {
        m_processes[i]->kill(); // SIGKILL
        QVERIFY(m_processes[i]->waitForFinished());
        said.hear(outputOf(i));
    }

    void waitForAll()
    {
        for (std::size_t i = 0; i < m_processes.size(); ++i) {
            QVERIFY(m_processes[i]->waitForFinished(-1)); // the test's own time limit holds
            said.hear(outputOf(i));
            QCOMPARE(m_processes[i]->exitStatus(), QProcess::NormalExit);
            QCOMPARE(m_processes[i]->exitCode(), 0);
        }
    }

    [[nodiscard]] std::size_t size() const { return m_processes.size(); }

    Said said;

private:
    [[nodiscard]] QString outputOf(std::size_t i) const
    {
        return QString::fromStdString((m_folder.path() / ("said" + std::to_string(i))).string());
    }

    std::string m_location;
    ItemId m_items;
    TemporaryFolder m_folder;
    std::vector<std::unique_ptr<QProcess>> m_processes;
};

/// How often each item was decided, as the record has it.
std::map<ItemId, int> recordedIn(ReviewStore& store)
{
    std::map<ItemId, int> recorded;
    const auto read = store.readEvents({}, [&](const ReviewEvent& event) -> Result<void> {
        if (event.kind == EventKind::Step) {
            ++recorded[event.items.front()];
        }
        return {};
    });
    if (!read) {
        qFatal("%s", read.error().message.c_str());
    }
    return recorded;
}

/// A store on SQLite that one process after another works on and is killed over.
class OneByOne {
public:
    explicit OneByOne(const std::filesystem::path& path) : m_location(path.string()), m_team(m_location, 1, kItems)
    {
        auto store = mustOpen(m_location, "Ada", true);
        QVERIFY(store->addReviewer("worker 0", Role::Reviewer).has_value());
        QVERIFY(store->import(textRows(kItems), "work").has_value());
    }

    /// Hardly anything is left to decide.
    [[nodiscard]] bool used() const { return m_recorded > kItems - 100; }

    void workAndKill(std::chrono::milliseconds after)
    {
        m_team.start(0);
        std::this_thread::sleep_for(after);
        m_team.kill(0);
    }

    /// The record has every decision that was answered, and at most one more. @return how many more
    int check()
    {
        const std::string difference = firstDifference(m_location);
        if (!difference.empty()) {
            qFatal("%s", difference.c_str());
        }
        const auto recorded = recordedIn(*mustOpen(m_location));
        for (const auto& [item, times] : m_team.said.decided) {
            if (!recorded.contains(item) || recorded.at(item) != 1 || times != 1) {
                qFatal("item %lld was answered %d times and is not in the record once", static_cast<long long>(item),
                       times);
            }
        }
        const int before = std::exchange(m_unanswered, static_cast<int>(recorded.size() - m_team.said.decided.size()));
        m_recorded = static_cast<int>(recorded.size());
        if (m_unanswered - before < 0 || m_unanswered - before > 1) {
            qFatal("one process left %d decisions that it never told of", m_unanswered - before);
        }
        return m_unanswered - before;
    }

private:
    static constexpr int kItems = 600;

    std::string m_location;
    Workers m_team;
    int m_recorded = 0;
    int m_unanswered = 0; ///< over all lives
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
        const auto heldByTheDead = checkRecord(*store, team.said, items);
        QVERIFY(static_cast<int>(heldByTheDead) <= kills);

        // Ten minutes later: what the dead held is given to others.
        runSql(location, "UPDATE lease SET ends = ends - 600001");
        for (std::size_t i = 0; i < team.size(); ++i) {
            team.start(i);
        }
        team.waitForAll();
        QCOMPARE(checkRecord(*store, team.said, items), std::size_t{0});
        const auto report = verifyStore({location, "Ada", std::nullopt, true});
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY2(!report->firstDifference, report->firstDifference ? report->firstDifference->message.c_str() : "");
        QCOMPARE(report->items, static_cast<std::size_t>(items));
        qInfo("%d items, %d processes, %d kills, %lld ms, %zu were held by the dead, %lld events", items, workers,
              kills, static_cast<long long>(elapsed), heldByTheDead, static_cast<long long>(report->events));
    }

    void afterEachKillTheStoreIsWhole()
    {
        const int kills = numberFrom("MODSCOPE_STORE_KILLS", 25);
        std::mt19937_64 random(20261126);
        int unanswered = 0;
        std::unique_ptr<OneByOne> store;
        for (int kill = 0; kill < kills; ++kill) {
            if (!store || store->used()) {
                store = std::make_unique<OneByOne>(m_folder->path() / ("kill" + std::to_string(kill) + ".db"));
            }
            store->workAndKill(std::chrono::milliseconds(random() % 120));
            unanswered += store->check();
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        qInfo("%d kills: the store opened and verified after each; %d decisions were recorded but not yet answered",
              kills, unanswered);
    }

private:
    /// Every item is decided once or still held. @return how many are held
    static std::size_t checkRecord(ReviewStore& store, const Said& said, int items)
    {
        const auto recorded = recordedIn(store);
        const auto once = [](const auto& entry) { return entry.second == 1; };
        const auto inRecord = [&](const auto& entry) { return recorded.contains(entry.first); };
        const auto held = store.leases();
        if (!held || !std::ranges::all_of(recorded, once) || !std::ranges::all_of(said.decided, once)) {
            qFatal("an item was decided more than once");
        }
        if (!std::ranges::all_of(said.decided, inRecord)) {
            qFatal("a decision that was answered is not in the record");
        }
        if (std::ranges::any_of(*held, [&](const Lease& lease) { return recorded.contains(lease.item); })) {
            qFatal("an item is held and decided");
        }
        if (recorded.size() + held->size() != static_cast<std::size_t>(items)) {
            qFatal("%zu items are decided and %zu held, of %d", recorded.size(), held->size(), items);
        }
        return held->size();
    }
};

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
