// How soon the desktop answers, and how much memory it takes, while it scores a folder: the real window, controllers,
// engine and demo model. A key walks down the list meanwhile, so that pictures, scores and explanations are shown too.
// Driven by scripts/bench desktop.
//
// usage: bench_desktop FOLDER [--draw COUNT]   --draw: first draws that many memes into FOLDER

#include "app/desktop/desktop.h"
#include "core/nn/engine_library.h"
#include "tests/bench/drawn_memes.h"
#include "tests/bench/event_loop_probe.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>

using namespace modscope;

namespace {

constexpr int kKeyEveryMs = 100;
constexpr int kStepsOfMemory = 10;
constexpr int kTimeoutMs = 60'000; // without any progress

/// Resident memory in megabytes, now ("VmRSS:") or at most ("VmHWM:").
double memoryMb(QByteArrayView field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith(field)) {
                return line.mid(field.size()).simplified().split(' ').front().toDouble() * 1024 / 1e6;
            }
        }
    }
    return 0;
}

QString machineLoad()
{
    QFile load(QStringLiteral("/proc/loadavg"));
    return load.open(QIODevice::ReadOnly) ? QString::fromLatin1(load.readAll().split(' ').front()) : QString();
}

/// Presses Down in the list while it lives.
class WalkingKey {
public:
    explicit WalkingKey(const ui::ClassifyPage& page)
    {
        auto* list = page.findChild<QListView*>();
        QObject::connect(&m_timer, &QTimer::timeout, list, [list] { QTest::keyClick(list, Qt::Key_Down); });
        m_timer.start(kKeyEveryMs);
    }

private:
    QTimer m_timer;
};

/// Lets the event loop run until all `total` items have an answer, and says how memory went on the way.
bool waitForScores(const ui::ClassifyController& controller, int total, QTextStream& out)
{
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    int done = 0;
    int told = 0;
    while (done < total && sinceProgress.elapsed() < kTimeoutMs) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const ui::ClassifyCounts& counts = controller.status().counts;
        const int now = counts.scored + counts.failed;
        if (now == done) {
            continue;
        }
        done = now;
        sinceProgress.restart();
        if (const int step = done * kStepsOfMemory / total; step > told) {
            told = step;
            out << done << " scored: " << qRound(memoryMb("VmRSS:")) << " MB" << Qt::endl;
        }
    }
    return done >= total;
}

int measure(Desktop& desktop, const QString& folder, QTextStream& out)
{
    desktop.start({});
    ui::ClassifyController& controller = desktop.workspace().classify;
    if (!QTest::qWaitFor([&] { return !controller.models().empty(); }, kTimeoutMs)) {
        out << "The demo model did not open." << Qt::endl;
        return 1;
    }
    int total = 0;
    QObject::connect(&controller, &ui::ClassifyController::itemsAdded, &desktop,
                     [&total](int count) { total = count; });
    out << "model open: " << qRound(memoryMb("VmRSS:")) << " MB" << Qt::endl;

    const WalkingKey key(desktop.classifyPage());
    bench::EventLoopProbe probe;
    QElapsedTimer clock;
    clock.start();
    controller.addPaths({folder});
    if (!QTest::qWaitFor([&] { return total > 0; }, kTimeoutMs) || !waitForScores(controller, total, out)) {
        out << "Scoring came to a halt." << Qt::endl;
        return 1;
    }
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    probe.stop();
    const ui::ClassifyCounts& counts = controller.status().counts;
    out << counts.scored << " pictures scored, " << counts.failed << " failed, in " << seconds << " s; machine load "
        << machineLoad() << '\n'
        << "event loop, " << probe.answers() << " answers: median " << probe.percentileMs(0.5)
        << " ms, 99th percentile " << probe.percentileMs(0.99) << " ms, longest " << probe.percentileMs(1) << " ms\n"
        << "memory at most: " << qRound(memoryMb("VmHWM:")) << " MB" << Qt::endl;
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    restartWaitingPassively(argv);
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("Pictures to score."));
    parser.addOption({QStringLiteral("draw"), QStringLiteral("Memes to draw first."), QStringLiteral("count")});
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1) {
        parser.showHelp(2);
    }
    const QString folder = parser.positionalArguments().front();
    QTextStream out(stdout);
    if (!bench::drawMemes(QDir(folder), parser.value(QStringLiteral("draw")).toInt())) {
        out << folder << ": the memes could not be written" << Qt::endl;
        return 1;
    }
    const QTemporaryDir settings;
    Desktop desktop(application, settings.filePath(QStringLiteral("settings.ini")), settings.path());
    return measure(desktop, folder, out);
}
