#include "tests/support/test_data.h"
#include "ui/actions/action_registry.h"
#include "ui/models/step_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/segmented_control.h"

#include <QApplication>
#include <QDateTime>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace modscope;
using namespace modscope::ui;

namespace {

constexpr TimeMs kMinuteMs = 60'000;

HistoryEntry entry(ReviewItemId id, const char* key, const char* text, TimeMs minutesAgo)
{
    return {id,
            QString::fromLatin1(key),
            QString::fromLatin1(text),
            {},
            QDateTime::currentMSecsSinceEpoch() - minutesAgo * kMinuteMs};
}

} // namespace

class TestHistoryStrip : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), registry(&theme)
        {
            ActionSpec undo =
                actionSpec(ActionContext::Review, "review.undo", ActionGroup::List, QStringLiteral("Undo"), "");
            undo.run = [] {};
            registry.add(std::move(undo));
            strip = std::make_unique<HistoryStrip>(&theme, &registry);
            strip->resize(1000, 40);
            strip->show();
            if (!QTest::qWaitForWindowExposed(strip.get())) {
                qFatal("the strip was not shown");
            }
        }
        [[nodiscard]] QList<QToolButton*> chips() const
        {
            QList<QToolButton*> found;
            for (auto* button : strip->findChildren<QToolButton*>()) {
                if (!button->accessibleDescription().isEmpty() && button->isVisible()) {
                    found << button;
                }
            }
            return found;
        }
        Theme theme;
        ActionRegistry registry;
        std::unique_ptr<HistoryStrip> strip;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void ownStepsOpenTheirItem()
    {
        Desk desk;
        desk.strip->setEntries(
            {entry(7, "a811-02fe", "None of these", 1), entry(8, "77c3-11aa", "Religion, changed after 4 min", 2)});
        QSignalSpy opened(desk.strip.get(), &HistoryStrip::opened);
        const auto chips = desk.chips();
        QCOMPARE(chips.size(), 2);
        QCOMPARE(chips[0]->text(), QStringLiteral("a811 None of these"));
        QCOMPARE(chips[1]->accessibleName(), QStringLiteral("77c3 Religion, changed after 4 min"));
        QTest::mouseClick(chips[1], Qt::LeftButton);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front().front().value<ReviewItemId>(), ReviewItemId{8});
        QVERIFY(desk.strip->findChild<QPushButton*>() != nullptr); // Undo
    }

    void whatHasNoRoomIsInTheMenu()
    {
        Desk desk;
        std::vector<HistoryEntry> many;
        for (int i = 0; i < 60; ++i) {
            many.push_back(entry(100 + i, "e0b2-0000", "Sexism & escalated", i));
        }
        desk.strip->setEntries(many, true);
        const int shown = desk.strip->shownCount();
        QVERIFY(shown > 2 && shown < 40);
        Q_EMIT desk.strip->menu()->aboutToShow();
        const auto actions = desk.strip->menu()->actions();
        QCOMPARE(actions.size(), 60 - shown + 1); // and an offer to bring older ones
        QCOMPARE(actions.front()->text(), QStringLiteral("e0b2 Sexism && escalated"));
        QSignalSpy opened(desk.strip.get(), &HistoryStrip::opened);
        actions.front()->trigger();
        QCOMPARE(opened.front().front().value<ReviewItemId>(), ReviewItemId{100} + shown);
        QSignalSpy older(desk.strip.get(), &HistoryStrip::olderWanted);
        actions.back()->trigger();
        QCOMPARE(older.count(), 1);
    }

    void theLastHourIsAFilterThatIsToldAndKept()
    {
        Desk desk;
        desk.strip->setEntries({entry(7, "a811-02fe", "Religion", 59), entry(8, "77c3-11aa", "Religion", 61)});
        QCOMPARE(desk.chips().size(), 2);
        QSignalSpy chosen(desk.strip.get(), &HistoryStrip::lastHourOnlyChosen);
        Q_EMIT desk.strip->findChild<SegmentedControl*>()->chosen(0);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(desk.strip->isLastHourOnly());
        QCOMPARE(desk.chips().size(), 1);
        QCOMPARE(desk.chips().front()->text(), QStringLiteral("a811 Religion"));
        desk.strip->setEntries({entry(8, "77c3-11aa", "Religion", 61)}); // it holds for what comes
        QCOMPARE(desk.chips().size(), 0);
        desk.strip->setLastHourOnly(false);
        QCOMPARE(desk.chips().size(), 1);
        QCOMPARE(chosen.count(), 1); // only what the person chooses is told
    }

    void aDurationIsSaidRoughly()
    {
        QCOMPARE(durationText(0), QStringLiteral("under 1 min"));
        QCOMPARE(durationText(59'999), QStringLiteral("under 1 min"));
        QCOMPARE(durationText(60'000), QStringLiteral("1 min"));
        QCOMPARE(durationText(59 * kMinuteMs), QStringLiteral("59 min"));
        QCOMPARE(durationText(60 * kMinuteMs), QStringLiteral("1 h"));
        QVERIFY(durationText(49 * 60 * kMinuteMs).startsWith(QStringLiteral("2 day")));
    }
};

QTEST_MAIN(TestHistoryStrip)
#include "tst_history_strip.moc"
