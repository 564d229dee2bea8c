#include "tests/text/text_support.h"

#include "core/base/file.h"
#include "tests/support/test_data.h"

#include <QtGlobal>

#include <array>
#include <fstream>
#include <sstream>
#include <zlib.h>

namespace modscope::test {

std::shared_ptr<const Tokenizer> opened(const std::filesystem::path& directory,
                                        TokenizerKind kind,
                                        const TokenizerOptions& options)
{
    auto tokenizer = openTokenizer(directory, kind, options);
    if (!tokenizer) {
        qFatal("%s", tokenizer.error().message.c_str());
    }
    return *tokenizer;
}

std::vector<std::string> tweets()
{
    std::istringstream table(readBytes(testData("mmhs150k/val.csv")));
    std::vector<std::string> lines;
    std::string line;
    std::getline(table, line); // the header
    while (std::getline(table, line)) {
        lines.push_back(line);
    }
    return lines;
}

std::string readBytes(const std::filesystem::path& path)
{
    auto bytes = readTextFile(path, std::uint64_t{64} * 1024 * 1024);
    if (!bytes) {
        qFatal("%s", bytes.error().message.c_str());
    }
    return *bytes;
}

void writeBytes(const std::filesystem::path& path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
        qFatal("%s: cannot be written", path.c_str());
    }
}

std::string gunzipped(const std::filesystem::path& path)
{
    std::string text;
    std::array<char, 65536> buffer{};
    gzFile file = gzopen(path.c_str(), "rb");
    int count = 0;
    while ((count = gzread(file, buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    gzclose(file);
    return text;
}

} // namespace modscope::test
