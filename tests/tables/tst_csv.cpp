#include "core/data/csv.h"
#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sstream>
#include <stdexcept>

using namespace modscope;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<CsvReader> open(const std::string& text, const CsvLimits& limits = {})
{
    return CsvReader::fromStream(std::make_unique<std::istringstream>(text), "t.csv", limits);
}

CsvReader openOrDie(const std::string& text, const CsvLimits& limits = {})
{
    auto reader = open(text, limits);
    if (!reader) {
        qFatal("%s", reader.error().message.c_str());
    }
    return std::move(*reader);
}

/// Every row until the end; fails the process on a row error.
Rows readAll(CsvReader& reader)
{
    Rows rows;
    for (auto next = reader.next(); next.row; next = reader.next()) {
        if (!*next.row) {
            qFatal("%s", next.row->error().message.c_str());
        }
        rows.push_back((*next.row)->fields);
    }
    return rows;
}

/// A device that goes away at the end of its text.
class FailingBuffer : public std::streambuf {
public:
    explicit FailingBuffer(std::string text) : m_text(std::move(text))
    {
        setg(m_text.data(), m_text.data(), m_text.data() + m_text.size());
    }

private:
    int_type underflow() override { throw std::runtime_error("device gone"); }

    std::string m_text;
};

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void readsEveryDialect_data();
    void readsEveryDialect();
    void numbersRowsAndLines();
    void givesARowItsOwnError_data();
    void givesARowItsOwnError();
    void namesTheLineWhereAnUnbalancedQuoteOpened();
    void refusesBadHeaders_data();
    void refusesBadHeaders();
    void holdsItsLimitsInFlatMemory();
    void reportsReadErrors();
    void findsColumns();
    void readsBackWhatItWrites();
    void quotesOnlyWhereNeeded();
    void readsTheRealTweets();
};

void TestCsv::readsEveryDialect_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    };
    row("LF", "a,b\n1,2\n3,\n");
    row("CRLF", "a,b\r\n1,2\r\n3,\r\n");
    row("mixed", "a,b\r\n1,2\n3,\r\n");
    row("no end at the end", "a,b\n1,2\n3,");
    row("a byte order mark", "\xEF\xBB\xBF"
                             "a,b\n1,2\n3,\n");
    row("a byte order mark before a quote", "\xEF\xBB\xBF\"a\",b\n1,2\n3,\n");
    row("quotes", "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"\"\n");
    row("blank lines", "\n\r\na,b\n\n1,2\n\n\n3,\n\n");
}

void TestCsv::readsEveryDialect()
{
    QFETCH(QByteArray, text);
    CsvReader reader = openOrDie(text.toStdString());
    QVERIFY((reader.header() == std::vector<std::string>{"a", "b"}));
    QVERIFY((readAll(reader) == Rows{{"1", "2"}, {"3", ""}}));
    QVERIFY(!reader.next().row);
    QCOMPARE(reader.bytesRead(), static_cast<std::uint64_t>(text.size()));
}

void TestCsv::numbersRowsAndLines()
{
    CsvReader reader = openOrDie("a,b\n\n\"x\ny\",\"\r\n\"\nz,\"say \"\"hi\"\"\"\n");
    auto first = reader.next();
    QVERIFY(first.row && *first.row);
    QCOMPARE((*first.row)->line, std::uint64_t{3});
    QCOMPARE((*first.row)->number, std::uint64_t{1});
    QVERIFY(((*first.row)->fields == std::vector<std::string>{"x\ny", "\r\n"}));
    auto second = reader.next();
    QVERIFY(second.row && *second.row);
    QCOMPARE((*second.row)->line, std::uint64_t{6});
    QCOMPARE((*second.row)->number, std::uint64_t{2});
    QVERIFY(((*second.row)->fields == std::vector<std::string>{"z", "say \"hi\""}));
}

void TestCsv::givesARowItsOwnError_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& text, const char* said) {
        QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << QString::fromUtf8(said);
    };
    row("NUL", std::string("x,\0", 3), "field 2 holds a NUL byte");
    row("Latin-1", "caf\xE9,x", "field 1 is not UTF-8");
    row("a surrogate", "\xED\xA0\x80,x", "field 1 is not UTF-8");
    row("a cut character", "x,\xE2\x82", "field 2 is not UTF-8");
    row("text after a quote", "x,\"y\"z", "field 2 has text after its closing quote");
    row("a space after a quote", "\"y\" ,x", "field 1 has text after its closing quote");
    row("a long field", "x," + std::string(101, 'y'), "field 2 is longer than 100 bytes");
    row("a long quoted field", "x,\"" + std::string(101, 'y') + "\"", "field 2 is longer than 100 bytes");
    row("many fields", "1,2,3,4,5", "field 5 is one more than the limit");
    row("a long row", std::string(100, 'x') + "," + std::string(100, 'y') + "," + std::string(51, 'z'),
        "field 3 makes the row longer than 250 bytes");
}

