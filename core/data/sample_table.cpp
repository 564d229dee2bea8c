#include "core/data/sample_table.h"

#include "core/data/csv.h"
#include "core/data/extension.h"
#include "core/data/image_root.h"
#include "core/data/jsonl.h"

namespace modscope {

struct SampleTable::State {
    State(ImageRoot imageRoot, std::string sourceName) : root(std::move(imageRoot)), source(std::move(sourceName)) {}

    ImageRoot root;
    std::string source;
    std::uint64_t totalBytes = 0;
    std::vector<std::string> columns;
    std::optional<CsvReader> csv;
    std::optional<JsonlReader> jsonl;
    std::uint64_t number = 0; ///< rows handed out
    bool ended = false;
};

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNoLine = 0;

/// What a row says about its sample, before paths are checked.
struct RowTexts {
    std::string id;
    std::string text;
    std::string image;
};

Result<Sample> makeSample(RowTexts texts, const ImageRoot& root, const std::string& where)
{
    Sample sample{std::move(texts.id), std::move(texts.text), {}, nullptr};
    if (!texts.image.empty()) {
        auto path = root.resolve(texts.image);
        if (!path) {
            return fail(path.error().code, where + path.error().message);
        }
        sample.imagePath = std::move(*path);
    }
    if (!sample.hasText() && !sample.hasImage()) {
        return fail(ErrorCode::NoContent, where + "has neither text nor picture");
    }
    return sample;
}

std::string fieldOf(const CsvReader& csv, const CsvRow& row, std::string_view column)
{
    const auto index = csv.column(column);
    return index ? row.fields[*index] : std::string();
}

SampleRow csvRow(const CsvReader& csv, CsvRow row, const ImageRoot& root, const std::string& source)
{
    const std::string where = source + ":" + std::to_string(row.line) + ": ";
    const std::size_t columns = csv.header().size();
    if (row.fields.size() != columns) {
        const std::string problem =
            "has " + std::to_string(row.fields.size()) + " fields, the header has " + std::to_string(columns);
        row.fields.resize(columns);
        return {std::move(row.fields), row.line, fail(ErrorCode::ParseError, where + problem)};
    }
    std::string id = fieldOf(csv, row, "id");
    RowTexts texts{id.empty() ? std::to_string(row.number) : std::move(id), fieldOf(csv, row, "text"),
                   fieldOf(csv, row, "image_path")};
    return {std::move(row.fields), row.line, makeSample(std::move(texts), root, where)};
}

std::string valueOf(const JsonlReader::Row& row, std::string_view key)
{
    const std::string* value = row.find(key);
    return value == nullptr ? std::string() : *value;
}

SampleRow jsonlRow(const JsonlReader::Row& row, std::uint64_t number, const ImageRoot& root, const std::string& source)
{
    const std::string where = source + ":" + std::to_string(row.line) + ": ";
    RowTexts texts{valueOf(row, "id"), valueOf(row, "text"), valueOf(row, "image_path")};
    if (texts.image.empty()) {
        texts.image = valueOf(row, "image");
    }
    std::vector<std::string> fields{texts.id, texts.text, texts.image};
    if (texts.id.empty()) {
        texts.id = std::to_string(number);
    }
    return {std::move(fields), row.line, makeSample(std::move(texts), root, where)};
}

/// A row that could not even be taken apart: no fields to show, only its error.
SampleRow unreadableRow(std::size_t columns, Error error)
{
    return {std::vector<std::string>(columns), kNoLine, fail(std::move(error))};
}

const std::vector<std::string>& jsonlColumns()
{
    static const std::vector<std::string> kColumns{"id", "text", "image_path"};
    return kColumns;
}

} // namespace

SampleTable::SampleTable(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SampleTable::~SampleTable() = default;
SampleTable::SampleTable(SampleTable&&) noexcept = default;
SampleTable& SampleTable::operator=(SampleTable&&) noexcept = default;

Result<SampleTable> SampleTable::open(const fs::path& path, const SampleTableOptions& options)
{
    const fs::path root = options.imageRoot.empty() ? path.parent_path() : options.imageRoot;
    auto state = std::make_unique<State>(ImageRoot(root, options.allowOutsideRoot), path.string());
    const std::string extension = lowerExtension(path);
    if (extension == ".csv") {
        auto csv = CsvReader::open(path);
        if (!csv) {
            return fail(csv.error());
        }
        if (!csv->column("text") && !csv->column("image_path")) {
            return fail(ErrorCode::ParseError, path.string() + ": the header has neither 'text' nor 'image_path'");
        }
        state->columns = csv->header();
        state->csv = std::move(*csv);
    } else if (extension == ".jsonl" || extension == ".ndjson") {
        auto jsonl = JsonlReader::open(path);
        if (!jsonl) {
            return fail(jsonl.error());
        }
        state->columns = jsonlColumns();
        state->jsonl = std::move(*jsonl);
    } else {
        return fail(ErrorCode::Unsupported, path.string() + ": is not a table (.csv, .jsonl or .ndjson)");
    }
    std::error_code ignored;
    state->totalBytes = fs::file_size(path, ignored);
    return SampleTable(std::move(state));
}

SampleTable SampleTable::fromJsonl(std::unique_ptr<std::istream> stream, const SampleTableOptions& options)
{
    auto state = std::make_unique<State>(ImageRoot(options.imageRoot, options.allowOutsideRoot), "standard input");
    state->columns = jsonlColumns();
    state->jsonl = JsonlReader::fromStream(std::move(stream), state->source);
    return SampleTable(std::move(state));
}

const std::vector<std::string>& SampleTable::columns() const
{
    return m_state->columns;
}

Result<std::optional<SampleRow>> SampleTable::next()
{
    State& state = *m_state;
    if (state.ended) {
        return std::nullopt;
    }
    if (state.csv) {
        auto next = state.csv->next();
        state.ended = !next.row || next.fatal;
        if (!next.row) {
            return std::nullopt;
        }
        if (*next.row) {
            return csvRow(*state.csv, std::move(**next.row), state.root, state.source);
        }
        if (next.fatal) {
            return fail(next.row->error());
        }
        return unreadableRow(state.columns.size(), next.row->error());
    }
    const auto row = state.jsonl->next();
    state.ended = !row;
    if (!row) {
        return std::nullopt;
    }
    ++state.number;
    if (!*row) {
        return unreadableRow(state.columns.size(), row->error());
    }
    return jsonlRow(**row, state.number, state.root, state.source);
}

std::uint64_t SampleTable::bytesRead() const
{
    return m_state->csv ? m_state->csv->bytesRead() : m_state->jsonl->bytesRead();
}

std::uint64_t SampleTable::totalBytes() const
{
    return m_state->totalBytes;
}

} // namespace modscope
