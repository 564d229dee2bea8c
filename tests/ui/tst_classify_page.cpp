#include "tests/support/test_data.h"
#include "tests/ui/fake_picture_reader.h"
#include "tests/ui/fake_scorer.h"
#include "ui/controllers/classify_workspace.h"
#include "ui/controllers/model_controller.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/classify_welcome.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/picture_canvas.h"
#include "ui/widgets/sample_tile.h"
#include "ui/widgets/scores_card.h"
#include "ui/widgets/text_card.h"
#include "ui/widgets/verdict_card.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>

using namespace modscope;
using namespace modscope::ui;
using test::fakeModel;
using test::FakePictureReader;
using test::FakeScorer;

namespace {

constexpr int kPatienceMs = 20'000;

void savePicture(const QString& path, const QColor& color)
{
    QImage image(64, 48, QImage::Format_RGB32);
    image.fill(color);
    QVERIFY(image.save(path));
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestClassifyPage : public QObject {
    Q_OBJECT
private:
    /// The window with the Classify page and a made-up model.
    struct Desk {
        explicit Desk(TestClassifyPage& test)
            : theme(*qApp), registry(&theme), settings(folder.filePath(QStringLiteral("settings.ini"))),
              models(&test.m_inference), work(&test.m_inference, &test.m_io, FakePictureReader::opener(reader)),
              window(&theme, &registry, &settings, &models), page(new ClassifyPage(&theme, &registry, &settings, &work))
        {
            work.setModels({fakeModel(QStringLiteral("A"), scorer)});
            window.addPage(QStringLiteral("classify"), page, ModeRail::Place::Top, 1);
            window.restoreLayout();
            window.resize(1440, 900);
            window.show();
            if (!QTest::qWaitForWindowActive(&window)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
        }

        [[nodiscard]] QListView* list() const { return page->findChild<QListView*>(); }
        [[nodiscard]] ClassifyListModel& items() { return *work.classify.items(); }
        [[nodiscard]] const ClassifyCounts& counts() { return items().counts(); }
        template <typename Widget>
        [[nodiscard]] Widget* child() const
        {
            return window.findChild<Widget*>();
        }
        [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
        void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        {
            QWidget* target = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window;
            QTest::keyClick(target, key, modifiers);
        }

        QTemporaryDir folder;
        std::shared_ptr<FakeScorer> scorer = std::make_shared<FakeScorer>();
        std::shared_ptr<FakePictureReader> reader = std::make_shared<FakePictureReader>();
        Theme theme;
        ActionRegistry registry;
        Settings settings;
        ModelController models;
        ClassifyWorkspace work;
        MainWindow window;
        ClassifyPage* page;
    };

    /// What a file manager does: enter, move, drop. @return whether the drop was taken
    static bool dragAndDrop(QWidget& window, const QMimeData& mime)
    {
        const QPoint middle = window.rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QDragMoveEvent move(middle, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &move);
        if (!move.isAccepted()) {
            QDragLeaveEvent leave;
            QApplication::sendEvent(&window, &leave);
            return false;
        }
        QDropEvent drop(middle, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &drop);
        return drop.isAccepted() && drop.dropAction() == Qt::CopyAction;
    }

    static QMimeData* filesMime(const QStringList& paths, QMimeData& mime)
    {
        QList<QUrl> urls;
        for (const auto& path : paths) {
            urls << QUrl::fromLocalFile(path);
        }
        mime.setUrls(urls);
        return &mime;
    }

    QThreadPool m_inference;
    QThreadPool m_io;

private Q_SLOTS:
    void initTestCase()
    {
        m_inference.setMaxThreadCount(2);
        m_io.setMaxThreadCount(2);
    }
    void init() { test::failOnWarnings(); }

    void droppedFilesBecomeRowsWithScores()
    {
        Desk desk(*this);
        savePicture(desk.path("red.png"), Qt::red);
        savePicture(desk.path("blue.png"), Qt::blue);
        write(desk.path("broken.png"), "not a picture");
        QMimeData mime;
        filesMime({desk.path("red.png"), desk.path("blue.png"), desk.path("broken.png")}, mime);
        QCOMPARE(desk.page->dropOffer(mime).text, QStringLiteral("Score 3 picture(s)"));
        QVERIFY(dragAndDrop(desk.window, mime));
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 2, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().failed, 1, kPatienceMs);
        QCOMPARE(desk.list()->model()->index(0, 0).data().toString(), QStringLiteral("broken.png")); // attention first
        QVERIFY(desk.list()->currentIndex().isValid());
        QVERIFY(QFile::exists(desk.path("red.png")));
    }

    void pagesElsewhereOnTheWebAreRefusedWithAReason()
    {
        Desk desk(*this);
        QMimeData mime;
        mime.setUrls({QUrl(QStringLiteral("https://example.org/meme.png"))});
        const DropOffer offer = desk.page->dropOffer(mime);
        QVERIFY(!offer.accepted);
        QCOMPARE(offer.text, QStringLiteral("Only files on this computer can be dropped. Save the picture first."));
        QVERIFY(!dragAndDrop(desk.window, mime));
        QCOMPARE(desk.counts().total, 0);
    }

    void aCheckpointFolderIsOfferedAsModel()
    {
        Desk desk(*this);
        QDir(desk.folder.path()).mkpath(QStringLiteral("run/checkpoint-5"));
        QMimeData mime;
        filesMime({desk.path("run")}, mime);
        QCOMPARE(desk.page->dropOffer(mime).text, QStringLiteral("Open as model"));
        QSignalSpy offered(desk.page, &ClassifyPage::modelOffered);
        QVERIFY(dragAndDrop(desk.window, mime));
        QCOMPARE(offered.count(), 1);
        QCOMPARE(desk.counts().total, 0);
    }

    void picturesFilesAndTextCanBePasted()
    {
        Desk desk(*this);
        QImage pasted(20, 20, QImage::Format_RGB32);
        pasted.fill(Qt::green);
        QGuiApplication::clipboard()->setImage(pasted);
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 1, kPatienceMs);
        QVERIFY(desk.items().item(0).sample.imageBytes != nullptr);

        // Words go to the picture in front, which has none.
        QGuiApplication::clipboard()->setText(QStringLiteral("so hot"));
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.items().item(0).assessment.verdict, Verdict::Flag, kPatienceMs);
        QCOMPARE(desk.counts().total, 1);

        // More words do not overwrite: they are an item of their own.
        QGuiApplication::clipboard()->setText(QStringLiteral("another text"));
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 2, kPatienceMs);
        QCOMPARE(desk.items().item(0).sample.text, std::string("so hot"));
    }

