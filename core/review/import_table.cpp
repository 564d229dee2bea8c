#include "core/data/csv.h"
#include "core/data/extension.h"
#include "core/data/image_root.h"
#include "core/data/jsonl.h"
#include "core/review/import_source.h"

#include <charconv>
#include <variant>

namespace modscope {

namespace {

constexpr std::size_t kRowsForColumns = 100; ///< of JSON Lines, which have no header
constexpr std::size_t kKeyBytes = 60;        ///< of a text that stands for its row in a message

/// Names and values of one row; the values of a CSV stand for its columns in order.
using FieldLookup = std::vector<std::pair<std::string, std::string>>;

/// The columns of JSON Lines: every key of the first lines. Broken lines are reported when they are imported.
Result<std::vector<std::string>> columnsOfLines(const std::filesystem::path& path)
{
    auto reader = JsonlReader::open(path);
    if (!reader) {
        return fail(reader.error());
    }
    std::vector<std::string> columns;
    for (std::size_t row = 0; row < kRowsForColumns; ++row) {
        const auto next = reader->next();
        if (!next) {
            break;
        }
        for (std::size_t i = 0; *next && i < (*next)->fields.size(); ++i) {
            const std::string& key = (*next)->fields[i].first;
            if (std::find(columns.begin(), columns.end(), key) == columns.end()) {
                columns.push_back(key);
            }
        }
    }
    return columns;
}

Result<float> probabilityFrom(const std::string& text, const std::string& column)
{
    float value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    const bool sound = parsed.ec == std::errc() && parsed.ptr == end && value >= 0 && value <= 1;
    return sound
               ? Result<float>(value)
               : fail(ErrorCode::ParseError, "'" + column + "' must be a probability from 0 to 1, not '" + text + "'");
}

/// The start of a text, cut between characters.
std::string startOf(const std::string& text)
{
    std::size_t end = std::min(text.size(), kKeyBytes);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + (end < text.size() ? "…" : "");
}

bool isBlankText(const std::string& text)
{
    Sample sample;
    sample.text = text;
    return !sample.hasText();
}

} // namespace

struct ImportTable::State {
    using Reader = std::variant<CsvReader, JsonlReader>;

    State(Reader opened, const std::filesystem::path& path, const TableImportOptions& given)
        : reader(std::move(opened)), options(given), name(path.filename().string()),
          root(given.imageRoot.empty() ? path.parent_path() : given.imageRoot, given.allowOutsideRoot)
    {
        std::error_code ignored;
        bytes = std::filesystem::file_size(path, ignored);
    }

    [[nodiscard]] std::string value(const FieldLookup& fields, const std::string& column) const
    {
        for (const auto& [key, text] : fields) {
            if (!column.empty() && key == column) {
                return text;
            }
        }
        return {};
    }

    Result<void> takeScores(const FieldLookup& fields, ItemContent& item) const
    {
        if (mapping.scores.empty()) {
            return {};
        }
        if (const std::string error = value(fields, mapping.error); !error.empty()) {
            return fail(ErrorCode::NoContent, "it was not scored: " + error);
        }
        ItemScores scores{options.model->id, {}, {}, {}};
        for (const std::string& label : options.model->labels) {
            const std::string& column = mapping.scores.at(label);
            const auto probability = probabilityFrom(value(fields, column), column);
            if (!probability) {
                return fail(probability.error());
            }
            scores.probabilities.push_back(*probability);
        }
        item.scores.push_back(std::move(scores));
        return {};
    }

    Result<NewItem> itemOf(const FieldLookup& fields) const
    {
        NewItem item;
        item.row = rows;
        item.content.text = value(fields, mapping.text);
        item.content.ocrText = value(fields, mapping.ocrText);
        item.content.externalId = value(fields, mapping.id);
        const std::string source = value(fields, mapping.source);
        item.content.source = !source.empty() ? source : !options.source.empty() ? options.source : name;
        if (const std::string picture = value(fields, mapping.imagePath); !picture.empty()) {
            auto path = root.resolve(picture);
            if (!path) {
                return fail(path.error());
            }
            std::error_code ignored;
            item.content.imagePath = std::filesystem::absolute(*path, ignored).lexically_normal().string();
        }
        if (isBlankText(item.content.text) && item.content.imagePath.empty()) {
            return fail(ErrorCode::NoContent, "it has neither text nor picture");
        }
        const auto scored = takeScores(fields, item.content);
        return scored ? Result<NewItem>(std::move(item)) : fail(scored.error());
    }

    ImportRow rowOf(const FieldLookup& fields)
    {
        ImportRow row;
        row.number = ++rows;
        for (const std::string* column : {&mapping.id, &mapping.imagePath, &mapping.text}) {
            row.key = row.key.empty() ? startOf(value(fields, *column)) : row.key;
        }
        row.item = itemOf(fields);
        return row;
    }

