#include "tests/store/database_test.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <linux/capability.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

// Files and folders that cannot be written: the store is read, says so and changes nothing.

using namespace modscope;
using namespace modscope::test;

namespace {

namespace fs = std::filesystem;

/// Runs `work` in a thread for which file modes count, also where the test runs as root. Capabilities are a thread's.
template <typename Work>
void asOrdinaryUser(const Work& work)
{
    std::thread([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
        QCOMPARE(::syscall(SYS_capset, &header, none), 0L);
        work();
    }).join();
}

/// Takes the right to write away until it goes.
class WriteProtected {
public:
    explicit WriteProtected(fs::path path) : m_path(std::move(path)), m_before(fs::status(m_path).permissions())
    {
        fs::permissions(m_path, fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write,
                        fs::perm_options::remove);
    }
    ~WriteProtected() { fs::permissions(m_path, m_before); }
    WriteProtected(const WriteProtected&) = delete;
    WriteProtected& operator=(const WriteProtected&) = delete;

private:
    fs::path m_path;
    fs::perms m_before;
};

/// Whether every way of changing something is refused with PermissionDenied.
void refusesToWrite(ReviewStore& store, const std::vector<ItemId>& ids)
{
    QCOMPARE(store.readOnly(), true);
    QCOMPARE(store.contents(ids)->size(), ids.size());
    std::size_t facts = 0;
    MUST(store.readFacts(0, {}, [&](const ItemFacts&) { ++facts; }));
    QCOMPARE(facts, ids.size());
    QCOMPARE(store.claim(ids).error().code, ErrorCode::PermissionDenied);
    QCOMPARE(store.import(textRows(1), "x").error().code, ErrorCode::PermissionDenied);
    QCOMPARE(store.setOcrText(ids[0], "x").error().code, ErrorCode::PermissionDenied);
    QCOMPARE(store.addExposure({"2026-11-25", 1, 0, 0, 1, 0}).error().code, ErrorCode::PermissionDenied);
    EventDraft draft;
    draft.items = {ids[0]};
    draft.decision = answer({Answer::Yes, Answer::No});
    QCOMPARE(store.commit(draft, std::nullopt).error().code, ErrorCode::PermissionDenied);
}

} // namespace

class TestReadOnly : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryFolder> m_folder;
    std::vector<ItemId> m_ids;
    [[nodiscard]] fs::path file() const { return m_folder->path() / "a.db"; }

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<TemporaryFolder>();
        m_ids = mustOpen(file().string(), "Ada", true)->import(textRows(2), "some")->ids;
    }

    void aStoreThatIsOpenedForReadingRefusesToWrite()
    {
        StoreOptions options;
        options.location = "sqlite://" + file().string();
        options.reviewerName = "Ada";
        options.readOnly = true;
        auto store = openStore(options);
        MUST(store);
        refusesToWrite(**store, m_ids);
    }

    void aFileThatCannotBeWrittenIsRead()
    {
        const WriteProtected file(this->file());
        asOrdinaryUser([&] { refusesToWrite(*mustOpen(this->file().string()), m_ids); });
    }

    void aFileInAFolderThatCannotBeWrittenIsRead()
    {
        const WriteProtected folder(m_folder->path());
        asOrdinaryUser([&] { refusesToWrite(*mustOpen(file().string()), m_ids); });
    }

    void aStoreCannotBeMadeInAFolderThatCannotBeWritten()
    {
        const WriteProtected folder(m_folder->path());
        asOrdinaryUser([&] {
            const auto store = openStore({(m_folder->path() / "b.db").string(), "Ada", memeProject()});
            QVERIFY(!store.has_value());
            QVERIFY2(store.error().message.find("b.db") != std::string::npos, store.error().message.c_str());
        });
        QVERIFY(!fs::exists(m_folder->path() / "b.db"));
    }

    void aFileThatCannotBeReadIsNamed()
    {
        fs::permissions(file(), fs::perms::none);
        asOrdinaryUser([&] {
            const auto store = openStore({file().string(), "Ada", {}});
            QCOMPARE(store.error().code, ErrorCode::PermissionDenied);
            QVERIFY2(store.error().message.find("a.db") != std::string::npos, store.error().message.c_str());
        });
    }
};

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_read_only.moc"