    void theKeyboardWalksScoresAndRemoves()
    {
        Desk desk(*this);
        for (const char* text : {"hot", "near", "cold"}) {
            desk.work.classify.addText(QString::fromLatin1(text));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 3, kPatienceMs);
        desk.list()->setFocus();
        desk.list()->setCurrentIndex(desk.list()->model()->index(0, 0));
        const auto current = [&] { return desk.list()->currentIndex().data().toString(); };
        QCOMPARE(current(), QStringLiteral("hot"));
        desk.press(Qt::Key_J);
        QCOMPARE(current(), QStringLiteral("near"));
        desk.press(Qt::Key_J);
        desk.press(Qt::Key_J);
        QCOMPARE(current(), QStringLiteral("cold"));
        desk.press(Qt::Key_K);
        QCOMPARE(current(), QStringLiteral("near"));

        const auto before = desk.scorer->scored().size();
        desk.press(Qt::Key_R);
        QTRY_COMPARE_WITH_TIMEOUT(desk.scorer->scored().size(), before + 1, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 3, kPatienceMs);

        desk.press(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("Religion\tfake-a\t0.52")));
        desk.press(Qt::Key_Delete);
        QCOMPARE(desk.counts().total, 2);
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 3, kPatienceMs);
    }

    void anEditIsScoredAfterAPauseAndEscLeavesTheField()
    {
        Desk desk(*this);
        desk.work.classify.addText(QStringLiteral("cold"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 1, kPatienceMs);
        desk.list()->setCurrentIndex(desk.list()->model()->index(0, 0));
        desk.press(Qt::Key_F2);
        auto* editor = desk.child<QPlainTextEdit>();
        QTRY_COMPARE(QApplication::focusWidget(), editor);
        QTest::keyClicks(editor, QStringLiteral(" hot j k r")); // single keys belong to the field
        QCOMPARE(desk.counts().total, 1);
        QTRY_COMPARE_WITH_TIMEOUT(desk.items().item(0).assessment.verdict, Verdict::Flag, kPatienceMs);
        QCOMPARE(desk.child<VerdictCard>()->title(), QStringLiteral("Flagged: Religion"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(QApplication::focusWidget() != editor);
    }

    void ocrFillsTheFieldAndReadAgainTakesTheEditBack()
    {
        Desk desk(*this);
        desk.reader->setWords("red.png", "so hot", 0.94F);
        savePicture(desk.path("red.png"), Qt::red);
        desk.work.classify.addPaths({desk.path("red.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 1, kPatienceMs);
        auto* editor = desk.child<QPlainTextEdit>();
        QCOMPARE(editor->toPlainText(), QStringLiteral("so hot"));
        const auto shows = [&](const QString& words) {
            const auto labels = desk.child<TextCard>()->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->isVisible() && label->text() == words; });
        };
        QVERIFY(shows(QStringLiteral("Read by OCR, 94% sure")));

        desk.press(Qt::Key_F2);
        QTRY_COMPARE(QApplication::focusWidget(), editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("cold t"));
        QVERIFY(!shows(QStringLiteral("Read by OCR, 94% sure")));
        QTRY_COMPARE_WITH_TIMEOUT(desk.items().item(0).assessment.verdict, Verdict::Clear, kPatienceMs);
        QTest::keyClick(editor, Qt::Key_Escape);
        desk.press(Qt::Key_T);
        QTRY_COMPARE_WITH_TIMEOUT(editor->toPlainText(), QStringLiteral("so hot"), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.items().item(0).assessment.verdict, Verdict::Flag, kPatienceMs);
        QVERIFY(shows(QStringLiteral("Read by OCR, 94% sure")));

        editor->setFocus(); // undo in the field brings the edit back: it is the person's again
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor->toPlainText(), QStringLiteral("cold t"));
        QCOMPARE(desk.items().item(0).textOrigin, TextOrigin::Person);
    }

    void digitsChooseTheClassAndTheHeatMapFollows()
    {
        Desk desk(*this);
        desk.work.classify.addPicture(QImage(64, 64, QImage::Format_RGB32));
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 1, kPatienceMs);
        desk.list()->setFocus();
        auto* scores = desk.child<ScoresCard>();
        desk.press(Qt::Key_2);
        QCOMPARE(scores->currentClass(), QStringLiteral("sexist"));
        desk.press(Qt::Key_1);
        QCOMPARE(scores->currentClass(), QStringLiteral("religion"));
        QVERIFY(desk.registry.action(QStringLiteral("classify.class2"))->isEnabled());
        QVERIFY(!desk.registry.action(QStringLiteral("classify.class3"))->isEnabled()); // the model has two classes
        desk.press(Qt::Key_M);
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.explainer.heatMap("religion").has_value(), kPatienceMs);
        desk.press(Qt::Key_M);
    }

    void theFilterLineNarrowsTheListAndEscClearsIt()
    {
        Desk desk(*this);
        for (const char* text : {"alpha", "beta"}) {
            desk.work.classify.addText(QString::fromLatin1(text));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 2, kPatienceMs);
        desk.list()->setFocus();
        desk.press(Qt::Key_F, Qt::ControlModifier);
        auto* line = desk.page->findChild<QLineEdit*>();
        QTRY_VERIFY(line->isVisible());
        QTest::keyClicks(line, QStringLiteral("BET"));
        QCOMPARE(desk.list()->model()->rowCount(), 1);
        QVERIFY(desk.page->goUp());
        QCOMPARE(desk.list()->model()->rowCount(), 2);
    }

    void coveredPicturesOpenOnlyWhileHeld()
    {
        Desk desk(*this);
        ComfortPreferences comfort;
        comfort.coverOnClassify = true;
        desk.settings.setComfort(comfort);
        desk.work.classify.addPicture(QImage(64, 64, QImage::Format_RGB32));
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 1, kPatienceMs);
        auto* canvas = desk.child<PictureCanvas>();
        QTRY_VERIFY_WITH_TIMEOUT(canvas->accessibleName().contains(QLatin1String("covered")), kPatienceMs);
        canvas->setFocus();
        QTest::keyPress(canvas, Qt::Key_Space);
        QVERIFY(canvas->isRevealed());
        QTest::keyRelease(canvas, Qt::Key_Space);
        QVERIFY(!canvas->isRevealed());
        QTest::mousePress(canvas, Qt::LeftButton);
        QVERIFY(canvas->isRevealed());
        desk.list()->setFocus(); // focus loss covers at once
        QVERIFY(!canvas->isRevealed());
    }

    void controlAndTheWheelZoomTheWheelAloneScrollsTheList()
    {
        Desk desk(*this);
        desk.work.classify.addPicture(QImage(600, 600, QImage::Format_RGB32));
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.explainer.picture().has_value(), kPatienceMs);
        auto* canvas = desk.child<PictureCanvas>();
        const auto wheel = [canvas](Qt::KeyboardModifiers modifiers) {
            const QPointF middle = QRectF(canvas->rect()).center();
            QWheelEvent event(middle, canvas->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, modifiers,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(canvas, &event);
        };
        wheel(Qt::NoModifier);
        QVERIFY(canvas->isFitted());
        const double before = canvas->zoom();
        wheel(Qt::ControlModifier);
        QVERIFY(canvas->zoom() > before);
        desk.list()->setFocus();
        desk.press(Qt::Key_Z);
        QVERIFY(canvas->isFitted());
    }

    void stopAndContinueWorkFromTheKeyboardAndTheFooter()
    {
        Desk desk(*this);
        desk.scorer->hold();
        for (int i = 0; i < 4; ++i) {
            desk.work.classify.addText(QStringLiteral("text %1").arg(i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().total, 4, kPatienceMs);
        QCOMPARE(desk.page->jobs().size(), 1);
        desk.press(Qt::Key_Period, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.classify.status().stopped, kPatienceMs);
        QVERIFY(desk.page->jobs().isEmpty());
        desk.scorer->letThrough(4);
        desk.registry.action(QStringLiteral("classify.resume"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 4, kPatienceMs);
    }

    void theEmptyPageNeedsNoScrollBarInASmallWindow_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("samples");
        QTest::newRow("designed") << QSize(1440, 900) << 12;
        QTest::newRow("small") << QSize(1280, 800) << 12; // without the fan of pictures
        QTest::newRow("smallest") << QSize(1120, 700) << 6;
    }

    void theEmptyPageNeedsNoScrollBarInASmallWindow()
    {
        QFETCH(QSize, size);
        QFETCH(int, samples);
        qputenv("MODSCOPE_DATA", test::resource("demo").parent_path().string().c_str());
        const auto restore = qScopeGuard([] { qunsetenv("MODSCOPE_DATA"); });
        Desk desk(*this);
        desk.window.resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.work.samples.samples().empty(), kPatienceMs);
        auto* welcome = desk.child<ClassifyWelcome>();
        QTRY_VERIFY(welcome->findChildren<SampleTile*>().size() > 6);
        QTRY_COMPARE(welcome->verticalScrollBar()->maximum(), 0);
        const auto tiles = welcome->findChildren<SampleTile*>();
        const auto shown =
            std::count_if(tiles.begin(), tiles.end(), [](const auto* tile) { return tile->isVisible(); });
        QCOMPARE(static_cast<int>(shown), samples);
        for (const auto* tile : tiles) {
            if (tile->isVisible()) {
                QVERIFY(welcome->viewport()->rect().contains(
                    QRect(tile->mapTo(welcome->viewport(), QPoint(0, 0)), tile->size())));
            }
        }
    }

    void theFooterOffersARetryWhenTheDeviceVanished()
    {
        Desk desk(*this);
        desk.scorer->vanishAfter(1);
        for (const char* text : {"one", "two", "three"}) {
            desk.work.classify.addText(QString::fromLatin1(text));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().failed, 2, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.work.classify.status().scoring, kPatienceMs);
        desk.scorer->bringBack();
        desk.press(Qt::Key_R, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, 3, kPatienceMs);
    }

    void aThousandItemsKeepTheWindowAlive()
    {
        Desk desk(*this);
        constexpr int kItems = 1000;
        QByteArray table("text\n");
        for (int i = 0; i < kItems; ++i) {
            table += (i % 7 == 0 ? "hot " : "cold ") + QByteArray::number(i) + "\n";
        }
        write(desk.path("many.csv"), table);
        QMimeData mime;
        filesMime({desk.path("many.csv")}, mime);

        // How late a timer of 5 ms fires is how long the event loop was busy.
        std::vector<qint64> delays;
        QElapsedTimer since;
        QTimer probe;
        probe.setTimerType(Qt::PreciseTimer);
        connect(&probe, &QTimer::timeout, this, [&] { delays.push_back(since.restart()); });
        since.start();
        probe.start(5);
        QVERIFY(dragAndDrop(desk.window, mime));
        QTRY_COMPARE_WITH_TIMEOUT(desk.counts().scored, kItems, 60'000);
        probe.stop();
        std::sort(delays.begin(), delays.end());
        const auto percentile = [&](std::size_t percent) { return delays[(delays.size() - 1) * percent / 100]; };
        qInfo("event loop: %zu probes, median %lld ms, 99th percentile %lld ms, longest %lld ms", delays.size(),
              percentile(50), percentile(99), delays.back());
        QCOMPARE(desk.counts().flagged, (kItems + 6) / 7);
        QCOMPARE(desk.scorer->scored().size(), static_cast<std::size_t>(kItems));
    }
};

QTEST_MAIN(TestClassifyPage)
#include "tst_classify_page.moc"
