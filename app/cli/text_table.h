#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modscope::cli {

/// Characters that a text takes on a terminal, taking each code point as one column.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// Cut to `width` columns with an ellipsis and padded with spaces; control characters become spaces, so that no file
/// name or caption can move the cursor.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);
/// As fitted(), without padding.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

/// Aligned columns for people. Cells of all rows are known: columns are as wide as their widest cell.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> header) { m_rows.push_back(std::move(header)); }

    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace modscope::cli
