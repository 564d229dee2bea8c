#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using modscope::test::CliRun;
using modscope::test::runCli;
using modscope::test::samplePath;

namespace {

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

nlohmann::json scored(const QStringList& paths, const char* options)
{
    const CliRun run = runCli(words("predict --format json") + words(options) + paths);
    return nlohmann::json::parse(run.output.begin(), run.output.end());
}

} // namespace

// predict --ocr and explain --ocr, run as people run them.
class TestOcr : public QObject {
    Q_OBJECT

    const QString m_pizza = samplePath(QStringLiteral("12_pizza.webp"));
    const QString m_table = samplePath(QStringLiteral("samples.csv"));

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void withoutTheOptionNothingIsReadAndNoFieldIsAdded()
    {
        const auto item = scored({m_pizza}, "").at(0);
        QVERIFY(!item.contains("ocr_text"));
        QVERIFY(!item.contains("ocr_confidence"));
        QCOMPARE(item.at("text").get<std::string>(), std::string());
    }

    void autoReadsAPictureWithoutTextAndScoresTheText()
    {
        const auto item = scored({m_pizza}, "--ocr auto").at(0);
        QCOMPARE(item.at("ocr_text").get<std::string>(), std::string("PIZZA HAS NO HATERS"));
        QVERIFY(item.at("text") == item.at("ocr_text"));
        QVERIFY(item.at("ocr_confidence").get<double>() > 0.8);

        const CliRun typed =
            runCli(words("predict --format json --text") +
                   QStringList{QStringLiteral("PIZZA HAS NO HATERS"), QStringLiteral("--image"), m_pizza});
        const auto scoredText = nlohmann::json::parse(typed.output.begin(), typed.output.end()).at(0);
        QVERIFY(!scoredText.at("probabilities").empty());
        for (const auto& [label, probability] : scoredText.at("probabilities").items()) {
            QVERIFY(std::abs(item.at("probabilities").at(label).get<double>() - probability.get<double>()) < 1e-5);
        }
    }

    void autoLeavesItemsWithATextAlone()
    {
        const CliRun run = runCli(words("predict --format csv --ocr auto") + QStringList{m_table});
        QCOMPARE(run.exitCode, 0);
        const auto lines = run.output.split('\n');
        QVERIFY(lines[0].startsWith("text,image_path,ocr_text,ocr_confidence,pred_racist,"));
        QVERIFY(lines[4].startsWith("Monday called. I let it ring.,04_monday.webp,,,1,0.5332"));
        QVERIFY(run.output.contains(",12_pizza.webp,PIZZA HAS NO HATERS,0."));
        QVERIFY(run.output.contains("\"Text without a picture works too, you noisy people\",,,,"));
    }

    void alwaysReportsTheReadingBesideATextThatIsKept()
    {
        const auto plain = scored({m_table}, "");
        const auto read = scored({m_table}, "--ocr always");
        QCOMPARE(read.size(), plain.size());
        const auto& cat = read.at(0);
        QVERIFY(cat.at("text") == plain.at(0).at("text"));
        for (const auto& [label, probability] : plain.at(0).at("probabilities").items()) {
            QVERIFY(std::abs(cat.at("probabilities").at(label).get<double>() - probability.get<double>()) < 1e-5);
        }
        QVERIFY(cat.at("ocr_text").get<std::string>().find("BREAKFAST?") != std::string::npos);
        QVERIFY(read.at(12).at("ocr_text").is_null()); // has no picture
        QVERIFY(read.at(12).at("ocr_confidence").is_null());
    }

    void aBadPictureFailsAlone()
    {
        const QTemporaryDir folder;
        const QString bad = folder.filePath(QStringLiteral("bad.png"));
        QFile file(bad);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no picture");
        file.close();
        const CliRun run = runCli(words("predict --format csv --ocr auto") + QStringList{bad, m_pizza});
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.messages.contains("bad.png: "));
        const auto lines = run.output.split('\n');
        QVERIFY(lines[1].contains("bad.png,,,"));
        QVERIFY(lines[2].contains("PIZZA HAS NO HATERS"));
    }

    void columnsThatAreThereAlreadyAreRefused()
    {
        const QTemporaryDir folder;
        QFile table(folder.filePath(QStringLiteral("read.csv")));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("text,ocr_text\na,b\n");
        table.close();
        const CliRun again = runCli(words("predict --ocr auto") + QStringList{table.fileName()});
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.messages.contains("the input already has a column ocr_text"));
    }

    void aMissingLanguageNamesItsPackage()
    {
        const CliRun run = runCli(words("predict --ocr auto --ocr-language tlh") + QStringList{m_pizza});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.messages.contains("tesseract-ocr-tlh"));
        QVERIFY(run.output.isEmpty());
    }

    void anUnknownModeIsWrongUsage()
    {
        QCOMPARE(runCli(words("predict --ocr sometimes") + QStringList{m_pizza}).exitCode, 2);
    }

    void explainReadsAPictureWithoutText()
    {
        const CliRun run = runCli(words("explain --json --ocr auto --image") + QStringList{m_pizza});
        QCOMPARE(run.exitCode, 0);
        const auto item = nlohmann::json::parse(run.output.begin(), run.output.end());
        QCOMPARE(item.at("text").get<std::string>(), std::string("PIZZA HAS NO HATERS"));
        QCOMPARE(item.at("text_present").get<bool>(), true);
    }

    void doctorListsTheLanguages()
    {
        const CliRun run = runCli(words("doctor"));
        QVERIFY(run.output.contains("OCR languages"));
        QVERIFY(run.output.contains("eng in "));
    }
};

QTEST_GUILESS_MAIN(TestOcr)
#include "tst_ocr.moc"
