#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using modscope::test::CliRun;
using modscope::test::runCli;
using modscope::test::runCliInto;
using modscope::test::samplePath;

namespace {

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeAll(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

nlohmann::json parsed(const QByteArray& bytes)
{
    return nlohmann::json::parse(bytes.begin(), bytes.end());
}

} // namespace

class TestPredict : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void aTableOfScoresIsTheDefault()
    {
        const CliRun run = runCli({QStringLiteral("predict"), samplePath(QStringLiteral("01_cat.jpg"))});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.startsWith("item"));
        QVERIFY(run.output.contains("01_cat.jpg"));
        QVERIFY(run.output.contains("religion"));
        QVERIFY(run.messages.isEmpty());
    }

    void aTextThatIsNotUtf8IsRefused()
    {
        // A shell passes any bytes; QProcess itself could not.
        for (const char* command : {"predict", "explain"}) {
            QProcess shell;
            shell.start(QStringLiteral("/bin/sh"),
                        {QStringLiteral("-c"), QStringLiteral("exec \"$0\" \"$1\" --text \"$(printf 'caf\\351')\""),
                         modscope::test::cliProgram(), QString::fromLatin1(command)});
            const CliRun run = modscope::test::finished(shell);
            QCOMPARE(run.exitCode, 2);
            QVERIFY(run.output.isEmpty());
            QVERIFY(run.messages.contains("--text: the text is not UTF-8"));
        }
    }

    void csvKeepsTheInputColumnsAndAddsTwoForEachClass()
    {
        const CliRun run = runCli({QStringLiteral("predict"), samplePath(QStringLiteral("samples.csv")),
                                   QStringLiteral("--format"), QStringLiteral("csv")});
        QCOMPARE(run.exitCode, 0);
        const auto lines = run.output.split('\n');
        QCOMPARE(lines.size(), 15); // header, 13 rows, the end
        QCOMPARE(lines[0],
                 "text,image_path,pred_racist,prob_racist,pred_sexist,prob_sexist,pred_homophobe,prob_homophobe,"
                 "pred_religion,prob_religion,pred_otherhate,prob_otherhate,error");
        QVERIFY(lines[1].startsWith("My cat at 4 am: have you considered breakfast?,01_cat.jpg,0,0.0316"));
        QVERIFY(lines[4].startsWith("Monday called. I let it ring.,04_monday.webp,1,0.5332"));
        QVERIFY(!run.output.contains('\r'));
    }

    void jsonIsAListWithTheContractsKeys()
    {
        const CliRun run =
            runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("my cat at 4 am"),
                    QStringLiteral("--image"), samplePath(QStringLiteral("01_cat.jpg")), QStringLiteral("--format"),
                    QStringLiteral("json")});
        QCOMPARE(run.exitCode, 0);
        const auto list = parsed(run.output);
        QCOMPARE(list.size(), std::size_t{1});
        const auto& item = list.at(0);
        QCOMPARE(item.at("text").get<std::string>(), std::string("my cat at 4 am"));
        QCOMPARE(item.at("probabilities").size(), std::size_t{5});
        QCOMPARE(item.at("thresholds").at("racist").get<float>(), 0.35F);
        QCOMPARE(item.at("predictions").at("racist").get<bool>(), false);
        QCOMPARE(item.at("any_harmful").get<bool>(), false);
        QVERIFY(item.at("error").is_null());
        for (const char* key : {"id", "image"}) {
            QVERIFY(item.contains(key));
        }
    }

    void jsonLinesComeInAndGoOut()
    {
        const QByteArray input = "{\"id\":\"a\",\"text\":\"first\"}\n"
                                 "{\"id\":\"b\",\"image\":\"" +
                                 samplePath(QStringLiteral("02_coffee.png")).toUtf8() + "\"}\n";
        const CliRun run =
            runCli({QStringLiteral("predict"), QStringLiteral("-"), QStringLiteral("--allow-outside-root"),
                    QStringLiteral("--format"), QStringLiteral("jsonl")},
                   input);
        QCOMPARE(run.messages, QByteArray());
        QCOMPARE(run.exitCode, 0);
        const auto lines = run.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(parsed(lines[0]).at("id").get<std::string>(), std::string("a"));
        QCOMPARE(parsed(lines[1]).at("id").get<std::string>(), std::string("b"));
    }

    void aFolderGivesItsPicturesInNameOrder()
    {
        const CliRun run = runCli(
            {QStringLiteral("predict"), samplePath(QString()), QStringLiteral("--format"), QStringLiteral("csv")});
        QCOMPARE(run.exitCode, 0);
        const auto lines = run.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 13); // header and twelve pictures; the tables beside them are not read
        QVERIFY(lines[1].contains("01_cat.jpg"));
        QVERIFY(lines[12].contains("12_pizza.webp"));
    }

    void itemsThatFailAreListedAndTheOthersScored()
    {
        writeAll(file("rows.csv"), "id,text,image_path\n"
                                   "1,fine,\n"
                                   "2,,nowhere.png\n"
                                   "3,,\n"
                                   "4,one,two,three\n"
                                   "5,also fine,\n");
        const CliRun run =
            runCli({QStringLiteral("predict"), file("rows.csv"), QStringLiteral("--output"), file("scores.csv")});
        QCOMPARE(run.exitCode, 3);
        const auto lines = readAll(file("scores.csv")).trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        QVERIFY(lines[1].startsWith("1,fine,,0,"));
        QVERIFY(lines[2].startsWith("2,,nowhere.png,,,,,,,,,,,"));
        QVERIFY(lines[2].contains("nowhere.png:"));
        QVERIFY(lines[3].contains("neither text nor picture"));
        QVERIFY(lines[4].contains("fields"));
        QVERIFY(lines[5].startsWith("5,also fine,,0,"));
        for (const char* place : {"rows.csv:3", "rows.csv:4", "rows.csv:5", "2 scored, 3 failed"}) {
            QVERIFY2(run.messages.contains(place), place);
        }
    }

    void aMissingPictureAmongOthersIsItsOwnError()
    {
        const CliRun run =
            runCli({QStringLiteral("predict"), QStringLiteral("/nowhere/a.png"),
                    samplePath(QStringLiteral("01_cat.jpg")), QStringLiteral("--format"), QStringLiteral("jsonl")});
        QCOMPARE(run.exitCode, 3);
        const auto lines = run.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(parsed(lines[0]).at("error").get<std::string>().find("/nowhere/a.png") != std::string::npos);
        QVERIFY(parsed(lines[1]).at("error").is_null());
        QVERIFY(run.messages.contains("/nowhere/a.png"));
    }

    void wrongUsageEndsWithTwoBeforeAnythingIsRead_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString predict = QStringLiteral("predict");
        const QString text = QStringLiteral("--text");
        QTest::newRow("no command") << QStringList{};
        QTest::newRow("unknown command") << QStringList{QStringLiteral("predikt")};
        QTest::newRow("nothing to score") << QStringList{predict};
        QTest::newRow("a path and a pair") << QStringList{predict, QStringLiteral("a.png"), text, QStringLiteral("b")};
        QTest::newRow("unknown option") << QStringList{predict, text, QStringLiteral("a"), QStringLiteral("--fast")};
        QTest::newRow("unknown format") << QStringList{predict, text, QStringLiteral("a"), QStringLiteral("--format"),
                                                       QStringLiteral("xml")};
        QTest::newRow("unknown device") << QStringList{predict, text, QStringLiteral("a"), QStringLiteral("--device"),
                                                       QStringLiteral("tpu")};
        QTest::newRow("no batch") << QStringList{predict, text, QStringLiteral("a"), QStringLiteral("--batch-size"),
                                                 QStringLiteral("0")};
        QTest::newRow("threads in words")
            << QStringList{predict, text, QStringLiteral("a"), QStringLiteral("--threads"), QStringLiteral("two")};
    }

    void wrongUsageEndsWithTwoBeforeAnythingIsRead()
    {
        QFETCH(QStringList, arguments);
        const CliRun run = runCli(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.output.isEmpty());
        QVERIFY(!run.messages.isEmpty());
    }

    void whatCannotBeDoneAtAllEndsWithOneAndNoFile_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("message");
        writeAll(file("no-columns.csv"), "caption,path\nhello,a.png\n");
        writeAll(file("open-quote.csv"), "text\nfine\n\"never closed\n");
        writeAll(file("text.csv"), "text\nfine\n");
        writeAll(file("two-numbers.json"), "[0.5, 0.5]");
        writeAll(file("other-class.json"), "{\"racist\": 0.5, \"ageist\": 0.5}");
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("run")));
        writeAll(file("run/inference_config.json"), "{\"encoder_name\": ");
        QTest::newRow("no usable column") << file("no-columns.csv") << QStringList{} << QByteArray("image_path");
        QTest::newRow("unbalanced quote") << file("open-quote.csv") << QStringList{} << QByteArray("open-quote.csv:3");
        QTest::newRow("no such table") << file("none.csv") << QStringList{} << QByteArray("none.csv");
        QTest::newRow("no such model") << file("text.csv") << QStringList{QStringLiteral("--model"), file("no-model")}
                                       << QByteArray("no-model");
        QTest::newRow("damaged model") << file("text.csv") << QStringList{QStringLiteral("--model"), file("run")}
                                       << QByteArray("inference_config.json");
        QTest::newRow("too few thresholds")
            << file("text.csv") << QStringList{QStringLiteral("--thresholds"), file("two-numbers.json")}
            << QByteArray("threshold");
        QTest::newRow("threshold of another class")
            << file("text.csv") << QStringList{QStringLiteral("--thresholds"), file("other-class.json")}
            << QByteArray("ageist");
    }

    void whatCannotBeDoneAtAllEndsWithOneAndNoFile()
    {
        QFETCH(QString, input);
        QFETCH(QStringList, options);
        QFETCH(QByteArray, message);
        QTemporaryDir results;
        const CliRun run = runCli(QStringList{QStringLiteral("predict"), input, QStringLiteral("--output"),
                                              results.filePath(QStringLiteral("scores.csv"))} +
                                  options);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.messages.contains(message), run.messages.constData());
        QVERIFY(QDir(results.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void aFullDiskIsSaid()
    {
        const CliRun run = runCliInto(QStringLiteral("/dev/full"),
                                      {QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.messages.contains("standard output"));
    }

    void anOutputThatCannotBeWrittenIsSaidBeforeScoring()
    {
        for (const char* target : {"/nowhere/scores.csv", "/dev/full", "/proc/scores.csv"}) {
            const CliRun run = runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a"),
                                       QStringLiteral("--output"), QString::fromLatin1(target)});
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.messages.contains(target), run.messages.constData());
        }
        QVERIFY(QFile::exists(QStringLiteral("/dev/full"))); // not replaced by a file
    }

    void anExistingResultIsKeptWhenTheRunFails()
    {
        writeAll(file("old.csv"), "precious\n");
        writeAll(file("broken.csv"), "text\nfine\n\"never closed\n");
        const CliRun run =
            runCli({QStringLiteral("predict"), file("broken.csv"), QStringLiteral("--output"), file("old.csv")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(readAll(file("old.csv")), QByteArray("precious\n"));
    }

    void theOutputsExtensionDecidesTheFormat()
    {
        for (const char* name : {"out.json", "out.jsonl", "out.csv"}) {
            const CliRun run = runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a"),
                                       QStringLiteral("--output"), file(name), QStringLiteral("--quiet")});
            QCOMPARE(run.exitCode, 0);
            QVERIFY(run.messages.isEmpty());
        }
        QVERIFY(parsed(readAll(file("out.json"))).is_array());
        QVERIFY(parsed(readAll(file("out.jsonl"))).is_object());
        QVERIFY(readAll(file("out.csv")).startsWith("text,image_path,pred_"));
    }

    void thresholdsComeAsANumberAListOrAFile()
    {
        writeAll(file("by-class.json"),
                 R"({"racist": 0.0, "sexist": 1, "homophobe": 1, "religion": 1, "otherhate": 1})");
        for (const QString& thresholds : {QStringLiteral("0.01"), QStringLiteral("0,1,1,1,1"), file("by-class.json")}) {
            const CliRun run = runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a"),
                                       QStringLiteral("--thresholds"), thresholds, QStringLiteral("--format"),
                                       QStringLiteral("jsonl")});
            QCOMPARE(run.exitCode, 0);
            QCOMPARE(parsed(run.output).at("predictions").at("racist").get<bool>(), true);
        }
    }

    void aPathThatLeavesTheRootIsRefusedUnlessAllowed()
    {
        writeAll(file("outside.csv"), "image_path\n" + samplePath(QStringLiteral("01_cat.jpg")).toUtf8() + "\n");
        QCOMPARE(runCli({QStringLiteral("predict"), file("outside.csv")}).exitCode, 3);
        QCOMPARE(
            runCli({QStringLiteral("predict"), file("outside.csv"), QStringLiteral("--allow-outside-root")}).exitCode,
            0);
    }

    void relativePathsBeginAtTheImageRoot()
    {
        writeAll(file("rooted.csv"), "image_path\n01_cat.jpg\n");
        const CliRun run = runCli(
            {QStringLiteral("predict"), file("rooted.csv"), QStringLiteral("--image-root"), samplePath(QString())});
        QCOMPARE(run.exitCode, 0);
    }

    void theOtherDemoModelAnswersDifferently()
    {
        const QStringList arguments{QStringLiteral("predict"), samplePath(QStringLiteral("samples.csv")),
                                    QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("--model")};
        const CliRun first = runCli(arguments + QStringList{QStringLiteral("demo")});
        const CliRun second = runCli(arguments + QStringList{QStringLiteral("demo2")});
        QCOMPARE(second.exitCode, 0);
        QVERIFY(second.output.contains(",0.5879"));
        QVERIFY(first.output != second.output);
    }

    void controlCharactersOfATextDoNotReachTheTerminal()
    {
        const CliRun run =
            runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("red \x1B[31m alert")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(!run.output.contains('\x1B'));
    }
};

QTEST_GUILESS_MAIN(TestPredict)
#include "tst_predict.moc"
