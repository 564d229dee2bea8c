#include "app/cli/bench_report.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace modscope;
using namespace modscope::cli;

namespace {

BenchReport report(std::optional<double> rate)
{
    return {{{"cores", "2"}}, {{"tokenise", "texts/s", rate, rate ? "" : "why not"}}};
}

} // namespace

class TestBenchReport : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path written(const std::string& text) const
    {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("report.json")).toStdString();
        std::ofstream(path) << text;
        return path;
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aReportComesBackAsItWasWritten()
    {
        for (const std::optional<double> rate : {std::optional(12.5), std::optional<double>()}) {
            const auto back = readBenchReport(written(toJson(report(rate))));
            QVERIFY(back.has_value());
            QCOMPARE(back->machine, report(rate).machine);
            QVERIFY(back->speeds == report(rate).speeds);
        }
    }

    void theTableShowsTheRatioToTheRunBefore()
    {
        QVERIFY(toTable(report(30.0), report(20.0)).find("1.50 x") != std::string::npos);
        QVERIFY(toTable(report(30.0), std::nullopt).find(" x") == std::string::npos);
    }

    void whatWasNotMeasuredHasNoRatio()
    {
        QVERIFY(toTable(report(std::nullopt), report(20.0)).find(" x") == std::string::npos);
        QVERIFY(toTable(report(20.0), report(0.0)).find(" x") == std::string::npos);
    }

    void anotherFileIsRefusedByName()
    {
        for (const char* text : {"", "[]", "{\"machine\": {}}", "{\"machine\": {}, \"speeds\": [{\"name\": 1}]}"}) {
            const auto read = readBenchReport(written(text));
            QCOMPARE(read.error().code, ErrorCode::ParseError);
            QVERIFY(read.error().message.find("report.json") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestBenchReport)
#include "tst_bench_report.moc"
