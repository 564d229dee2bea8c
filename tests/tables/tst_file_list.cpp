#include "core/data/file_list.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace modscope;
namespace fs = std::filesystem;
using Kind = FileListEntry::Kind;

class TestFileList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
    }

    void listsFoldersInNameOrder();
    void alwaysListsNamedFiles();
    void leavesOutHiddenNames();
    void namesLinksInsteadOfFollowingThem();
    void usesLinksThatAreNamed();
    void stopsAtTheDepthLimit();
    void saysWhatIsUnusable();
    void canBeCancelled();

private:
    void touch(const std::string& name) const
    {
        fs::create_directories((m_root / name).parent_path());
        std::ofstream(m_root / name) << "x";
    }

    std::vector<FileListEntry> list(const std::vector<fs::path>& paths, const FileListOptions& options = {}) const
    {
        std::vector<FileListEntry> entries;
        const auto listed =
            listFiles(paths, options, {}, [&](FileListEntry entry) { entries.push_back(std::move(entry)); });
        if (!listed) {
            qFatal("%s", listed.error().message.c_str());
        }
        return entries;
    }

    std::vector<std::string> names(const std::vector<FileListEntry>& entries) const
    {
        std::vector<std::string> result;
        for (const FileListEntry& entry : entries) {
            result.push_back(entry.path.lexically_relative(m_root).string());
        }
        return result;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

void TestFileList::listsFoldersInNameOrder()
{
    for (const char* name :
         {"b.PNG", "a/2.webp", "a/1.jpg", "c.csv", "notes.txt", "d/e/f.ndjson", "z.jfif", "noname"}) {
        touch(name);
    }
    const auto entries = list({m_root});
    QVERIFY((names(entries) ==
             std::vector<std::string>{"a/1.jpg", "a/2.webp", "b.PNG", "c.csv", "d/e/f.ndjson", "z.jfif"}));
    QCOMPARE(entries[0].kind, Kind::Picture);
    QCOMPARE(entries[3].kind, Kind::Table);
    QCOMPARE(entries[4].kind, Kind::Table);
}

void TestFileList::alwaysListsNamedFiles()
{
    touch("download");
    touch(".hidden.dat");
    touch("t.csv");
    const auto entries = list({m_root / "t.csv", m_root / "download", m_root / ".hidden.dat"});
    QVERIFY((names(entries) == std::vector<std::string>{"t.csv", "download", ".hidden.dat"}));
    QCOMPARE(entries[0].kind, Kind::Table);
    QCOMPARE(entries[1].kind, Kind::Picture);
    QCOMPARE(entries[2].kind, Kind::Picture);
}

void TestFileList::leavesOutHiddenNames()
{
    touch(".git/a.png");
    touch("._a.png");
    touch("a.png");
    QVERIFY((names(list({m_root})) == std::vector<std::string>{"a.png"}));
}

void TestFileList::namesLinksInsteadOfFollowingThem()
{
    touch("real/a.png");
    touch("top/b.png");
    fs::create_directory_symlink(m_root / "real", m_root / "top" / "folder");
    fs::create_directory_symlink(m_root / "top", m_root / "top" / "loop");
    fs::create_symlink(m_root / "real" / "a.png", m_root / "top" / "picture.png");
    fs::create_symlink(m_root / "real" / "a.png", m_root / "top" / "unknown.txt");
    const auto entries = list({m_root / "top"});
    QVERIFY((names(entries) == std::vector<std::string>{"top/b.png", "top/folder", "top/loop", "top/picture.png"}));
    QCOMPARE(entries[0].kind, Kind::Picture);
    for (std::size_t index = 1; index < entries.size(); ++index) {
        QCOMPARE(entries[index].kind, Kind::Unusable);
        QVERIFY(entries[index].error.message.starts_with(entries[index].path.string() + ": is a link"));
    }
}

void TestFileList::usesLinksThatAreNamed()
{
    touch("real/a.png");
    fs::create_directory_symlink(m_root / "real", m_root / "folder");
    fs::create_symlink(m_root / "real" / "a.png", m_root / "picture.png");
    const auto entries = list({m_root / "folder", m_root / "picture.png"});
    QVERIFY((names(entries) == std::vector<std::string>{"folder/a.png", "picture.png"}));
    QCOMPARE(entries[0].kind, Kind::Picture);
    QCOMPARE(entries[1].kind, Kind::Picture);
}

void TestFileList::stopsAtTheDepthLimit()
{
    touch("1/2/3/deep.png");
    touch("1/2/near.png");
    FileListOptions options;
    options.maxDepth = 2;
    const auto entries = list({m_root}, options);
    QVERIFY((names(entries) == std::vector<std::string>{"1/2/3", "1/2/near.png"}));
    QCOMPARE(entries[0].kind, Kind::Unusable);
    QCOMPARE(entries[0].error.code, ErrorCode::LimitExceeded);
}

void TestFileList::saysWhatIsUnusable()
{
    touch("a.png");
    fs::create_symlink("nowhere.png", m_root / "broken.png");
    fs::create_symlink("loop.png", m_root / "loop.png");
    QVERIFY(::mkfifo((m_root / "pipe.png").c_str(), 0600) == 0);
    touch("locked/b.png");
    fs::permissions(m_root / "locked", fs::perms::none);
    const auto entries = list({m_root, m_root / "missing", m_root / "broken.png", m_root / "loop.png"});
    fs::permissions(m_root / "locked", fs::perms::owner_all);

    const bool root = ::geteuid() == 0; // who may read everything
    QVERIFY((names(entries) == std::vector<std::string>{"a.png", "broken.png", root ? "locked/b.png" : "locked",
                                                        "loop.png", "pipe.png", "missing", "broken.png", "loop.png"}));
    QCOMPARE(entries[1].error.code, ErrorCode::InvalidArgument);
    QCOMPARE(entries[2].error.code, root ? Error{}.code : ErrorCode::PermissionDenied);
    QCOMPARE(entries[3].error.code, ErrorCode::InvalidArgument);
    QCOMPARE(entries[4].error.code, ErrorCode::InvalidArgument);
    QCOMPARE(entries[5].error.code, ErrorCode::NotFound);
    QVERIFY(entries[5].error.message.find("missing") != std::string::npos);
    QCOMPARE(entries[6].error.code, ErrorCode::NotFound); // named itself, it is followed to nowhere
    QCOMPARE(entries[7].kind, Kind::Unusable);
}

void TestFileList::canBeCancelled()
{
    for (int index = 0; index < 20; ++index) {
        touch(std::to_string(index) + ".png");
    }
    std::stop_source source;
    int seen = 0;
    const auto listed = listFiles({m_root}, {}, source.get_token(), [&](const FileListEntry&) {
        if (++seen == 3) {
            source.request_stop();
        }
    });
    QVERIFY(!listed && listed.error().code == ErrorCode::Cancelled);
    QCOMPARE(seen, 3);
}

QTEST_GUILESS_MAIN(TestFileList)
#include "tst_file_list.moc"
