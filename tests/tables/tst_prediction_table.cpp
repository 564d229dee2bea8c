#include "core/data/prediction_table.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace modscope;

namespace {

Prediction example()
{
    Prediction prediction;
    prediction.labels = {"racist", "sexist"};
    prediction.probabilities = {0.3F, 0.875F};
    prediction.thresholds = {0.35F, 0.5F};
    prediction.flagged = {false, true};
    return prediction;
}

} // namespace

class TestPredictionTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void writesTheShortestDecimal();
    void writesCsvRows();
    void leavesFailedRowsEmpty();
    void writesJson();
    void writesJsonOfAFailure();
    void writesWhatOcrReadOnlyWhenAsked();
    void writesFileNamesThatAreNotUtf8();
};

void TestPredictionTable::writesTheShortestDecimal()
{
    QCOMPARE(shortestDecimal(0.3F), std::string("0.3"));
    QCOMPARE(shortestDecimal(0.0F), std::string("0"));
    QCOMPARE(shortestDecimal(1.0F), std::string("1"));
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
    for (int index = 0; index < 10'000; ++index) {
        const float value = uniform(random) * uniform(random);
        QCOMPARE(std::stof(shortestDecimal(value)), value);
        QVERIFY(shortestDecimal(value).size() <= 14);
    }
}

void TestPredictionTable::writesCsvRows()
{
    QCOMPARE(predictionCsvHeader({"text", "image_path"}, {"racist", "sexist"}),
             std::string("text,image_path,pred_racist,prob_racist,pred_sexist,prob_sexist,error\n"));
    QCOMPARE(predictionCsvRow({"a, b", "x.png"}, 2, example()), std::string("\"a, b\",x.png,0,0.3,1,0.875,\n"));
}

void TestPredictionTable::leavesFailedRowsEmpty()
{
    QCOMPARE(predictionCsvRow({"a", "x.png"}, 2, fail(ErrorCode::NotFound, "x.png: no such file")),
             std::string("a,x.png,,,,,x.png: no such file\n"));
}

void TestPredictionTable::writesJson()
{
    const Sample sample{"7", "caf\xC3\xA9 \"x\"", "pictures/x.png", nullptr};
    const std::string text = predictionJson(sample, example());
    QCOMPARE(text, std::string("{\"id\":\"7\",\"image\":\"pictures/x.png\",\"text\":\"caf\xC3\xA9 \\\"x\\\"\","
                               "\"predictions\":{\"racist\":false,\"sexist\":true},"
                               "\"probabilities\":{\"racist\":0.3,\"sexist\":0.875},"
                               "\"thresholds\":{\"racist\":0.35,\"sexist\":0.5},\"any_harmful\":true,\"error\":null}"));
    QVERIFY(predictionJson(sample, example(), 2).find("\n  \"text\"") != std::string::npos);
}

void TestPredictionTable::writesJsonOfAFailure()
{
    const auto json =
        nlohmann::json::parse(predictionJson({"7", "a", {}, nullptr}, fail(ErrorCode::NotFound, "no such file")));
    QVERIFY(json["image"].is_null());
    QVERIFY(json["any_harmful"].is_null());
    QVERIFY(json["predictions"].empty() && json["probabilities"].empty() && json["thresholds"].empty());
    QCOMPARE(json["error"].get<std::string>(), std::string("no such file"));
}

void TestPredictionTable::writesWhatOcrReadOnlyWhenAsked()
{
    const Sample sample{"7", "typed", {}, nullptr};
    QVERIFY(!nlohmann::json::parse(predictionJson(sample, example())).contains("ocr_text"));

    const auto unread = nlohmann::json::parse(predictionJson(sample, example(), -1, OcrOutput::On));
    QVERIFY(unread.at("ocr_text").is_null());
    QVERIFY(unread.at("ocr_confidence").is_null());

    const auto read =
        nlohmann::json::parse(predictionJson(sample, example(), -1, OcrOutput::On, OcrFields{"DRAWN", 0.5F}));
    QCOMPARE(read.at("text").get<std::string>(), std::string("typed"));
    QCOMPARE(read.at("ocr_text").get<std::string>(), std::string("DRAWN"));
    QCOMPARE(read.at("ocr_confidence").get<float>(), 0.5F);
}

void TestPredictionTable::writesFileNamesThatAreNotUtf8()
{
    const std::string text = predictionJson({"", "", "caf\xE9.png", nullptr}, example());
    QCOMPARE(nlohmann::json::parse(text)["image"].get<std::string>(), std::string("caf\xEF\xBF\xBD.png"));
}

QTEST_GUILESS_MAIN(TestPredictionTable)
#include "tst_prediction_table.moc"
