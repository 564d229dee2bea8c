#include "core/review/session.h"
#include "core/review/team_report.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace modscope;
using modscope::test::valueOf;

namespace {

const Project kMemes{"memes", {"Racism", "Religion"}};
const std::vector<Answer> kReligion = {Answer::No, Answer::Yes};
const std::vector<Answer> kNone = {Answer::No, Answer::No};

Decision said(const std::vector<Answer>& answers, Disclosure disclosure = Disclosure::TextOnly)
{
    Decision decision;
    decision.answers = answers;
    decision.disclosure = disclosure;
    return decision;
}

} // namespace

class TestTeamReport : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] ReviewSession session(const std::string& person) const
    {
        StoreOptions options{m_folder->filePath(QStringLiteral("queue.db")).toStdString(), person, {}};
        if (person == "Lea") {
            options.create = kMemes;
        }
        return valueOf(ReviewSession::open(valueOf(openStore(options)), 1));
    }

    /// Six items; Ann and Ben are reviewers.
    void fill()
    {
        auto lead = session("Lea");
        for (const char* name : {"Ann", "Ben"}) {
            (void)valueOf(lead.store().addReviewer(name, Role::Reviewer));
        }
        std::vector<NewItem> rows(6);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = "item " + std::to_string(i + 1);
        }
        (void)valueOf(lead.store().import(rows, "memes.csv"));
    }

    static void decide(ReviewSession& who, ItemId item, const Decision& decision)
    {
        (void)valueOf(who.record(valueOf(who.take(item)), Step::Decide, decision));
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void anEmptyQueueHasNoNumbers()
    {
        auto lead = session("Lea");
        const TeamReport report = valueOf(teamReport(lead.store(), std::nullopt));
        QCOMPARE(report.items, std::uint64_t{0});
        QVERIFY(!report.golden.interval());
        QVERIFY(!report.revealed.interval());
    }

    void itCountsWhatCounts()
    {
        fill();
        auto ann = session("Ann");
        auto ben = session("Ben");
        decide(ann, 1, said(kReligion, Disclosure::Revealed));
        decide(ann, 2, said(kNone));
        Decision why;
        why.reason = "not my language";
        (void)valueOf(ann.record(valueOf(ann.take(3)), Step::Skip, why));
        const ItemId one = 1;
        (void)valueOf(ann.recordMany(std::span(&one, 1), Step::AskSecondOpinion, {}));
        decide(ben, 1, said(kNone));
        decide(ben, 4, said(kReligion));
        (void)valueOf(ben.undo());
        const TeamReport report = valueOf(teamReport(ben.store(), std::nullopt));
        QCOMPARE(report.items, std::uint64_t{6});
        QCOMPARE(report.states[static_cast<std::size_t>(ItemState::New)], std::uint64_t{4});
        QCOMPARE(report.states[static_cast<std::size_t>(ItemState::Decided)], std::uint64_t{1});
        QCOMPARE(report.states[static_cast<std::size_t>(ItemState::Adjudication)], std::uint64_t{1});
        QCOMPARE(report.openByAge.front(), std::uint64_t{5});
        QVERIFY(report.revealed == (Share{3, 1})); // Ben's second decision was taken back
        QCOMPARE(report.decisionsByDay.size(), std::size_t{1});
        QCOMPARE(report.decisionsByDay.begin()->second, std::uint64_t{3});
        QCOMPARE(report.skipReasons.at("not my language"), std::uint64_t{1});
        QCOMPARE(report.agreement.labels.size(), kMemes.labels.size());
    }

    void knownItemsMeasureAnswers()
    {
        fill();
        auto lead = session("Lea");
        ReviewRules rules;
        rules.goldenShare = 1;
        rules.randomShare = 0;
        QVERIFY(lead.store().setRules(rules));
        (void)valueOf(lead.recordMany(std::vector<ItemId>{1, 2}, Step::MarkGolden, said(kReligion)));
        auto ann = session("Ann");
        for (const std::vector<Answer>& answers : {kReligion, kNone}) {
            const auto task = valueOf(ann.next({"all", {}, {}}));
            (void)valueOf(ann.record(*task, Step::Decide, said(answers)));
        }
        const TeamReport report = valueOf(teamReport(lead.store(), std::nullopt));
        QVERIFY(report.golden == (Share{2, 1}));
        QVERIFY(report.golden.interval()->lower < 0.5 && report.golden.interval()->upper > 0.5);
    }

    void aMomentGivesTheSameReportWhateverComesLater()
    {
        fill();
        auto ann = session("Ann");
        decide(ann, 1, said(kReligion));
        const RecordSpan before = *valueOf(recordSpan(ann.store()));
        const TeamReport then = valueOf(teamReport(ann.store(), std::nullopt));
        QThread::msleep(5);
        decide(ann, 2, said(kReligion));
        (void)valueOf(ann.undo());
        (void)valueOf(ann.undo());
        const TeamReport again = valueOf(teamReport(ann.store(), before.last));
        QVERIFY(again.chain == then.chain);
        QVERIFY(again.states == then.states);
        QVERIFY(again.decisionsByDay == then.decisionsByDay);
        const TeamReport now = valueOf(teamReport(ann.store(), std::nullopt));
        QVERIFY(now.decisionsByDay.empty());
        const TeamReport start = valueOf(teamReport(ann.store(), before.first - 1));
        QCOMPARE(start.items, std::uint64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestTeamReport)
#include "tst_team_report.moc"
