#include "core/data/sample_table.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sstream>

using namespace modscope;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::vector<SampleRow> readAll(SampleTable& table)
{
    std::vector<SampleRow> rows;
    while (true) {
        auto row = table.next();
        if (!row) {
            qFatal("%s", row.error().message.c_str());
        }
        if (!*row) {
            return rows;
        }
        rows.push_back(std::move(**row));
    }
}

SampleTable openOrDie(const fs::path& path, const SampleTableOptions& options = {})
{
    auto table = SampleTable::open(path, options);
    if (!table) {
        qFatal("%s", table.error().message.c_str());
    }
    return std::move(*table);
}

bool says(const SampleRow& row, const char* text)
{
    return !row.sample && row.sample.error().message.find(text) != std::string::npos;
}

} // namespace

class TestSampleTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
    }

    void readsTheDemoSamples();
    void keepsEveryColumn();
    void keepsTextsThatLookLikeMissingValues();
    void givesEachRowItsOwnError();
    void endsAtAnUnbalancedQuote();
    void holdsPicturesInsideTheRoot();
    void followsNoLinkOutOfTheRoot();
    void resolvesAgainstTheGivenRoot();
    void readsJsonLines();
    void readsJsonLinesFromAStream();
    void refusesOtherFiles();
    void saysHowFarItIs();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

void TestSampleTable::readsTheDemoSamples()
{
    const fs::path path = test::resource("demo/samples/samples.csv");
    SampleTable table = openOrDie(path);
    QVERIFY((table.columns() == std::vector<std::string>{"text", "image_path"}));
    const auto rows = readAll(table);
    QVERIFY(rows.size() > 10);
    for (const SampleRow& row : rows) {
        QVERIFY(row.sample);
        QVERIFY(row.sample->hasText() || row.sample->hasImage());
        QVERIFY(row.sample->imagePath.empty() || fs::exists(row.sample->imagePath));
    }
    QCOMPARE(rows[0].sample->imagePath, path.parent_path() / "01_cat.jpg");
}

void TestSampleTable::keepsEveryColumn()
{
    write(m_root / "t.csv", "labels,id,text,extra\n\"a,b\",x1,hello,e\n,,again,\n");
    SampleTable table = openOrDie(m_root / "t.csv");
    const auto rows = readAll(table);
    QCOMPARE(rows.size(), std::size_t{2});
    QVERIFY((rows[0].fields == std::vector<std::string>{"a,b", "x1", "hello", "e"}));
    QVERIFY((*rows[0].sample == Sample{"x1", "hello", {}, nullptr}));
    QCOMPARE(rows[0].line, std::uint64_t{2});
    QVERIFY((*rows[1].sample == Sample{"2", "again", {}, nullptr})); // no id: the row's number
}

void TestSampleTable::keepsTextsThatLookLikeMissingValues()
{
    write(m_root / "t.csv", "text\nNA\nNone\nnan\n123\n");
    SampleTable table = openOrDie(m_root / "t.csv");
    const auto rows = readAll(table);
    QCOMPARE(rows.size(), std::size_t{4});
    for (const SampleRow& row : rows) {
        QVERIFY(row.sample && row.sample->text == row.fields.front());
    }
}

void TestSampleTable::givesEachRowItsOwnError()
{
    write(
        m_root / "t.csv",
        std::string(
            "text,image_path\n"
            "\" \t\xC2\xA0\",\n" // white space only
            "one\n"
            "one,two,three\n"
            "bad\xFF,x.png\n"
            "nul\0,x.png\n"
            "good,\n",
            sizeof("text,image_path\n\" \t\xC2\xA0\",\none\none,two,three\nbad\xFF,x.png\nnul\0,x.png\ngood,\n") - 1));
    SampleTable table = openOrDie(m_root / "t.csv");
    const auto rows = readAll(table);
    QCOMPARE(rows.size(), std::size_t{6});
    QVERIFY(says(rows[0], "t.csv:2: has neither text nor picture"));
    QCOMPARE(rows[0].sample.error().code, ErrorCode::NoContent);
    QVERIFY(says(rows[1], "t.csv:3: has 1 fields, the header has 2"));
    QVERIFY((rows[1].fields == std::vector<std::string>{"one", ""}));
    QVERIFY(says(rows[2], "t.csv:4: has 3 fields"));
    QVERIFY((rows[2].fields == std::vector<std::string>{"one", "two"}));
    QVERIFY(says(rows[3], "t.csv:5: field 1 is not UTF-8"));
    QVERIFY((rows[3].fields == std::vector<std::string>{"", ""}));
    QVERIFY(says(rows[4], "t.csv:6: field 1 holds a NUL"));
    QVERIFY(rows[5].sample);
}

void TestSampleTable::endsAtAnUnbalancedQuote()
{
    write(m_root / "t.csv", "text\ngood\n\"bad\nworse\n");
    SampleTable table = openOrDie(m_root / "t.csv");
    QVERIFY(table.next()->has_value());
    const auto bad = table.next();
    QVERIFY(!bad);
    QVERIFY(bad.error().message.find("t.csv:3: ") != std::string::npos);
    const auto after = table.next();
    QVERIFY(after && !*after);
}

