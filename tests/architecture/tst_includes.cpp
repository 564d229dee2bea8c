#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// Holds the walls of docs/architecture.md: which room may include which, and where each third-party library is met.

namespace {

namespace fs = std::filesystem;

using Rooms = std::set<std::string>;

// Every room may also use itself and base.
const std::map<std::string, Rooms> kMayUse = {
    {"core/base", {}},
    {"core/text", {}},
    {"core/image", {}},
    {"core/data", {"core/text", "core/image"}},
    {"core/checkpoint", {"core/data", "core/text", "core/image"}},
    {"core/nn", {"core/checkpoint", "core/data", "core/text", "core/image"}},
    {"core/explain", {"core/nn", "core/checkpoint", "core/data", "core/text", "core/image"}},
    {"core/metrics", {}},
    {"core/similarity", {"core/text", "core/image"}},
    {"core/ocr", {"core/image"}},
    {"core/review", {"core/data", "core/text", "core/metrics", "core/similarity"}},
    {"core/store", {"core/review", "core/text"}},
    {"ui/theme", {"ui/settings"}},
    {"ui/settings", {}},
    {"ui/actions", {"ui/settings", "ui/theme"}},
    {"ui/jobs", {}},
    {"ui/models",
     {"core/data", "core/text", "core/image", "core/checkpoint", "core/nn", "core/explain", "core/metrics", "core/ocr",
      "core/review", "ui/theme", "ui/jobs"}},
    {"ui/controllers",
     {"core/data", "core/text", "core/image", "core/checkpoint", "core/nn", "core/explain", "core/metrics",
      "core/similarity", "core/ocr", "core/review", "core/store", "ui/models", "ui/jobs", "ui/settings"}},
    {"ui/widgets", {"ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"ui/pages", {"ui/widgets", "ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"ui/main_window",
     {"ui/pages", "ui/widgets", "ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"app", {}}, // the version that both programs show
    {"app/cli",
     {"app", "core/text", "core/image", "core/ocr", "core/similarity", "core/data", "core/checkpoint", "core/nn",
      "core/explain", "core/metrics", "core/review", "core/store"}},
    {"app/desktop",
     {"app", "core/nn", "ui/main_window", "ui/pages", "ui/widgets", "ui/controllers", "ui/models", "ui/theme",
      "ui/actions", "ui/settings", "ui/jobs"}},
};

struct Library {
    std::string name;
    QRegularExpression include;
    std::vector<std::string> rooms; // path prefixes
    bool sourcesOnly = true;        // not in headers that another room sees
};

const std::vector<Library>& libraries()
{
    static const std::vector<Library> all = {
        {"torch", QRegularExpression(QStringLiteral("^<(torch|ATen|c10)/")), {"core/nn/"}, true},
        {"ICU", QRegularExpression(QStringLiteral("^<unicode/")), {"core/text/"}, true},
        {"sentencepiece", QRegularExpression(QStringLiteral("^<sentencepiece")), {"core/text/"}, true},
        {"zlib", QRegularExpression(QStringLiteral("^<zlib\\.h>")), {"core/text/"}, true},
        {"picture codecs",
         QRegularExpression(QStringLiteral("^<(jpeglib|jerror|png|gif_lib|tiff|tiffio|webp/|libheif/)")),
         {"core/image/"},
         true},
        {"OpenSSL", QRegularExpression(QStringLiteral("^<openssl/")), {"core/base/"}, true},
        {"spdlog", QRegularExpression(QStringLiteral("^<spdlog/")), {"core/base/"}, true},
        {"Boost", QRegularExpression(QStringLiteral("^<boost/(math|random)/")), {"core/metrics/"}, true},
        {"Tesseract", QRegularExpression(QStringLiteral("^<(tesseract|leptonica)/")), {"core/ocr/"}, true},
        {"databases",
         QRegularExpression(QStringLiteral("^<(soci/|soci\\.h|libpq|sqlite3\\.h)")),
         {"core/store/"},
         true},
        {"CLI11", QRegularExpression(QStringLiteral("^<CLI/")), {"app/cli/"}, false},
        {"Qt", QRegularExpression(QStringLiteral("^<Q[A-Z]")), {"ui/", "app/desktop/"}, false},
        {"nlohmann-json", QRegularExpression(QStringLiteral("^<nlohmann/json\\.hpp>")), {"core/", "app/"}, true},
    };
    return all;
}

struct Include {
    std::string file; // relative to the source folder
    int line = 0;
    std::string target; // with its quotes or brackets
};

std::string roomOf(const std::string& path)
{
    const fs::path parsed(path);
    auto part = parsed.begin();
    const std::string top = *part++;
    if (std::distance(part, parsed.end()) < 2) {
        return top; // a file directly below ui/ or app/
    }
    return top + "/" + part->string();
}

std::vector<Include> includesOf(const fs::path& root)
{
    static const QRegularExpression kInclude(QStringLiteral("^\\s*#\\s*include\\s+([\"<][^\">]+[\">])"));
    std::vector<Include> found;
    for (const std::string top : {"core", "ui", "app"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".h") {
                continue;
            }
            std::ifstream file(entry.path());
            std::string text;
            for (int line = 1; std::getline(file, text); ++line) {
                const auto match = kInclude.match(QString::fromStdString(text));
                if (match.hasMatch()) {
                    found.push_back(
                        {fs::relative(entry.path(), root).generic_string(), line, match.captured(1).toStdString()});
                }
            }
        }
    }
    return found;
}

// The headers that another room sees: included from there, or by such a header.
std::set<std::string> publicHeaders(const std::vector<Include>& includes)
{
    std::set<std::string> seen;
    for (bool grew = true; grew;) {
        grew = false;
        for (const Include& include : includes) {
            const std::string target = include.target.substr(1, include.target.size() - 2);
            const bool visible = roomOf(include.file) != roomOf(target) || seen.contains(include.file);
            if (include.target.front() == '"' && visible) {
                grew |= seen.insert(target).second;
            }
        }
    }
    return seen;
}

std::optional<std::string> wallBroken(const Include& include, const std::set<std::string>& shared)
{
    const std::string room = roomOf(include.file);
    const bool ours = include.target.front() == '"';
    if (ours) {
        const std::string target = include.target.substr(1, include.target.size() - 2);
        if (target.find('/') == std::string::npos) {
            return std::nullopt; // generated beside the file (moc)
        }
        const std::string other = roomOf(target);
        if (other == room || other == "core/base") {
            const bool pageOrWidget =
                (room == "ui/pages" || room == "ui/widgets") && target != "core/base/progress.h"; // a plain value
            return pageOrWidget && other == "core/base" ? std::optional("pages and widgets never include core")
                                                        : std::nullopt;
        }
        const auto rule = kMayUse.find(room);
        if (rule == kMayUse.end()) {
            return "room '" + room + "' has no rule in this test";
        }
        return rule->second.contains(other) ? std::nullopt : std::optional(room + " may not use " + other);
    }
    for (const Library& library : libraries()) {
        if (!library.include.match(QString::fromStdString(include.target)).hasMatch()) {
            continue;
        }
        const bool atHome = std::any_of(library.rooms.begin(), library.rooms.end(),
                                        [&](const std::string& prefix) { return include.file.starts_with(prefix); });
        if (!atHome) {
            return library.name + " is not met in " + room;
        }
        if (library.sourcesOnly && shared.contains(include.file)) {
            return library.name + " may not show in a public header";
        }
    }
    return std::nullopt;
}

} // namespace

class TestIncludes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void everyIncludeStaysInsideItsWalls()
    {
        const fs::path root = qEnvironmentVariable("MODSCOPE_SOURCE_DIR").toStdString();
        const auto includes = includesOf(root);
        QVERIFY2(includes.size() > 100, "the source folder was not found");
        const auto shared = publicHeaders(includes);
        QStringList broken;
        for (const Include& include : includes) {
            if (const auto reason = wallBroken(include, shared)) {
                broken << QString::fromStdString(include.file + ":" + std::to_string(include.line) + ": " +
                                                 include.target + ": " + *reason);
            }
        }
        for (const QString& line : broken) {
            qInfo("%s", qPrintable(line)); // QVERIFY2 would cut a long list
        }
        QVERIFY(broken.isEmpty());
    }

    void aBrokenWallIsNoticed_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("broken");
        QTest::newRow("Qt in core") << "core/text/tokenizer.cpp"
                                    << "<QString>" << true;
        QTest::newRow("torch in ui") << "ui/models/score_model.cpp"
                                     << "<torch/torch.h>" << true;
        QTest::newRow("torch in a public header") << "core/nn/engine.h"
                                                  << "<ATen/ATen.h>" << true;
        QTest::newRow("torch in its module") << "core/nn/modules/towers.h"
                                             << "<ATen/ATen.h>" << false;
        QTest::newRow("core in a page") << "ui/pages/classify_page.cpp"
                                        << "\"core/nn/classifier.h\"" << true;
        QTest::newRow("base in a page") << "ui/pages/classify_page.cpp"
                                        << "\"core/base/error.h\"" << true;
        QTest::newRow("upwards in core") << "core/text/tokenizer.cpp"
                                         << "\"core/nn/classifier.h\"" << true;
        QTest::newRow("downwards in core") << "core/nn/classifier.cpp"
                                           << "\"core/text/tokenizer.h\"" << false;
    }

    void aBrokenWallIsNoticed()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, target);
        QFETCH(const bool, broken);
        const std::set<std::string> shared = {"core/nn/engine.h"};
        QCOMPARE(wallBroken({file.toStdString(), 1, target.toStdString()}, shared).has_value(), broken);
    }
};

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_includes.moc"
