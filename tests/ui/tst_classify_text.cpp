// Where the text of items comes from: OCR, tables and people.
#include "tests/support/test_data.h"
#include "tests/ui/fake_picture_reader.h"
#include "tests/ui/fake_scorer.h"
#include "ui/controllers/classify_workspace.h"
#include "ui/models/text_note.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace modscope;
using namespace modscope::ui;
using test::fakeModel;
using test::FakePictureReader;
using test::FakeScorer;

namespace {

constexpr int kPatienceMs = 20'000;
const Error kNoFiles{ErrorCode::Unavailable,
                     "OCR: no language file (.traineddata) was found; install the package tesseract-ocr-eng"};

} // namespace

class TestClassifyText : public QObject {
    Q_OBJECT
public:
    TestClassifyText()
    {
        m_inference.setMaxThreadCount(2);
        m_io.setMaxThreadCount(2);
    }

private:
    /// A workspace with one made-up model and a made-up reader.
    struct Desk {
        Desk(TestClassifyText& test, OpenPictureReader open, OcrWhen when)
            : work(&test.m_inference, &test.m_io, std::move(open))
        {
            work.classify.setOcr({when, {}});
            work.setModels({fakeModel(QStringLiteral("A"), scorer)});
        }
        Desk(TestClassifyText& test, const std::shared_ptr<FakePictureReader>& reader, OcrWhen when)
            : Desk(test, FakePictureReader::opener(reader), when)
        {}

        /// Adds files with these names; the bytes differ.
        void addPictures(const QStringList& names)
        {
            QStringList paths;
            for (const QString& name : names) {
                paths << folder.filePath(name);
                QFile file(paths.back());
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(name.toUtf8());
            }
            work.classify.addPaths(paths);
        }
        void addTable(const QByteArray& rows)
        {
            QFile file(folder.filePath(QStringLiteral("rows.csv")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("text,image_path\n" + rows);
            file.close();
            work.classify.addPaths({file.fileName()});
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
        [[nodiscard]] QString chip(const char* name) const { return textNote(item(name)).chip; }
        [[nodiscard]] bool isIdle() const { return !work.classify.status().isWorking(); }

        QTemporaryDir folder;
        std::shared_ptr<FakeScorer> scorer = std::make_shared<FakeScorer>();
        ClassifyWorkspace work;
        ClassifyListModel& list = *work.classify.items();
        QAbstractItemModelTester tester{&list, QAbstractItemModelTester::FailureReportingMode::QtTest};
    };

    QThreadPool m_inference;
    QThreadPool m_io;
    std::shared_ptr<FakePictureReader> m_reader;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_reader = std::make_shared<FakePictureReader>();
    }

    void ocrFillsTheTextAndSaysHowSureBeforeTheItemIsScored()
    {
        m_reader->setWords("a.png", "so hot", 0.936F);
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("so hot"));
        QCOMPARE(desk.item("a.png").textOrigin, TextOrigin::Ocr);
        QCOMPARE(desk.item("a.png").assessment.verdict, Verdict::Flag); // of the words, not of the picture alone
        QCOMPARE(desk.chip("a.png"), QStringLiteral("Read by OCR, 94% sure"));
        QCOMPARE(desk.scorer->scored().size(), std::size_t{1});
        QCOMPARE((*desk.item("a.png").reading)->words.front().box, (OcrBox{1, 2, 30, 10}));
    }

    void exportsKeepWhatWasReadApartFromWhatWasWritten()
    {
        m_reader->setWords("a.png", "so hot", 0.5F);
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        desk.work.classify.addText(QStringLiteral("typed"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 2, kPatienceMs);
        std::vector<ItemId> ids;
        for (const ClassifyItem& item : desk.list.items()) {
            ids.push_back(item.id);
        }
        QSignalSpy written(&desk.work.exporter, &PredictionExporter::written);
        const QString path = desk.folder.filePath(QStringLiteral("out.csv"));
        desk.work.exporter.start(path, 0, ids);
        QVERIFY(written.wait(kPatienceMs));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readLine().startsWith("text,image_path,ocr_text,ocr_confidence,pred_"));
        QByteArray rows = file.readAll();
        QVERIFY2(rows.contains("a.png,so hot,0.5,"), rows.constData());
        QVERIFY(rows.startsWith(',')); // nobody wrote the words of the picture
        QVERIFY(rows.contains("typed,,,,"));
        const QString json = desk.work.exporter.scoresAsJson(std::array{desk.item("a.png").id});
        QVERIFY(json.contains(QStringLiteral("\"ocr_text\": \"so hot\"")));
    }

