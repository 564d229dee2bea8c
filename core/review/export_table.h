#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// What an export is for.
enum class ExportProfile : std::uint8_t {
    Reference, ///< text, image_path, labels: what the reference system trains on; items with a consensus
    Wide,      ///< one row an item, everything that is known of it
    Long,      ///< one row an opinion and class: agreement can be computed from it
    Changed,   ///< where people answered otherwise than the model: its labels and theirs
    Soft,      ///< per class the share of people who said yes
    Jsonl,     ///< one JSON object an item, lossless: another store can be given the item whole
};
[[nodiscard]] std::string_view name(ExportProfile profile); ///< "reference"
[[nodiscard]] Result<ExportProfile> exportProfileNamed(std::string_view word);

struct ExportOptions {
    ExportProfile profile = ExportProfile::Wide;
    bool notes = true;            ///< reasons and notes; people write names into them
    bool spreadsheetSafe = false; ///< cells that a spreadsheet would run get a leading apostrophe
};

/// Names that rows carry instead of numbers.
struct ExportNames {
    std::vector<std::string> labels;
    std::vector<ScoringModel> models; ///< the last one's scores stand in the rows; may be empty
    std::vector<Reviewer> reviewers;
};

/// Turns items into the rows of one profile. Threads: one.
class ExportTable {
public:
    ExportTable(ExportOptions options, ExportNames names);

    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }

    using Row = std::vector<std::string>; ///< parallel to columns()
    /// The rows of one item. Errors: NoContent with the reason when it has no place in this profile: no decision yet,
    /// no difference to the model, removed.
    [[nodiscard]] Result<std::vector<Row>> rows(const ItemContent& item, const ItemStatus& status);

    /// Cells that got an apostrophe so far.
    [[nodiscard]] std::uint64_t changedCells() const { return m_changedCells; }

private:
    [[nodiscard]] Result<std::vector<Row>> plainRows(const ItemContent& item, const ItemStatus& status) const;
    [[nodiscard]] Row referenceRow(const ItemContent& item, const std::vector<Answer>& answers) const;
    [[nodiscard]] Row wideRow(const ItemContent& item, const ItemStatus& status) const;
    [[nodiscard]] std::vector<Row> longRows(const ItemContent& item, const ItemStatus& status) const;
    [[nodiscard]] Row softRow(const ItemContent& item, const ItemStatus& status) const;
    void addClassCells(Row& row, const ItemContent& item, const ItemStatus& status) const;

    [[nodiscard]] const ItemScores* scoresOf(const ItemContent& item) const;
    /// The model's place of each label of the project, -1 where it has none.
    [[nodiscard]] std::vector<int> modelPlaces() const;
    /// The model's answers, No without a score.
    [[nodiscard]] std::vector<Answer> modelAnswers(const ItemContent& item) const;
    [[nodiscard]] std::string pseudonym(ReviewerId reviewer) const;
    [[nodiscard]] std::string joinedLabels(const std::vector<Answer>& answers) const;

    ExportOptions m_options;
    ExportNames m_names;
    std::vector<std::string> m_columns;
    std::vector<int> m_places;
    std::uint64_t m_changedCells = 0;
};

} // namespace modscope
