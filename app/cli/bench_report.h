#pragma once

#include "app/cli/json_text.h"
#include "core/base/error.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace modscope::cli {

/// One speed: how many of something in a second, more is better.
struct Speed {
    std::string name;           ///< "engine bf16, batch 32"
    std::string unit;           ///< "pictures/s"
    std::optional<double> rate; ///< nothing when it could not be measured
    std::string note;           ///< why not, or what was used

    bool operator==(const Speed&) const = default;
};

/// What `bench` measured, and on what.
struct BenchReport {
    std::vector<std::pair<std::string, std::string>> machine; ///< for people: processor, device, versions
    std::vector<Speed> speeds;
};

[[nodiscard]] std::string toJson(const BenchReport& report);
/// @param before  another run's report: adds the ratio to it
[[nodiscard]] std::string toTable(const BenchReport& report, const std::optional<BenchReport>& before);
/// Reads what toJson() wrote. Errors: ParseError naming the file.
[[nodiscard]] Result<BenchReport> readBenchReport(const std::filesystem::path& path);

} // namespace modscope::cli
