#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string_view>

namespace modscope::test {

/// A file below tests/data, for example testData("golden/images/baseline.jpg").
[[nodiscard]] std::filesystem::path testData(std::string_view relative);
/// A file below resources, for example resource("demo/samples/samples.csv").
[[nodiscard]] std::filesystem::path resource(std::string_view relative);
/// Parses a JSON file; ends the program if it cannot be read: a test without its data must not pass.
[[nodiscard]] nlohmann::json readJson(const std::filesystem::path& path);
/// Call from every test class's init(): any unexpected Qt warning fails the test.
void failOnWarnings();

} // namespace modscope::test
