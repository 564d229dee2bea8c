#include "app/cli/bench_report.h"

#include "app/cli/json_text.h"
#include "app/cli/text_table.h"
#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace modscope::cli {

namespace {

constexpr std::uint64_t kMaxReportBytes = std::uint64_t{1} << 20U;

std::string number(double value, const char* format)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

std::string ratioTo(const Speed& speed, const BenchReport& before)
{
    const auto same = std::find_if(before.speeds.begin(), before.speeds.end(), [&speed](const Speed& other) {
        return other.name == speed.name && other.unit == speed.unit;
    });
    if (same == before.speeds.end() || !same->rate || !speed.rate || *same->rate <= 0) {
        return "";
    }
    return number(*speed.rate / *same->rate, "%.2f x");
}

} // namespace

std::string toJson(const BenchReport& report)
{
    Json json{{"machine", Json::object()}, {"speeds", Json::array()}};
    for (const auto& [key, value] : report.machine) {
        json["machine"][key] = value;
    }
    for (const Speed& speed : report.speeds) {
        json["speeds"].push_back({{"name", speed.name},
                                  {"unit", speed.unit},
                                  {"rate", speed.rate ? Json(*speed.rate) : Json(nullptr)},
                                  {"note", speed.note}});
    }
    return jsonText(json);
}

std::string toTable(const BenchReport& report, const std::optional<BenchReport>& before)
{
    TextTable table({"what", "rate", "unit", before ? "against before" : "", ""});
    for (const Speed& speed : report.speeds) {
        table.add({speed.name, speed.rate ? number(*speed.rate, "%.1f") : "-", speed.unit,
                   before ? ratioTo(speed, *before) : "", speed.note});
    }
    std::string text;
    for (const auto& [key, value] : report.machine) {
        text += key + ": " + value + "\n";
    }
    return text + "\n" + table.text();
}

Result<BenchReport> readBenchReport(const std::filesystem::path& path)
try {
    const auto text = readTextFile(path, kMaxReportBytes);
    if (!text) {
        return fail(text.error());
    }
    const Json json = Json::parse(*text);
    BenchReport report;
    for (const auto& [key, value] : json.at("machine").items()) {
        report.machine.emplace_back(key, value.get<std::string>());
    }
    for (const Json& speed : json.at("speeds")) {
        const Json& rate = speed.at("rate");
        report.speeds.push_back({speed.at("name").get<std::string>(), speed.at("unit").get<std::string>(),
                                 rate.is_null() ? std::nullopt : std::optional(rate.get<double>()),
                                 speed.at("note").get<std::string>()});
    }
    return report;
} catch (const Json::exception& error) {
    return fail(ErrorCode::ParseError,
                path.string() + ": is not a report of 'modscope-cli bench --json': " + error.what());
}

} // namespace modscope::cli
