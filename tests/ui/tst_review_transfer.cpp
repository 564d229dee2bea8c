#include "core/review/export.h"
#include "tests/ui/review_desk_test.h"
#include "ui/models/reimport_model.h"
#include "ui/pages/review_import_dialog.h"
#include "ui/pages/review_reimport_dialog.h"
#include "ui/widgets/scores_card.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QUrl>

using namespace modscope;
using namespace modscope::ui;

/// What goes into the queue and comes back to it, by the dialogs of the Review page.
class TestReviewTransfer : public ReviewDeskTest {
    Q_OBJECT

    [[nodiscard]] QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const QString& path, const QByteArray& bytes) const
    {
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("a file of the test cannot be written");
        }
    }
    [[nodiscard]] QByteArray bytesOf(const QString& path) const
    {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    /// Ann says no to items 1 to 3, then everything that is decided is exported.
    void exportLabels(const QString& path) const
    {
        auto ann = store("Ann");
        EventDraft draft;
        draft.items = {1, 2, 3};
        draft.decision.answers.assign(memeProject().labels.size(), Answer::No);
        (void)valueOf(ann->commit(draft, std::nullopt));
        (void)valueOf(exportItems(*ann, {ExportProfile::Reference}, std::nullopt, path.toStdString()));
    }
    [[nodiscard]] Answer religion(ReviewItemId item) const { return (*statusOf(item).consensus())[3]; }
    /// A table of scores as another checkpoint gives them: it turns the first item's around.
    [[nodiscard]] QString secondScores() const
    {
        const QString path = file("second.csv");
        write(path, "text,prob_racist,prob_sexist,prob_homophobe,prob_religion,prob_otherhate\n"
                    "\"me, hearing the fridge open from room 1\",0.4,0.3,0.1,0.05,0.2\n"
                    "\"me, hearing the fridge open from room 3\",0.2,0.1,0.1,0.4,0.2\n");
        return path;
    }
    [[nodiscard]] static ScoringModel secondModel()
    {
        return {0, "mtl-v3", std::string(64, 'b'), memeProject().labels, {0.5F, 0.5F, 0.5F, 0.38F, 0.5F}};
    }

private Q_SLOTS:
    void correctedLabelsAreShownThenImportedThenTakenBack()
    {
        fill(5);
        exportLabels(file("labels.csv"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QByteArray table = bytesOf(file("labels.csv"));
        const QByteArray line = "room 1\",,";
        QVERIFY(table.contains(line));
        write(file("labels.csv"), table.replace(line, QByteArray(line).append("religion")));

        ReviewReimportDialog dialog(&desk.work.transfer, file("labels.csv"), &desk.window);
        dialog.show();
        QSignalSpy previewed(&desk.work.transfer, &ReviewTransfer::reimportPreviewed);
        QVERIFY(previewed.wait(kPatienceMs));
        QVERIFY(dialog.primaryButton()->text().startsWith(QStringLiteral("Import 1 row")));
        QVERIFY(dialog.unverifiedBox()->isVisible() && !dialog.primaryButton()->isEnabled());
        const EventSeq before = valueOf(store("Ann")->lastEvent());
        QTest::keyClick(dialog.unverifiedBox(), Qt::Key_Space);
        QVERIFY(dialog.primaryButton()->isEnabled());
        QCOMPARE(valueOf(store("Ann")->lastEvent()), before); // nothing is written before "Import"

        QSignalSpy reimported(&desk.work.transfer, &ReviewTransfer::reimported);
        dialog.primaryButton()->click();
        QVERIFY(reimported.wait(kPatienceMs));
        QCOMPARE(religion(1), Answer::Yes);
        QCOMPARE(religion(2), Answer::No);
        QVERIFY(dialog.takeBackButton()->isVisible());
        QSignalSpy tookBack(&desk.work.transfer, &ReviewTransfer::tookBack);
        dialog.takeBackButton()->click();
        QVERIFY(tookBack.wait(kPatienceMs));
        QCOMPARE(religion(1), Answer::No);
    }

    void anExportAsItWasWrittenHasNothingToImport()
    {
        fill(4);
        exportLabels(file("labels.csv"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QSignalSpy previewed(&desk.work.transfer, &ReviewTransfer::reimportPreviewed);
        ReviewReimportDialog dialog(&desk.work.transfer, file("labels.csv"), &desk.window);
        dialog.show();
        QVERIFY(previewed.wait(kPatienceMs));
        QVERIFY(!dialog.unverifiedBox()->isVisible() && !dialog.primaryButton()->isEnabled());
        const auto report = previewed.front().front().value<ReimportReport>();
        QCOMPARE(report.unchanged, std::uint64_t{3});
        QVERIFY(report.ofThisRecord);
    }

    void anExportThatIsDroppedWithItsManifestIsRecognised()
    {
        fill(4);
        exportLabels(file("labels.csv"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file("labels.csv.manifest.json")), QUrl::fromLocalFile(file("labels.csv"))});
        QVERIFY(desk.page->dropOffer(mime).accepted);
        bool recognised = false;
        QTimer looking; // the dialog runs its own loop
        connect(&looking, &QTimer::timeout, this, [&] {
            if (auto* dialog = desk.child<ReviewReimportDialog>()) {
                recognised = true;
                dialog->close();
            }
        });
        looking.start(20);
        desk.page->drop(mime);
        QTRY_VERIFY_WITH_TIMEOUT(recognised, kPatienceMs);
    }

    void aSecondModelsScoresStandBesideTheFirstAndDisagreementFindsThem()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QCOMPARE(desk.work.review.task()->models.size(), std::size_t{1});
        QSignalSpy previewed(&desk.work.transfer, &ReviewTransfer::previewed);
        ReviewImportDialog dialog(&desk.work.transfer, {secondScores()}, {secondModel()}, &desk.window);
        dialog.show();
        QVERIFY(previewed.wait(kPatienceMs));
        dialog.modelBox()->setCurrentIndex(1);
        QVERIFY(previewed.wait(kPatienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.primaryButton()->isEnabled(), kPatienceMs);
        QSignalSpy imported(&desk.work.transfer, &ReviewTransfer::imported);
        dialog.primaryButton()->click();
        QVERIFY(imported.wait(kPatienceMs));
        const auto report = imported.front().front().value<ImportReport>();
        QCOMPARE(report.joined, std::uint64_t{2});
        QCOMPARE(report.added, std::uint64_t{0});
        dialog.close();

        constexpr int kDisagree = 2; // of the queues that come with the program
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.queues.rows().at(kDisagree).count, 1, kPatienceMs);
        desk.work.queues.choose(kDisagree);
        QTRY_VERIFY_WITH_TIMEOUT(desk.atRest() && desk.work.review.task() != nullptr &&
                                     desk.work.review.task()->models.size() == 2,
                                 kPatienceMs);
        const ReviewTaskView& task = *desk.work.review.task();
        QCOMPARE(task.id, ReviewItemId{1});
        QCOMPARE(task.models[1].name, QStringLiteral("mtl-v3"));
        QVERIFY(desk.child<ScoresCard>()->isVisible());
        for (const ClassScores& scores : task.scores) {
            QCOMPARE(scores.models.size(), std::size_t{2});
        }
    }

    void itemsOfTwoModelsAreSentWithBothScoresAndWhatOcrRead()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        const auto model = [](const char* name, char digit) {
            OpenModel open;
            open.summary.name = QString::fromLatin1(name);
            open.summary.sha256 = QString(64, QLatin1Char(digit));
            open.summary.labels = memeProject().labels;
            open.summary.thresholds.assign(memeProject().labels.size(), 0.5F);
            return open;
        };
        const auto outcome = [](float p) {
            Prediction prediction;
            prediction.labels = memeProject().labels;
            prediction.probabilities.assign(memeProject().labels.size(), p);
            return std::make_shared<const Result<Prediction>>(std::move(prediction));
        };
        ClassifyItem item;
        item.sample.imagePath = file("sent.png").toStdString();
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        QVERIFY(image.save(file("sent.png")));
        OcrText reading;
        reading.text = "read words";
        item.reading = std::make_shared<const Result<OcrText>>(std::move(reading));
        item.sample.text = "read words";
        item.textOrigin = TextOrigin::Ocr;
        item.outcomes = {outcome(0.25F), outcome(0.75F)};
        QSignalSpy sent(&desk.work.sender, &ReviewSender::sent);
        desk.work.send({item}, {model("fusion", 'a'), model("mtl-v3", 'b')}, desk.settings.preferences().review);
        QVERIFY(sent.wait(kPatienceMs));
        QCOMPARE(sent.front().front().value<SendSummary>().added, std::size_t{1});
        const ItemContent content = valueOf(store("Lea")->contents(std::vector<ReviewItemId>{3})).front();
        QCOMPARE(content.scores.size(), std::size_t{2});
        QCOMPARE(content.scores[0].probabilities.front(), 0.25F);
        QCOMPARE(content.scores[1].probabilities.front(), 0.75F);
        QCOMPARE(content.ocrText, std::string("read words"));
        QCOMPARE(content.text, std::string()); // no person wrote them
    }

    void whatCameInIsTakenBackAndUndoPutsItBack()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        write(file("more.csv"), "text\none more\nanother one\n");
        QSignalSpy previewed(&desk.work.transfer, &ReviewTransfer::previewed);
        QSignalSpy imported(&desk.work.transfer, &ReviewTransfer::imported);
        ReviewImportDialog dialog(&desk.work.transfer, {file("more.csv")}, {}, &desk.window);
        dialog.show();
        QVERIFY(previewed.wait(kPatienceMs));
        dialog.primaryButton()->click();
        QVERIFY(imported.wait(kPatienceMs));
        QCOMPARE(statusOf(3).state, modscope::ItemState::New);
        QSignalSpy tookBack(&desk.work.transfer, &ReviewTransfer::tookBack);
        dialog.takeBackButton()->click();
        QVERIFY(tookBack.wait(kPatienceMs));
        QCOMPARE(tookBack.front().front().toInt(), 2);
        QCOMPARE(statusOf(3).state, modscope::ItemState::Removed);
        dialog.close();
        QTRY_VERIFY_WITH_TIMEOUT(desk.atRest(), kPatienceMs);
        desk.registry.action(QStringLiteral("review.undo"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(3).state, modscope::ItemState::New, kPatienceMs);
        QCOMPARE(statusOf(4).state, modscope::ItemState::New);
    }

    void differencesAreLinesOfTheFile()
    {
        ReimportModel model;
        QAbstractItemModelTester tester(&model);
        ReimportReport report;
        report.invalid.push_back({7, "k7", {ErrorCode::NotFound, "column labels: 'x' is not a class of this project"}});
        report.differences.push_back({3, "<b>k3</b>", ReimportReport::Standing::Changed, 1, {{"audit", "1", "0"}}, {}});
        report.differences.push_back({4, "k4", ReimportReport::Standing::Unknown, 0, {}, {}});
        model.setReport(report);
        QCOMPARE(model.rowCount(), 3);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, ReimportModel::There), QStringLiteral("column labels: 'x' is not a class of this project"));
        QCOMPARE(text(1, ReimportModel::Name), QStringLiteral("audit"));
        QCOMPARE(text(1, ReimportModel::Here), QStringLiteral("1"));
        QCOMPARE(text(1, ReimportModel::There), QStringLiteral("0"));
        QCOMPARE(text(2, ReimportModel::Standing), QStringLiteral("unknown"));
        report.differences.assign(ReimportModel::kMostLines + 50, report.differences.back());
        model.setReport(report);
        QCOMPARE(model.rowCount(), static_cast<int>(ReimportModel::kMostLines));
    }
};

QTEST_MAIN(TestReviewTransfer)
#include "tst_review_transfer.moc"
