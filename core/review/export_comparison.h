#pragma once

#include "core/base/error.h"
#include "core/review/export_json.h"
#include "core/review/export_table.h"
#include "core/review/exported_records.h"
#include "core/review/reimport.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Private to this room.

namespace modscope {

/// Compares an export with what the store would write now.
class ExportComparison {
public:
    /// @param names  the store's, with the models that the export was written with
    ExportComparison(ReviewStore& store, ExportNames names, ReimportReport& report);

    /// Adds the records' standings to the report. Errors: of the store, not of records.
    [[nodiscard]] Result<void> compare(std::vector<ExportedRecord>& records);

private:
    struct Found {
        ItemId id = 0;
        const ExportedRecord* record = nullptr;
        std::optional<std::vector<Answer>> labels; ///< that the file gives the item
    };

    [[nodiscard]] Result<std::optional<Found>> find(ExportedRecord& record);
    [[nodiscard]] Result<ItemId> idByContent(const ExportedRecord& record);
    [[nodiscard]] Result<void> readContents();
    void compareOne(const Found& found, const ItemContent& item, const ItemStatus& status);
    [[nodiscard]] std::string bytesNow(const ItemContent& item, const ItemStatus& status);
    [[nodiscard]] std::vector<ReimportReport::Cell> cellsOf(const ExportedRecord& record,
                                                            const ItemContent& item,
                                                            const ItemStatus& status);

    ReviewStore& m_store;
    ExportNames m_names;
    ExportOptions m_options;
    ExportTable m_table;
    ExportLines m_lines;
    ReimportReport& m_report;
    std::size_t m_shown = 0; ///< differences that have their cells
    std::optional<std::map<std::pair<std::string, std::string>, ItemId>> m_byContent;
};

} // namespace modscope
