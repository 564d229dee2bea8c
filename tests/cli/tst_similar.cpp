#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <map>
#include <string>

using modscope::test::CliRun;
using modscope::test::runCli;
using modscope::test::samplePath;

class TestSimilar : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    static CliRun similar(const QStringList& arguments)
    {
        return runCli(QStringList(QStringLiteral("similar")) + arguments);
    }
    static nlohmann::json parsed(const CliRun& run)
    {
        return nlohmann::json::parse(run.output.begin(), run.output.end());
    }
    static void copy(const char* sample, const QString& to)
    {
        QVERIFY(QFile::copy(samplePath(QString::fromLatin1(sample)), to));
    }

private Q_SLOTS:
    void initTestCase()
    {
        copy("01_cat.jpg", file("a.jpg"));
        copy("01_cat.jpg", file("b.jpg"));
        copy("03_bugs.jpg", file("c.jpg"));
        QFile table(file("memes.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("id,text,image_path\n1,My cat,a.jpg\n2,\"MY  cat\",b.jpg\n3,Bugs,c.jpg\n4,Another text,b.jpg\n");
    }

    void init() { modscope::test::failOnWarnings(); }

    void oneFileTwiceIsTheSameMeme()
    {
        const CliRun run = similar({file("a.jpg"), file("b.jpg"), file("c.jpg"), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        const auto json = parsed(run);
        QCOMPARE(json.at("compared").get<int>(), 3);
        QCOMPARE(json.at("groups").size(), std::size_t{1});
        const auto& group = json.at("groups").at(0);
        QCOMPARE(group.at("diameter").get<int>(), 0);
        QCOMPARE(group.at("items").size(), std::size_t{2});
        QVERIFY(group.at("items").at(0).at("relation").is_null()); // the one the others are compared with
        const auto& other = group.at("items").at(1);
        QCOMPARE(other.at("relation").get<std::string>(), std::string("same_meme"));
        QCOMPARE(other.at("distance").get<int>(), 0);
        QCOMPARE(other.at("orientation").get<std::string>(), std::string("original"));
        QVERIFY(other.at("text_similarity").is_null());
        QVERIFY(other.at("same_file").get<bool>());
    }

    void textsDecideBetweenMemeAndTemplate()
    {
        const auto json = parsed(similar({file("memes.csv"), QStringLiteral("--format"), QStringLiteral("json")}));
        QCOMPARE(json.at("groups").size(), std::size_t{1});
        std::map<std::string, std::string> relations;
        for (const auto& item : json.at("groups").at(0).at("items")) {
            if (!item.at("relation").is_null()) {
                relations[item.at("id")] = item.at("relation");
            }
        }
        QCOMPARE(relations, (std::map<std::string, std::string>{{"2", "same_meme"}, {"4", "same_template"}}));
    }

    void withoutTextsOnlyFilesAreCompared()
    {
        const auto json = parsed(similar({file("memes.csv"), QStringLiteral("--no-text"), QStringLiteral("--json")}));
        for (const auto& item : json.at("groups").at(0).at("items")) {
            QVERIFY(item.at("relation").is_null() || item.at("relation") == "same_meme");
        }
    }

    void aTableForPeopleIsTheDefault()
    {
        const CliRun run = similar({m_folder.path()});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.startsWith("group"));
        QVERIFY(run.output.contains("same meme"));
        QVERIFY(run.output.contains("b.jpg"));
        QVERIFY(!run.output.contains("c.jpg"));
        QVERIFY(run.messages.contains("3 compared, 2 of them in 1 group, 0 failed"));
    }

    void badPicturesAreListedAndTheOthersCompared()
    {
        QFile broken(file("broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("not a picture");
        broken.close();
        const CliRun run =
            similar({file("broken.png"), file("none.jpg"), file("a.jpg"), file("b.jpg"), QStringLiteral("--json")});
        QVERIFY(broken.remove());
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.messages.contains("broken.png:"));
        QVERIFY(run.messages.contains("none.jpg:"));
        const auto json = parsed(run);
        QCOMPARE(json.at("failed").size(), std::size_t{2});
        QCOMPARE(json.at("groups").size(), std::size_t{1});
    }

    void aTextWithoutPictureIsListed()
    {
        QFile table(file("texts.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("text,image_path\nonly words,\n");
        table.close();
        const CliRun run = similar({file("texts.csv")});
        QVERIFY(table.remove());
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.messages.contains("texts.csv:2: has no picture"));
    }

    void pairsThatOnlyTheModelSeesAlikeAreListed()
    {
        const QStringList asked{
            file("a.jpg"),         file("b.jpg"), file("c.jpg"), QStringLiteral("--json"), QStringLiteral("--model"),
            QStringLiteral("demo")};
        const auto plain = parsed(similar(asked));
        QVERIFY(std::abs(plain.at("groups").at(0).at("items").at(1).at("cosine").get<double>() - 1) < 1e-5);
        QVERIFY(!plain.contains("alike"));

        const CliRun all = similar(asked + QStringList{QStringLiteral("--min-cosine"), QStringLiteral("0")});
        QCOMPARE(all.exitCode, 0);
        const auto pairs = parsed(all).at("alike");
        QCOMPARE(pairs.size(), std::size_t{2}); // a and b are a group; c is alike to either
        const double cosine = pairs.at(0).at("cosine").get<double>();
        QVERIFY(cosine > 0 && cosine < 0.9999);
        QVERIFY(std::abs(pairs.at(1).at("cosine").get<double>() - cosine) < 1e-6);
        const auto above = similar(asked + QStringList{QStringLiteral("--min-cosine"), QStringLiteral("0.9999")});
        QVERIFY(parsed(above).at("alike").empty());
    }

    void theReportGoesIntoAFile()
    {
        const QString target = file("report.json");
        const CliRun run =
            similar({file("a.jpg"), file("b.jpg"), QStringLiteral("--json"), QStringLiteral("--output"), target});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.isEmpty());
        QFile written(target);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().contains("same_meme"));
        QVERIFY(written.remove());
    }

    void wrongUsageEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing to compare") << QStringList{};
        QTest::newRow("unknown format") << QStringList{file("a.jpg"), QStringLiteral("--format"),
                                                       QStringLiteral("xml")};
        QTest::newRow("negative distance")
            << QStringList{file("a.jpg"), QStringLiteral("--max-distance"), QStringLiteral("-1")};
        QTest::newRow("cosine without a model")
            << QStringList{file("a.jpg"), QStringLiteral("--min-cosine"), QStringLiteral("0.9")};
        QTest::newRow("distance beyond sense")
            << QStringList{file("a.jpg"), QStringLiteral("--max-distance"), QStringLiteral("65")};
    }

    void wrongUsageEndsWithTwo()
    {
        QFETCH(const QStringList, arguments);
        const CliRun run = similar(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.output.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSimilar)
#include "tst_similar.moc"
