// Drives the real window through the states that docs/ shows and saves a picture of each.
#include "app/desktop/desktop.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/key_map_panel.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

namespace {

using modscope::Desktop;
namespace ui = modscope::ui;

constexpr int kTimeoutMs = 60'000;

class Photographer {
public:
    Photographer(Desktop& desktop, QDir folder) : m_desktop(desktop), m_folder(std::move(folder)) {}

    /// Every state in one theme; the suffix is the theme's name.
    bool takeAll(ui::ThemeChoice theme, const QString& suffix, const QStringList& samples);

private:
    void run(const char* id) { m_desktop.registry().action(QString::fromLatin1(id))->trigger(); }
    [[nodiscard]] bool idle() const;
    bool waitForWork();
    void removeEverything();
    bool takeReview();
    bool takeSecondModel();
    bool save(const QString& name);

    Desktop& m_desktop;
    QDir m_folder;
    QString m_suffix;
};

bool Photographer::idle() const
{
    const ui::ClassifyStatus& status = m_desktop.workspace().classify.status();
    return !status.isWorking() && !m_desktop.models().isLoading();
}

bool Photographer::waitForWork()
{
    const bool done = QTest::qWaitFor([this] { return idle(); }, kTimeoutMs);
    QTest::qWait(600); // thumbnails and the first item's split follow the scores
    return done;
}

bool Photographer::save(const QString& name)
{
    QCoreApplication::processEvents();
    const QString file = m_folder.filePath(name + QLatin1Char('-') + m_suffix + QStringLiteral(".png"));
    if (m_desktop.window().grab().save(file)) {
        return true;
    }
    QTextStream(stderr) << file << ": cannot be written\n";
    return false;
}

void Photographer::removeEverything()
{
    std::vector<ui::ItemId> ids;
    auto* items = m_desktop.workspace().classify.items();
    for (int row = 0; row < items->rowCount(); ++row) {
        ids.push_back(items->item(row).id);
    }
    m_desktop.workspace().classify.remove(ids);
}

/// The samples in the review queue: the item in front, uncovered while a key is held, many at once, the team's work.
bool Photographer::takeReview()
{
    auto* list = m_desktop.classifyPage().findChild<QListView*>();
    list->selectAll();
    run("classify.send");
    auto& review = m_desktop.review();
    bool saved = QTest::qWaitFor([&review] { return review.link.isOpen() && !review.sender.isRunning(); }, kTimeoutMs);
    m_desktop.window().showPage(QStringLiteral("review"));
    saved = saved && QTest::qWaitFor([&review] { return review.review.stage() == ui::ReviewStage::Item; }, kTimeoutMs);
    QTest::qWait(800);
    m_desktop.window().findChild<ui::Toast*>()->hide();
    m_desktop.window().withdrawBanner(QStringLiteral("review.send")); // it names a file of this machine
    saved = saved && save(QStringLiteral("review"));
    QWidget* page = m_desktop.window().currentPage();
    QApplication::setActiveWindow(&m_desktop.window()); // there may be no window manager to do it
    QTest::keyPress(page, Qt::Key_Space);
    QTest::qWait(300);
    saved = saved && save(QStringLiteral("review-open"));
    QTest::keyRelease(page, Qt::Key_Space);
    QTest::keyClick(page, Qt::Key_4);
    QTest::keyClick(page, Qt::Key_Return);
    QTest::qWait(600);
    run("review.grid");
    QTest::qWait(800);
    m_desktop.window().findChild<ui::Toast*>()->hide();
    saved = saved && save(QStringLiteral("review-grid"));
    run("review.grid");
    QTest::qWait(400);
    run("review.team");
    QTest::qWait(600);
    saved = saved && save(QStringLiteral("review-team"));
    run("app.up");
    return saved;
}

/// The same items as a second model scores them: its bars beside the first one's, where the two disagree.
bool Photographer::takeSecondModel()
{
    m_desktop.models().open(1, QStringLiteral("demo2"), QStringLiteral("auto"), QStringLiteral("auto"));
    m_desktop.window().showPage(QStringLiteral("classify"));
    bool saved =
        QTest::qWaitFor([this] { return m_desktop.workspace().classify.items()->models().size() == 2; }, kTimeoutMs) &&
        waitForWork();
    m_desktop.classifyPage().findChild<QListView*>()->selectAll();
    run("classify.send");
    auto& review = m_desktop.review();
    saved = QTest::qWaitFor([&review] { return !review.sender.isRunning(); }, kTimeoutMs) && saved;
    m_desktop.window().showPage(QStringLiteral("review"));
    run("review.go.disagree");
    const auto both = [&review] { return review.review.task() != nullptr && review.review.task()->models.size() == 2; };
    saved = QTest::qWaitFor(both, kTimeoutMs) && saved;
    QTest::qWait(800);
    m_desktop.window().findChild<ui::Toast*>()->hide();
    m_desktop.window().withdrawBanner(QStringLiteral("review.send"));
    saved = saved && save(QStringLiteral("review-models"));
    run("review.go.needs");
    m_desktop.models().close(1);
    return saved;
}

bool Photographer::takeAll(ui::ThemeChoice theme, const QString& suffix, const QStringList& samples)
{
    m_suffix = suffix;
    ui::AppearancePreferences appearance;
    appearance.theme = theme;
    m_desktop.settings().setAppearance(appearance);
    m_desktop.window().showPage(QStringLiteral("classify"));
    removeEverything();
    if (!waitForWork() || !save(QStringLiteral("empty"))) {
        return false;
    }
    m_desktop.workspace().classify.addPaths(samples);
    const bool began = QTest::qWaitFor([this] { return m_desktop.workspace().classify.status().scoring; }, kTimeoutMs);
    bool saved = began && save(QStringLiteral("scoring"));
    const bool worked = waitForWork();
    m_desktop.window().findChild<ui::Toast*>()->hide();
    saved = worked && save(QStringLiteral("classify")) && saved;

    saved = takeReview() && takeSecondModel() && saved;
    m_desktop.window().showPage(QStringLiteral("classify"));

    auto* palette = m_desktop.window().findChild<ui::CommandPalette*>();
    run("app.palette");
    QTest::keyClicks(palette->findChild<QLineEdit*>(), QStringLiteral("sc"));
    saved = save(QStringLiteral("palette")) && saved;
    palette->close();
    run("app.keyMap");
    saved = save(QStringLiteral("keys")) && saved;
    m_desktop.window().findChild<ui::KeyMapPanel*>()->close();

    m_desktop.window().showPage(QStringLiteral("models"));
    QTest::qWait(300);
    return save(QStringLiteral("models")) && saved;
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("Where the pictures are written."));
    parser.addPositionalArgument(QStringLiteral("samples"), QStringLiteral("What is dropped on Classify."));
    parser.addOption(
        {QStringLiteral("size"), QStringLiteral("Of the window."), QStringLiteral("WxH"), QStringLiteral("1440x900")});
    parser.addHelpOption();
    parser.process(application);
    const QStringList arguments = parser.positionalArguments();
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    if (arguments.size() < 2 || size.size() != 2 || !QDir().mkpath(arguments.front())) {
        parser.showHelp(2);
    }
    const QTemporaryDir settings;
    Desktop desktop(application, settings.filePath(QStringLiteral("settings.ini")), settings.path());
    desktop.window().resize(size[0].toInt(), size[1].toInt());
    QElapsedTimer clock;
    clock.start();
    QObject::connect(&desktop, &Desktop::painted, &desktop,
                     [&clock] { QTextStream(stdout) << "first paint after " << clock.elapsed() << " ms\n"; });
    desktop.start({});
    Photographer photographer(desktop, QDir(arguments.front()));
    const QStringList samples = arguments.mid(1);
    QTest::qWait(500);
    const bool saved = photographer.takeAll(ui::ThemeChoice::Light, QStringLiteral("light"), samples) &&
                       photographer.takeAll(ui::ThemeChoice::Dark, QStringLiteral("dark"), samples) &&
                       photographer.takeAll(ui::ThemeChoice::HighContrast, QStringLiteral("contrast"), samples);
    return saved ? 0 : 1;
}
