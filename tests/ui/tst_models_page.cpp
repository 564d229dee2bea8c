#include "tests/support/test_data.h"
#include "tests/ui/fake_models.h"
#include "ui/models/thresholds_model.h"
#include "ui/pages/models_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/markdown_view.h"
#include "ui/widgets/notice.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>

using namespace modscope;
using namespace modscope::ui;

// The page driven by keys and mouse, beside its inspector as the window places them.
class TestModelsPage : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QThreadPool m_pool;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<test::FakeModels> m_fake;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ModelController> m_models;
    std::unique_ptr<ModelCatalog> m_catalog;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<QWidget> m_window;
    ModelsPage* m_page = nullptr;
    QTableView* m_table = nullptr;

    const CatalogEntry& entry(const QString& path) { return m_catalog->entry(m_catalog->find(path).value()); }
    bool shows(const QString& text)
    {
        const auto labels = m_window->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }
    QString makeRun(const char* file)
    {
        const QString run = m_folder.filePath(QStringLiteral("run"));
        QDir().mkpath(run);
        QFile config(run + QLatin1Char('/') + QLatin1String(file));
        if (!config.open(QIODevice::WriteOnly)) {
            qFatal("the test folder cannot be written");
        }
        return run;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void init()
    {
        test::failOnWarnings();
        static int number = 0;
        m_fake = std::make_unique<test::FakeModels>();
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("s%1.ini").arg(++number)));
        m_models = std::make_unique<ModelController>(&m_pool, m_fake->models());
        m_catalog = std::make_unique<ModelCatalog>(&m_pool, m_settings.get(), m_models.get(), m_fake->catalog());
        m_registry = std::make_unique<ActionRegistry>(m_theme.get());
        m_window = std::make_unique<QWidget>();
        m_page = new ModelsPage(m_theme.get(), m_registry.get(), m_catalog.get());
        auto* row = new QHBoxLayout(m_window.get());
        row->addWidget(m_page, 1);
        row->addWidget(m_page->inspector());
        m_page->inspector()->show();
        m_registry->attach(m_window.get());
        m_registry->setContext(ActionContext::Models);
        m_window->resize(1300, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_table = m_page->findChild<QTableView*>();
        m_table->setFocus();
        QTRY_COMPARE(entry(QStringLiteral("demo")).state, CatalogEntry::State::Read);
    }

    void cleanup()
    {
        m_window.reset();
        m_registry.reset();
        m_catalog.reset();
        m_models.reset();
        m_settings.reset();
        m_fake.reset();
    }

    void theDemoIsSelectedAndItsCardIsShown()
    {
        QCOMPARE(m_page->place().toString(), QStringLiteral("demo"));
        QVERIFY(m_page->findChild<MarkdownView*>()->toPlainText().contains(QStringLiteral("Card of demo")));
        QVERIFY(shows(QStringLiteral("start here")));
    }

    void ctrlOShowsTheCardOfAFolderAndLoadsNothing()
    {
        m_page->setFolderChooser([] { return QStringLiteral("/models/one"); });
        QTest::keyClick(m_window.get(), Qt::Key_O, Qt::ControlModifier);
        QCOMPARE(m_page->place().toString(), QStringLiteral("/models/one"));
        QTRY_VERIFY(m_page->findChild<MarkdownView*>()->toPlainText().contains(QStringLiteral("Card of one")));
        QVERIFY(m_models->models().empty());
        m_page->setFolderChooser([] { return QString(); });
        QTest::keyClick(m_window.get(), Qt::Key_O, Qt::ControlModifier);
        QCOMPARE(m_catalog->size(), 3U);
    }

    void arrowsChooseAndReturnUsesAsA()
    {
        QTest::keyClick(m_table, Qt::Key_Down);
        QCOMPARE(m_page->place().toString(), QStringLiteral("demo2"));
        QTest::keyClick(m_table, Qt::Key_Return);
        QCOMPARE(m_models->models().front().request.path, QStringLiteral("demo2"));
        QTRY_VERIFY(shows(QStringLiteral("The model could not be loaded")));
        QVERIFY(shows(QStringLiteral("This checkpoint does not fit: 3 tensors are missing")));
    }

    void aFailureCanBeCopied()
    {
        m_page->openFolder(QStringLiteral("/bad/one"));
        QTRY_VERIFY(shows(QStringLiteral("This checkpoint cannot be used")));
        const auto notices = m_window->findChildren<Notice*>();
        const auto error =
            std::find_if(notices.begin(), notices.end(), [](const Notice* notice) { return notice->isVisible(); });
        QTest::mouseClick((*error)->findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("gate.weight")));
    }

    void bOffersTheOtherThreeSlots()
    {
        QTimer::singleShot(0, this, [] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu);
            QCOMPARE(menu->actions().size(), 3);
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::keyClick(m_table, Qt::Key_B);
        QCOMPARE(m_models->models().size(), 3U);
        QCOMPARE(m_models->models()[2].letter, QChar(u'C'));
        QVERIFY(m_models->models()[2].loading);
    }

    void hChecksTheHash()
    {
        QTest::keyClick(m_table, Qt::Key_H);
        QTRY_VERIFY(shows(QStringLiteral("all 64 digits match")));
    }

    void readingShowsHowFarAndCancelStopsIt()
    {
        m_page->openFolder(QStringLiteral("/slow/one"));
        QTRY_VERIFY(shows(QStringLiteral("Reading, 850.0 MB of 1.7 GB")));
        QCOMPARE(m_page->jobs().size(), 1);
        const auto buttons = m_window->findChildren<QPushButton*>();
        const auto cancel = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
            return button->isVisible() && button->text() == QStringLiteral("Cancel");
        });
        QTest::mouseClick(*cancel, Qt::LeftButton);
        QTRY_COMPARE(entry(QStringLiteral("/slow/one")).state, CatalogEntry::State::Unread);
        QVERIFY(m_page->jobs().isEmpty());
    }

    void deleteRemovesAndCtrlZBringsBack()
    {
        QVERIFY(!m_registry->blockedReason(m_registry->spec(QStringLiteral("models.remove"))).isEmpty());
        QSignalSpy toast(m_page, &Page::toastRaised);
        m_page->openFolder(QStringLiteral("/models/one"));
        QTRY_COMPARE(entry(QStringLiteral("/models/one")).state, CatalogEntry::State::Read);
        QTest::keyClick(m_table, Qt::Key_Delete);
        QVERIFY(!m_catalog->find(QStringLiteral("/models/one")));
        QCOMPARE(toast.count(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_page->place().toString(), QStringLiteral("/models/one"));
    }

    void aDroppedFolderIsOfferedByWhatIsInIt()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_folder.path())});
        QVERIFY(!m_page->dropOffer(data).accepted);
        const QString run = makeRun("inference_config.json");
        data.setUrls({QUrl::fromLocalFile(run)});
        QVERIFY(m_page->dropOffer(data).accepted);
        m_page->drop(data);
        QCOMPARE(m_page->place().toString(), run);
        makeRun("pytorch_model.bin");
        data.setUrls({QUrl::fromLocalFile(run + QStringLiteral("/pytorch_model.bin"))});
        QVERIFY(m_page->dropOffer(data).text.contains(QStringLiteral("can run code")));
    }

    void onlyWhatTheDeviceOffersCanBeChosen()
    {
        QSignalSpy devices(m_models.get(), &ModelController::devicesChanged);
        m_models->diagnose();
        QVERIFY(devices.wait());
        const auto boxes = m_window->findChildren<ChoiceBox*>();
        QCOMPARE(boxes.size(), 2);
        QCOMPARE(boxes[0]->count(), 2); // Auto, CPU
        QCOMPARE(boxes[1]->findData(QStringLiteral("fp16")), -1);
        QVERIFY(boxes[1]->findData(QStringLiteral("bf16")) >= 0);
        boxes[0]->setFocus();
        QTest::keyClick(boxes[0], Qt::Key_Down);
        QCOMPARE(entry(QStringLiteral("demo")).device, QStringLiteral("cpu"));
    }

    void theStateSurvivesARestartAndNoiseIsRefused()
    {
        const QByteArray state = m_page->saveState();
        m_page->restoreState(state);
        QCOMPARE(m_page->saveState(), state);
        m_page->restoreState(QByteArray("noise"));
        QCOMPARE(m_page->saveState(), state);
    }

    void theThresholdsModelKeepsItsPromises()
    {
        ThresholdsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setThresholds({QStringLiteral("racist"), QStringLiteral("sexist")}, {0.35F, 0.4F});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, ThresholdsModel::Threshold).data().toString(), QStringLiteral("0.40"));
        model.setThresholds({}, {});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestModelsPage)
#include "tst_models_page.moc"
