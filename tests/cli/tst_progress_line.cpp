#include "app/cli/progress_line.h"
#include "tests/support/test_data.h"

#include <QTest>

using modscope::cli::ProgressLine;

class TestProgressLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void itSaysHowFarHowFastAndHowLong()
    {
        QCOMPARE(ProgressLine::text("Scoring", 1240, 0.25, 33),
                 std::string("Scoring: 1240 (25 %), 38 a second, 1:39 left"));
    }

    void slowWorkIsCountedByTheMinute()
    {
        QCOMPARE(ProgressLine::text("Scoring", 3, 0.5, 60), std::string("Scoring: 3 (50 %), 3 a minute, 1:00 left"));
    }

    void withoutAKnownEndThereIsNoRest()
    {
        QCOMPARE(ProgressLine::text("Scoring", 20, std::nullopt, 2), std::string("Scoring: 20, 10 a second"));
    }

    void theBeginningAndTheEndHaveNoRest()
    {
        QCOMPARE(ProgressLine::text("Scoring", 0, 0.0, 0), std::string("Scoring: 0 (0 %)"));
        QCOMPARE(ProgressLine::text("Scoring", 20, 1.0, 2), std::string("Scoring: 20 (100 %), 10 a second"));
    }
};

QTEST_GUILESS_MAIN(TestProgressLine)
#include "tst_progress_line.moc"
