#include "tests/support/test_data.h"
#include "ui/models/classify_filter_model.h"
#include "ui/models/classify_list_model.h"
#include "ui/models/score_model.h"
#include "ui/models/verdict.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

ModelSummary summary(const QString& letter)
{
    ModelSummary model;
    model.letter = letter;
    model.name = QStringLiteral("model-") + letter;
    model.key = letter;
    model.labels = {"religion", "sexist"};
    model.thresholds = {0.5F, 0.4F};
    return model;
}

Outcome scores(float religion, float sexist)
{
    Prediction prediction;
    prediction.labels = {"religion", "sexist"};
    prediction.logits = {0, 0};
    prediction.probabilities = {religion, sexist};
    prediction.thresholds = {0.5F, 0.4F};
    prediction.flagged = {religion >= 0.5F, sexist >= 0.4F};
    return std::make_shared<const Result<Prediction>>(std::move(prediction));
}

Outcome failure(const char* message)
{
    return std::make_shared<const Result<Prediction>>(fail(ErrorCode::ParseError, message));
}

std::vector<ClassifyItem> items(const QStringList& names)
{
    std::vector<ClassifyItem> made;
    ItemId id = 0;
    for (const auto& name : names) {
        ClassifyItem item;
        item.id = ++id;
        item.name = name;
        item.sample.text = "text of " + name.toStdString();
        made.push_back(std::move(item));
    }
    return made;
}

ScoreEvent answer(ItemId id, Outcome outcome, std::size_t model = 0)
{
    return {id, ScoreEvent::Answer{model, std::move(outcome)}};
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all << model.index(row, 0).data().toString();
    }
    return all;
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// A list with one model and every kind of row, watched by Qt's model tester.
struct Fixture {
    ClassifyListModel list;
    ClassifyFilterModel rows{&list};
    QAbstractItemModelTester listTester{&list, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester rowsTester{&rows, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Fixture()
    {
        list.setModels({summary(QStringLiteral("A"))});
        list.append(items(words("clear waiting broken near flag hotter")));
        const std::vector events{
            answer(1, scores(0.1F, 0.1F)), answer(3, failure("broken: is not a picture we can read")),
            answer(4, scores(0.48F, 0.1F)), answer(5, scores(0.7F, 0.1F)), answer(6, scores(0.1F, 0.9F))};
        list.apply(events);
    }
};

} // namespace

class TestClassifyListModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void whatNeedsAttentionStandsFirst()
    {
        Fixture fixture;
        QCOMPARE(names(fixture.rows), words("hotter flag near broken waiting clear"));
        fixture.rows.setSort(ClassifySort::Name);
        QCOMPARE(names(fixture.rows), words("broken clear flag hotter near waiting"));
        fixture.rows.setSort(ClassifySort::AsAdded);
        QCOMPARE(names(fixture.rows).front(), QStringLiteral("clear"));
        fixture.rows.setSort(ClassifySort::ClassScore, "religion");
        QCOMPARE(names(fixture.rows).front(), QStringLiteral("flag"));
    }

    void progressIsTheShareOfModelsThatAnsweredAndNeverAGuess()
    {
        Fixture fixture;
        fixture.list.setModels({summary(QStringLiteral("A")), summary(QStringLiteral("B"))});
        const auto progress = [&](ItemId id) {
            return fixture.list.indexOf(id).data(ClassifyListModel::ProgressRole).toDouble();
        };
        const auto spoken = [&](ItemId id) { return fixture.list.indexOf(id).data(Qt::AccessibleTextRole).toString(); };
        QCOMPARE(progress(2), 0.0);
        QCOMPARE(spoken(2), QStringLiteral("waiting, waiting"));
        fixture.list.apply(std::vector{ScoreEvent{2, ScoreEvent::Started{}}});
        QCOMPARE(progress(2), 0.0);
        QCOMPARE(spoken(2), QStringLiteral("waiting, being scored"));
        fixture.list.apply(std::vector{answer(2, scores(0.1F, 0.1F))});
        QCOMPARE(progress(2), 0.5);
    }

    void filtersByVerdictClassErrorAndWords()
    {
        Fixture fixture;
        const auto shown = [&](ClassifyFilter filter) {
            fixture.rows.setFilter(filter);
            return names(fixture.rows);
        };
        QCOMPARE(shown({.show = ClassifyShow::Flagged}), words("hotter flag"));
        QCOMPARE(shown({.show = ClassifyShow::NeedsReview}), words("near"));
        QCOMPARE(shown({.show = ClassifyShow::Clear}), words("clear"));
        QCOMPARE(shown({.show = ClassifyShow::NotRead}), words("broken"));
        QCOMPARE(shown({.show = ClassifyShow::NotScored}), words("waiting"));
        QCOMPARE(shown({.label = "religion"}), words("flag"));
        QCOMPARE(shown({.label = "religion", .atLeast = 0.4F}), words("flag near"));
        QCOMPARE(shown({.text = QStringLiteral("OF HOT")}), words("hotter"));
        QCOMPARE(shown({}).size(), 6);
    }

