#include "app/cli/queue_import_report.h"

#include "app/cli/json_text.h"
#include "app/cli/text_table.h"

#include <nlohmann/json.hpp>

namespace modscope::cli {

namespace {

constexpr std::size_t kTextWidth = 50;
constexpr std::size_t kMessageWidth = 300;

std::string problemText(const ImportProblem& problem)
{
    const std::string key = problem.key.empty() ? "" : " ('" + shortened(problem.key, kTextWidth) + "')";
    return "row " + std::to_string(problem.row) + key + ": " + shortened(problem.error.message, kMessageWidth);
}

Json problemsJson(const std::vector<ImportProblem>& problems)
{
    Json list = Json::array();
    for (const ImportProblem& problem : problems) {
        list.push_back({{"row", problem.row}, {"key", problem.key}, {"error", problem.error.message}});
    }
    return list;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

std::string summaryOf(const ImportReport& report, const std::optional<GroupingReport>& duplicates)
{
    std::string text = report.name + ": " + std::to_string(report.rows) + " rows: " + std::to_string(report.added) +
                       " added, " + std::to_string(report.joined) + " known, " +
                       std::to_string(report.problems.size()) + " failed";
    if (report.before > 0) {
        text += "; " + std::to_string(report.before) + " rows were in before";
    }
    if (duplicates) {
        text += "; " + std::to_string(duplicates->grouped) + " near-duplicates in " +
                std::to_string(duplicates->groups) + " groups";
    }
    return text;
}

/// What an early end and failed rows end with.
ExitCode codeOf(const std::optional<Error>& ended, bool someFailed)
{
    if (ended) {
        return report(*ended);
    }
    return someFailed ? ExitCode::SomeFailed : ExitCode::Done;
}

ExitCode printedOr(ExitCode code, bool json, const Json& data)
{
    const ExitCode printed = json ? print(jsonText(data)) : ExitCode::Done;
    return printed == ExitCode::Done ? code : printed;
}

} // namespace

ExitCode reportImport(const ImportReport& report,
                      const std::optional<GroupingReport>& duplicates,
                      bool json,
                      const CommandContext& context)
{
    for (const ImportProblem& problem : report.problems) {
        say(problemText(problem));
    }
    if (!context.quiet) {
        if (!report.unusedColumns.empty()) {
            say("columns that were not used: " + listed(report.unusedColumns));
        }
        say(summaryOf(report, duplicates));
        if (report.ended && report.added + report.joined > 0) {
            say("what is counted is in; the same command with --resume goes on behind it");
        }
    }
    const Json data{{"import", report.name},
                    {"rows", report.rows},
                    {"rows_before", report.before},
                    {"added", report.added},
                    {"known", report.joined},
                    {"failed", problemsJson(report.problems)},
                    {"unused_columns", report.unusedColumns},
                    {"duplicate_groups", duplicates ? Json(duplicates->groups) : Json()},
                    {"duplicates", duplicates ? Json(duplicates->grouped) : Json()},
                    {"error", report.ended ? Json(report.ended->message) : Json()}};
    return printedOr(codeOf(report.ended, !report.problems.empty()), json, data);
}

ExitCode reportReimport(const ReimportReport& report, bool json, const CommandContext& context)
{
    using Standing = ReimportReport::Standing;
    Json differences = Json::array();
    for (const ReimportReport::Difference& one : report.differences) {
        const char* standing = one.standing == Standing::Changed ? "changed" : "unknown";
        say("item '" + shortened(one.key, kTextWidth) + "': " + standing);
        Json cells = Json::array();
        for (const ReimportReport::Cell& cell : one.cells) {
            cells.push_back({{"column", cell.column}, {"here", cell.here}, {"there", cell.there}});
        }
        differences.push_back({{"row", one.row},
                               {"item", one.key},
                               {"standing", standing},
                               {"labels_differ", one.answers.has_value()},
                               {"cells", std::move(cells)}});
    }
    for (const ImportProblem& problem : report.invalid) {
        say(problemText(problem));
    }
    const auto count = [&](Standing standing) { return std::to_string(report.count(standing)); };
    if (!context.quiet) {
        say(report.manifest.file + ": " + count(Standing::Restored) + " restored, " + count(Standing::Unchanged) +
            " unchanged, " + count(Standing::Changed) + " changed, " + count(Standing::Unknown) + " unknown, " +
            std::to_string(report.invalid.size()) + " invalid; " + std::to_string(report.relabelled()) +
            " with other labels, " + std::to_string(report.decided) + " decided as in the file" +
            (report.verified ? "" : "; unverified: the file was changed after it was written"));
    }
    const Json data{{"export", report.manifest.file},
                    {"verified", report.verified},
                    {"of_this_record", report.ofThisRecord},
                    {"restored", report.restored},
                    {"unchanged", report.unchanged},
                    {"changed", report.count(Standing::Changed)},
                    {"unknown", report.count(Standing::Unknown)},
                    {"other_labels", report.relabelled()},
                    {"decided", report.decided},
                    {"differences", std::move(differences)},
                    {"invalid", problemsJson(report.invalid)},
                    {"error", report.ended ? Json(report.ended->message) : Json()}};
    const bool some = !report.invalid.empty() || !report.differences.empty();
    return printedOr(codeOf(report.ended, some), json, data);
}

ExitCode printPreview(const ImportPreview& preview, bool json)
{
    TextTable table({"row", "is", "id", "text", "picture"});
    Json rows = Json::array();
    for (const ImportPreview::Row& one : preview.rows) {
        const char* is = !one.row.item ? "unreadable" : one.known > 0 ? "known" : "new";
        const ItemContent content = one.row.item ? one.row.item->content : ItemContent();
        const std::string error = one.row.item ? std::string() : one.row.item.error().message;
        table.add({std::to_string(one.row.number), is, shortened(one.row.key, kTextWidth),
                   shortened(error.empty() ? content.text : error, kTextWidth),
                   shortened(content.imagePath, kTextWidth)});
        rows.push_back({{"row", one.row.number},
                        {"is", is},
                        {"key", one.row.key},
                        {"text", content.text},
                        {"image_path", content.imagePath},
                        {"error", error.empty() ? Json() : Json(error)}});
    }
    if (!json) {
        const std::string unused = preview.unusedColumns.empty()
                                       ? ""
                                       : "columns that would not be used: " + listed(preview.unusedColumns) + "\n";
        return print(table.text() + unused + std::to_string(preview.added) + " new, " + std::to_string(preview.joined) +
                     " known, " + std::to_string(preview.unreadable) + " unreadable" +
                     (preview.more ? ", and more rows\n" : "\n"));
    }
    return print(jsonText(Json{{"new", preview.added},
                               {"known", preview.joined},
                               {"unreadable", preview.unreadable},
                               {"more", preview.more},
                               {"columns", preview.columns},
                               {"unused_columns", preview.unusedColumns},
                               {"rows", std::move(rows)}}));
}

} // namespace modscope::cli
