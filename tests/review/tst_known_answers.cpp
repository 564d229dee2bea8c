#include "core/review/known_answers.h"
#include "core/review/session.h"
#include "core/store/open_store.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace modscope;

namespace {

const std::vector<Answer> kReligion{Answer::No, Answer::Yes};
const std::vector<Answer> kNone{Answer::No, Answer::No};

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
    return std::move(*result);
}

} // namespace

class TestKnownAnswers : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] std::unique_ptr<ReviewStore> open(const std::string& person) const
    {
        return valueOf(openStore({m_folder->filePath(QStringLiteral("queue.db")).toStdString(), person, {}}));
    }
    static EventSeq take(ReviewStore& store, ItemId item, Step step, const std::vector<Answer>& answers = {})
    {
        EventDraft draft;
        draft.step = step;
        draft.items = {item};
        draft.decision.answers = answers;
        return valueOf(store.commit(draft, std::nullopt)).event;
    }
    static TimeMs timeOf(ReviewStore& store, EventSeq seq)
    {
        EventQuery query;
        query.after = seq - 1;
        query.limit = 1;
        TimeMs time = 0;
        (void)store.readEvents(query, [&time](const ReviewEvent& event) -> Result<void> {
            time = event.time;
            return {};
        });
        return time;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_lead;
    std::unique_ptr<ReviewStore> m_ann;

private Q_SLOTS:
    /// Five items; 1, 2 and 3 are known: religion, none, religion.
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_lead = valueOf(openStore({m_folder->filePath(QStringLiteral("queue.db")).toStdString(), "Lea",
                                    Project{"memes", {"Racism", "Religion"}}}));
        (void)valueOf(m_lead->addReviewer("Ann", Role::Reviewer));
        (void)valueOf(m_lead->addReviewer("Ben", Role::Reviewer));
        std::vector<NewItem> rows(5);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = "text " + std::to_string(i + 1);
        }
        (void)valueOf(m_lead->import(rows, "memes"));
        take(*m_lead, 1, Step::MarkGolden, kReligion);
        take(*m_lead, 2, Step::MarkGolden, kNone);
        take(*m_lead, 3, Step::MarkGolden, kReligion);
        m_ann = open("Ann");
    }

    void onlyWhatWasAnsweredIsToldAndOnlyToWhoAnswered()
    {
        QVERIFY(valueOf(knownAnswers(*m_ann, 0)).empty()); // nothing is given away ahead of an answer
        take(*m_ann, 1, Step::AnswerGolden, kReligion);
        take(*m_ann, 2, Step::AnswerGolden, kReligion);
        take(*m_ann, 4, Step::Decide, kReligion);
        const auto ben = open("Ben");
        take(*ben, 3, Step::AnswerGolden, kNone);
        const auto known = valueOf(knownAnswers(*m_ann, 0));
        QCOMPARE(known.size(), std::size_t{2});
        QCOMPARE(known[0].item, ItemId{2}); // newest first
        QCOMPARE(known[0].text, std::string("text 2"));
        QVERIFY(!known[0].key.empty());
        QVERIFY(known[0].given == kReligion && known[0].agreed == kNone && !known[0].asAgreed());
        QVERIFY(known[1].item == 1 && known[1].asAgreed());
        QCOMPARE(valueOf(knownAnswers(*ben, 0)).size(), std::size_t{1});
        QVERIFY(valueOf(knownAnswers(*m_lead, 0)).empty());
    }

    void whatWasTakenBackOrIsKnownNoMoreIsLeftOut()
    {
        auto session = valueOf(ReviewSession::open(open("Ann"), 1));
        take(session.store(), 1, Step::AnswerGolden, kNone);
        QVERIFY(valueOf(session.undo()).has_value());
        QVERIFY(valueOf(knownAnswers(session.store(), 0)).empty());
        QVERIFY(valueOf(session.redo()).has_value());
        QCOMPARE(valueOf(knownAnswers(session.store(), 0)).size(), std::size_t{1});
        take(*m_lead, 1, Step::UnmarkGolden);
        QVERIFY(valueOf(knownAnswers(session.store(), 0)).empty());
    }

    void theAgreedAnswerIsTheOneOfNow()
    {
        take(*m_ann, 1, Step::AnswerGolden, kNone);
        take(*m_lead, 1, Step::MarkGolden, kNone); // the lead thought better of it
        QVERIFY(valueOf(knownAnswers(*m_ann, 0)).front().asAgreed());
    }

    void olderAnswersAndLongRecordsAreNoTrouble()
    {
        take(*m_ann, 1, Step::AnswerGolden, kReligion);
        EventSeq last = 0;
        for (int i = 0; i < 260; ++i) { // more than is read at once
            last = take(*m_ann, 5, i % 2 == 0 ? Step::Decide : Step::Withdraw, kNone);
        }
        QCOMPARE(valueOf(knownAnswers(*m_ann, 0)).size(), std::size_t{1});
        take(*m_ann, 2, Step::AnswerGolden, kNone);
        const auto recent = valueOf(knownAnswers(*m_ann, timeOf(*m_ann, last)));
        QCOMPARE(recent.front().item, ItemId{2});
        QCOMPARE(valueOf(knownAnswers(*m_ann, timeOf(*m_ann, last) + 86'400'000)).size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestKnownAnswers)
#include "tst_known_answers.moc"
