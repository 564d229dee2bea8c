#include "core/data/line_reader.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <sstream>

using namespace modscope;

class TestLineReader : public QObject {
    Q_OBJECT
private:
    static LineReader reader(const std::string& text)
    {
        return LineReader::fromStream(std::make_unique<std::istringstream>(text), "lines.jsonl");
    }

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void linesComeWithoutEndsBlankOnesNotAtAll()
    {
        auto lines = reader("\xEF\xBB\xBFone\r\n \t\r\n\n two \nthree");
        const auto one = lines.next();
        QCOMPARE((*one)->text, std::string("one"));
        QCOMPARE((*one)->number, std::uint64_t{1});
        const auto two = lines.next();
        QCOMPARE((*two)->text, std::string(" two "));
        QCOMPARE((*two)->number, std::uint64_t{4});
        QCOMPARE((*two)->place, std::string("lines.jsonl:4: "));
        QCOMPARE((*lines.next())->text, std::string("three"));
        QVERIFY(!lines.next());
        QVERIFY(!lines.next());
    }

    void aLineThatIsTooLongIsItsOwnError()
    {
        auto lines = reader(std::string(LineReader::kMaxLineBytes + 1, 'x') + "\nnext\n");
        const auto tooLong = lines.next();
        QCOMPARE(tooLong->error().code, ErrorCode::LimitExceeded);
        QVERIFY(tooLong->error().message.starts_with("lines.jsonl:1: "));
        QCOMPARE((*lines.next())->text, std::string("next"));
    }

    void aFileThatIsNoneIsNamed()
    {
        const auto missing = LineReader::open("/nowhere/lines.jsonl");
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("/nowhere/lines.jsonl") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_line_reader.moc"
