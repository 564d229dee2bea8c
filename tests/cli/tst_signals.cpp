#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/types.h>

using namespace modscope::test;

namespace {

/// Waits until the program complains about its first line, which is not JSON: then scoring has begun.
bool hasBegun(QProcess& process)
{
    QByteArray messages;
    return QTest::qWaitFor(
        [&] {
            messages += process.readAllStandardError();
            return messages.contains("standard input");
        },
        60'000);
}

} // namespace

class TestSignals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aSignalEndsTheRunAtOnceAndLeavesNoFile_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("rows");
        QTest::newRow("SIGTERM while it waits for input") << SIGTERM << 0;
        QTest::newRow("SIGINT while it waits for input") << SIGINT << 0;
        QTest::newRow("SIGTERM while it scores") << SIGTERM << 100'000;
        QTest::newRow("SIGINT while it scores") << SIGINT << 100'000;
    }

    void aSignalEndsTheRunAtOnceAndLeavesNoFile()
    {
        QFETCH(int, signal);
        QFETCH(int, rows);
        const QTemporaryDir results;
        auto process = startCli({QStringLiteral("predict"), QStringLiteral("-"), QStringLiteral("--output"),
                                 results.filePath(QStringLiteral("scores.jsonl"))});
        process->write("not json\n" + QByteArray("{\"text\":\"one of many\"}\n").repeated(rows));
        QVERIFY(hasBegun(*process));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(::kill(static_cast<pid_t>(process->processId()), signal), 0);
        const CliRun run = finished(*process);
        QVERIFY(timer.elapsed() < 10'000); // far above what it takes, far below the rows' time
        QCOMPARE(run.exitCode, 130);
        QVERIFY(run.messages.contains("Cancelled"));
        QVERIFY(QDir(results.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void anOldResultSurvivesASignal()
    {
        const QTemporaryDir results;
        const QString target = results.filePath(QStringLiteral("scores.jsonl"));
        QFile old(target);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("precious\n");
        old.close();
        auto process = startCli({QStringLiteral("predict"), QStringLiteral("-"), QStringLiteral("--output"), target});
        process->write("not json\n");
        QVERIFY(hasBegun(*process));
        process->terminate();
        QCOMPARE(finished(*process).exitCode, 130);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("precious\n"));
    }
};

QTEST_GUILESS_MAIN(TestSignals)
#include "tst_signals.moc"
