#include "core/review/check_pictures.h"
#include "core/review/import.h"
#include "core/review/watched_folder.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace modscope;
using modscope::test::valueOf;

namespace {

namespace fs = std::filesystem;

} // namespace

/// Pictures that change behind the store's back, and folders in which they appear.
class TestPictures : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] fs::path file(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    void copySample(const char* sample, const char* name) const
    {
        fs::copy_file(test::resource(std::string("demo/samples/") + sample), file(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aPictureThatIsGoneOrChangedIsListed()
    {
        copySample("01_cat.jpg", "cat.jpg");
        copySample("03_bugs.jpg", "bugs.jpg");
        copySample("05_code.jpg", "code.jpg");
        std::ofstream(file("broken.png")) << "no picture";
        auto store = valueOf(openStore({file("queue.db").string(), "Lea", Project{"memes", {"Racism"}}}));
        ImportOptions options;
        options.keepUnreadablePictures = true;
        const auto report = valueOf(
            importFiles(*store, {file("broken.png"), file("bugs.jpg"), file("cat.jpg"), file("code.jpg")}, options));
        QCOMPARE(report.added, std::uint64_t{4});
        fs::remove(file("bugs.jpg"));
        std::ofstream(file("cat.jpg"), std::ios::app) << "more";
        const auto checked = valueOf(checkPictures(*store));
        QCOMPARE(checked.pictures, std::uint64_t{4});
        QCOMPARE(checked.faults.size(), std::size_t{3});
        QCOMPARE(checked.faults[0].kind, PictureFault::Kind::NoHash);
        QCOMPARE(checked.faults[1].kind, PictureFault::Kind::Missing);
        QCOMPARE(checked.faults[1].path, file("bugs.jpg").string());
        QCOMPARE(checked.faults[2].kind, PictureFault::Kind::Changed);
        (void)valueOf(takeBackImport(*store, report.name)); // removed items are nobody's concern
        QCOMPARE(valueOf(checkPictures(*store)).pictures, std::uint64_t{0});
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(checkPictures(*store, 1, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void aWatchedFolderGivesEachPictureOnceItIsWhole()
    {
        fs::create_directory(file("inbox"));
        WatchedFolder folder({file("inbox")});
        QVERIFY(valueOf(folder.fresh()).empty());
        std::ofstream(file("inbox/a.jpg")) << "first half";
        QVERIFY(valueOf(folder.fresh()).empty()); // perhaps somebody still writes
        std::ofstream(file("inbox/a.jpg"), std::ios::app) << ", second half";
        QVERIFY(valueOf(folder.fresh()).empty());
        QCOMPARE(valueOf(folder.fresh()), std::vector<fs::path>{file("inbox/a.jpg")});
        QVERIFY(valueOf(folder.fresh()).empty());
        std::ofstream(file("inbox/a.jpg"), std::ios::app) << ", and more later";
        std::ofstream(file("inbox/notes.txt")) << "no picture";
        QVERIFY(valueOf(folder.fresh()).empty());
        QCOMPARE(valueOf(folder.fresh()).size(), std::size_t{1}); // it changed
        fs::remove(file("inbox/a.jpg"));
        QVERIFY(valueOf(folder.fresh()).empty());
    }
};

QTEST_GUILESS_MAIN(TestPictures)
#include "tst_pictures.moc"
