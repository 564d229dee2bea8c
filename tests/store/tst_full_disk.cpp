#include "tests/store/database_test.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <sys/syscall.h>
#include <unistd.h>

// A disk that is full at any write: what was asked for is refused, nothing is changed, and work goes on when there is
// room again.

using namespace modscope;
using namespace modscope::test;

namespace {

std::atomic<int> g_writesLeft{-1}; ///< until the disk is full; below 0: there is room
std::atomic<int> g_refused{0};

bool diskIsFull()
{
    if (g_writesLeft.load() < 0) {
        return false;
    }
    if (g_writesLeft.load() == 0) {
        ++g_refused;
        errno = ENOSPC;
        return true;
    }
    --g_writesLeft;
    return false;
}

} // namespace

// SQLite's own calls end here, because a program's symbols come ahead of a library's.
extern "C" __attribute__((visibility("default"))) ssize_t pwrite64(int file,
                                                                   const void* bytes,
                                                                   size_t count,
                                                                   off64_t offset)
{
    return diskIsFull() ? -1 : ::syscall(SYS_pwrite64, file, bytes, count, offset);
}

class TestFullDisk : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryFolder> m_folder;
    [[nodiscard]] std::string location() const { return (m_folder->path() / "a.db").string(); }

    /// Makes the disk full at the first write of `work`, then at the second and so on until all writes find room.
    /// @return how many writes were refused
    template <typename Work>
    int atEveryWrite(ReviewStore& store, const std::vector<ItemId>& ids, const Work& work)
    {
        const auto before = *store.statuses(ids);
        const EventSeq last = *store.lastEvent();
        const int refusedBefore = g_refused;
        for (int room = 0;; ++room) {
            g_writesLeft = room;
            const auto outcome = work();
            g_writesLeft = -1;
            if (outcome) {
                return g_refused - refusedBefore;
            }
            [&] {
                QCOMPARE(outcome.error().code, ErrorCode::IoError);
                QCOMPARE(outcome.error().message, location() + ": the disk is full; nothing was changed");
                QCOMPARE(*store.lastEvent(), last);
                QCOMPARE(*store.statuses(ids) == before, true);
                QCOMPARE(firstDifference(location()), std::string());
            }();
            if (QTest::currentTestFailed()) {
                return 0;
            }
        }
    }

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<TemporaryFolder>();
    }

    void aDecisionIsRefusedAndTakenOnceThereIsRoom()
    {
        auto store = mustOpen(location(), "Ada", true);
        const auto ids = store->import(textRows(20), "some")->ids;
        const Lease lease = **store->claim(ids);
        EventDraft draft;
        draft.items = {lease.item};
        draft.decision = answer({Answer::Yes, Answer::No});
        QVERIFY(atEveryWrite(*store, ids, [&] { return store->commit(draft, lease); }) > 3);
        QCOMPARE(store->statuses(std::span(&lease.item, 1))->front().state, ItemState::Decided);
        QCOMPARE(firstDifference(location()), std::string());
    }

    void anImportIsTakenWholeOrNotAtAll()
    {
        auto store = mustOpen(location(), "Ada", true);
        const auto ids = store->import(textRows(5), "some")->ids;
        QVERIFY(atEveryWrite(*store, ids, [&] { return store->import(textRows(40, 100), "more"); }) > 10);
        QCOMPARE(*store->importedRows("more"), 139U); // the number of the last row
        QCOMPARE(firstDifference(location()), std::string());
    }

    void aStoreThatFindsNoRoomToBeMadeIsMadeLater()
    {
        int refusals = 0;
        for (int room = 0;; ++room) {
            g_writesLeft = room;
            const auto store = openStore({location(), "Ada", memeProject()});
            g_writesLeft = -1;
            if (store) {
                break;
            }
            ++refusals;
            QCOMPARE(store.error().code, ErrorCode::IoError);
        }
        QVERIFY(refusals > 10);
        QCOMPARE(firstDifference(location()), std::string());
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
