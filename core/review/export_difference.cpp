#include "core/review/export_difference.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace modscope {

namespace {

constexpr std::string_view kHumanLabel = "human_label_";

std::optional<std::size_t> placeIn(std::span<const std::string> names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::string_view withoutSpaces(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "Racism,Religion": an empty cell says no to every class.
Result<std::vector<Answer>> joinedAnswers(std::string_view cell, std::span<const std::string> labels)
{
    std::vector<Answer> answers(labels.size(), Answer::No);
    while (!cell.empty()) {
        const std::size_t comma = cell.find(',');
        const std::string_view word = withoutSpaces(cell.substr(0, comma));
        cell = comma == std::string_view::npos ? std::string_view() : cell.substr(comma + 1);
        const auto place = placeIn(labels, word);
        if (!place) {
            return fail(ErrorCode::NotFound,
                        "column labels: '" + std::string(word) + "' is not a class of this project");
        }
        answers[*place] = Answer::Yes;
    }
    return answers;
}

Result<std::optional<std::vector<Answer>>> answersByColumn(const ExportTable::Row& row,
                                                           std::span<const std::string> columns,
                                                           std::span<const std::string> labels)
{
    std::vector<Answer> answers;
    for (const std::string& label : labels) {
        const std::string column = std::string(kHumanLabel) + label;
        const auto place = placeIn(columns, column);
        if (!place || row[*place].empty()) {
            continue;
        }
        const auto answer = answerNamed(row[*place]);
        if (!answer) {
            return fail(ErrorCode::ParseError, "column " + column + ": '" + row[*place] + "' is not yes, no or unsure");
        }
        answers.push_back(*answer);
    }
    if (answers.empty()) {
        return std::nullopt;
    }
    return answers.size() == labels.size() ? Result<std::optional<std::vector<Answer>>>(std::move(answers))
                                           : fail(ErrorCode::ParseError, "it has labels of some classes only");
}

} // namespace

Result<std::optional<std::vector<Answer>>> labelsInRow(const ExportTable::Row& row,
                                                       std::span<const std::string> columns,
                                                       std::span<const std::string> labels)
{
    const auto joined = placeIn(columns, "labels");
    if (!joined) {
        return answersByColumn(row, columns, labels);
    }
    auto answers = joinedAnswers(row[*joined], labels);
    return answers ? Result<std::optional<std::vector<Answer>>>(std::move(*answers)) : fail(answers.error());
}

bool sameLabels(const std::vector<Answer>& there, const std::optional<std::vector<Answer>>& here, ExportProfile profile)
{
    if (!here) {
        return false;
    }
    const bool yesOnly = profile == ExportProfile::Reference || profile == ExportProfile::Changed;
    return std::equal(there.begin(), there.end(), here->begin(), here->end(), [&](Answer one, Answer other) {
        return yesOnly ? (one == Answer::Yes) == (other == Answer::Yes) : one == other;
    });
}

std::vector<ReimportReport::Cell> differingCells(const std::vector<ExportTable::Row>& here,
                                                 const std::vector<ExportTable::Row>& there,
                                                 std::span<const std::string> columns)
{
    std::vector<ReimportReport::Cell> cells;
    if (here.size() != there.size()) {
        cells.push_back({"rows", std::to_string(here.size()), std::to_string(there.size())});
    }
    for (std::size_t row = 0; row < std::min(here.size(), there.size()); ++row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (here[row][i] != there[row][i]) {
                cells.push_back({columns[i], here[row][i], there[row][i]});
            }
        }
    }
    return cells;
}

std::vector<ReimportReport::Cell> differingValues(std::string_view here, std::string_view there)
{
    const nlohmann::json one = nlohmann::json::parse(here, nullptr, false);
    const nlohmann::json other = nlohmann::json::parse(there, nullptr, false);
    if (!one.is_object() || !other.is_object()) {
        return {};
    }
    const auto word = [](const nlohmann::json& value) {
        return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump();
    };
    const nlohmann::json flatOne = one.flatten();
    const nlohmann::json flatOther = other.flatten();
    std::vector<ReimportReport::Cell> cells;
    for (const auto& [path, value] : flatOne.items()) {
        const auto same = flatOther.find(path);
        if (same == flatOther.end() || *same != value) {
            cells.push_back({path.substr(1), word(value), same == flatOther.end() ? std::string() : word(*same)});
        }
    }
    for (const auto& [path, value] : flatOther.items()) {
        if (!flatOne.contains(path)) {
            cells.push_back({path.substr(1), std::string(), word(value)});
        }
    }
    return cells;
}

} // namespace modscope
