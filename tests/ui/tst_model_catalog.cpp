#include "tests/support/test_data.h"
#include "tests/ui/fake_models.h"
#include "ui/controllers/status_text.h"
#include "ui/settings/settings.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

// The controller and the catalog without an engine: what they say about models that load slowly, badly or not at all.
class TestModelCatalog : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QThreadPool m_pool;
    std::unique_ptr<test::FakeModels> m_fake;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ModelController> m_models;
    std::unique_ptr<ModelCatalog> m_catalog;

    const CatalogEntry& entry(const QString& path) { return m_catalog->entry(m_catalog->find(path).value()); }
    ModelRow row(const QString& path) { return m_catalog->rows()[m_catalog->find(path).value()]; }

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        static int number = 0;
        m_fake = std::make_unique<test::FakeModels>();
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("s%1.ini").arg(++number)));
        m_models = std::make_unique<ModelController>(&m_pool, m_fake->models());
        m_catalog = std::make_unique<ModelCatalog>(&m_pool, m_settings.get(), m_models.get(), m_fake->catalog());
    }

    void cleanup()
    {
        m_catalog.reset();
        m_models.reset();
        m_settings.reset();
        m_fake.reset();
    }

    void bundledModelsComeFirstAndStay()
    {
        QCOMPARE(m_catalog->size(), 2U);
        QVERIFY(!m_catalog->removeBlocked(QStringLiteral("demo")).isEmpty());
        m_catalog->remove(QStringLiteral("demo"));
        QCOMPARE(m_catalog->size(), 2U);
    }

    void bundledModelsShowTheirCardsBeforeTheyAreChosen()
    {
        m_catalog->use(QStringLiteral("demo"), 0);
        m_catalog->readBundled();
        QTRY_COMPARE(entry(QStringLiteral("demo2")).state, CatalogEntry::State::Read);
        QCOMPARE(row(QStringLiteral("demo2")).classes, 3);
        QCOMPARE(row(QStringLiteral("demo2")).name, QStringLiteral("demo2"));
        QCOMPARE(entry(QStringLiteral("demo")).state, CatalogEntry::State::Unread); // loading tells its card
    }

    void aFolderShowsItsCardBeforeAnythingIsLoaded()
    {
        const QString path = m_catalog->add(QStringLiteral("/models/one"));
        QTRY_COMPARE(entry(path).state, CatalogEntry::State::Read);
        QCOMPARE(row(path).classes, 3);
        QCOMPARE(row(path).stateText, QStringLiteral("Not loaded"));
        QVERIFY(m_models->models().empty());
        QCOMPARE(m_settings->recentModels().front().path, path);
    }

    void readingTellsHowFarItIsAndStops()
    {
        const QString path = m_catalog->add(QStringLiteral("/slow/one"));
        QTRY_COMPARE(row(path).stateText, QStringLiteral("Reading, 850.0 MB of 1.7 GB"));
        QCOMPARE(row(path).progress, 0.5);
        m_catalog->stop(path);
        QTRY_COMPARE(entry(path).state, CatalogEntry::State::Unread);
        QCOMPARE(row(path).stateText, QStringLiteral("Not loaded"));
        QVERIFY(m_settings->recentModels().empty());
    }

    void aFolderThatDoesNotFitSaysTheWholeSentence()
    {
        const QString path = m_catalog->add(QStringLiteral("/bad/one"));
        QTRY_COMPARE(entry(path).state, CatalogEntry::State::Failed);
        QCOMPARE(row(path).state, ModelRow::State::Failed);
        QVERIFY(row(path).tip.contains(QStringLiteral("gate.weight")));
    }

    void aFailedLoadIsSaidAndLeavesTheSlotWithItsError()
    {
        QSignalSpy failed(m_models.get(), &ModelController::openFailed);
        m_catalog->use(QStringLiteral("demo"), 0);
        QVERIFY(m_models->isLoading());
        QCOMPARE(row(QStringLiteral("demo")).letters, QStringLiteral("A"));
        QVERIFY(failed.wait());
        QCOMPARE(m_models->models().front().error, QString::fromStdString(m_fake->openError));
        QCOMPARE(row(QStringLiteral("demo")).stateText, QStringLiteral("Could not be loaded"));
        QCOMPARE(modelStatus(*m_models).text, QStringLiteral("demo could not be loaded"));
        QCOMPARE(m_models->freeSlot(), 1);
        m_models->close(0);
        QVERIFY(m_models->models().empty());
    }

    void loadingIsCancelledWithoutAnError()
    {
        QSignalSpy failed(m_models.get(), &ModelController::openFailed);
        const QString path = QStringLiteral("/slow/two");
        m_models->open(1, path, QStringLiteral("cpu"), QStringLiteral("auto"));
        QVERIFY(m_fake->started.tryAcquire(1, 5000));
        QTRY_VERIFY(modelStatus(*m_models).text.startsWith(QStringLiteral("Reading two, 850.0 MB")));
        m_models->cancel(1);
        QVERIFY(m_models->models()[1].stopping);
        QTRY_VERIFY(m_models->models().empty());
        QCOMPARE(failed.count(), 0);
    }

    void closingWhileLoadingFreesTheSlotEvenWhenTheWorkEndsWell()
    {
        m_models->open(0, QStringLiteral("/slow/three"), QStringLiteral("cpu"), QStringLiteral("auto"));
        QVERIFY(m_fake->started.tryAcquire(1, 5000));
        m_models->close(0);
        m_fake->release.release();
        QTRY_VERIFY(m_models->models().empty());
    }

    void aControllerThatGoesAwayWaitsForItsWork()
    {
        m_models->open(0, QStringLiteral("/slow/four"), QStringLiteral("cpu"), QStringLiteral("auto"));
        QVERIFY(m_fake->started.tryAcquire(1, 5000));
        m_catalog.reset();
        m_models.reset();
        QVERIFY(m_pool.waitForDone(5000));
    }

    void theHashIsComparedWithTheOneSeenFirst_data()
    {
        QTest::addColumn<QChar>("digit");
        QTest::addColumn<int>("check");
        QTest::newRow("same") << QChar(u'a') << int(CatalogEntry::Check::Matches);
        QTest::newRow("other") << QChar(u'b') << int(CatalogEntry::Check::Differs);
    }

    void theHashIsComparedWithTheOneSeenFirst()
    {
        QFETCH(const QChar, digit);
        QFETCH(const int, check);
        const QString path = m_catalog->add(QStringLiteral("/models/one"));
        QTRY_COMPARE(entry(path).state, CatalogEntry::State::Read);
        m_fake->hash = QString(64, digit);
        m_catalog->checkHash(path);
        QTRY_COMPARE(int(entry(path).check), check);
        QVERIFY(!entry(path).checkText.isEmpty());
    }

    void aCheckOfTheHashCanBeStopped()
    {
        const QString path = m_catalog->add(QStringLiteral("/slow/one"));
        m_fake->release.release();
        QTRY_COMPARE(entry(path).state, CatalogEntry::State::Read);
        m_catalog->checkHash(path);
        QTRY_COMPARE(row(path).stateText, QStringLiteral("Checking the hash, 850.0 MB of 1.7 GB"));
        m_catalog->stop(path);
        QTRY_COMPARE(entry(path).check, CatalogEntry::Check::None);
    }

    void weightsThatChangedSinceLastTimeAreAWarning()
    {
        m_settings->addRecentModel({QStringLiteral("/models/one"), QStringLiteral("one"), QString(64, u'c')});
        m_catalog = std::make_unique<ModelCatalog>(&m_pool, m_settings.get(), m_models.get(), m_fake->catalog());
        m_catalog->read(QStringLiteral("/models/one"));
        QTRY_COMPARE(entry(QStringLiteral("/models/one")).state, CatalogEntry::State::Read);
        QVERIFY(entry(QStringLiteral("/models/one")).card->warnings.front().contains(QStringLiteral("cccccccc")));
    }

    void removingIsUndoneAtTheSamePlace()
    {
        const QString first = m_catalog->add(QStringLiteral("/models/one"));
        const QString second = m_catalog->add(QStringLiteral("/models/two"));
        QTRY_COMPARE(entry(first).state, CatalogEntry::State::Read);
        const auto before = m_catalog->rows();
        m_catalog->remove(first);
        QVERIFY(!m_catalog->find(first));
        QCOMPARE(m_catalog->undoRemove(), first);
        QCOMPARE(m_catalog->rows().size(), before.size());
        QCOMPARE(m_catalog->find(first), std::optional<std::size_t>(3));
        QCOMPARE(m_catalog->undoRemove(), QString());
        QVERIFY(m_catalog->find(second).has_value());
    }

    void whatWasOpenIsOpenedAgain()
    {
        m_settings->setModelSlots({{QStringLiteral("/models/one"), QStringLiteral("cpu"), QStringLiteral("fp32")}});
        m_catalog->openRemembered();
        QCOMPARE(m_models->models().front().request.path, QStringLiteral("/models/one"));
        QCOMPARE(m_models->models().front().request.precision, QStringLiteral("fp32"));
    }

    void theFirstStartOpensTheDemoOnTheDefaultDevice()
    {
        m_settings->setCompute({.device = QStringLiteral("cpu")});
        m_catalog->openRemembered();
        QCOMPARE(m_models->models().front().request.path, QStringLiteral("demo"));
        QCOMPARE(m_models->models().front().request.device, QStringLiteral("cpu"));
    }

    void theDeviceIsSaidInOneLine()
    {
        QSignalSpy devices(m_models.get(), &ModelController::devicesChanged);
        QCOMPARE(deviceStatus(*m_models).text, QStringLiteral("Looking for devices"));
        m_models->diagnose();
        QVERIFY(devices.wait());
        QCOMPARE(deviceStatus(*m_models).text, QStringLiteral("CPU · 2 thread(s) (no GPU found)"));
        QVERIFY(deviceStatus(*m_models).details.contains(QStringLiteral("No NVIDIA driver was found.")));
    }

    void theListModelFollowsWithoutResets()
    {
        ModelListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        connect(m_catalog.get(), &ModelCatalog::changed, &model, [&] { model.setRows(m_catalog->rows()); });
        const QString first = m_catalog->add(QStringLiteral("/models/one"));
        m_catalog->add(QStringLiteral("/bad/two"));
        QTRY_COMPARE(entry(first).state, CatalogEntry::State::Read);
        QCOMPARE(model.rowCount(), 4);
        m_catalog->remove(first);
        m_catalog->undoRemove();
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.rowOf(QStringLiteral("demo2")), 1);
        QCOMPARE(model.index(3, ModelListModel::Classes).data().toString(), QStringLiteral("3"));
        QCOMPARE(resets.count(), 0);
    }
};

QTEST_MAIN(TestModelCatalog)
#include "tst_model_catalog.moc"