void TestCsv::givesARowItsOwnError()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, said);
    CsvLimits limits;
    limits.maxFieldBytes = 100;
    limits.maxFields = 4;
    limits.maxRecordBytes = 250;
    CsvReader reader = openOrDie("a,b\ngood,1\n" + row.toStdString() + "\nalso good,2\n", limits);
    QVERIFY(*reader.next().row);
    const auto bad = reader.next();
    QVERIFY(bad.row && !*bad.row && !bad.fatal);
    QCOMPARE(QString::fromStdString(bad.row->error().message), QStringLiteral("t.csv:3: ") + said);
    const auto good = reader.next();
    QVERIFY(good.row && *good.row);
    QCOMPARE((*good.row)->fields.front(), std::string("also good"));
    QCOMPARE((*good.row)->number, std::uint64_t{3});
}

void TestCsv::namesTheLineWhereAnUnbalancedQuoteOpened()
{
    CsvReader reader = openOrDie("a,b\n1,2\n3,\"four\nfive\nsix\n");
    QVERIFY(*reader.next().row);
    const auto next = reader.next();
    QVERIFY(next.row && !*next.row && next.fatal);
    QVERIFY2(next.row->error().message.starts_with("t.csv:3: "), next.row->error().message.c_str());

    const auto header = open("a,\"b\n1,2\n");
    QVERIFY(!header && header.error().message.starts_with("t.csv:1: "));
}

void TestCsv::refusesBadHeaders_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& text, const char* said) {
        QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << QString::fromUtf8(said);
    };
    row("empty", "", "is empty");
    row("only a mark", "\xEF\xBB\xBF", "is empty");
    row("only blank lines", "\n\n\r\n", "is empty");
    row("a column without name", "a,,b\n", "t.csv:1: column 2");
    row("a name twice", "\na,b,a\n", "t.csv:2: the header names the column \"a\" twice");
    row("UTF-16",
        std::string("\xFF\xFE"
                    "a\0,\0b\0\n\0",
                    10),
        "not UTF-8|NUL");
    row("a picture", std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), "UTF-8|NUL");
}

void TestCsv::refusesBadHeaders()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const auto reader = open(text.toStdString());
    QVERIFY(!reader);
    const auto message = QString::fromStdString(reader.error().message);
    QVERIFY2(message.contains(QRegularExpression(said)), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("t.csv:")), qPrintable(message));
}

void TestCsv::holdsItsLimitsInFlatMemory()
{
    // A field of 10 MB is stepped over, not stored, and the rows around it are read.
    CsvReader reader = openOrDie("a,b\n1,\"" + std::string(10'000'000, 'x') + "\"\n2,y\n");
    const auto large = reader.next();
    QVERIFY(large.row && !*large.row && !large.fatal);
    QCOMPARE(large.row->error().code, ErrorCode::LimitExceeded);
    const auto next = reader.next();
    QVERIFY(next.row && *next.row);
    QCOMPARE((*next.row)->line, std::uint64_t{3});
}

void TestCsv::reportsReadErrors()
{
    QTemporaryDir folder;
    const auto directory = CsvReader::open(folder.path().toStdString());
    QVERIFY(!directory && directory.error().code == ErrorCode::InvalidArgument);
    const auto missing = CsvReader::open(folder.filePath(QStringLiteral("none.csv")).toStdString());
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);

    FailingBuffer buffer("a,b\n" + std::string(100'000, '\n') + "1,2\n");
    CsvReader reader = std::move(*CsvReader::fromStream(std::make_unique<std::istream>(&buffer), "t.csv"));
    QVERIFY(*reader.next().row);
    const auto next = reader.next();
    QVERIFY(next.row && !*next.row); // the end must not pass for a complete table
    QVERIFY(next.fatal);
    QCOMPARE(next.row->error().code, ErrorCode::IoError);
}

void TestCsv::findsColumns()
{
    const CsvReader reader = openOrDie("id,text\n");
    QCOMPARE(reader.column("text").value_or(99), std::size_t{1});
    QVERIFY(!reader.column("Text"));
}

void TestCsv::readsBackWhatItWrites()
{
    const Rows rows{
        {"plain", "a,b", "say \"hi\""}, {"", "line\nbreak", "\r"}, {"\xF0\x9F\x98\x80", " space ", "\""}, {"", "", ""}};
    std::string text = "a,b,c\n";
    for (const auto& row : rows) {
        text += csvRecord(row);
    }
    CsvReader reader = openOrDie(text);
    QVERIFY(readAll(reader) == rows);

    const std::vector<std::string> empty{""};
    CsvReader single = openOrDie("a\n" + csvRecord(empty) + csvRecord(empty));
    QVERIFY((readAll(single) == Rows{{""}, {""}}));
}

void TestCsv::quotesOnlyWhereNeeded()
{
    const std::vector<std::string> fields{"a", "b c", "d,e", "f\"g", "h\ni", ""};
    QCOMPARE(csvRecord(fields), std::string("a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\n"));
}

void TestCsv::readsTheRealTweets()
{
    auto reader = CsvReader::open(test::testData("mmhs150k/val.csv"));
    QVERIFY(reader);
    const Rows rows = readAll(*reader);
    QCOMPARE(rows.size(), std::size_t{5000});
    std::string written = csvRecord(reader->header());
    for (const auto& row : rows) {
        QCOMPARE(row.size(), reader->header().size());
        written += csvRecord(row);
    }
    CsvReader again = openOrDie(written);
    QVERIFY(readAll(again) == rows);
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
