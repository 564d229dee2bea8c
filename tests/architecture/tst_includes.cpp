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
    {"ui/theme", {"ui/settings"}},
    {"ui/settings", {}},
    {"ui/actions", {"ui/settings"}},
    {"ui/jobs", {}},
    {"ui/models",
     {"core/data", "core/text", "core/image", "core/checkpoint", "core/nn", "core/explain", "ui/theme", "ui/jobs"}},
    {"ui/controllers",
     {"core/data", "core/text", "core/image", "core/checkpoint", "core/nn", "core/explain", "ui/models", "ui/jobs",
      "ui/settings"}},
    {"ui/widgets", {"ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"ui/pages", {"ui/widgets", "ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"ui", {"ui/pages", "ui/widgets", "ui/controllers", "ui/models", "ui/theme", "ui/actions", "ui/settings"}},
    {"app", {}}, // the version that both programs show
    {"app/cli", {"app", "core/text", "core/image", "core/data", "core/checkpoint", "core/nn", "core/explain"}},
    {"app/desktop",
     {"app", "core/nn", "ui", "ui/pages", "ui/widgets", "ui/controllers", "ui/models", "ui/theme", "ui/actions",
      "ui/settings", "ui/jobs"}},
};

struct Library {
    std::string name;
    QRegularExpression include;
    std::vector<std::string> rooms; // path prefixes
    bool sourcesOnly = true;        // not in public headers
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

std::optional<std::string> wallBroken(const Include& include)
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
            const bool pageOrWidget = room == "ui/pages" || room == "ui/widgets";
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
        const bool header = include.file.ends_with(".h");
        const bool internal =
            include.file.starts_with("core/nn/modules/") || include.file.starts_with("core/nn/cuda/") ||
            include.file.starts_with("core/nn/engine/") || include.file.find("internal") != std::string::npos;
        if (library.sourcesOnly && header && !internal) {
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
        QStringList broken;
        for (const Include& include : includes) {
            if (const auto reason = wallBroken(include)) {
                broken << QString::fromStdString(include.file + ":" + std::to_string(include.line) + ": " +
                                                 include.target + ": " + *reason);
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(QLatin1Char('\n') + broken.join(QLatin1Char('\n'))));
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
        QCOMPARE(wallBroken({file.toStdString(), 1, target.toStdString()}).has_value(), broken);
    }
};

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_includes.moc"
