#include "core/review/export_comparison.h"

#include "core/data/csv.h"
#include "core/review/export_difference.h"

namespace modscope {

namespace {

using Standing = ReimportReport::Standing;

} // namespace

ExportComparison::ExportComparison(ReviewStore& store, ExportNames names, ReimportReport& report)
    : m_store(store), m_names(std::move(names)), m_options{report.manifest.profile, report.manifest.notes, false},
      m_table(m_options, m_names), m_lines(m_names, m_options.notes), m_report(report)
{}

Result<void> ExportComparison::compare(std::vector<ExportedRecord>& records)
{
    std::vector<Found> all;
    std::vector<ItemId> ids;
    for (ExportedRecord& record : records) {
        auto found = find(record);
        if (!found) {
            return fail(found.error());
        }
        if (*found) {
            ids.push_back((*found)->id);
            all.push_back(std::move(**found));
        }
    }
    const auto contents = m_store.contents(ids);
    const auto statuses = contents ? m_store.statuses(ids) : fail(contents.error());
    if (!statuses) {
        return fail(statuses.error());
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        compareOne(all[i], (*contents)[i], (*statuses)[i]);
    }
    return {};
}

/// The item that a record is about; nothing when it is noted as unknown or invalid.
Result<std::optional<ExportComparison::Found>> ExportComparison::find(ExportedRecord& record)
{
    Found found{0, &record, std::nullopt};
    if (m_options.profile == ExportProfile::Jsonl) {
        auto item = exportedItem(record.bytes, m_names);
        if (!item) {
            m_report.invalid.push_back({record.row, {}, item.error()});
            return std::nullopt;
        }
        record.key = item->content.key;
        found.labels = item->status.consensus();
    } else {
        if (m_options.profile == ExportProfile::Reference) {
            record.key = record.rows.front()[0].empty() ? record.rows.front()[1] : record.rows.front()[0];
        }
        auto labels = labelsInRow(record.rows.front(), m_report.manifest.columns, m_names.labels);
        if (!labels) {
            m_report.invalid.push_back({record.row, record.key, labels.error()});
            return std::nullopt;
        }
        found.labels = std::move(*labels);
    }
    if (m_options.profile == ExportProfile::Reference) {
        const auto id = idByContent(record);
        if (!id) {
            return fail(id.error());
        }
        found.id = *id;
    } else {
        const auto id = m_store.findKey(record.key);
        if (!id) {
            return fail(id.error());
        }
        found.id = id->value_or(0);
    }
    if (found.id == 0) {
        m_report.differences.push_back({record.row, record.key, Standing::Unknown, 0, {}, std::nullopt});
        return std::nullopt;
    }
    return found;
}

/// A reference row has no key: it is found by its text and the picture's path.
Result<ItemId> ExportComparison::idByContent(const ExportedRecord& record)
{
    if (!m_byContent) {
        if (auto read = readContents(); !read) {
            return fail(read.error());
        }
    }
    const auto& row = record.rows.front();
    const auto found = m_byContent->find({row[0], row[1]});
    return found == m_byContent->end() ? 0 : found->second;
}

Result<void> ExportComparison::readContents()
{
    m_byContent.emplace();
    const auto read = m_store.readItems({}, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
        if (status.state != ItemState::Removed) {
            m_byContent->insert({{item.text.empty() ? item.ocrText : item.text, item.imagePath}, item.id});
        }
        return {};
    });
    return read ? Result<void>() : fail(read.error());
}

void ExportComparison::compareOne(const Found& found, const ItemContent& item, const ItemStatus& status)
{
    const ExportedRecord& record = *found.record;
    if (bytesNow(item, status) == record.bytes) {
        ++m_report.unchanged;
        return;
    }
    ReimportReport::Difference difference{record.row, record.key, Standing::Changed, found.id, {}, std::nullopt};
    if (m_shown < ReimportReport::kShownDifferences) {
        ++m_shown;
        difference.cells = cellsOf(record, item, status);
    }
    if (found.labels && !sameLabels(*found.labels, status.consensus(), m_options.profile)) {
        difference.answers = found.labels;
    }
    m_report.differences.push_back(std::move(difference));
}

std::string ExportComparison::bytesNow(const ItemContent& item, const ItemStatus& status)
{
    if (m_options.profile == ExportProfile::Jsonl) {
        return m_lines.line(item, status);
    }
    std::string bytes;
    const auto rows = m_table.rows(item, status);
    for (std::size_t i = 0; rows && i < rows->size(); ++i) {
        bytes += csvRecord((*rows)[i]);
    }
    return bytes;
}

std::vector<ReimportReport::Cell> ExportComparison::cellsOf(const ExportedRecord& record,
                                                            const ItemContent& item,
                                                            const ItemStatus& status)
{
    if (m_options.profile == ExportProfile::Jsonl) {
        return differingValues(m_lines.line(item, status), record.bytes);
    }
    const auto rows = m_table.rows(item, status);
    return differingCells(rows.value_or(std::vector<ExportTable::Row>()), record.rows, m_report.manifest.columns);
}

} // namespace modscope
