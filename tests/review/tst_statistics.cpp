#include "core/review/statistics.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
using modscope::test::valueOf;

namespace {

const Project kProject{"memes", {"Racism", "Religion"}};

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReviewStore> m_store;

private Q_SLOTS:
    /// Five items: two decided, one escalated, one removed, one untouched.
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = valueOf(openStore({m_folder->filePath(QStringLiteral("queue.db")).toStdString(), "Lea", kProject}));
        const auto model = valueOf(m_store->model({0, "one", "aa", {"Religion"}, {0.5F}}));
        std::vector<NewItem> rows(5);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = "text " + std::to_string(i);
            rows[i].content.source = i < 3 ? "forum" : "report";
            rows[i].content.created = 1'000'000;
            rows[i].content.scores = {{model.id, {i < 2 ? 0.5F : 0.4F}, {}, {}}};
        }
        (void)valueOf(m_store->import(rows, "memes"));
        const auto take = [&](ItemId item, Step step, std::vector<Answer> answers) {
            EventDraft draft;
            draft.step = step;
            draft.items = {item};
            draft.decision.answers = std::move(answers);
            draft.decision.reason = "why";
            (void)valueOf(m_store->commit(draft, std::nullopt));
        };
        take(1, Step::Decide, {Answer::Yes, Answer::No});
        take(2, Step::Decide, {Answer::Unsure, Answer::Yes});
        take(3, Step::Escalate, {});
        take(4, Step::Remove, {});
    }

    void everythingIsCountedOnce()
    {
        const auto numbers = valueOf(queueStatistics(*m_store, std::nullopt, 1'000'000 + 2 * kHourMs));
        QCOMPARE(numbers.items, std::uint64_t{4});
        QCOMPARE(numbers.states, (std::array<std::uint64_t, kItemStates>{2, 2, 0, 0, 0, 1}));
        QCOMPARE(numbers.escalated, std::uint64_t{1});
        QCOMPARE(numbers.openByAge, (std::array<std::uint64_t, 5>{0, 2, 0, 0, 0})); // two hours
        QVERIFY((numbers.classes[0] == QueueStatistics::Class{0, 1, 0, 1}));
        QVERIFY((numbers.classes[1] == QueueStatistics::Class{2, 1, 1, 0})); // 0.5 reaches 0.5
        QVERIFY((numbers.sources.at("forum") == QueueStatistics::Source{3, 1}));
        QVERIFY((numbers.sources.at("report") == QueueStatistics::Source{1, 1}));
        QCOMPARE(numbers.chain.seq, valueOf(m_store->lastEvent()));
        QVERIFY(!numbers.agreement.masiAlpha.value);
    }

    void aSelectionIsCountedAlone()
    {
        const auto numbers = valueOf(queueStatistics(*m_store, std::vector<ItemId>{2, 5}, 1'000'000));
        QCOMPARE(numbers.items, std::uint64_t{2});
        QCOMPARE(numbers.sources.size(), std::size_t{2});
        QCOMPARE(numbers.openByAge[0], std::uint64_t{1});
    }

    void whatWaitsLongStandsInTheLastBand()
    {
        const auto numbers = valueOf(queueStatistics(*m_store, std::nullopt, 1'000'000 + 31 * 24 * kHourMs));
        QCOMPARE(numbers.openByAge.back(), std::uint64_t{2});
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
