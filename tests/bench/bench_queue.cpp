// How smoothly a long queue is looked through: the real Review page over a store of made-up items with real pictures.
// Times are what the GUI thread needs for a frame, from the wheel's turn to the painted tiles.
// Driven by scripts/bench queue.
//
// usage: bench_queue FOLDER COUNT   FOLDER is made, filled with COUNT items and kept

#include "core/store/open_store.h"
#include "tests/bench/drawn_memes.h"
#include "tests/bench/event_loop_probe.h"
#include "tests/bench/measured.h"
#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/review_grid.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QThreadPool>

#include <algorithm>
#include <random>

using namespace modscope;

namespace {

constexpr int kPictures = 2'000;
constexpr std::int64_t kBatch = 10'000; ///< rows a call of import
constexpr int kFrames = 1'200;
constexpr double kFrameMs = 1000.0 / 60;
constexpr int kTimeoutMs = 120'000;

/// Items with a caption, one of the pictures and five probabilities of which most are small.
void fill(const QDir& pictures, const StoreOptions& options, std::int64_t count)
{
    const auto store = bench::must(openStore(options));
    const ScoringModel model = bench::must(
        store->model({0, "bench", std::string(64, 'b'), store->project().labels, std::vector<float>(5, 0.5F)}));
    const QStringList names = pictures.entryList({QStringLiteral("*.jpg")}, QDir::Files, QDir::Name);
    std::mt19937_64 random(1);
    std::uniform_real_distribution<float> part(0, 1);
    for (std::int64_t done = 0; done < count; done += kBatch) {
        std::vector<NewItem> rows(static_cast<std::size_t>(std::min(kBatch, count - done)));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t number = done + static_cast<std::int64_t>(i);
            NewItem& row = rows[i];
            row.content.text = "me, hearing the fridge open from room " + std::to_string(number);
            row.content.imagePath = pictures.filePath(names[static_cast<int>(number % names.size())]).toStdString();
            row.content.source = "bench";
            ItemScores& scores = row.content.scores.emplace_back();
            scores.model = model.id;
            for (int label = 0; label < 5; ++label) {
                const float p = part(random);
                scores.probabilities.push_back(p * p * p);
            }
        }
        (void)bench::must(store->import(rows, "bench"));
    }
}

void printTimes(QTextStream& out, const QString& what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto late = times.end() - std::upper_bound(times.begin(), times.end(), kFrameMs);
    out << QStringLiteral("%1: a frame takes %2 ms (median), %3 ms (99th percentile), %4 ms (longest); "
                          "%5 of %6 frames longer than %7 ms")
               .arg(what)
               .arg(bench::percentile(times, 0.5), 0, 'f', 1)
               .arg(bench::percentile(times, 0.99), 0, 'f', 1)
               .arg(times.back(), 0, 'f', 1)
               .arg(late)
               .arg(times.size())
               .arg(kFrameMs, 0, 'f', 1)
        << Qt::endl;
}

/// Scrolls sixty times a second; everything that the event loop has to do between two frames counts with the frame.
/// @param pixels  moved a frame
void scroll(QTextStream& out, const QString& what, QListView* view, int pixels)
{
    QScrollBar* bar = view->verticalScrollBar();
    std::vector<double> times;
    QElapsedTimer run;
    run.start();
    for (int frame = 0; frame < kFrames; ++frame) {
        QElapsedTimer clock;
        clock.start();
        bar->setValue(bar->value() + pixels);
        QCoreApplication::processEvents(); // covers and views that have come
        view->viewport()->repaint();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        const double left = static_cast<double>(frame + 1) * kFrameMs - static_cast<double>(run.nsecsElapsed()) / 1e6;
        if (left > 0) {
            QTest::qSleep(qRound(left));
        }
    }
    printTimes(out, what, std::move(times));
}

