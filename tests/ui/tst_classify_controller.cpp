#include "tests/support/test_data.h"
#include "tests/ui/fake_scorer.h"
#include "ui/controllers/classify_workspace.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace modscope;
using namespace modscope::ui;
using test::fakeModel;
using test::FakeScorer;

namespace {

constexpr int kPatienceMs = 20'000;

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QString inside(const QTemporaryDir& folder, const char* name)
{
    return folder.filePath(QString::fromLatin1(name));
}

} // namespace

class TestClassifyController : public QObject {
    Q_OBJECT
public:
    TestClassifyController()
    {
        m_inference.setMaxThreadCount(2);
        m_io.setMaxThreadCount(2);
    }

private:
    /// A workspace with one made-up model.
    struct Desk {
        explicit Desk(TestClassifyController& test) : work(&test.m_inference, &test.m_io)
        {
            work.setModels({fakeModel(QStringLiteral("A"), scorer)});
        }
        [[nodiscard]] const ClassifyItem& item(const char* name) const
        {
            const auto& all = list.items();
            const auto found = std::find_if(all.begin(), all.end(),
                                            [&](const ClassifyItem& one) { return one.name == QLatin1String(name); });
            if (found == all.end()) {
                qFatal("no item is called %s", name);
            }
            return *found;
        }
        [[nodiscard]] bool isIdle() const { return !work.classify.status().isWorking(); }

        std::shared_ptr<FakeScorer> scorer = std::make_shared<FakeScorer>();
        ClassifyWorkspace work;
        ClassifyListModel& list = *work.classify.items();
        QAbstractItemModelTester tester{&list, QAbstractItemModelTester::FailureReportingMode::QtTest};
    };