    void withoutAModelPicturesAreReadAndScoredLater()
    {
        m_reader->setWords("a.png", "so hot");
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.work.setModels({});
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.rowCount() == 1 && desk.isIdle(), kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("so hot"));
        desk.work.setModels({fakeModel(QStringLiteral("A"), desk.scorer)});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(m_reader->asked().size(), std::size_t{1});
    }

    void aCaptionFromATableWins()
    {
        m_reader->setWords("a.png", "other words");
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")}); // makes the file
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        desk.work.classify.remove(std::array{desk.item("a.png").id});
        desk.addTable("the table says,a.png\n");
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("the table says"));
        QCOMPARE(desk.chip("a.png"), QStringLiteral("From CSV"));
        QCOMPARE(m_reader->asked().size(), std::size_t{1}); // not for the table's row
    }

    void alwaysReadsBesideATableAndKeepsItsText()
    {
        m_reader->setWords("a.png", "other words", 0.5F);
        Desk desk(*this, m_reader, OcrWhen::Always);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        desk.work.classify.remove(std::array{desk.item("a.png").id});
        desk.addTable("the table says,a.png\n");
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.isIdle(), kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("the table says"));
        const TextNote note = textNote(desk.item("a.png"));
        QCOMPARE(note.chip, QStringLiteral("From CSV"));
        QVERIFY(note.tip.contains(QStringLiteral("50% sure: other words")));
    }

    void aPersonsTextIsNeverOverwritten()
    {
        m_reader->setWords("a.png", "what the picture says");
        m_reader->hold();
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->asked().size(), std::size_t{1}, kPatienceMs);
        QCOMPARE(desk.chip("a.png"), QStringLiteral("Reading the text"));
        const ItemId id = desk.item("a.png").id;
        desk.work.explainer.setItem(id);
        desk.work.classify.setText(id, QStringLiteral("typed"));
        desk.work.explainer.textEdited();
        m_reader->letThrough();
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.isIdle(), kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("typed"));
        QCOMPARE(desk.chip("a.png"), QString());
    }

    void aTextThatWasEmptiedStaysEmpty()
    {
        m_reader->setWords("a.png", "what the picture says");
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        const ItemId id = desk.item("a.png").id;
        desk.work.classify.setText(id, {});
        desk.work.classify.scoreAgain(std::array{id});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.isIdle(), kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string());
        QCOMPARE(desk.scorer->scored().size(), std::size_t{2});
    }

    void readAgainRestoresWhatOcrReadsAndScoresIt()
    {
        m_reader->setWords("a.png", "so hot");
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        const ItemId id = desk.item("a.png").id;
        desk.work.classify.setText(id, QStringLiteral("cold"));
        desk.work.classify.scoreAgain(std::array{id});
        QTRY_COMPARE_WITH_TIMEOUT(desk.item("a.png").assessment.verdict, Verdict::Clear, kPatienceMs);
        QSignalSpy read(&desk.work.classify, &ClassifyController::textRead);
        desk.work.classify.readAgain(std::array{id});
        QTRY_COMPARE_WITH_TIMEOUT(desk.item("a.png").assessment.verdict, Verdict::Flag, kPatienceMs);
        QCOMPARE(desk.item("a.png").sample.text, std::string("so hot"));
        QCOMPARE(desk.chip("a.png"), QStringLiteral("Read by OCR, 94% sure"));
        QCOMPARE(read.count(), 1);
    }

    void readAgainWithoutWordsLeavesTheTextAndSaysSo()
    {
        m_reader->setWords("a.png", "");
        Desk desk(*this, m_reader, OcrWhen::Never);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(m_reader->opened, 0); // never means never
        const ItemId id = desk.item("a.png").id;
        desk.work.classify.setText(id, QStringLiteral("typed"));
        QSignalSpy nothing(&desk.work.classify, &ClassifyController::nothingRead);
        desk.work.classify.readAgain(std::array{id});
        QVERIFY(nothing.wait(kPatienceMs));
        QCOMPARE(nothing.front().at(1).toString(), QString());
        QCOMPARE(desk.item("a.png").sample.text, std::string("typed"));
    }

    void aPictureWithoutWordsIsScoredAlone()
    {
        m_reader->setWords("a.png", "");
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
        QCOMPARE(desk.chip("a.png"), QStringLiteral("OCR found no text"));
        QVERIFY(!desk.item("a.png").sample.hasText());
    }

    void missingLanguageFilesStopNothingAndAreSaid()
    {
        Desk desk(*this, FakePictureReader::failing(kNoFiles), OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png"), QStringLiteral("b.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 2, kPatienceMs);
        QCOMPARE(desk.chip("b.png"), QStringLiteral("OCR files missing: type the text yourself"));
        QVERIFY(textNote(desk.item("b.png")).tip.contains(QStringLiteral("tesseract-ocr-eng")));
    }

    void readAgainFindsFilesThatWereInstalledMeanwhile()
    {
        m_reader->setWords("a.png", "so hot");
        bool installed = false;
        const auto open = [&](const std::vector<std::string>&) -> Result<std::shared_ptr<PictureReader>> {
            return installed ? Result<std::shared_ptr<PictureReader>>(m_reader) : fail(kNoFiles);
        };
        Desk desk(*this, open, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.isIdle(), kPatienceMs);
        installed = true;
        desk.work.classify.readAgain(std::array{desk.item("a.png").id});
        QTRY_COMPARE_WITH_TIMEOUT(desk.item("a.png").assessment.verdict, Verdict::Flag, kPatienceMs);
    }

    void aPictureThatCannotBeReadSinksNothing()
    {
        m_reader->setWords("fine.png", "so hot");
        m_reader->setError("broken.png", {ErrorCode::ParseError, "broken.png: not a picture"});
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("broken.png"), QStringLiteral("fine.png")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.list.counts().failed == 1, kPatienceMs);
        QCOMPARE(desk.chip("broken.png"), QStringLiteral("OCR could not read it"));
        m_reader->setWords("broken.png", "near");
        desk.scorer->repair();
        desk.work.classify.retryFailed(); // reads it anew as well
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 2, kPatienceMs);
        QCOMPARE(desk.item("broken.png").sample.text, std::string("near"));
    }

    void stopAnswersAtOnceAndContinueReadsOn()
    {
        m_reader->hold();
        QStringList names;
        for (int i = 0; i < 6; ++i) {
            names << QStringLiteral("%1.png").arg(i);
            m_reader->setWords(names.back().toStdString(), "text " + std::to_string(i));
        }
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures(names);
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.rowCount() == 6 && !m_reader->asked().empty(), kPatienceMs);
        desk.work.classify.stop();
        QVERIFY(!desk.work.classify.status().readingText);
        QVERIFY(desk.work.classify.status().stopped);
        QCOMPARE(desk.list.counts().stopped, 6);
        QVERIFY(m_reader->asked().size() < 6); // few were handed over ahead
        m_reader->letThrough();
        desk.work.classify.resume();
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 6, kPatienceMs);
        QCOMPARE(desk.item("5.png").sample.text, std::string("text 5"));
    }

    void anItemRemovedWhileItIsReadIsForgotten()
    {
        m_reader->hold();
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_VERIFY_WITH_TIMEOUT(!m_reader->asked().empty(), kPatienceMs);
        desk.work.classify.remove(std::array{desk.item("a.png").id});
        QTRY_VERIFY_WITH_TIMEOUT(desk.isIdle(), kPatienceMs);
        desk.work.classify.undoRemove();
        m_reader->letThrough();
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, kPatienceMs);
    }

    void otherLanguagesAreUsedFromTheNextPictureOn()
    {
        Desk desk(*this, m_reader, OcrWhen::WithoutText);
        desk.addPictures({QStringLiteral("a.png")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.list.counts().scored == 1 && desk.isIdle(), kPatienceMs);
        QCOMPARE(m_reader->languages, std::vector<std::string>());
        desk.work.classify.setOcr({OcrWhen::WithoutText, QStringLiteral("eng+deu")});
        desk.addPictures({QStringLiteral("b.png")});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 2, kPatienceMs);
        QCOMPARE(m_reader->languages, (std::vector<std::string>{"eng", "deu"}));
        QCOMPARE(m_reader->opened, 2);
    }

    void tesseractReadsTheSampleMemes()
    {
        Desk desk(*this, openPictureReader, OcrWhen::WithoutText);
        desk.work.classify.addPaths({QString::fromStdString(test::resource("demo/samples/01_cat.jpg").string())});
        QTRY_COMPARE_WITH_TIMEOUT(desk.list.counts().scored, 1, 60'000);
        const ClassifyItem& cat = desk.item("01_cat.jpg");
        QString letters = QString::fromStdString(cat.sample.text).simplified();
        letters.remove(u' '); // "4AM" or "4 AM": where it sees a gap depends on its version
        QCOMPARE(letters, QStringLiteral("MYCATAT4AMHAVEYOUCONSIDEREDBREAKFAST?"));
        QVERIFY((*cat.reading)->confidence > 0.8F);
        QVERIFY(desk.chip("01_cat.jpg").startsWith(QStringLiteral("Read by OCR, ")));
    }
};

QTEST_MAIN(TestClassifyText)
#include "tst_classify_text.moc"
