#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace modscope {

struct SampleTableOptions {
    std::filesystem::path imageRoot; ///< empty: the table's folder
    bool allowOutsideRoot = false;
};

/// A table's row as read: the sample to score, and every input column for the output.
struct SampleRow {
    std::vector<std::string> fields; ///< parallel to SampleTable::columns()
    std::uint64_t line = 0;          ///< 0 when the row could not be taken apart; its fields are empty then
    Result<Sample> sample; ///< the row's own error: both empty, a path outside the root, a wrong number of fields
};

/// Reads the samples of a CSV (`text`, `image_path`, optional `id`, `labels`/`label`) or of JSON Lines, one at a time.
/// Relative picture paths resolve against the root; a path that leaves it (also through a link) is that row's error.
class SampleTable {
public:
    /// By extension: .csv, .jsonl, .ndjson. Errors: ParseError naming what is missing when there is neither text nor
    /// image_path.
    [[nodiscard]] static Result<SampleTable> open(const std::filesystem::path& path, const SampleTableOptions& options);
    /// JSON Lines from a stream (standard input).
    [[nodiscard]] static SampleTable fromJsonl(std::unique_ptr<std::istream> stream, const SampleTableOptions& options);
    ~SampleTable();
    SampleTable(SampleTable&&) noexcept;
    SampleTable& operator=(SampleTable&&) noexcept;

    /// The input columns of a CSV, in order; for JSON Lines id, text, image_path.
    [[nodiscard]] const std::vector<std::string>& columns() const;
    /// The next row, nothing at the end. An error ends the table (an unbalanced quote, a read error).
    [[nodiscard]] Result<std::optional<SampleRow>> next();
    [[nodiscard]] std::uint64_t bytesRead() const;
    [[nodiscard]] std::uint64_t totalBytes() const; ///< 0 for a stream

private:
    struct State;
    explicit SampleTable(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace modscope
