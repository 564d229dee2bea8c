#include "tests/support/test_data.h"
#include "ui/models/decision_draft.h"
#include "ui/models/priority_parts.h"
#include "ui/models/score_model.h"
#include "ui/models/suggestions.h"

#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

Decision answered(std::vector<Answer> answers)
{
    Decision decision;
    decision.answers = std::move(answers);
    return decision;
}

const std::vector<std::string> kLabels{"racism", "sexism", "religion"};

ModelScore score(float probability, float threshold)
{
    return {.probability = probability, .threshold = threshold, .flagged = probability >= threshold};
}

} // namespace

class TestDecisionDraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void nothingIsChosenForAPerson()
    {
        const DecisionDraft draft(kLabels);
        QVERIFY(!draft.isComplete());
        QCOMPARE(draft.missing(), QStringLiteral("Choose a class, or 0 for none"));
    }

    void aDigitChoosesAndTakesBack()
    {
        DecisionDraft draft(kLabels);
        draft.toggle(2);
        draft.toggle(0);
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.decision().answers, (std::vector<Answer>{Answer::Yes, Answer::No, Answer::Yes}));
        draft.toggle(2);
        QCOMPARE(draft.answer(2), Answer::No);
        draft.toggle(0);
        QVERIFY(!draft.isComplete());
    }

    void aDigitWithoutAClassDoesNothing()
    {
        DecisionDraft draft(kLabels);
        draft.toggleNone();
        draft.toggle(3);
        draft.toggleUnsure(-1);
        QVERIFY(draft.isNone());
    }

    void noneAndClassesExcludeEachOther()
    {
        DecisionDraft draft(kLabels);
        draft.toggle(1);
        draft.toggleNone();
        QVERIFY(draft.isNone());
        QCOMPARE(draft.decision().answers, std::vector<Answer>(3, Answer::No));
        draft.toggle(1);
        QVERIFY(!draft.isNone());
        QCOMPARE(draft.answer(1), Answer::Yes);
        draft.toggleNone();
        draft.toggleNone();
        QVERIFY(!draft.isComplete());
    }

    void unsureIsAnAnswer()
    {
        DecisionDraft draft(kLabels);
        draft.toggleUnsure(1);
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.decision().verdict(), Answer::Unsure);
        draft.toggle(1);
        QCOMPARE(draft.answer(1), Answer::Yes);
        draft.toggleUnsure(1);
        draft.toggleUnsure(1);
        QCOMPARE(draft.answer(1), Answer::No);
    }

    void anAdjudicationNeedsItsReason()
    {
        DecisionDraft draft(kLabels, true);
        draft.toggleNone();
        QCOMPARE(draft.missing(), QStringLiteral("Say in one line why"));
        draft.setReason(QStringLiteral("  "));
        QVERIFY(!draft.isComplete());
        draft.setReason(QStringLiteral(" satire, see 4.2 "));
        draft.setNote(QStringLiteral("seen before\n"));
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.decision().reason, std::string("satire, see 4.2"));
        QCOMPARE(draft.decision().note, std::string("seen before"));
    }

    void anOpinionIsAdoptedWithItsNone()
    {
        DecisionDraft draft(kLabels);
        draft.adopt(answered({Answer::No, Answer::Unsure, Answer::Yes}));
        QCOMPARE(draft.answer(1), Answer::Unsure);
        QVERIFY(!draft.isNone());
        draft.adopt(answered(std::vector<Answer>(3, Answer::No)));
        QVERIFY(draft.isNone());
        draft.clear();
        QVERIFY(!draft.isComplete());
        QCOMPARE(draft.classCount(), 3);
    }

    void onlyFlaggedClassesAreSuggested()
    {
        ReviewTaskView task;
        task.labels = kLabels;
        task.scores = {{"religion", {score(0.57F, 0.52F), score(0.71F, 0.70F)}},
                       {"sexism", {score(0.4F, 0.5F)}},
                       {"unknown", {score(0.9F, 0.5F)}}};
        const auto found = suggestions(task);
        QCOMPARE(found.size(), std::size_t{3});
        QVERIFY(!found[0] && !found[1]);
        QCOMPARE(found[2].value(), 0.71F);
        task.scoresHidden = true;
        QVERIFY(!suggestions(task)[2]);
    }

    void aClassHasOneColourInEveryList()
    {
        ClassSlots panel;
        const QStringList labels{QStringLiteral("ableism"), QStringLiteral("Religion"), QStringLiteral("casteism")};
        QCOMPARE(panel.of(labels[0]), 5);
        QCOMPARE(panel.of(labels[1]), 3); // known, wherever it stands
        QCOMPARE(panel.of(labels[2]), 6);
        QCOMPARE(panel.of(labels[0]), 5);
        ScoreModel scores;
        scores.setClasses({"ableism", "Religion", "casteism"});
        scores.setScores({{"casteism", {score(0.9F, 0.5F)}}, {"ableism", {score(0.1F, 0.5F)}}}, {});
        QCOMPARE(scores.index(0, 0).data(ScoreModel::SlotRole).toInt(), 6);
        QCOMPARE(scores.index(1, 0).data(ScoreModel::SlotRole).toInt(), 5);
    }

    void priorityPartsAddUpToTheWhole()
    {
        const QueueOrder order{.risk = 2, .uncertainty = 1, .age = 1};
        const auto parts = priorityParts({.total = 0.625, .risk = 0.75, .uncertainty = 0.5, .age = 0.5}, order);
        QCOMPARE(parts.size(), std::size_t{3});
        QCOMPARE(parts[0].share, 0.375);
        QCOMPARE(parts[0].share + parts[1].share + parts[2].share, 0.625);
        QVERIFY(priorityParts({.total = 1}, {.oldestFirst = true}).empty());
    }
};

QTEST_GUILESS_MAIN(TestDecisionDraft)
#include "tst_decision_draft.moc"