    ImportRow broken(const Error& error)
    {
        ImportRow row;
        row.number = ++rows;
        row.item = fail(error);
        return row;
    }

    Result<std::optional<ImportRow>> nextOf(CsvReader& csv)
    {
        const auto next = csv.next();
        if (!next.row) {
            return std::nullopt;
        }
        if (!*next.row) {
            return next.fatal ? Result<std::optional<ImportRow>>(fail(next.row->error())) : broken(next.row->error());
        }
        const CsvRow& row = **next.row;
        if (row.fields.size() != columns.size()) {
            ImportRow wrong =
                broken({ErrorCode::ParseError, "it has " + std::to_string(row.fields.size()) +
                                                   " fields, the header has " + std::to_string(columns.size())});
            wrong.key = row.fields.front();
            return wrong;
        }
        FieldLookup fields;
        fields.reserve(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            fields.emplace_back(columns[i], row.fields[i]);
        }
        return rowOf(fields);
    }

    Result<std::optional<ImportRow>> nextOf(JsonlReader& lines)
    {
        const auto next = lines.next();
        if (!next) {
            return std::nullopt;
        }
        if (!*next) { // a read error is the last thing that comes
            return next->error().code == ErrorCode::IoError ? Result<std::optional<ImportRow>>(fail(next->error()))
                                                            : broken(next->error());
        }
        return rowOf((*next)->fields);
    }

    Reader reader;
    TableImportOptions options;
    std::string name;
    ImageRoot root;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0;
    std::vector<std::string> columns;
    ColumnMapping mapping;
};

ImportTable::ImportTable(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ImportTable::~ImportTable() = default;

namespace {

Result<void> checkModelColumns(const ColumnMapping& mapping, const std::optional<ScoringModel>& model)
{
    if (mapping.scores.empty()) {
        return model ? fail(ErrorCode::NotFound, "there is no column with scores of the model '" + model->name +
                                                     "' (prob_" + model->labels.front() + ", …)")
                     : Result<void>();
    }
    if (!model) {
        return fail(ErrorCode::InvalidArgument,
                    "'" + mapping.scores.begin()->second + "' holds scores: which model they are of must be said");
    }
    for (const std::string& label : model->labels) {
        if (!mapping.scores.contains(label)) {
            return fail(ErrorCode::NotFound,
                        "there is no column with the scores of '" + label + "', a class of '" + model->name + "'");
        }
    }
    for (const auto& [label, column] : mapping.scores) {
        if (std::find(model->labels.begin(), model->labels.end(), label) == model->labels.end()) {
            return fail(ErrorCode::Mismatch,
                        "'" + column + "' holds scores of '" + label + "', which '" + model->name + "' does not know");
        }
    }
    return {};
}

} // namespace

Result<std::unique_ptr<ImportTable>> ImportTable::open(const std::filesystem::path& path,
                                                       const TableImportOptions& options,
                                                       std::span<const std::string> labels)
{
    const auto inFile = [&](const Error& error) { return fail(error.code, path.string() + ": " + error.message); };
    std::unique_ptr<State> state;
    if (lowerExtension(path) == ".csv") {
        auto csv = CsvReader::open(path);
        if (!csv) {
            return fail(csv.error());
        }
        std::vector<std::string> columns = csv->header();
        state = std::make_unique<State>(std::move(*csv), path, options);
        state->columns = std::move(columns);
    } else {
        auto columns = columnsOfLines(path);
        auto lines = columns ? JsonlReader::open(path) : fail(columns.error());
        if (!lines) {
            return fail(lines.error());
        }
        state = std::make_unique<State>(std::move(*lines), path, options);
        state->columns = std::move(*columns);
    }
    state->mapping = guessMapping(state->columns, labels);
    for (const std::string& entry : options.mapping) {
        if (auto assigned = assignColumn(state->mapping, entry); !assigned) {
            return fail(assigned.error());
        }
    }
    auto fits = checkMapping(state->mapping, state->columns, labels);
    fits = fits ? checkModelColumns(state->mapping, options.model) : fits;
    return fits ? Result<std::unique_ptr<ImportTable>>(std::unique_ptr<ImportTable>(new ImportTable(std::move(state))))
                : inFile(fits.error());
}

const ColumnMapping& ImportTable::mapping() const
{
    return m_state->mapping;
}

const std::vector<std::string>& ImportTable::columns() const
{
    return m_state->columns;
}

Result<std::optional<ImportRow>> ImportTable::next()
{
    return std::visit([this](auto& reader) { return m_state->nextOf(reader); }, m_state->reader);
}

std::optional<double> ImportTable::fraction() const
{
    const auto read =
        std::visit([](const auto& reader) { return static_cast<double>(reader.bytesRead()); }, m_state->reader);
    return m_state->bytes == 0 ? std::nullopt : std::optional(read / static_cast<double>(m_state->bytes));
}

} // namespace modscope
