#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using modscope::test::CliRun;
using modscope::test::runCli;
using modscope::test::samplePath;

class TestQueue : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString write(const char* name, const QByteArray& bytes) const
    {
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("%s cannot be written", name);
        }
        return file(name);
    }
    QByteArray bytesOf(const char* name) const
    {
        QFile in(file(name));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static CliRun run(std::initializer_list<const char*> words, const QStringList& more = {})
    {
        QStringList arguments(QStringLiteral("queue"));
        for (const char* word : words) {
            arguments.append(QString::fromUtf8(word));
        }
        return runCli(arguments + more);
    }
    /// A command of `queue` on the test's store, as Lea.
    CliRun queue(std::initializer_list<const char*> words, const QStringList& more = {}) const
    {
        return run(words, more + QStringList{QStringLiteral("--store"), file("queue.db"), QStringLiteral("--reviewer"),
                                             QStringLiteral("Lea")});
    }
    static nlohmann::json parsed(const CliRun& run)
    {
        return nlohmann::json::parse(run.output.begin(), run.output.end());
    }
    void fill() const
    {
        const QString table = write("memes.csv", "id,text,label\n1,first,0\n2,second,1\n3,third,0\n");
        const CliRun made = queue({"import", "--labels", "Racism,Religion"}, {table});
        QCOMPARE(made.exitCode, 0);
    }

private Q_SLOTS:
    void init()
    {
        modscope::test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aTableMakesAStoreAndIsJoinedTheSecondTime()
    {
        const QString table = write("memes.csv", "id,text,label\n1,first,0\n2,second,1\n3,first,0\n");
        const CliRun made = queue({"import", "--json", "--labels", "Racism,Religion"}, {table});
        QCOMPARE(made.exitCode, 0);
        const auto json = parsed(made);
        QCOMPARE(json.at("added").get<int>(), 2);
        QCOMPARE(json.at("known").get<int>(), 1);
        QVERIFY(json.at("unused_columns") == nlohmann::json::array({"label"}));
        QVERIFY(made.messages.contains("columns that were not used: label"));
        QCOMPARE(parsed(queue({"import", "--json"}, {table})).at("known").get<int>(), 3);
    }

    void brokenRowsAreListedAndEndWithThree()
    {
        const CliRun run =
            queue({"import", "--json", "--labels", "Racism"}, {write("memes.csv", "id,text\n1,a\n2\n3,\n4,d\n")});
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.messages.contains("row 2 ('2'): it has 1 fields"));
        QVERIFY(run.messages.contains("row 3 ('3'): it has neither text nor picture"));
        QCOMPARE(parsed(run).at("failed").size(), std::size_t{2});
        QCOMPARE(parsed(run).at("added").get<int>(), 2);
    }

    void aMappingThatNamesNoColumnIsAnError()
    {
        fill();
        const CliRun run = queue({"import", "--map", "text=words"}, {write("other.csv", "text\na\n")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.messages.contains("'words'"));
    }

    void thePreviewShowsAndWritesNothing()
    {
        fill();
        const CliRun run = queue({"import", "--preview"}, {write("more.csv", "text\nfirst\nnew one\n\"\"\n")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.contains("1 new, 1 known, 1 unreadable"));
        QCOMPARE(parsed(queue({"stats", "--json"})).at("items").get<int>(), 3);
    }

    void picturesAreHashedAndCheckedLater()
    {
        QVERIFY(QFile::copy(samplePath(QStringLiteral("01_cat.jpg")), file("cat.jpg")));
        QVERIFY(QFile::copy(samplePath(QStringLiteral("03_bugs.jpg")), file("bugs.jpg")));
        QCOMPARE(queue({"import", "--labels", "Racism"}, {file("cat.jpg"), file("bugs.jpg")}).exitCode, 0);
        const CliRun sound = queue({"verify"});
        QCOMPARE(sound.exitCode, 0);
        QVERIFY2(sound.output.contains("2 of 2 pictures are as imported"), sound.output.constData());
        QVERIFY(QFile::remove(file("bugs.jpg")));
        write("cat.jpg", "another picture");
        const CliRun faulty = queue({"verify", "--json"});
        QCOMPARE(faulty.exitCode, 3);
        const auto faults = parsed(faulty).at("faults");
        QCOMPARE(faults.size(), std::size_t{2});
        QCOMPARE(faults.at(0).at("kind").get<std::string>(), std::string("changed"));
        QCOMPARE(faults.at(1).at("kind").get<std::string>(), std::string("missing"));
        QCOMPARE(queue({"verify", "--no-pictures"}).exitCode, 0);
    }

    void predictionsBringTheirModelAndASecondOneStandsBeside()
    {
        const QByteArray header = "text,pred_racist,prob_racist,pred_sexist,prob_sexist,pred_homophobe,prob_homophobe,"
                                  "pred_religion,prob_religion,pred_otherhate,prob_otherhate,error\n";
        const QString one = write("one.csv", header + "a,0,0.1,0,0.2,0,0.3,0,0.4,0,0.5,\n"
                                                      "b,,,,,,,,,,,the picture is gone\n");
        const CliRun first = queue({"import", "--json", "--model", "demo"}, {one});
        QCOMPARE(first.exitCode, 3);
        QVERIFY(first.messages.contains("it was not scored: the picture is gone"));
        const QString two = write("two.csv", header + "a,0,0.9,0,0.8,0,0.7,0,0.6,0,0.5,\n");
        QCOMPARE(parsed(queue({"import", "--json", "--model", "demo2"}, {two})).at("known").get<int>(), 1);
        QCOMPARE(queue({"export", "--profile", "jsonl", "--output"}, {file("out.jsonl")}).exitCode, 0);
        const QByteArray line = bytesOf("out.jsonl");
        const auto item = nlohmann::json::parse(line.begin(), line.end());
        QCOMPARE(item.at("scores").size(), std::size_t{2});
        QCOMPARE(item.at("scores").at(0).at("probabilities").at("racist").dump(), std::string("0.1"));
        QCOMPARE(item.at("scores").at(1).at("probabilities").at("racist").dump(), std::string("0.9"));
        const CliRun apart =
            queue({"export", "--json", "--filter", "disagreement>=0.5", "--output"}, {file("apart.csv")});
        QCOMPARE(parsed(apart).at("items").get<int>(), 1);
        const CliRun unnamed = queue({"import"}, {two});
        QCOMPARE(unnamed.exitCode, 1);
        QVERIFY(unnamed.messages.contains("which model they are of must be said"));
    }

    void anExportRestoresElsewhereAndIsUnchangedHere()
    {
        fill();
        QCOMPARE(queue({"assign", "audit", "--filter", "first"}).exitCode, 0);
        QCOMPARE(queue({"export", "--profile", "jsonl", "--output"}, {file("out.jsonl")}).exitCode, 0);
        const auto here = parsed(queue({"import", "--json"}, {file("out.jsonl")}));
        QCOMPARE(here.at("unchanged").get<int>(), 3);
        const QStringList elsewhere = {QStringLiteral("--store"), file("copy.db"), QStringLiteral("--reviewer"),
                                       QStringLiteral("Max")};
        const auto there = parsed(run({"import", "--json"}, QStringList(file("out.jsonl")) + elsewhere));
        QCOMPARE(there.at("restored").get<int>(), 3);
        QCOMPARE(
            run({"export", "--profile", "jsonl", "--output"}, QStringList(file("again.jsonl")) + elsewhere).exitCode,
            0);
        QVERIFY(!bytesOf("out.jsonl").isEmpty());
        QCOMPARE(bytesOf("again.jsonl"), bytesOf("out.jsonl"));
        QCOMPARE(run({"verify"}, elsewhere).exitCode, 0);
    }

    void tamperedExportsAreNoticed()
    {
        fill();
        QCOMPARE(queue({"export", "--output"}, {file("out.csv")}).exitCode, 0);
        QCOMPARE(queue({"verify"}, {file("out.csv")}).exitCode, 0);
        write("out.csv", bytesOf("out.csv") + "x\n");
        const CliRun run = queue({"verify"}, {file("out.csv")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.messages.contains("was changed after it was written"));
        QCOMPARE(queue({"import"}, {file("out.csv")}).exitCode, 1);
    }

    void correctedLabelsComeBackAsDecisions()
    {
        fill();
        QCOMPARE(queue({"assign", "audit", "--filter", "first"}).exitCode, 0); // it was looked at here meanwhile
        QCOMPARE(queue({"export", "--output"}, {file("out.csv")}).exitCode, 0);
        QByteArray table = bytesOf("out.csv");
        const auto header = table.left(table.indexOf('\n')).split(',');
        const int human = static_cast<int>(header.indexOf("human_label_Racism"));
        auto lines = table.split('\n');
        auto cells = lines[1].split(',');
        QCOMPARE(cells.size(), header.size());
        cells[human] = "yes";
        cells[static_cast<int>(header.indexOf("human_label_Religion"))] = "no";
        lines[1] = cells.join(',');
        write("out.csv", lines.join('\n'));
        QCOMPARE(queue({"import"}, {file("out.csv")}).exitCode, 1);
        const auto seen = parsed(queue({"import", "--preview", "--unverified", "--json"}, {file("out.csv")}));
        QVERIFY(!seen.at("verified").get<bool>());
        QCOMPARE(seen.at("unchanged").get<int>(), 2);
        QCOMPARE(seen.at("other_labels").get<int>(), 1);
        QCOMPARE(seen.at("decided").get<int>(), 0);
        QCOMPARE(seen.at("differences").at(0).at("cells").at(0).at("column").get<std::string>(),
                 std::string("human_label_Racism"));
        QCOMPARE(parsed(queue({"stats", "--json"})).at("states").at("new").get<int>(), 3);
        const auto done = parsed(queue({"import", "--unverified", "--decide", "--json"}, {file("out.csv")}));
        QCOMPARE(done.at("decided").get<int>(), 1);
        QCOMPARE(parsed(queue({"stats", "--json"})).at("states").at("decided").get<int>(), 1);
        QCOMPARE(queue({"verify"}).exitCode, 0);
    }

    void peopleAreListedAndAdded()
    {
        fill();
        QCOMPARE(queue({"people", "--add", "Max", "--json"}).exitCode, 0);
        const auto people = parsed(queue({"people", "--add", "Cy", "--role", "auditor", "--json"})).at("people");
        QCOMPARE(people.size(), std::size_t{3});
        QCOMPARE(people.at(0).at("role").get<std::string>(), std::string("lead"));
        QCOMPARE(people.at(1).at("name").get<std::string>(), std::string("Max"));
        QCOMPARE(people.at(1).at("role").get<std::string>(), std::string("reviewer"));
        QCOMPARE(people.at(2).at("pseudonym").get<std::string>(), std::string("reviewer-3"));
        QVERIFY(queue({"people"}).output.contains("auditor"));
        const CliRun twice = queue({"people", "--add", "max"});
        QCOMPARE(twice.exitCode, 1);
        QVERIFY(twice.messages.contains("somebody is called 'Max' already"));
        const QStringList max = {QStringLiteral("--store"), file("queue.db"), QStringLiteral("--reviewer"),
                                 QStringLiteral("Max")};
        QVERIFY(run({"people", "--add", "Di"}, max).messages.contains("for a lead"));
    }

    void onlyWhatIsFilteredIsExported()
    {
        fill();
        const auto json = parsed(queue({"export", "--json", "--filter", "second", "--output"}, {file("out.csv")}));
        QCOMPARE(json.at("items").get<int>(), 1);
        QVERIFY(bytesOf("out.csv").contains("second") && !bytesOf("out.csv").contains("first"));
        const CliRun wrong = queue({"export", "--filter", "state:newish", "--output"}, {file("out.csv")});
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY(wrong.messages.contains("newish"));
    }

    void statisticsCountAndAgree()
    {
        fill();
        const auto json = parsed(queue({"stats", "--json"}));
        QCOMPARE(json.at("states").at("new").get<int>(), 3);
        QCOMPARE(json.at("sources").at(0).at("source").get<std::string>(), std::string("memes.csv"));
        QCOMPARE(json.at("open_by_age").at("below 1 hour").get<int>(), 3);
        QVERIFY(json.at("agreement").at("masi_alpha").at("value").is_null()); // undefined, not 0
        const CliRun table = queue({"stats"});
        QVERIFY(table.output.contains("undefined"));
    }

    void anImportIsTakenBack()
    {
        const QString table = write("memes.csv", "text\na\nb\n");
        const auto made = parsed(queue({"import", "--json", "--labels", "Racism"}, {table}));
        const QString name = QString::fromStdString(made.at("import").get<std::string>());
        QCOMPARE(queue({"import", "--take-back"}, {name}).exitCode, 0);
        QCOMPARE(parsed(queue({"stats", "--json"})).at("items").get<int>(), 0);
        QCOMPARE(queue({"import", "--take-back"}, {name}).exitCode, 1);
    }

    void aWatchedFolderIsImportedUntilStopped()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("inbox")));
        fill();
        const auto process =
            modscope::test::startCli({QStringLiteral("queue"), QStringLiteral("import"), file("inbox"),
                                      QStringLiteral("--watch"), QStringLiteral("0.1"), QStringLiteral("--store"),
                                      file("queue.db"), QStringLiteral("--reviewer"), QStringLiteral("Lea")});
        QVERIFY(QFile::copy(samplePath(QStringLiteral("01_cat.jpg")), file("inbox/cat.jpg")));
        QTRY_COMPARE_WITH_TIMEOUT(parsed(queue({"stats", "--json"})).at("items").get<int>(), 4, 20000);
        process->terminate();
        QCOMPARE(modscope::test::finished(*process).exitCode, 0);
    }

    void whatCannotBeAssignedIsListed()
    {
        fill();
        const CliRun run = queue({"assign", "second-opinion", "--limit", "2"});
        QCOMPARE(run.exitCode, 1); // nothing is decided yet
        QVERIFY(run.messages.contains("second_opinion"));
        QCOMPARE(queue({"assign", "audit"}).exitCode, 1); // which ones?
        QCOMPARE(queue({"assign", "audit", "--limit", "3", "--share", "0.34"}).exitCode, 0);
        QCOMPARE(parsed(queue({"stats", "--json"})).at("audit").get<int>(), 1);
    }

    void wrongUsageEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto words = [](std::initializer_list<const char*> list) {
            QStringList result;
            for (const char* word : list) {
                result.append(QString::fromLatin1(word));
            }
            return result;
        };
        QTest::newRow("no command") << words({});
        QTest::newRow("nothing to import") << words({"import"});
        QTest::newRow("no output") << words({"export"});
        QTest::newRow("standard output") << words({"export", "--output", "-"});
        QTest::newRow("unknown profile") << words({"export", "--profile", "parquet", "--output", "x"});
        QTest::newRow("unknown work") << words({"assign", "holiday"});
        QTest::newRow("unknown role") << words({"people", "--add", "Max", "--role", "boss"});
        QTest::newRow("a role of nobody") << words({"people", "--role", "lead"});
        QTest::newRow("share beyond all") << words({"assign", "audit", "--share", "1.5"});
    }

    void wrongUsageEndsWithTwo()
    {
        QFETCH(const QStringList, arguments);
        QCOMPARE(run({}, arguments).exitCode, 2);
    }

    void aStoreThatIsNotThereIsNamed()
    {
        const CliRun run = queue({"stats"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.messages.contains("queue.db"));
        QVERIFY(queue({"import"}, {write("a.csv", "text\na\n")}).messages.contains("--labels makes one"));
    }
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
