#pragma once

#include "core/base/error.h"
#include "core/data/prediction_table.h"
#include "core/data/sample.h"
#include "core/data/sample_table.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace modscope::cli {

/// What people can ask to be scored.
struct SampleRequest {
    std::vector<std::string> paths;  ///< pictures, folders, tables; "-" is JSON Lines on standard input
    std::optional<std::string> text; ///< one pair, with `image`; then there are no paths
    std::string image;
    SampleTableOptions table;
};

/// One thing to score and where it came from.
struct SourceItem {
    std::vector<std::string> fields;  ///< parallel to SampleSource::columns()
    Sample sample;                    ///< what is known of it, also when it cannot be scored
    std::optional<Error> error;       ///< why it cannot be scored
    std::string place;                ///< "memes.csv:12"; empty for pictures, whose messages name the file
    std::optional<OcrFields> reading; ///< what OCR read in the picture, when it was asked
};

/// Everything asked for, one item after the other, in the order of the command line. Tables are streamed.
/// Folders give their pictures; a table is read only when it is named itself.
class SampleSource {
public:
    /// Errors: a table without usable columns; tables whose columns differ; Cancelled.
    [[nodiscard]] static Result<SampleSource> open(const SampleRequest& request, const std::stop_token& stop);

    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    /// The next item, nothing at the end. An error ends the source.
    [[nodiscard]] Result<std::optional<SourceItem>> next();
    /// How much was handed out, 0..1, unless there is a stream without an end in sight.
    [[nodiscard]] std::optional<double> fraction() const;

private:
    struct Table {
        SampleTable rows;
        std::string name;
    };
    using Entry = std::variant<SourceItem, Table>;

    SampleSource() = default;
    [[nodiscard]] Result<void> addPath(const std::string& path,
                                       const SampleRequest& request,
                                       const std::stop_token& stop);
    [[nodiscard]] Result<void> addFolder(const std::filesystem::path& folder, const std::stop_token& stop);
    [[nodiscard]] Result<void> addTable(Result<SampleTable> table, const std::string& name);
    void addPicture(const std::filesystem::path& path);
    void addUnusable(const std::filesystem::path& path, const Error& error);
    [[nodiscard]] Result<void> fillFields();
    [[nodiscard]] Result<std::optional<SourceItem>> nextRow(Table& table);

    std::deque<Entry> m_entries;
    std::vector<std::string> m_columns; ///< of the tables, else text, image_path
    bool m_hasTables = false;
    std::size_t m_total = 0; ///< entries
};

} // namespace modscope::cli
