#include "core/ocr/ocr_languages.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope;

class TestOcrLanguages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void languagesOfAFolderAreSortedAndLayoutDataIsNone()
    {
        const QTemporaryDir folder;
        for (const char* name : {"eng.traineddata", "deu.traineddata", "osd.traineddata", "eng.user-words"}) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto found = findOcrLanguages(folder.path().toStdString());
        QVERIFY(found);
        QCOMPARE(found->names, (std::vector<std::string>{"deu", "eng"}));
        QCOMPARE(found->folder, std::filesystem::path(folder.path().toStdString()));
    }

    void anEmptyFolderNamesThePackage()
    {
        const QTemporaryDir folder;
        const auto found = findOcrLanguages(folder.path().toStdString());
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Unavailable);
        QVERIFY(found.error().message.find("tesseract-ocr-eng") != std::string::npos);
        QVERIFY(found.error().message.find(folder.path().toStdString()) != std::string::npos);
    }

    void thePackagesFolderIsFound()
    {
        const auto found = findOcrLanguages();
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QVERIFY(chooseOcrLanguages(*found, {"eng"}));
    }

    void englishIsTheDefaultElseTheFirst()
    {
        QCOMPARE(chooseOcrLanguages({"/data", {"deu", "eng", "fra"}}, {}).value(), std::string("eng"));
        QCOMPARE(chooseOcrLanguages({"/data", {"deu", "fra"}}, {}).value(), std::string("deu"));
    }

    void wantedLanguagesAreJoinedInTheirOrder()
    {
        QCOMPARE(chooseOcrLanguages({"/data", {"deu", "eng"}}, {"eng", "deu"}).value(), std::string("eng+deu"));
    }

    void aMissingLanguageNamesItsPackage()
    {
        const auto chosen = chooseOcrLanguages({"/data", {"eng"}}, {"eng", "chi_sim"});
        QVERIFY(!chosen);
        QCOMPARE(chosen.error().code, ErrorCode::Unavailable);
        QCOMPARE(chosen.error().message, std::string("OCR: the language 'chi_sim' is not in /data; install the package "
                                                     "tesseract-ocr-chi-sim"));
    }
};

QTEST_GUILESS_MAIN(TestOcrLanguages)
#include "tst_ocr_languages.moc"
