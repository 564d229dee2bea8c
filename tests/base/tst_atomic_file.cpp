#include "core/base/atomic_file.h"
#include "core/base/file.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace modscope;
namespace fs = std::filesystem;

namespace {

/// Files may not grow beyond this many bytes while it lives: what a full disk does to a writer.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

unsigned modeOf(const fs::path& path)
{
    struct stat facts {};
    ::stat(path.c_str(), &facts);
    return facts.st_mode & 07777U;
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
        m_target = m_root / "out.csv";
    }

    void writesAWholeFile();
    void showsNothingBeforeCommit();
    void leavesNothingBehindWithoutCommit();
    void replacesAndKeepsPermissions();
    void givesNewFilesTheUsualPermissions();
    void writesThroughALink();
    void refusesALoopOfLinks();
    void keepsTheOldFileWhenTheDiskIsFull();
    void failsLateWhenTheDiskIsFullAtCommit();
    void refusesFoldersAndDevices();
    void saysWhyAFolderCannotBeWritten();
    void canBeMoved();
    void cannotBeCommittedTwice();

private:
    std::size_t filesInFolder() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_root), fs::directory_iterator()));
    }
    std::string content() const { return readTextFile(m_target, 1 << 24).value_or("unreadable"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
    fs::path m_target;
};

void TestAtomicFile::writesAWholeFile()
{
    std::string large(300'000, 'x');
    auto file = AtomicFile::create(m_target);
    QVERIFY(file);
    QVERIFY(file->write("head\n"));
    QVERIFY(file->write(large));
    QVERIFY(file->write(""));
    QVERIFY(file->commit());
    QCOMPARE(content(), "head\n" + large);
    QCOMPARE(filesInFolder(), std::size_t{1});

    QVERIFY(writeFileAtomically(m_target, ""));
    QCOMPARE(content(), std::string());
}

void TestAtomicFile::showsNothingBeforeCommit()
{
    auto file = AtomicFile::create(m_target);
    QVERIFY(file && file->write(std::string(200'000, 'x')));
    QVERIFY(!fs::exists(m_target));
    QCOMPARE(filesInFolder(), std::size_t{1});
    const auto only = fs::directory_iterator(m_root)->path().filename().string();
    QVERIFY2(only.starts_with("."), only.c_str());
    QVERIFY(file->commit());
    QVERIFY(fs::exists(m_target));
}

void TestAtomicFile::leavesNothingBehindWithoutCommit()
{
    QVERIFY(writeFileAtomically(m_target, "old"));
    {
        auto file = AtomicFile::create(m_target);
        QVERIFY(file && file->write(std::string(200'000, 'x')));
    }
    QCOMPARE(content(), std::string("old"));
    QCOMPARE(filesInFolder(), std::size_t{1});
}

void TestAtomicFile::replacesAndKeepsPermissions()
{
    QVERIFY(writeFileAtomically(m_target, "old"));
    fs::permissions(m_target, static_cast<fs::perms>(0640));
    QVERIFY(writeFileAtomically(m_target, "new"));
    QCOMPARE(content(), std::string("new"));
    QCOMPARE(modeOf(m_target), 0640U);
}

void TestAtomicFile::givesNewFilesTheUsualPermissions()
{
    const mode_t before = ::umask(027);
    const auto written = writeFileAtomically(m_target, "x");
    ::umask(before);
    QVERIFY(written);
    QCOMPARE(modeOf(m_target), 0640U);
}

void TestAtomicFile::writesThroughALink()
{
    fs::create_directory(m_root / "elsewhere");
    fs::create_symlink("elsewhere/real.csv", m_target);
    for (const char* text : {"first", "second"}) { // the target does not exist, then it does
        QVERIFY(writeFileAtomically(m_target, text));
        QVERIFY(fs::is_symlink(m_target));
        QVERIFY(fs::is_regular_file(m_root / "elsewhere" / "real.csv"));
        QCOMPARE(content(), std::string(text));
    }
}

void TestAtomicFile::refusesALoopOfLinks()
{
    fs::create_symlink("other", m_target);
    fs::create_symlink("out.csv", m_root / "other");
    const auto written = writeFileAtomically(m_target, "x");
    QVERIFY(!written && written.error().code == ErrorCode::InvalidArgument);
    QVERIFY(fs::is_symlink(m_target));
    QCOMPARE(filesInFolder(), std::size_t{2});
}

void TestAtomicFile::keepsTheOldFileWhenTheDiskIsFull()
{
    QVERIFY(writeFileAtomically(m_target, "old"));
    {
        const FullDisk full(100'000);
        auto file = AtomicFile::create(m_target);
        QVERIFY(file);
        QVERIFY(file->write(std::string(90'000, 'x')));
        const auto written = file->write(std::string(90'000, 'x'));
        QVERIFY(!written && written.error().code == ErrorCode::IoError);
        QVERIFY2(written.error().message.starts_with(m_target.string()), written.error().message.c_str());
        const auto committed = file->commit();
        QVERIFY(!committed);
    }
    QCOMPARE(content(), std::string("old"));
    QCOMPARE(filesInFolder(), std::size_t{1});
}

void TestAtomicFile::failsLateWhenTheDiskIsFullAtCommit()
{
    {
        const FullDisk full(10);
        auto file = AtomicFile::create(m_target);
        QVERIFY(file && file->write("more than ten bytes")); // still in the buffer
        const auto committed = file->commit();
        QVERIFY(!committed && committed.error().code == ErrorCode::IoError);
    }
    QCOMPARE(filesInFolder(), std::size_t{0});
}

void TestAtomicFile::refusesFoldersAndDevices()
{
    const auto folder = AtomicFile::create(m_root);
    QVERIFY(!folder && folder.error().code == ErrorCode::InvalidArgument);
    const auto device = AtomicFile::create("/dev/null");
    QVERIFY(!device && device.error().code == ErrorCode::InvalidArgument);
}

void TestAtomicFile::saysWhyAFolderCannotBeWritten()
{
    const auto missing = AtomicFile::create(m_root / "missing" / "out.csv");
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
    if (::geteuid() == 0) {
        return; // root may write everywhere: nothing more to see
    }
    fs::permissions(m_root, fs::perms::owner_read | fs::perms::owner_exec);
    const auto locked = AtomicFile::create(m_target);
    fs::permissions(m_root, fs::perms::owner_all);
    QVERIFY(!locked && locked.error().code == ErrorCode::PermissionDenied);
}

void TestAtomicFile::canBeMoved()
{
    auto first = AtomicFile::create(m_target);
    QVERIFY(first && first->write("x"));
    AtomicFile second = std::move(*first);
    auto third = AtomicFile::create(m_root / "other.csv");
    QVERIFY(third);
    *third = std::move(second); // what third held is given up with `second`
    QVERIFY(third->write("y"));
    QVERIFY(third->commit());
    QCOMPARE(content(), std::string("xy"));
}

void TestAtomicFile::cannotBeCommittedTwice()
{
    auto file = AtomicFile::create(m_target);
    QVERIFY(file && file->write("x"));
    QVERIFY(file->commit());
    QVERIFY(!file->commit());
    QCOMPARE(content(), std::string("x"));
}

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