    void countsFollowEveryChange()
    {
        Fixture fixture;
        QCOMPARE(fixture.list.counts(),
                 (ClassifyCounts{.total = 6, .waiting = 1, .scored = 4, .failed = 1, .stopped = 0, .flagged = 2}));
        const std::vector<ItemId> gone{3, 5};
        fixture.list.remove(gone);
        QCOMPARE(fixture.list.counts(),
                 (ClassifyCounts{.total = 4, .waiting = 1, .scored = 3, .failed = 0, .stopped = 0, .flagged = 1}));
        QCOMPARE(fixture.list.rowOf(6), 3);
        QCOMPARE(fixture.list.rowOf(5), -1);
    }

    void anItemIsScoredWhenEveryModelHasAnswered()
    {
        Fixture fixture;
        fixture.list.setModels({summary(QStringLiteral("A")), summary(QStringLiteral("B"))});
        QCOMPARE(fixture.list.find(5)->state, ItemState::Waiting);
        const std::vector events{answer(5, scores(0.3F, 0.1F), 1)};
        fixture.list.apply(events);
        QCOMPARE(fixture.list.find(5)->state, ItemState::Scored);
        QVERIFY(fixture.list.find(5)->assessment.disagree);
        QCOMPARE(fixture.list.find(5)->assessment.verdict, Verdict::Review);
        // Model A leaves: B's answers stay and move to its place.
        fixture.list.setModels({summary(QStringLiteral("B"))});
        QCOMPARE(fixture.list.find(5)->state, ItemState::Scored);
        QCOMPARE(fixture.list.find(1)->state, ItemState::Waiting);
    }

    void aRowSaysWhyItFailedInFewWords()
    {
        ClassifyListModel list;
        list.setModels({summary(QStringLiteral("A"))});
        auto two = items(words("a b"));
        two[0].sample.imagePath = "/memes/a.png";
        list.append(std::move(two));
        const std::vector events{answer(1, failure("/memes/a.png: not a readable picture (known are JPEG, PNG)")),
                                 answer(2, failure("Row 2 (of 3): no text"))};
        list.apply(events);
        QCOMPARE(list.index(0).data(ClassifyListModel::SummaryRole).toString(),
                 QStringLiteral("Not a readable picture"));
        QVERIFY(list.index(0).data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("JPEG, PNG)"))); // in full there
        QCOMPARE(list.index(1).data(ClassifyListModel::SummaryRole).toString(),
                 QStringLiteral("Row 2 (of 3): no text"));
    }

    void theVerdictSaysWhy()
    {
        const std::vector models{summary(QStringLiteral("A")), summary(QStringLiteral("B"))};
        const auto reason = [&](const std::vector<Outcome>& outcomes) {
            const auto byClass = scoresByClass(outcomes);
            return verdictReason(assess(byClass), byClass, models);
        };
        QCOMPARE(reason({scores(0.55F, 0.1F), scores(0.39F, 0.1F)}),
                 QStringLiteral("A is 0.05 above its threshold, B is 0.11 below."));
        QCOMPARE(reason({scores(0.7F, 0.1F)}), QStringLiteral("Religion is 0.20 above its threshold of 0.50."));
        QCOMPARE(reason({scores(0.2F, 0.1F)}), QStringLiteral("Religion is 0.30 below its threshold of 0.50."));
        QCOMPARE(reason({}), QString());
    }

    void aWrongIdChangesNothing()
    {
        Fixture fixture;
        QSignalSpy changed(&fixture.list, &QAbstractItemModel::dataChanged);
        const std::vector events{answer(99, scores(0.9F, 0.9F)), ScoreEvent{98, ScoreEvent::Started{}}};
        fixture.list.apply(events);
        fixture.list.setThumbnail(97, QImage(4, 4, QImage::Format_RGB32));
        QCOMPARE(changed.count(), 0);
    }

    void thumbnailsAreAskedForOnceAndForgottenWithTheRow()
    {
        ClassifyListModel list;
        auto rows = items(words("picture"));
        rows[0].sample.imagePath = "picture.png";
        list.append(std::move(rows));
        QSignalSpy wanted(&list, &ClassifyListModel::thumbnailWanted);
        QVERIFY(list.index(0).data(ClassifyListModel::ThumbnailRole).isNull());
        QCOMPARE(wanted.count(), 1);
        list.setThumbnail(1, QImage()); // unreadable: not asked for again
        (void)list.index(0).data(ClassifyListModel::ThumbnailRole);
        QCOMPARE(wanted.count(), 1);
    }

    void scoresStandInOrderOfDistanceAndKeepTheirColour()
    {
        ScoreModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::vector models{summary(QStringLiteral("A")), summary(QStringLiteral("B"))};
        model.setScores(scoresByClass({scores(0.2F, 0.39F), scores(0.1F, 0.1F)}), models);
        QCOMPARE(names(model), words("Sexist Religion"));
        const int sexistSlot = model.index(0, 0).data(ScoreModel::SlotRole).toInt();
        model.setScores(scoresByClass({scores(0.9F, 0.1F), scores(0.1F, 0.1F)}), models);
        QCOMPARE(names(model), words("Religion Sexist"));
        QCOMPARE(model.index(1, 0).data(ScoreModel::SlotRole).toInt(), sexistSlot);
        const auto first = model.index(0, 0, model.index(0, 0));
        QCOMPARE(first.data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Religion, model A, 0.90, at or above threshold 0.50, flagged"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestClassifyListModel)
#include "tst_classify_list_model.moc"
