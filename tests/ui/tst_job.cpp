#include "tests/support/test_data.h"
#include "ui/jobs/job.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <latch>

using modscope::ErrorCode;
using modscope::fail;
using modscope::Progress;
using modscope::ProgressFn;
using modscope::Result;
using modscope::ui::Job;
using modscope::ui::JobBase;

namespace {

/// Works until it is asked to stop.
Result<int> workUntilStopped(const std::stop_token& stop, std::latch* begun)
{
    begun->count_down();
    while (!stop.stop_requested()) {
        QThread::yieldCurrentThread();
    }
    return fail(ErrorCode::Cancelled, "stopped");
}

} // namespace

class TestJob final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<Progress>(); }
    void init() { modscope::test::failOnWarnings(); }

    void deliversTheResultOnItsOwnersThread();
    void cancelStopsTheWork();
    void startingAgainDropsTheFormerResult();
    void destructionWaitsForEveryRun();
    void destructionWhileTheRunStillQueuesWaitsToo();
    void progressIsThrottledAndEndsWithTheLastValue();
    void canStartAgainFromFinished();

private:
    QThreadPool m_pool;
};

void TestJob::deliversTheResultOnItsOwnersThread()
{
    Job<int> job(&m_pool);
    QThread* worker = nullptr;
    QThread* receiver = nullptr;
    QObject::connect(&job, &JobBase::finished, &job, [&receiver] { receiver = QThread::currentThread(); });
    QSignalSpy finished(&job, &JobBase::finished);
    job.start([&worker](const std::stop_token&, const ProgressFn&) -> Result<int> {
        worker = QThread::currentThread();
        return 42;
    });
    QVERIFY(job.isRunning());
    QVERIFY(finished.wait(5000));
    QVERIFY(!job.isRunning());
    QCOMPARE(job.result().value(), 42);
    QVERIFY(worker != QThread::currentThread());
    QCOMPARE(receiver, QThread::currentThread());
}

void TestJob::cancelStopsTheWork()
{
    Job<int> job(&m_pool);
    std::latch begun(1);
    QSignalSpy finished(&job, &JobBase::finished);
    job.start([&begun](const std::stop_token& stop, const ProgressFn&) { return workUntilStopped(stop, &begun); });
    begun.wait();
    job.cancel();
    QVERIFY(finished.wait(5000));
    QCOMPARE(job.result().error().code, ErrorCode::Cancelled);
}

void TestJob::startingAgainDropsTheFormerResult()
{
    Job<int> job(&m_pool);
    std::latch begun(1);
    QSignalSpy finished(&job, &JobBase::finished);
    job.start([&begun](const std::stop_token& stop, const ProgressFn&) { return workUntilStopped(stop, &begun); });
    begun.wait();
    job.start([](const std::stop_token&, const ProgressFn&) -> Result<int> { return 2; });
    QVERIFY(finished.wait(5000));
    QCOMPARE(job.result().value(), 2);
    QVERIFY(m_pool.waitForDone(5000));
    QCoreApplication::processEvents();
    QCOMPARE(finished.count(), 1);
}

void TestJob::destructionWaitsForEveryRun()
{
    // The superseded run goes on reporting after it was asked to stop, as work between two polls does.
    std::atomic<int> left = 0;
    QThreadPool pool;
    pool.setMaxThreadCount(2);
    {
        Job<int> job(&pool);
        std::latch begun(2);
        const auto slowToStop = [&](const std::stop_token& stop, const ProgressFn& report) -> Result<int> {
            begun.count_down();
            while (!stop.stop_requested()) {
                QThread::yieldCurrentThread();
            }
            for (std::uint64_t step = 0; step < 20'000; ++step) {
                report(Progress{step, 0});
            }
            ++left;
            return 0;
        };
        job.start(slowToStop);
        job.start(slowToStop);
        begun.wait();
    }
    QCOMPARE(left.load(), 2);
    QVERIFY(pool.waitForDone(5000));
}

void TestJob::destructionWhileTheRunStillQueuesWaitsToo()
{
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    std::latch release(1);
    pool.start([&release] { release.wait(); });
    std::atomic<bool> ran = false;
    QThread* opener = QThread::create([&release] { release.count_down(); });
    {
        Job<int> job(&pool);
        job.start([&ran](const std::stop_token& stop, const ProgressFn&) -> Result<int> {
            ran = stop.stop_requested();
            return 0;
        });
        opener->start();
    }
    QVERIFY(ran);
    opener->wait();
    delete opener;
}

void TestJob::progressIsThrottledAndEndsWithTheLastValue()
{
    Job<int> job(&m_pool);
    QSignalSpy progressed(&job, &JobBase::progressed);
    QSignalSpy finished(&job, &JobBase::finished);
    constexpr std::uint64_t kSteps = 100'000;
    QElapsedTimer clock;
    clock.start();
    job.start([](const std::stop_token&, const ProgressFn& report) -> Result<int> {
        for (std::uint64_t step = 1; step <= kSteps; ++step) {
            report(Progress{step, kSteps});
        }
        return 0;
    });
    QVERIFY(finished.wait(10'000));
    QVERIFY(progressed.count() >= 1);
    QVERIFY2(progressed.count() <= clock.elapsed() / 100 + 2, "more than ten reports a second");
    QCOMPARE(progressed.last().first().value<Progress>(), (Progress{kSteps, kSteps}));
}

void TestJob::canStartAgainFromFinished()
{
    Job<int> job(&m_pool);
    QList<int> results;
    QObject::connect(&job, &JobBase::finished, &job, [&] {
        results << job.result().value();
        if (results.size() == 1) {
            job.start([](const std::stop_token&, const ProgressFn&) -> Result<int> { return 2; });
        }
    });
    job.start([](const std::stop_token&, const ProgressFn&) -> Result<int> { return 1; });
    QTRY_COMPARE(results, QList<int>({1, 2}));
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