    QThreadPool m_inference;
    QThreadPool m_io;

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void foldersTablesAndFilesAreReadTogether()
    {
        QTemporaryDir folder;
        write(inside(folder, "memes/a.png"), "a");
        write(inside(folder, "memes/deep/b.jpg"), "b");
        write(inside(folder, "memes/notes.txt"), "not a picture");
        write(inside(folder, "table/rows.csv"), "text,image_path\nso hot,\n,\n");
        Desk desk(*this);
        QSignalSpy added(&desk.work.classify, &ClassifyController::itemsAdded);
        desk.work.classify.addPaths({inside(folder, "memes"), inside(folder, "table/rows.csv")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.isIdle() && added.count() == 1, kPatienceMs);
        QCOMPARE(added.front().front().toInt(), 4);
        QCOMPARE(desk.item("a.png").state, ItemState::Scored);
        QCOMPARE(desk.item("b.jpg").state, ItemState::Scored);
        QCOMPARE(desk.item("so hot").assessment.verdict, Verdict::Flag);
        QCOMPARE(desk.item("so hot").textOrigin, TextOrigin::Table);
        QCOMPARE(desk.item("rows.csv, row 2").state, ItemState::Failed); // neither text nor picture
    }

    void whatIsNotThereIsARowWithItsReason()
    {
        Desk desk(*this);
        desk.work.classify.addPaths({QStringLiteral("/nowhere/lost.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().failed, 1, kPatienceMs);
        QVERIFY2(errorText(desk.item("lost.png")).contains(QLatin1String("lost.png")), "the reason names the file");
    }

    void identicalBytesAreScoredOnce()
    {
        QTemporaryDir folder;
        for (const char* name : {"1.png", "2.png", "3.png"}) {
            write(inside(folder, name), "same bytes");
        }
        write(inside(folder, "4.png"), "other bytes");
        Desk desk(*this);
        desk.work.classify.addPaths({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 4, kPatienceMs);
        QCOMPARE(desk.scorer->scored(), (std::vector<std::string>{"1.png", "4.png"}));
        QCOMPARE(desk.item("3.png").duplicateOf, desk.item("1.png").id);
        QCOMPARE(desk.item("3.png").outcomes, desk.item("1.png").outcomes);
    }

    void aDuplicateOfARemovedItemIsScoredItself()
    {
        QTemporaryDir folder;
        write(inside(folder, "1.png"), "same bytes");
        write(inside(folder, "2.png"), "same bytes");
        Desk desk(*this);
        desk.scorer->hold();
        desk.work.classify.addPaths({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().total, 2, kPatienceMs);
        desk.work.classify.remove(std::array{desk.item("1.png").id});
        desk.scorer->letThrough(10);
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(desk.item("2.png").state, ItemState::Scored);
    }

    void stopKeepsResultsAndContinueFinishes()
    {
        Desk desk(*this);
        desk.scorer->hold();
        for (int i = 0; i < 10; ++i) {
            desk.work.classify.addText(QStringLiteral("text %1").arg(i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().total, 10, kPatienceMs);
        desk.scorer->letThrough(3);
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 3, kPatienceMs);
        desk.work.classify.stop();
        QTRY_VERIFY_WITH_TIMEOUT(desk.isIdle(), kPatienceMs);
        QVERIFY(desk.work.classify.status().stopped);
        QCOMPARE(desk.list.counts().stopped, 7);
        QCOMPARE(desk.list.counts().scored, 3);
        desk.work.classify.resume();
        desk.scorer->letThrough(7);
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 10, kPatienceMs);
        QVERIFY(!desk.work.classify.status().stopped);
        QCOMPARE(desk.scorer->scored().size(), std::size_t{10}); // nothing was scored twice
    }

    void oneBrokenPictureSinksNothingAndCanBeRetried()
    {
        QTemporaryDir folder;
        write(inside(folder, "broken.png"), "?");
        write(inside(folder, "fine.png"), "!");
        Desk desk(*this);
        desk.work.classify.addPaths({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().failed, 1, kPatienceMs);
        QVERIFY(errorText(desk.item("broken.png")).contains(QLatin1String("not a picture")));
        desk.scorer->repair();
        desk.work.classify.retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 2, kPatienceMs);
        QCOMPARE(desk.list.counts().failed, 0);
        QCOMPARE(desk.scorer->scored().size(), std::size_t{3}); // fine.png was not scored again
    }

    void aDeviceThatVanishesLeavesReasonsAndLosesNothing()
    {
        Desk desk(*this);
        desk.scorer->vanishAfter(2);
        QTemporaryDir folder;
        write(inside(folder, "rows.csv"), "text\none\ntwo\nthree\nfour\nfive\n");
        desk.work.classify.addPaths({inside(folder, "rows.csv")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().failed, 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.isIdle(), kPatienceMs);
        QCOMPARE(desk.list.counts().scored, 2);
        QCOMPARE(desk.list.counts().total, 5);
        QCOMPARE(errorText(desk.item("four")), QStringLiteral("cuda:0: the device does not answer any more"));
        QCOMPARE(desk.item("four").sample.text, std::string("four"));

        desk.scorer->bringBack();
        desk.work.classify.retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 5, kPatienceMs);
        QCOMPARE(desk.scorer->scored().size(), std::size_t{5 + 3}); // what was scored was not asked again
    }

    void aSecondModelScoresWhatIsThereAndTheFirstKeepsItsAnswers()
    {
        Desk desk(*this);
        desk.work.classify.addText(QStringLiteral("hot"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        const auto second = std::make_shared<FakeScorer>(-0.7F);
        desk.work.setModels({fakeModel(QStringLiteral("A"), desk.scorer), fakeModel(QStringLiteral("B"), second)});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(desk.scorer->scored().size(), std::size_t{1});
        QCOMPARE(second->scored().size(), std::size_t{1});
        QVERIFY(desk.item("hot").assessment.disagree);
    }

    void modelsMayChangeWhileScoring()
    {
        Desk desk(*this);
        desk.scorer->hold();
        for (int i = 0; i < 5; ++i) {
            desk.work.classify.addText(QStringLiteral("text %1").arg(i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().total, 5, kPatienceMs);
        const auto other = std::make_shared<FakeScorer>();
        desk.work.setModels({fakeModel(QStringLiteral("B"), other)});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 5, kPatienceMs);
        QCOMPARE(other->scored().size(), std::size_t{5});
    }

    void whatIsDroppedBeforeAModelIsOpenIsScoredLater()
    {
        ClassifyWorkspace work(&m_inference, &m_io);
        work.classify.addText(QStringLiteral("early"));
        QTRY_COMPARE_WITH_TIMEOUT(work.classify.items()->counts().waiting, 1, kPatienceMs);
        work.setModels({fakeModel(QStringLiteral("A"), std::make_shared<FakeScorer>())});
        QTRY_COMPARE_WITH_TIMEOUT(work.classify.items()->counts().scored, 1, kPatienceMs);
    }

    void anEditedTextIsScoredThroughTheCachedPicture()
    {
        Desk desk(*this);
        desk.work.classify.addPicture(QImage(8, 8, QImage::Format_RGB32));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        const ItemId id = desk.list.item(0).id;
        QSignalSpy split(&desk.work.explainer, &ItemExplainer::splitChanged);
        desk.work.explainer.setItem(id);
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.explainer.split("religion").has_value(), kPatienceMs);
        QCOMPARE(desk.work.explainer.split("religion")->together, 1.36F);
        const int embedded = desk.scorer->picturesEmbedded();

        QSignalSpy rescored(&desk.work.explainer, &ItemExplainer::rescored);
        desk.work.classify.setText(id, QStringLiteral("so hot"));
        desk.work.explainer.textEdited();
        QTRY_COMPARE_WITH_TIMEOUT(rescored.count(), 1, kPatienceMs);
        QCOMPARE(desk.list.item(0).assessment.verdict, Verdict::Flag);
        QCOMPARE(desk.scorer->picturesEmbedded(), embedded); // the picture was not encoded again
    }

    void aHeatMapCanBeCancelled()
    {
        Desk desk(*this);
        desk.work.classify.addPicture(QImage(8, 8, QImage::Format_RGB32));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        desk.scorer->hold();
        desk.work.explainer.setItem(desk.list.item(0).id);
        desk.work.explainer.requestHeatMap();
        QVERIFY(desk.work.explainer.isMakingHeatMap());
        desk.work.explainer.cancelHeatMap();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.work.explainer.isMakingHeatMap(), kPatienceMs);
        QVERIFY(!desk.work.explainer.heatMap("religion"));
        QVERIFY(desk.work.explainer.heatMapError().isEmpty());
        desk.scorer->letThrough(5);
        desk.work.explainer.requestHeatMap();
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.explainer.heatMap("religion").has_value(), kPatienceMs);
        QCOMPARE(desk.work.explainer.heatMap("religion")->drops.size(), std::size_t{4});
    }

    void removedItemsComeBackWithUndo()
    {
        Desk desk(*this);
        desk.work.classify.addText(QStringLiteral("one"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        desk.work.classify.remove(std::array{desk.list.item(0).id});
        QCOMPARE(desk.list.rowCount(), 0);
        desk.work.classify.undoRemove();
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
    }

    void exportsWhatTheCommandLineWrites()
    {
        QTemporaryDir folder;
        write(inside(folder, "rows.csv"), "text,image_path\n\"so hot, really\",\n,\n");
        Desk desk(*this);
        desk.work.classify.addPaths({inside(folder, "rows.csv")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.list.counts().failed == 1, kPatienceMs);
        std::vector<ItemId> ids;
        for (const auto& item : desk.list.items()) {
            ids.push_back(item.id);
        }
        QSignalSpy written(&desk.work.exporter, &PredictionExporter::written);
        const auto path = inside(folder, "out.csv");
        desk.work.exporter.start(path, 0, ids);
        QVERIFY(written.wait(kPatienceMs));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine(),
                 QByteArray("text,image_path,pred_religion,prob_religion,pred_sexist,prob_sexist,error\n"));
        QCOMPARE(file.readLine(), QByteArray("\"so hot, really\",,1,0.8,0,0.05,\n"));
        QVERIFY(file.readLine().startsWith(",,,,,,"));
    }

    void anExportThatCannotBeWrittenLeavesNothing()
    {
        Desk desk(*this);
        desk.work.classify.addText(QStringLiteral("one"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QSignalSpy failed(&desk.work.exporter, &PredictionExporter::failed);
        desk.work.exporter.start(QStringLiteral("/nowhere/out.csv"), 0, std::array{desk.list.item(0).id});
        QVERIFY(failed.wait(kPatienceMs));
        QVERIFY(failed.front().front().toString().contains(QLatin1String("/nowhere")));
    }
};

QTEST_MAIN(TestClassifyController)
#include "tst_classify_controller.moc"
