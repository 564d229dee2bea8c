#pragma once

#include "core/base/error.h"
#include "core/review/import_mapping.h"
#include "core/review/store.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// One row of what is imported, or why it is none.
struct ImportRow {
    std::uint64_t number = 0; ///< 1-based; of a table's data rows
    std::string key;          ///< the row's own id, else its picture or the start of its text, for messages
    Result<NewItem> item = NewItem{};
};

/// Rows to import, one after another. Pictures are named, not read. Threads: one.
class ImportSource {
public:
    virtual ~ImportSource() = default;
    /// The next row, nothing at the end. An error ends the source.
    [[nodiscard]] virtual Result<std::optional<ImportRow>> next() = 0;
    [[nodiscard]] virtual std::optional<double> fraction() const = 0; ///< of the whole, 0..1, where it is known
};

struct TableImportOptions {
    std::vector<std::string> mapping;  ///< entries that change what the header suggests (assignColumn())
    std::optional<ScoringModel> model; ///< with its id: whose probabilities the score columns are
    std::string source;                ///< of rows without one; empty: the file's name
    std::filesystem::path imageRoot;   ///< where relative picture paths begin; empty: the table's folder
    bool allowOutsideRoot = false;
};

/// A table on its way into a store. CSV, or JSON Lines of flat objects, by extension.
class ImportTable final : public ImportSource {
public:
    /// @param labels  the project's classes
    /// Errors: what opening reports; a mapping that does not fit, naming the column; InvalidArgument for score columns
    /// without a model, and for a model whose classes are not all mapped.
    [[nodiscard]] static Result<std::unique_ptr<ImportTable>> open(const std::filesystem::path& path,
                                                                   const TableImportOptions& options,
                                                                   std::span<const std::string> labels);
    ~ImportTable() override;

    [[nodiscard]] const ColumnMapping& mapping() const;
    [[nodiscard]] const std::vector<std::string>& columns() const;
    [[nodiscard]] Result<std::optional<ImportRow>> next() override;
    [[nodiscard]] std::optional<double> fraction() const override;

private:
    struct State;
    explicit ImportTable(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Pictures, as files and folders give them (core/data/file_list.h). Tables in folders are not read: they usually
/// describe the pictures beside them. @param source  of all items; empty: the name of each picture's folder
/// Errors: Cancelled.
[[nodiscard]] Result<std::unique_ptr<ImportSource>> importPictures(const std::vector<std::filesystem::path>& paths,
                                                                   const std::string& source,
                                                                   std::stop_token stop);

} // namespace modscope
