#include "core/base/file.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace modscope;
namespace fs = std::filesystem;

class TestFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
    }

    void readsWholeFiles();
    void holdsTheLimit();
    void readsInPieces();
    void refusesWhatIsNoRegularFile();
    void saysWhyAFileCannotBeOpened();
    void mapsFiles();
    void keepsAMappingAliveThroughItsCopies();
    void givesBackTheMemoryOfAMappingAndReadsItAgain();
    void readsFilesOfUnknownSize();

private:
    fs::path put(const std::string& name, const std::string& content) const
    {
        std::ofstream(m_root / name, std::ios::binary) << content;
        return m_root / name;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

void TestFile::readsWholeFiles()
{
    const std::string text("a\0b\n", 4);
    QCOMPARE(readTextFile(put("a", text), 4).value(), text);
    const auto bytes = readFile(put("b", text), 4);
    QVERIFY(bytes && bytes->size() == 4 && (*bytes)[1] == std::byte{0});
    QCOMPARE(readTextFile(put("empty", ""), 0).value(), std::string());
}

void TestFile::holdsTheLimit()
{
    const fs::path path = put("a", "12345");
    QVERIFY(readTextFile(path, 5));
    const auto tooLarge = readTextFile(path, 4);
    QVERIFY(!tooLarge && tooLarge.error().code == ErrorCode::LimitExceeded);
    QVERIFY(tooLarge.error().message.starts_with(path.string()));
}

void TestFile::readsInPieces()
{
    auto file = InputFile::open(put("a", "12345"));
    QVERIFY(file);
    QCOMPARE(file->size(), std::uint64_t{5});
    std::array<std::byte, 3> buffer{};
    QCOMPARE(file->read(buffer).value(), std::size_t{3});
    InputFile moved = std::move(*file);
    QCOMPARE(moved.read(buffer).value(), std::size_t{2});
    QCOMPARE(moved.read(buffer).value(), std::size_t{0});
}

void TestFile::refusesWhatIsNoRegularFile()
{
    QVERIFY(::mkfifo((m_root / "pipe").c_str(), 0600) == 0);
    for (const fs::path& path : {m_root, m_root / "pipe", fs::path("/dev/zero")}) { // none may be waited for
        const auto file = InputFile::open(path);
        QVERIFY2(!file && file.error().code == ErrorCode::InvalidArgument, path.c_str());
    }
}

void TestFile::saysWhyAFileCannotBeOpened()
{
    const auto missing = readFile(m_root / "missing", 10);
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
    QVERIFY(missing.error().message.starts_with((m_root / "missing").string()));
    const auto below = readFile(put("a", "x") / "b", 10);
    QVERIFY(!below && below.error().code == ErrorCode::NotFound);
    fs::create_symlink("loop", m_root / "loop");
    const auto loop = readFile(m_root / "loop", 10);
    QVERIFY(!loop && loop.error().code == ErrorCode::InvalidArgument);
    if (::geteuid() != 0) {
        fs::permissions(m_root / "a", fs::perms::none);
        const auto locked = readFile(m_root / "a", 10);
        QVERIFY(!locked && locked.error().code == ErrorCode::PermissionDenied);
    }
}

void TestFile::mapsFiles()
{
    const auto mapped = MappedFile::open(put("a", "12345"));
    QVERIFY(mapped);
    QCOMPARE(mapped->bytes().size(), std::size_t{5});
    QVERIFY(mapped->bytes()[4] == std::byte{'5'});
    const auto empty = MappedFile::open(put("empty", ""));
    QVERIFY(empty && empty->bytes().empty());
    QVERIFY(!MappedFile::open(m_root / "missing"));
}

/// Bytes of mapped files that are in this process's memory.
static std::size_t residentFileBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "RssFile:") {
            std::size_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    }
    return 0;
}

void TestFile::givesBackTheMemoryOfAMappingAndReadsItAgain()
{
    constexpr std::size_t kBytes = std::size_t{32} << 20U;
    const auto mapped = MappedFile::open(put("large", std::string(kBytes, 'x')));
    QVERIFY(mapped);
    const auto bytes = mapped->bytes();
    const auto countX = [&] { return std::count(bytes.begin(), bytes.end(), std::byte{'x'}); };
    QCOMPARE(countX(), static_cast<std::ptrdiff_t>(kBytes));
    const std::size_t full = residentFileBytes();

    mapped->release(bytes.subspan(1, kBytes - 2)); // begins and ends within a page
    QVERIFY(residentFileBytes() + kBytes / 2 < full);
    mapped->release({});
    QCOMPARE(countX(), static_cast<std::ptrdiff_t>(kBytes));
}

void TestFile::keepsAMappingAliveThroughItsCopies()
{
    std::span<const std::byte> bytes;
    std::optional<MappedFile> copy;
    {
        const auto mapped = MappedFile::open(put("a", "12345"));
        QVERIFY(mapped);
        copy = *mapped;
        bytes = mapped->bytes();
    }
    fs::remove(m_root / "a");
    QVERIFY(bytes[0] == std::byte{'1'});
}

void TestFile::readsFilesOfUnknownSize()
{
    // The kernel reports size 0 for these; what is read counts.
    const auto version = readTextFile("/proc/self/stat", 1 << 16);
    QVERIFY(version && version->size() > 10);
    const auto limited = readTextFile("/proc/self/stat", 10);
    QVERIFY(!limited && limited.error().code == ErrorCode::LimitExceeded);
}

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
