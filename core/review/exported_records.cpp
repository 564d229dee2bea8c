#include "core/review/exported_records.h"

#include <utility>

namespace modscope {

Result<ExportedRecords> ExportedRecords::open(const std::filesystem::path& path, const ExportManifest& manifest)
{
    ExportedRecords records;
    if (manifest.profile == ExportProfile::Jsonl) {
        auto lines = LineReader::open(path);
        if (!lines) {
            return fail(lines.error());
        }
        records.m_lines = std::move(*lines);
        return records;
    }
    auto csv = CsvReader::open(path);
    if (!csv) {
        return fail(csv.error());
    }
    if (csv->header() != manifest.columns) {
        return fail(ErrorCode::Mismatch, path.string() + ": has other columns than the manifest says");
    }
    records.m_keyed = csv->column("item_id").has_value();
    records.m_csv = std::move(*csv);
    return records;
}

Result<std::vector<ExportedRecord>> ExportedRecords::next(std::size_t count)
{
    std::vector<ExportedRecord> records;
    while (records.size() < count) {
        auto record = m_lines ? nextLine() : nextRows();
        if (!record) {
            return fail(record.error());
        }
        if (!*record) {
            break;
        }
        records.push_back(std::move(**record));
    }
    return records;
}

Result<std::optional<ExportedRecord>> ExportedRecords::nextLine()
{
    auto line = m_lines->next();
    if (!line) {
        return std::nullopt;
    }
    if (!*line) {
        return fail(line->error());
    }
    return ExportedRecord{++m_row, {}, {}, std::move((*line)->text)};
}

/// The profile "long" has several rows an item, one after another.
Result<std::optional<ExportedRecord>> ExportedRecords::nextRows()
{
    std::optional<ExportedRecord> record = std::exchange(m_ahead, std::nullopt);
    while (true) {
        auto row = readRow();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return record;
        }
        if (!record) {
            record = std::move(*row);
        } else if (m_keyed && (*row)->key == record->key) {
            record->row = (*row)->row;
            record->rows.push_back(std::move((*row)->rows.front()));
            record->bytes += (*row)->bytes;
        } else {
            m_ahead = std::move(*row);
            return record;
        }
    }
}

Result<std::optional<ExportedRecord>> ExportedRecords::readRow()
{
    auto next = m_csv->next();
    if (!next.row) {
        return std::nullopt;
    }
    if (!*next.row) {
        return fail(next.row->error());
    }
    CsvRow& row = **next.row;
    ++m_row;
    if (row.fields.size() != m_csv->header().size()) {
        return fail(ErrorCode::ParseError, "row " + std::to_string(m_row) + " has " +
                                               std::to_string(row.fields.size()) + " fields, the header has " +
                                               std::to_string(m_csv->header().size()));
    }
    std::string bytes = csvRecord(row.fields);
    std::string key = m_keyed ? row.fields.front() : std::string();
    return ExportedRecord{m_row, std::move(key), {std::move(row.fields)}, std::move(bytes)};
}

} // namespace modscope
