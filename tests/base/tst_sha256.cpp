#include "core/base/sha256.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace modscope;
namespace fs = std::filesystem;

namespace {

std::string hashOf(const std::string& text)
{
    return sha256Hex(std::as_bytes(std::span(text)));
}

} // namespace

class TestSha256 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void givesThePublishedValues_data();
    void givesThePublishedValues();
    void takesPiecesOfAnySize();
    void startsAnewAfterFinishing();
    void hashesFilesAndReportsProgress();
    void canBeCancelled();
    void saysWhyAFileCannotBeHashed();
};

// The messages of FIPS 180-4's examples.
void TestSha256::givesThePublishedValues_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("hash");
    QTest::newRow("empty") << QString()
                           << QStringLiteral("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("one block") << QStringLiteral("abc")
                               << QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks") << QStringLiteral("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                << QStringLiteral("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("a million") << QString(1'000'000, QLatin1Char('a'))
                               << QStringLiteral("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestSha256::givesThePublishedValues()
{
    QFETCH(QString, message);
    QFETCH(QString, hash);
    QCOMPARE(QString::fromStdString(hashOf(message.toStdString())), hash);
}

void TestSha256::takesPiecesOfAnySize()
{
    std::string text;
    for (int index = 0; index < 1000; ++index) {
        text += static_cast<char>(index % 251);
    }
    for (const std::size_t size : {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}}) {
        Sha256 hash;
        const auto bytes = std::as_bytes(std::span(text));
        for (std::size_t start = 0; start < bytes.size(); start += size) {
            hash.update(bytes.subspan(start, std::min(size, bytes.size() - start)));
        }
        QCOMPARE(toHex(hash.finish()), hashOf(text));
    }
}

void TestSha256::startsAnewAfterFinishing()
{
    Sha256 hash;
    const std::string text = "abc";
    hash.update(std::as_bytes(std::span(text)));
    QCOMPARE(toHex(hash.finish()), hashOf("abc"));
    QCOMPARE(toHex(hash.finish()), hashOf(""));
}

void TestSha256::hashesFilesAndReportsProgress()
{
    QTemporaryDir folder;
    const fs::path path = folder.filePath(QStringLiteral("file")).toStdString();
    const std::string text(3'000'000, 'x');
    std::ofstream(path, std::ios::binary) << text;
    std::vector<Progress> reports;
    const auto hash = sha256OfFile(path, {}, [&](const Progress& progress) { reports.push_back(progress); });
    QCOMPARE(hash.value(), hashOf(text));
    QVERIFY(reports.size() >= 3);
    QVERIFY((reports.back() == Progress{3'000'000, 3'000'000}));
}

void TestSha256::canBeCancelled()
{
    std::stop_source source;
    source.request_stop();
    const auto hash = sha256OfFile(test::testData("golden/PROVENANCE.md"), source.get_token());
    QVERIFY(!hash && hash.error().code == ErrorCode::Cancelled);
}

void TestSha256::saysWhyAFileCannotBeHashed()
{
    const auto hash = sha256OfFile("/nonexistent/file");
    QVERIFY(!hash && hash.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"
