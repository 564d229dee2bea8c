#pragma once

#include "core/base/error.h"
#include "core/review/export_table.h"
#include "core/review/item.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// Turns items into lines of the profile "jsonl": everything that is known of an item, by names instead of numbers, so
/// that another store can be given it whole. Floats are the shortest decimals that give them back. Threads: const.
class ExportLines {
public:
    /// @param notes  with reasons and notes
    ExportLines(ExportNames names, bool notes);

    /// One JSON object, without a line end.
    [[nodiscard]] std::string line(const ItemContent& item, const ItemStatus& status) const;

private:
    /// Names as they stand in lines, quoted.
    struct KnownModel {
        std::string sha256;
        std::vector<std::string> labelKeys; ///< with their colon
    };

    void addAnswers(std::string& text, const std::optional<std::vector<Answer>>& answers) const;
    void addScores(std::string& text, const std::vector<ItemScores>& all) const;
    void addOpinions(std::string& text, const ItemStatus& status) const;
    void addDeclined(std::string& text, const std::vector<Declined>& all) const;
    [[nodiscard]] std::string_view pseudonym(ReviewerId reviewer) const;

    ExportNames m_names;
    bool m_notes;
    std::vector<std::string> m_labelKeys; ///< with their colon
    std::map<ReviewerId, std::string> m_pseudonyms;
    std::map<ModelId, KnownModel> m_models;
};

struct ExportedItem {
    ItemContent content; ///< without an id
    ItemStatus status;   ///< without event numbers
};
/// Reads what ExportLines writes. @param names  of the store that is to take the item
/// Errors: ParseError naming the key; NotFound for a class, model or reviewer that `names` does not have.
[[nodiscard]] Result<ExportedItem> exportedItem(std::string_view line, const ExportNames& names);

} // namespace modscope
