#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// One record of a CSV file.
struct CsvRow {
    std::vector<std::string> fields;
    std::uint64_t line = 0;   ///< 1-based line where the record starts
    std::uint64_t number = 0; ///< 1-based data row, the header not counted
};

struct CsvLimits {
    std::size_t maxFieldBytes = std::size_t{1} << 20U;
    std::size_t maxFields = 4096;
    std::size_t maxRecordBytes = std::size_t{16} << 20U; ///< all fields of a row together
};

/// RFC 4180 reader: streaming, quotes, CRLF or LF, an optional UTF-8 byte order mark. Bytes are kept as they are;
/// fields that are not UTF-8, or hold a NUL, are errors of their row.
class CsvReader {
public:
    /// Reads the header. Errors: ParseError with file and line; a header with a repeated or empty name.
    [[nodiscard]] static Result<CsvReader> open(const std::filesystem::path& path, CsvLimits limits = {});
    [[nodiscard]] static Result<CsvReader> fromStream(std::unique_ptr<std::istream> stream,
                                                      std::string sourceName,
                                                      CsvLimits limits = {});
    ~CsvReader();
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;

    [[nodiscard]] const std::vector<std::string>& header() const;
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    [[nodiscard]] std::uint64_t bytesRead() const; ///< for progress against the file's size

    /// A row, a row's own error (reading goes on with the next), or the end.
    /// `fatal` is set when reading cannot go on: an unbalanced quote (names the line where it opened), a read error.
    struct Next {
        std::optional<Result<CsvRow>> row; ///< empty at the end
        bool fatal = false;
    };
    [[nodiscard]] Next next();

private:
    struct State;
    [[nodiscard]] static Result<CsvReader> fromState(std::unique_ptr<State> state);
    explicit CsvReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// One RFC 4180 record with its LF: quotes only where needed.
[[nodiscard]] std::string csvRecord(std::span<const std::string> fields);

} // namespace modscope
