#include "core/nn/prediction_stream.h"
#include "tests/nn/fake_model.h"
#include "tests/support/test_data.h"

#include <QElapsedTimer>
#include <QTest>

#include <latch>
#include <mutex>
#include <set>

using namespace modscope;
using test::FakeModel;

namespace {

struct Emitted {
    std::size_t index;
    Sample sample;
    Result<Prediction> prediction;
};

Sample textSample(std::string text)
{
    Sample sample;
    sample.text = std::move(text);
    return sample;
}

/// The letter A, B, … so that the logit is 65, 66, …
Sample numbered(std::size_t index)
{
    return textSample(std::string(1, static_cast<char>('A' + index % 26)));
}

std::vector<Emitted> scoreAll(FakeModel& model, const std::vector<Sample>& samples, std::stop_token stop = {})
{
    std::size_t next = 0;
    std::vector<Emitted> emitted;
    const Classifier::NextSample pull = [&]() -> std::optional<Sample> {
        return next < samples.size() ? std::optional(samples[next++]) : std::nullopt;
    };
    const Classifier::EmitPrediction emit = [&](std::size_t index, const Sample& sample, Result<Prediction> result) {
        emitted.push_back({index, sample, std::move(result)});
    };
    PredictionStream(model.resources, pull, emit).run(stop);
    return emitted;
}

} // namespace

class TestPredictionStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void resultsComeInInputOrderWithTheirOwnSample()
    {
        FakeModel model(3, 4);
        std::vector<Sample> samples;
        for (std::size_t index = 0; index < 500; ++index) {
            samples.push_back(numbered(index));
        }
        const auto emitted = scoreAll(model, samples);
        QCOMPARE(emitted.size(), samples.size());
        for (std::size_t index = 0; index < emitted.size(); ++index) {
            QCOMPARE(emitted[index].index, index);
            QVERIFY(emitted[index].sample == samples[index]);
            QCOMPARE(emitted[index].prediction->logits.front(), static_cast<float>('A' + index % 26));
        }
    }

    void anEmptyStreamEndsAtOnce()
    {
        FakeModel model(2, 4);
        QVERIFY(scoreAll(model, {}).empty());
    }

    void aBadItemFailsAloneAndKeepsItsPlace()
    {
        FakeModel model(2, 4);
        std::vector<Sample> samples;
        for (std::size_t index = 0; index < 60; ++index) {
            samples.push_back(index % 7 == 3 ? textSample(" \t\xC2\xA0") : numbered(index));
        }
        samples[20].imagePath = "/nowhere/meme.jpg";
        const auto emitted = scoreAll(model, samples);
        QCOMPARE(emitted.size(), samples.size());
        for (std::size_t index = 0; index < emitted.size(); ++index) {
            const auto& prediction = emitted[index].prediction;
            QCOMPARE(prediction.has_value(), index % 7 != 3 && index != 20);
            if (!prediction) {
                QCOMPARE(prediction.error().code, index == 20 ? ErrorCode::NotFound : ErrorCode::NoContent);
            }
        }
    }

    void aTextWithoutPictureNeverReachesTheImageEncoder()
    {
        FakeModel model(1, 4);
        const auto emitted = scoreAll(model, {textSample("a")});
        const Prediction& prediction = *emitted.front().prediction;
        QVERIFY(prediction.textPresent && !prediction.imagePresent);
        QCOMPARE(prediction.imageFrames, 0);
        QCOMPARE(prediction.logits.front(), 97.0F);
    }

    void aSingleItemGetsTheWholeTeam()
    {
        FakeModel model(2, 4);
        std::atomic<int> threads = 0;
        model.engine.beforeText = [&threads](std::size_t, int team) {
            threads = team;
            return Result<void>();
        };
        QCOMPARE(scoreAll(model, {numbered(0)}).size(), std::size_t{1});
        QCOMPARE(threads.load(), model.resources.team);
        QCOMPARE(scoreAll(model, {numbered(0), numbered(1)}).size(), std::size_t{2});
        QCOMPARE(threads.load(), 1);
    }

    void theSameInputIsAlwaysCutTheSameWay()
    {
        std::set<std::vector<std::size_t>> cuts;
        for (int run = 0; run < 20; ++run) {
            FakeModel model(3, 8);
            std::vector<Sample> samples;
            for (std::size_t index = 0; index < 100; ++index) {
                samples.push_back(numbered(index));
            }
            std::vector<std::size_t> sizes;
            for (const Emitted& emitted : scoreAll(model, samples)) {
                sizes.push_back(emitted.prediction->timings.batchSize);
            }
            cuts.insert(sizes);
        }
        QCOMPARE(cuts.size(), std::size_t{1});
    }

    void onlyAFewBatchesAreAheadOfTheReceiver()
    {
        FakeModel model(2, 4);
        std::size_t pulled = 0;
        std::size_t received = 0;
        std::size_t furthest = 0;
        const Classifier::NextSample pull = [&]() -> std::optional<Sample> {
            furthest = std::max(furthest, pulled - received);
            return pulled < 5000 ? std::optional(numbered(pulled++)) : std::nullopt;
        };
        const Classifier::EmitPrediction emit = [&](std::size_t, const Sample&, const Result<Prediction>&) {
            ++received;
        };
        PredictionStream(model.resources, pull, emit).run({});
        QCOMPARE(received, std::size_t{5000});
        const std::size_t batches = 2 * model.resources.lanes + 2;
        QVERIFY(furthest <= (batches + model.resources.lanes) * model.resources.batchSize);
    }

    void aStopIsAnsweredWhileABatchIsRunning()
    {
        FakeModel model(2, 4);
        std::latch entered(1);
        std::latch release(1);
        std::once_flag first;
        model.engine.beforeText = [&](std::size_t, int) {
            std::call_once(first, [&entered] { entered.count_down(); });
            release.wait();
            return Result<void>();
        };
        std::stop_source stop;
        std::jthread stopper([&] {
            entered.wait();
            stop.request_stop();
        });
        const std::vector<Sample> samples(100, numbered(0));
        QElapsedTimer timer;
        timer.start();
        const auto emitted = scoreAll(model, samples, stop.get_token()); // hangs here if it waits for the batch
        QVERIFY(emitted.empty());
        QVERIFY(timer.elapsed() < 5000);
        release.count_down();
    }

    void aStoppedStreamLeavesTheModelUsable()
    {
        FakeModel model(2, 4);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(scoreAll(model, std::vector<Sample>(50, numbered(0)), stop.get_token()).empty());
        QCOMPARE(scoreAll(model, std::vector<Sample>(50, numbered(0))).size(), std::size_t{50});
    }

    void aBatchThatDoesNotFitIsTriedInHalves()
    {
        FakeModel model(1, 8);
        model.engine.beforeText = [](std::size_t batch, int) {
            return batch > 4 ? Result<void>(fail(ErrorCode::OutOfMemory, "full")) : Result<void>();
        };
        for (const Emitted& emitted : scoreAll(model, std::vector<Sample>(40, numbered(1)))) {
            QVERIFY(emitted.prediction.has_value());
            QVERIFY(emitted.prediction->timings.batchSize <= 4);
        }
    }

    void aHalfThatDoesNotFitEitherFailsItsItems()
    {
        FakeModel model(1, 8);
        model.engine.beforeText = [](std::size_t batch, int) {
            return batch > 1 ? Result<void>(fail(ErrorCode::Unavailable, "the device is gone")) : Result<void>();
        };
        const auto emitted = scoreAll(model, std::vector<Sample>(8, numbered(1)));
        QCOMPARE(emitted.size(), std::size_t{8});
        QVERIFY(emitted[0].prediction.has_value());
        QVERIFY(emitted[2].prediction.has_value()); // one of a batch of two, tried in halves of one
        QCOMPARE(emitted[4].prediction.error().code, ErrorCode::Unavailable);
    }

    void aScoreThatIsNotANumberIsAnErrorOfItsItem()
    {
        FakeModel model(1, 8);
        const float notANumber = std::numeric_limits<float>::quiet_NaN();
        const auto prediction = model.scorer.toPrediction(std::span(&notANumber, 1));
        QCOMPARE(prediction.error().code, ErrorCode::Internal);
    }
};

QTEST_GUILESS_MAIN(TestPredictionStream)
#include "tst_prediction_stream.moc"
