#include "core/data/jsonl.h"
#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTest>

#include <sstream>

using namespace modscope;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

JsonlReader open(const std::string& text)
{
    return JsonlReader::fromStream(std::make_unique<std::istringstream>(text), "t.jsonl");
}

} // namespace

class TestJsonl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void readsFlatObjects();
    void goesOnAfterABadLine_data();
    void goesOnAfterABadLine();
    void refusesMissingFiles();
};

void TestJsonl::readsFlatObjects()
{
    const std::string text =
        "\xEF\xBB\xBF{\"id\": 7, \"text\": \"a\\u00e9\\n\"}\r\n\n"
        "{\"flag\":true,\"number\":-1.50e2,\"none\":null,\"big\":12345678901234567890,\"no\":false}";
    JsonlReader reader = open(text);
    const auto first = reader.next();
    QVERIFY(first && *first);
    QVERIFY(((*first)->fields == Fields{{"id", "7"}, {"text", "a\xC3\xA9\n"}}));
    QCOMPARE((*first)->line, std::uint64_t{1});
    QCOMPARE(*(*first)->find("text"), std::string("a\xC3\xA9\n"));
    QVERIFY((*first)->find("image") == nullptr);
    const auto second = reader.next();
    QVERIFY(second && *second);
    QVERIFY(((*second)->fields ==
             Fields{{"flag", "true"}, {"number", "-1.50e2"}, {"big", "12345678901234567890"}, {"no", "false"}}));
    QCOMPARE((*second)->line, std::uint64_t{3});
    QVERIFY(!reader.next());
    QCOMPARE(reader.bytesRead(), static_cast<std::uint64_t>(text.size()));
}

void TestJsonl::goesOnAfterABadLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& line, const char* said) {
        QTest::newRow(name) << QByteArray(line.data(), static_cast<qsizetype>(line.size())) << QString::fromUtf8(said);
    };
    row("not JSON", "{\"a\":", "is not JSON at byte");
    row("two objects", "{}{}", "is not JSON");
    row("a list", "[1]", "must hold a JSON object");
    row("a text", "\"a\"", "must hold a JSON object");
    row("null", "null", "must hold a JSON object");
    row("a nested object", "{\"a\":{}}", "has a nested value under \"a\"");
    row("a nested list", "{\"a\":[]}", "has a list under \"a\"");
    row("a key twice", "{\"a\":1,\"a\":null}", "has the key \"a\" twice");
    row("not UTF-8", "{\"a\":\"\xE9\"}", "is not JSON");
    row("a NUL", std::string("{}\0", 3), "NUL");
    row("a long line", "{\"a\":\"" + std::string(5'000'000, 'x') + "\"}", "longer than 4194304 bytes");
    row("bottomless", std::string(100'000, '['), "must hold a JSON object");
}

void TestJsonl::goesOnAfterABadLine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, said);
    JsonlReader reader = open("{\"a\":\"1\"}\n" + line.toStdString() + "\n{\"a\":\"2\"}\n");
    QVERIFY(*reader.next());
    const auto bad = reader.next();
    QVERIFY(bad && !*bad);
    const auto message = QString::fromStdString(bad->error().message);
    QVERIFY2(message.contains(said), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("t.jsonl:2: ")), qPrintable(message));
    const auto good = reader.next();
    QVERIFY(good && *good);
    QCOMPARE(*(*good)->find("a"), std::string("2"));
    QVERIFY(!reader.next());
}

void TestJsonl::refusesMissingFiles()
{
    const auto reader = JsonlReader::open("/nonexistent/t.jsonl");
    QVERIFY(!reader && reader.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestJsonl)
#include "tst_jsonl.moc"
