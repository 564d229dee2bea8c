#include "core/review/import_mapping.h"

#include <algorithm>
#include <array>
#include <utility>

namespace modscope {

namespace {

/// An entry of the mapping, its name, and what columns of this kind are commonly called, likeliest first.
struct MappedField {
    std::string_view name;
    std::string ColumnMapping::*column;
    std::array<std::string_view, 8> common;
};

constexpr std::array<MappedField, 6> kMappedFields = {{
    {"text", &ColumnMapping::text, {"text", "caption", "tweet_text", "content", "message", "", "", ""}},
    {"image_path",
     &ColumnMapping::imagePath,
     {"image_path", "image", "img", "img_path", "picture", "file", "file_name", "filename"}},
    {"id", &ColumnMapping::id, {"id", "external_id", "tweet_id", "item_id", "key", "", "", ""}},
    {"source", &ColumnMapping::source, {"source", "origin", "", "", "", "", "", ""}},
    {"ocr_text", &ColumnMapping::ocrText, {"ocr_text", "img_text", "", "", "", "", "", ""}},
    {"error", &ColumnMapping::error, {"error", "", "", "", "", "", "", ""}},
}};

constexpr std::string_view kScore = "score:";
constexpr std::array<std::string_view, 2> kScorePrefixes = {"prob_", "p_raw_"};

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return lower;
}

bool contains(std::span<const std::string> names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string listed(std::span<const std::string> names)
{
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

} // namespace

ColumnMapping guessMapping(std::span<const std::string> header, std::span<const std::string> labels)
{
    ColumnMapping mapping;
    for (const MappedField& field : kMappedFields) {
        for (const std::string_view common : field.common) {
            const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& column) {
                return !common.empty() && lowerCase(column) == common;
            });
            if (found != header.end()) {
                mapping.*field.column = *found;
                break;
            }
        }
    }
    for (const std::string& label : labels) {
        for (const std::string_view prefix : kScorePrefixes) {
            if (const std::string column = std::string(prefix) + label; contains(header, column)) {
                mapping.scores.try_emplace(label, column);
            }
        }
    }
    return mapping;
}

Result<void> assignColumn(ColumnMapping& mapping, std::string_view entry)
{
    const std::size_t equals = entry.find('=');
    const std::string_view name = entry.substr(0, equals);
    if (equals == std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument,
                    "'" + std::string(entry) + "' does not say which column: text=COLUMN is one way to");
    }
    const std::string column(entry.substr(equals + 1));
    if (name.starts_with(kScore) && name.size() > kScore.size()) {
        const std::string label(name.substr(kScore.size()));
        if (column.empty()) {
            mapping.scores.erase(label);
        } else {
            mapping.scores[label] = column;
        }
        return {};
    }
    std::string known;
    for (const MappedField& field : kMappedFields) {
        if (field.name == name) {
            mapping.*field.column = column;
            return {};
        }
        known += std::string(field.name) + ", ";
    }
    return fail(ErrorCode::InvalidArgument,
                "'" + std::string(name) + "' is nothing that an item has (" + known + "score:CLASS)");
}

Result<void> checkMapping(const ColumnMapping& mapping,
                          std::span<const std::string> header,
                          std::span<const std::string> labels)
{
    const auto missing = [&](std::string_view what, const std::string& column) {
        return fail(ErrorCode::NotFound, "there is no column '" + column + "' for '" + std::string(what) +
                                             "'; the columns are " + listed(header));
    };
    for (const MappedField& field : kMappedFields) {
        const std::string& column = mapping.*field.column;
        if (!column.empty() && !contains(header, column)) {
            return missing(field.name, column);
        }
    }
    for (const auto& [label, column] : mapping.scores) {
        if (!contains(labels, label)) {
            return fail(ErrorCode::InvalidArgument,
                        "'" + label + "' is not one of the project's classes (" + listed(labels) + ")");
        }
        if (!contains(header, column)) {
            return missing(std::string(kScore) + label, column);
        }
    }
    return mapping.text.empty() && mapping.imagePath.empty()
               ? fail(ErrorCode::NoContent, "no column is the text and none the picture; the columns are " +
                                                listed(header) + " (map one: text=COLUMN or image_path=COLUMN)")
               : Result<void>();
}

std::vector<std::string> unusedColumns(const ColumnMapping& mapping, std::span<const std::string> header)
{
    std::vector<std::string> used;
    used.reserve(kMappedFields.size() + 2 * mapping.scores.size());
    for (const MappedField& field : kMappedFields) {
        used.push_back(mapping.*field.column);
    }
    for (const auto& [label, column] : mapping.scores) {
        used.push_back(column);
        used.push_back("pred_" + label);
    }
    std::vector<std::string> unused;
    std::copy_if(header.begin(), header.end(), std::back_inserter(unused),
                 [&](const std::string& column) { return !contains(used, column); });
    return unused;
}

} // namespace modscope
