#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>
#include <QTest>

#include <fstream>

namespace modscope::test {

std::filesystem::path testData(std::string_view relative)
{
    return std::filesystem::path(MODSCOPE_TEST_DATA) / relative;
}

std::filesystem::path resource(std::string_view relative)
{
    return std::filesystem::path(MODSCOPE_RESOURCES) / relative;
}

nlohmann::json readJson(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        qFatal("%s: cannot be opened", path.c_str());
    }
    return nlohmann::json::parse(file);
}

void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

} // namespace modscope::test
