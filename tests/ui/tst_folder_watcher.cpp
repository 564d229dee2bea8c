#include "tests/ui/review_desk_test.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>

using namespace modscope;
using namespace modscope::ui;

/// Pictures that appear in a folder come into the queue by themselves.
class TestFolderWatcher : public ReviewDeskTest {
    Q_OBJECT

    [[nodiscard]] QString inbox(const char* name = "") const
    {
        QDir(m_folder->path()).mkpath(QStringLiteral("inbox"));
        return m_folder->filePath(QStringLiteral("inbox/") + QLatin1String(name));
    }
    void savePicture(const char* name, const QColor& colour) const
    {
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(colour);
        QVERIFY(image.save(inbox(name)));
    }
    [[nodiscard]] std::size_t items() const
    {
        std::size_t count = 0;
        const auto counted = store("Lea")->readItems({}, [&](const ItemContent&, const ItemStatus& status) {
            count += status.state == modscope::ItemState::Removed ? 0 : 1;
            return Result<void>();
        });
        return counted ? count : 0;
    }
    static void watch(Desk& desk, const QString& folder)
    {
        desk.work.watcher.setInterval(20);
        desk.work.watcher.watch({folder});
    }

private Q_SLOTS:
    void newPicturesComeInAndEachBatchCanBeTakenBack()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QSignalSpy batches(&desk.work.watcher, &FolderWatcher::batchImported);
        watch(desk, inbox());
        savePicture("one.png", Qt::red);
        QVERIFY(batches.wait(kPatienceMs));
        QCOMPARE(items(), std::size_t{3});
        savePicture("two.png", Qt::blue);
        QVERIFY(batches.wait(kPatienceMs));
        QCOMPARE(items(), std::size_t{4});
        QCOMPARE(desk.work.watcher.imported(), 2);
        QVERIFY(desk.page->subtitle().contains(QStringLiteral("inbox")));
        QSignalSpy tookBack(&desk.work.transfer, &ReviewTransfer::tookBack);
        desk.registry.action(QStringLiteral("review.takeBackWatched"))->trigger();
        QVERIFY(tookBack.wait(kPatienceMs));
        QCOMPARE(items(), std::size_t{3}); // the last batch only
    }

    void whatCannotBeReadIsNamedAndTheRestGoesOn()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QFile broken(inbox("broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("not a picture");
        broken.close();
        savePicture("sound.png", Qt::green);
        watch(desk, inbox());
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.watcher.problems().size(), 1, kPatienceMs);
        QVERIFY(desk.work.watcher.problems().front().contains(QStringLiteral("broken.png")));
        QCOMPARE(desk.work.watcher.imported(), 1);
        QCOMPARE(items(), std::size_t{3});
    }

    void watchingEndsWhenItIsStoppedAndWithTheQueue()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        watch(desk, inbox());
        desk.registry.action(QStringLiteral("review.stopWatching"))->trigger();
        QVERIFY(!desk.work.watcher.isWatching());
        watch(desk, inbox());
        desk.work.link.close();
        QVERIFY(!desk.work.watcher.isWatching());
    }

    void theQueueRemembersItsFolders()
    {
        fill(2);
        const QStringList folders{inbox()};
        {
            Desk desk(m_folder->path(), &m_pool);
            QVERIFY(desk.waitForItem());
            QVERIFY(QMetaObject::invokeMethod(desk.page, "watchFolders", Q_ARG(QStringList, folders)));
            QVERIFY(desk.work.watcher.isWatching());
        }
        Desk again(m_folder->path(), &m_pool);
        QVERIFY(again.waitForItem());
        QCOMPARE(again.work.watcher.folders(), folders);
    }
};

QTEST_MAIN(TestFolderWatcher)
#include "tst_folder_watcher.moc"