void TestSampleTable::holdsPicturesInsideTheRoot()
{
    write(m_root / "data" / "in.png", "x");
    write(m_root / "out.png", "x");
    const std::string inside = (m_root / "data" / "in.png").string();
    write(m_root / "data" / "t.csv", "image_path\nin.png\n./sub/../in.png\nmissing.png\n" + inside +
                                         "\n../out.png\nsub/../../out.png\n/etc/passwd\n"
                                         "../data-other/x.png\n");
    SampleTable table = openOrDie(m_root / "data" / "t.csv");
    const auto rows = readAll(table);
    QCOMPARE(rows.size(), std::size_t{8});
    for (std::size_t index = 0; index < 4; ++index) {
        QVERIFY2(rows[index].sample, rows[index].fields.front().c_str());
    }
    for (std::size_t index = 4; index < 8; ++index) {
        QVERIFY2(says(rows[index], "lies outside the picture folder"), rows[index].fields.front().c_str());
        QCOMPARE(rows[index].fields.size(), std::size_t{1});
    }
    SampleTableOptions options;
    options.allowOutsideRoot = true;
    SampleTable open = openOrDie(m_root / "data" / "t.csv", options);
    for (const SampleRow& row : readAll(open)) {
        QVERIFY(row.sample);
    }
}

void TestSampleTable::followsNoLinkOutOfTheRoot()
{
    write(m_root / "out" / "x.png", "x");
    write(m_root / "data" / "real.png", "x");
    fs::create_symlink(m_root / "out" / "x.png", m_root / "data" / "file.png");
    fs::create_directory_symlink(m_root / "out", m_root / "data" / "folder");
    fs::create_symlink(m_root / "data" / "real.png", m_root / "data" / "inside.png");
    fs::create_symlink("loop2.png", m_root / "data" / "loop1.png");
    fs::create_symlink("loop1.png", m_root / "data" / "loop2.png");
    write(m_root / "data" / "t.csv", "image_path\nfile.png\nfolder/x.png\ninside.png\nloop1.png\n");
    SampleTable table = openOrDie(m_root / "data" / "t.csv");
    const auto rows = readAll(table);
    QVERIFY(says(rows[0], "lies outside"));
    QVERIFY(says(rows[1], "lies outside"));
    QVERIFY(rows[2].sample);
    QVERIFY(says(rows[3], "'loop1.png' cannot be reached"));

    // A root that is itself reached through a link is still the root.
    fs::create_directory_symlink(m_root / "data", m_root / "alias");
    SampleTable aliased = openOrDie(m_root / "alias" / "t.csv");
    const auto again = readAll(aliased);
    QVERIFY(again[2].sample);
    QVERIFY(says(again[0], "lies outside"));
}

void TestSampleTable::resolvesAgainstTheGivenRoot()
{
    write(m_root / "tables" / "t.csv", "image_path,text\nx.png,a\n");
    write(m_root / "pictures" / "x.png", "x");
    SampleTableOptions options;
    options.imageRoot = m_root / "pictures" / "";
    SampleTable table = openOrDie(m_root / "tables" / "t.csv", options);
    const auto rows = readAll(table);
    QCOMPARE(rows.front().sample->imagePath, m_root / "pictures" / "x.png");
}

void TestSampleTable::readsJsonLines()
{
    write(m_root / "T.JSONL", "{\"id\":\"a\",\"text\":\"hello\",\"image\":\"x.png\"}\n{\"image_path\":\"y.png\"}"
                              "\nnonsense\n{\"text\":\"\"}\n");
    SampleTable table = openOrDie(m_root / "T.JSONL");
    QVERIFY((table.columns() == std::vector<std::string>{"id", "text", "image_path"}));
    const auto rows = readAll(table);
    QCOMPARE(rows.size(), std::size_t{4});
    QVERIFY((*rows[0].sample == Sample{"a", "hello", m_root / "x.png", nullptr}));
    QVERIFY((rows[0].fields == std::vector<std::string>{"a", "hello", "x.png"}));
    QVERIFY((*rows[1].sample == Sample{"2", "", m_root / "y.png", nullptr}));
    QVERIFY(says(rows[2], "T.JSONL:3: is not JSON"));
    QCOMPARE(rows[2].fields.size(), std::size_t{3});
    QVERIFY(says(rows[3], "T.JSONL:4: has neither"));
}

void TestSampleTable::readsJsonLinesFromAStream()
{
    SampleTableOptions options;
    options.imageRoot = m_root;
    SampleTable table = SampleTable::fromJsonl(
        std::make_unique<std::istringstream>("{\"text\":\"a\"}\n{\"image\":\"../x\"}\n"), options);
    const auto rows = readAll(table);
    QVERIFY(rows[0].sample);
    QVERIFY(says(rows[1], "standard input:2: the picture '../x' lies outside"));
    QCOMPARE(table.totalBytes(), std::uint64_t{0});
}

void TestSampleTable::refusesOtherFiles()
{
    write(m_root / "t.csv", "caption,file\na,b\n");
    const auto columns = SampleTable::open(m_root / "t.csv", {});
    QVERIFY(!columns && columns.error().message.find("neither 'text' nor 'image_path'") != std::string::npos);
    write(m_root / "t.xlsx", "");
    const auto kind = SampleTable::open(m_root / "t.xlsx", {});
    QVERIFY(!kind && kind.error().code == ErrorCode::Unsupported);
    const auto missing = SampleTable::open(m_root / "none.csv", {});
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
}

void TestSampleTable::saysHowFarItIs()
{
    write(m_root / "t.csv", "text\na\nb\n");
    SampleTable table = openOrDie(m_root / "t.csv");
    QCOMPARE(table.totalBytes(), std::uint64_t{9});
    static_cast<void>(readAll(table));
    QCOMPARE(table.bytesRead(), table.totalBytes());
}

QTEST_GUILESS_MAIN(TestSampleTable)
#include "tst_sample_table.moc"
