#include "core/review/own_value.h"
#include "core/store/open_store.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace modscope;

namespace {

const std::vector<std::string> kLabels{"Racism", "Religion"};
/// Its labels are in another order than the project's.
const ScoringModel kModel{7, "fusion", "aa", {"Religion", "Racism"}, {0.5F, 0.6F}};
constexpr ReviewerId kMe = 1;
constexpr TimeMs kSince = 1000;

/// What an item is made of, class Religion; the answers on Racism are all "no", as the model's.
struct Told {
    bool flagged = false;
    Answer first = Answer::No;
    ReviewerId by = kMe;
    TimeMs time = kSince;
    std::optional<Answer> settledByAnother = std::nullopt;
};

Opinion opinionOf(ReviewerId reviewer, TimeMs time, Answer religion)
{
    Opinion opinion;
    opinion.reviewer = reviewer;
    opinion.time = time;
    opinion.decision.answers = {Answer::No, religion};
    return opinion;
}

void add(OwnValueCount& count, const Told& told, int times = 1, std::int64_t group = 0)
{
    ItemContent item;
    item.scores = {{kModel.id, {told.flagged ? 0.5F : 0.49F, 0.1F}, {}, {}}};
    ItemStatus status;
    status.state = told.settledByAnother ? ItemState::Final : ItemState::Decided;
    status.first = opinionOf(told.by, told.time, told.first);
    if (told.settledByAnother) {
        status.second = opinionOf(2, told.time, *told.settledByAnother);
        status.settled = opinionOf(3, told.time, *told.settledByAnother);
    }
    for (int i = 0; i < times; ++i) {
        count.add(item, status, group);
    }
}

OwnValue finished(OwnValueCount& count)
{
    auto value = count.finish({}, {});
    if (!value) {
        qFatal("%s", value.error().message.c_str());
    }
    return *value;
}

} // namespace

class TestOwnValue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void recallRisesByWhatTheModelMissedAndFallsByWhatTheReviewerMissed()
    {
        OwnValueCount count(kLabels, kModel, kMe, kSince);
        add(count, {.flagged = true, .first = Answer::Yes, .by = 2}, 6);   // right without me
        add(count, {.flagged = false, .first = Answer::Yes}, 3);           // found by me: +3
        add(count, {.flagged = true, .settledByAnother = Answer::Yes}, 1); // missed by me: -1
        add(count, {.flagged = true, .first = Answer::No}, 2);             // false alarms that I took back
        add(count, {.flagged = true, .first = Answer::Unsure}, 1);         // says nothing
        add(count, {.flagged = false, .first = Answer::Yes, .time = 999}); // mine, but of the week before
        const OwnValue value = finished(count);
        QCOMPARE(value.model, std::string("fusion"));
        QCOMPARE(value.decided, std::uint64_t{7});
        QCOMPARE(value.corrected, std::uint64_t{5});
        const OwnValue::Class& religion = value.classes[1];
        QCOMPARE(religion.positives, std::uint64_t{11});
        QCOMPARE(religion.corrected, std::uint64_t{5});
        QCOMPARE(*religion.recallBefore, 7.0 / 11);
        QCOMPARE(*religion.recallChange.value, 2.0 / 11);
        QVERIFY(religion.recallChange.interval->lower < 2.0 / 11);
        QVERIFY(religion.recallChange.interval->upper > 2.0 / 11);
    }

    void withoutPositivesRecallIsNotDefined()
    {
        OwnValueCount count(kLabels, kModel, kMe, kSince);
        add(count, {.flagged = true, .first = Answer::No}, 4);
        const OwnValue value = finished(count);
        QCOMPARE(value.corrected, std::uint64_t{4});
        for (const OwnValue::Class& one : value.classes) {
            QCOMPARE(one.positives, std::uint64_t{0});
            QVERIFY(!one.recallBefore);
            QVERIFY(!one.recallChange.value);
            QVERIFY(!one.recallChange.interval);
        }
    }

    void whatTheModelDidNotScoreAndWhatIsOpenIsLeftOut()
    {
        OwnValueCount count(kLabels, kModel, kMe, kSince);
        ItemContent item;
        ItemStatus status;
        status.state = ItemState::Decided;
        status.first = opinionOf(kMe, kSince, Answer::Yes);
        count.add(item, status, 0); // no scores
        item.scores = {{kModel.id, {0.1F, 0.1F}, {}, {}}};
        status.state = ItemState::Adjudication; // two opinions that differ: nothing counts yet
        count.add(item, status, 0);
        status.state = ItemState::Removed;
        count.add(item, status, 0);
        const OwnValue value = finished(count);
        QCOMPARE(value.decided, std::uint64_t{0});
        QCOMPARE(value.corrected, std::uint64_t{0});
        QCOMPARE(value.classes[1].positives, std::uint64_t{0});
    }

    void duplicatesAreDrawnTogether()
    {
        const auto intervalOf = [](std::int64_t group) {
            OwnValueCount count(kLabels, kModel, kMe, kSince);
            add(count, {.flagged = false, .first = Answer::Yes}, 1, group);
            add(count, {.flagged = true, .first = Answer::Yes}, 1, group);
            const Estimate change = finished(count).classes[1].recallChange;
            return std::pair(*change.value, *change.interval);
        };
        // Apart, a draw may hold the one or the other alone; together every draw is the same.
        QCOMPARE(intervalOf(0), std::pair(0.5, (Interval{0, 1})));
        QCOMPARE(intervalOf(9), std::pair(0.5, (Interval{0.5, 0.5})));
    }

    void aStoreCountsForItsOwnReviewerAlone()
    {
        const QTemporaryDir folder;
        const std::string place = folder.filePath(QStringLiteral("queue.db")).toStdString();
        auto lead = openStore({place, "Lea", Project{"memes", kLabels}});
        QVERIFY2(lead.has_value(), lead ? "" : lead.error().message.c_str());
        QCOMPARE(ownValue(**lead, 0)->model, std::string()); // no model yet
        QVERIFY((*lead)->addReviewer("Ann", Role::Reviewer).has_value());
        const auto model = (*lead)->model({0, "fusion", "aa", kModel.labels, kModel.thresholds});
        std::vector<NewItem> rows(2);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = "text " + std::to_string(i);
            rows[i].content.scores = {{model->id, {0.1F, 0.1F}, {}, {}}};
        }
        QVERIFY((*lead)->import(rows, "memes").has_value());
        auto ann = openStore({place, "Ann", {}});
        EventDraft draft;
        draft.items = {1};
        draft.decision.answers = {Answer::No, Answer::Yes};
        QVERIFY((*ann)->commit(draft, std::nullopt).has_value());
        const auto hers = ownValue(**ann, 0);
        QCOMPARE(hers->decided, std::uint64_t{1});
        QCOMPARE(hers->corrected, std::uint64_t{1});
        QCOMPARE(*hers->classes[1].recallChange.value, 1.0);
        const auto leads = ownValue(**lead, 0);
        QCOMPARE(leads->decided, std::uint64_t{0});
        QCOMPARE(leads->corrected, std::uint64_t{0});
        QCOMPARE(*leads->classes[1].recallChange.value, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestOwnValue)
#include "tst_own_value.moc"
