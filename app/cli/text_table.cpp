#include "app/cli/text_table.h"

#include <algorithm>

namespace modscope::cli {

namespace {

bool startsCodePoint(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::string withoutControls(std::string_view text)
{
    std::string clean(text);
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return clean;
}

} // namespace

std::size_t displayWidth(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCodePoint));
}

std::string shortened(std::string_view text, std::size_t width)
{
    std::string clean = withoutControls(text);
    if (displayWidth(clean) <= width) {
        return clean;
    }
    std::string cut;
    std::size_t columns = 0;
    for (const char byte : clean) {
        columns += startsCodePoint(byte) ? 1 : 0;
        if (columns >= width) {
            break;
        }
        cut += byte;
    }
    return cut + "…";
}

std::string fitted(std::string_view text, std::size_t width)
{
    std::string cell = shortened(text, width);
    return cell + std::string(width - std::min(width, displayWidth(cell)), ' ');
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths;
    for (const auto& row : m_rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], displayWidth(row[column]));
        }
    }
    std::string result;
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            line += fitted(row[column], widths[column]) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + "\n";
    }
    return result;
}

} // namespace modscope::cli