double waitMs(const std::function<bool()>& done)
{
    QElapsedTimer clock;
    clock.start();
    if (!QTest::qWaitFor(done, kTimeoutMs)) {
        qFatal("nothing came");
    }
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

int measure(const StoreOptions& options, const QString& data, QTextStream& out)
{
    QThreadPool pool;
    ui::Theme theme(*qApp);
    ui::ActionRegistry registry(&theme);
    ui::Settings settings(data + QStringLiteral("/settings.ini"));
    ui::ModelController models(&pool);
    ui::ReviewWorkspace work(&pool, data);
    ui::MainWindow window(&theme, &registry, &settings, &models);
    auto* page = new ui::ReviewPage(&theme, &registry, &settings, &work, &pool);
    ui::ReviewPreferences review = settings.preferences().review;
    review.reviewer = QString::fromStdString(options.reviewerName);
    review.store = QString::fromStdString(options.location);
    settings.setReview(review);
    window.addPage(QStringLiteral("review"), page, ui::ModeRail::Place::Top, 2);
    window.restoreLayout();
    window.resize(1440, 900);
    window.show();
    QObject::connect(&work.link, &ui::DeskLink::openFailed, &window,
                     [](const QString& reason) { qFatal("%s", qPrintable(reason)); });
    work.openRemembered(settings.preferences().review);
    const double opened = waitMs([&] { return work.link.isOpen(); });
    const double inFront = opened + waitMs([&] { return work.review.task() != nullptr; });
    out << "the queue is open after " << opened << " ms, its first item in front after " << inFront << " ms"
        << Qt::endl;

    auto* pane = page->findChild<ui::ReviewGridPane*>();
    bench::EventLoopProbe probe;
    registry.action(QStringLiteral("review.grid"))->trigger();
    out << "the grid lists its items after " << waitMs([&] { return pane->items().rowCount() > 0; }) << " ms"
        << Qt::endl;
    probe.stop();
    out << pane->items().rowCount() << " items; the event loop answered at the latest after " << probe.percentileMs(1)
        << " ms" << Qt::endl;
    const int all = pane->items().rowCount();
    for (const char* filter : {"score:Religion>=0.5", "state:new score:Sexism=0.2..0.6 -is:golden"}) {
        const int before = pane->items().rowCount();
        const QString problem = work.queues.search(QLatin1String(filter));
        if (!problem.isEmpty()) {
            qFatal("%s", qPrintable(problem));
        }
        const double listed = waitMs([&] { return pane->items().rowCount() != before; });
        out << filter << ": " << pane->items().rowCount() << " items are listed after " << listed << " ms" << Qt::endl;
    }
    work.queues.choose(0);
    (void)waitMs([&] { return pane->items().rowCount() == all; });
    QListView* view = pane->grid()->view();
    const int row = view->gridSize().height();
    scroll(out, QStringLiteral("wheel, 5 rows of tiles a second"), view, row * 5 / 60);
    scroll(out, QStringLiteral("a row of tiles a frame"), view, row);
    scroll(out, QStringLiteral("the scroll bar dragged, a screen a frame"), view, view->viewport()->height());
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QTextStream out(stdout);
    if (arguments.size() != 3) {
        out << "usage: bench_queue FOLDER COUNT" << Qt::endl;
        return 2;
    }
    const QDir folder(arguments[1]);
    const QDir pictures(folder.filePath(QStringLiteral("pictures")));
    if (!pictures.mkpath(QStringLiteral(".")) || !bench::drawMemes(pictures, kPictures)) {
        out << folder.path() << ": the memes could not be written" << Qt::endl;
        return 1;
    }
    StoreOptions options;
    options.location = folder.filePath(QStringLiteral("queue.db")).toStdString();
    options.reviewerName = "Ada";
    if (!QFile::exists(QString::fromStdString(options.location))) {
        StoreOptions made = options;
        made.create = Project{"memes", {"Racism", "Sexism", "Homophobia", "Religion", "Other hate"}};
        fill(pictures, made, arguments[2].toLongLong());
    }
    const QTemporaryDir data;
    return measure(options, data.path(), out);
}
