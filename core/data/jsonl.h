#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modscope {

/// One line of a JSON Lines file as a flat object; nested values are an error of that line.
/// Keys used: id, text, image or image_path. Others are carried through as text.
class JsonlReader {
public:
    [[nodiscard]] static Result<JsonlReader> open(const std::filesystem::path& path);
    [[nodiscard]] static JsonlReader fromStream(std::unique_ptr<std::istream> stream, std::string sourceName);
    ~JsonlReader();
    JsonlReader(JsonlReader&&) noexcept;
    JsonlReader& operator=(JsonlReader&&) noexcept;

    struct Row {
        std::vector<std::pair<std::string, std::string>> fields; ///< in the order of the line
        std::uint64_t line = 0;

        [[nodiscard]] const std::string* find(std::string_view key) const;
    };
    /// A row, a line's own error, or nothing at the end.
    [[nodiscard]] std::optional<Result<Row>> next();
    [[nodiscard]] std::uint64_t bytesRead() const;

private:
    struct State;
    explicit JsonlReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace modscope
