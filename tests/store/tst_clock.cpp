#include "tests/store/database_test.h"
#include "tests/store/raw_sql.h"

#include <QTest>

#include <atomic>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

// Clocks that jump: the record's times never go back, and leases last as long as they last. PostgreSQL's server has a
// clock of its own, so that a desk's does not matter there.

using namespace modscope;
using namespace modscope::test;

namespace {

constexpr std::time_t kMinute = 60;
constexpr std::time_t kDay = 24 * 60 * kMinute;

std::atomic<std::time_t> g_wallShift{0};   ///< seconds by which the calendar's clock is wrong
std::atomic<std::time_t> g_uptimeShift{0}; ///< seconds that the machine has been up for longer

} // namespace

// The library's own calls end here, because a program's symbols come ahead of a library's.
extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    time->tv_sec += clock == CLOCK_REALTIME ? g_wallShift.load() : clock == CLOCK_BOOTTIME ? g_uptimeShift.load() : 0;
    return result;
}

class TestClock : public DatabaseTest {
    Q_OBJECT

    struct Desks {
        std::string location;
        std::unique_ptr<ReviewStore> ada;
        std::unique_ptr<ReviewStore> bo;
        std::vector<ItemId> ids;
    };

    Desks twoDesks(int items)
    {
        Desks desks;
        desks.location = newLocation();
        desks.ada = mustOpen(desks.location, "Ada", true);
        (void)*desks.ada->addReviewer("Bo", Role::Reviewer);
        desks.bo = mustOpen(desks.location, "Bo");
        desks.ids = desks.ada->import(textRows(items), "some")->ids;
        return desks;
    }

    static EventDraft decisionOn(ItemId item)
    {
        EventDraft draft;
        draft.items = {item};
        draft.decision = answer({Answer::Yes, Answer::No});
        return draft;
    }

private Q_SLOTS:
    void cleanup()
    {
        g_wallShift = 0;
        g_uptimeShift = 0;
    }

    void theRecordsTimesNeverGoBack()
    {
        const Desks desks = twoDesks(3);
        std::vector<TimeMs> times;
        for (const std::time_t shift : {3 * kDay, -3 * kDay, std::time_t{0}}) {
            g_wallShift = shift;
            MUST(decideNext(*desks.ada, desks.ids, Answer::Yes));
            MUST(desks.ada->readEvents({.before = 0, .item = {}, .actor = {}, .limit = 1, .newestFirst = true},
                                       [&](const ReviewEvent& event) -> Result<void> {
                                           times.push_back(event.time);
                                           return {};
                                       }));
        }
        QCOMPARE(times.size(), 3U);
        if (onPostgresql()) {
            QVERIFY(times[1] - times[0] < 1000 * kDay);
            QVERIFY(times[0] <= times[1] && times[1] <= times[2]);
        } else {
            QCOMPARE(times[1], times[0]); // waits until the clock has come so far again
            QCOMPARE(times[2], times[0]);
        }
        QCOMPARE(firstDifference(desks.location), std::string());
    }

    void aLeaseOutlivesAClockThatIsSet()
    {
        for (const std::time_t shift : {kDay, -kDay}) {
            const Desks desks = twoDesks(1);
            const Lease lease = **desks.ada->claim(desks.ids);
            g_wallShift = shift;
            QCOMPARE(desks.bo->claim(desks.ids)->has_value(), false);
            MUST(desks.ada->heartbeat(lease));
            MUST(desks.ada->commit(decisionOn(lease.item), lease));
            g_wallShift = 0;
        }
    }

    void aLeaseEndsAfterTenMinutes()
    {
        const Desks desks = twoDesks(1);
        const Lease lease = **desks.ada->claim(desks.ids);
        const auto letTimePass = [&](std::time_t seconds) {
            if (onPostgresql()) { // whose clock cannot be moved: the lease is
                runSql(desks.location, "UPDATE lease SET ends = ends - " + std::to_string(seconds * 1000));
            } else {
                g_uptimeShift += seconds;
            }
        };
        letTimePass(9 * kMinute);
        QCOMPARE(desks.bo->claim(desks.ids)->has_value(), false);
        const auto longer = desks.ada->heartbeat(lease);
        MUST(longer);
        letTimePass(9 * kMinute);
        QCOMPARE(desks.bo->claim(desks.ids)->has_value(), false);
        letTimePass(2 * kMinute);
        MUST(desks.bo->claim(desks.ids));
        QCOMPARE(desks.bo->leases()->front().holder, desks.bo->me().id);
        QCOMPARE(desks.ada->heartbeat(*longer).error().code, ErrorCode::Mismatch);
        QCOMPARE(desks.ada->commit(decisionOn(lease.item), lease).error().code, ErrorCode::Mismatch);
    }

    void aRebootEndsEveryLease()
    {
        const Desks desks = twoDesks(1);
        const Lease lease = **desks.ada->claim(desks.ids);
        // After a reboot the time since boot is small again: the lease's end seems to be far ahead.
        runSql(desks.location, "UPDATE lease SET epoch = 'the boot before', ends = ends + 86400000");
        QCOMPARE(desks.ada->leases()->size(), 0U);
        QCOMPARE(desks.ada->heartbeat(lease).error().code, ErrorCode::Mismatch);
        QCOMPARE(desks.ada->commit(decisionOn(lease.item), lease).error().code, ErrorCode::Mismatch);
        const auto taken = desks.bo->claim(desks.ids);
        MUST(taken);
        QVERIFY(taken->has_value());
        MUST(desks.bo->commit(decisionOn(lease.item), **taken));
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
