#include "app/cli/sample_source.h"

#include "app/cli/standard_input.h"
#include "core/data/extension.h"
#include "core/data/file_list.h"

#include <algorithm>
#include <istream>
#include <memory>
#include <utility>

namespace modscope::cli {

namespace {

/// An istream that owns its buffer.
class StandardInputStream : public std::istream {
public:
    explicit StandardInputStream(std::stop_token stop) : std::istream(nullptr), m_buffer(std::move(stop))
    {
        rdbuf(&m_buffer);
    }

private:
    StandardInput m_buffer;
};

bool isTable(const std::filesystem::path& path)
{
    const std::string extension = lowerExtension(path);
    return extension == ".csv" || extension == ".jsonl" || extension == ".ndjson";
}

SourceItem pictureItem(const std::filesystem::path& path)
{
    SourceItem item;
    item.sample.imagePath = path;
    return item;
}

std::string fieldOf(const SourceItem& item, const std::string& column)
{
    if (column == "text") {
        return item.sample.text;
    }
    if (column == "image_path") {
        return item.sample.imagePath.string();
    }
    return {};
}

/// What a row that cannot be scored says about itself, for the output.
Sample describe(const std::vector<std::string>& columns, const std::vector<std::string>& fields)
{
    Sample sample;
    for (std::size_t index = 0; index < std::min(columns.size(), fields.size()); ++index) {
        if (columns[index] == "id") {
            sample.id = fields[index];
        } else if (columns[index] == "text") {
            sample.text = fields[index];
        } else if (columns[index] == "image_path") {
            sample.imagePath = fields[index];
        }
    }
    return sample;
}

} // namespace

Result<SampleSource> SampleSource::open(const SampleRequest& request, const std::stop_token& stop)
{
    SampleSource source;
    source.m_columns = {"text", "image_path"};
    if (request.paths.empty()) {
        SourceItem pair = pictureItem(request.image);
        pair.sample.text = request.text.value_or("");
        source.m_entries.emplace_back(std::move(pair));
    }
    for (const std::string& path : request.paths) {
        if (auto added = source.addPath(path, request, stop); !added) {
            return fail(added.error());
        }
    }
    source.m_total = source.m_entries.size();
    if (auto filled = source.fillFields(); !filled) {
        return fail(filled.error());
    }
    return source;
}

Result<void> SampleSource::addPath(const std::string& path, const SampleRequest& request, const std::stop_token& stop)
{
    std::error_code ignored;
    if (path == "-") {
        return addTable(SampleTable::fromJsonl(std::make_unique<StandardInputStream>(stop), request.table),
                        "standard input");
    }
    if (std::filesystem::is_directory(path, ignored)) {
        return addFolder(path, stop);
    }
    if (isTable(path)) {
        return addTable(SampleTable::open(path, request.table), path);
    }
    addPicture(path);
    return {};
}

Result<void> SampleSource::addFolder(const std::filesystem::path& folder, const std::stop_token& stop)
{
    return listFiles({folder}, {}, stop, [this](const FileListEntry& entry) {
        if (entry.kind == FileListEntry::Kind::Picture) {
            addPicture(entry.path);
        } else if (entry.kind == FileListEntry::Kind::Unusable) {
            addUnusable(entry.path, entry.error);
        }
    });
}

Result<void> SampleSource::addTable(Result<SampleTable> table, const std::string& name)
{
    if (!table) {
        return fail(table.error());
    }
    if (m_hasTables && table->columns() != m_columns) {
        return fail(ErrorCode::Mismatch,
                    name + ": has other columns than the tables before it; score them one at a time");
    }
    m_hasTables = true;
    m_columns = table->columns();
    m_entries.emplace_back(Table{std::move(*table), name});
    return {};
}

void SampleSource::addPicture(const std::filesystem::path& path)
{
    m_entries.emplace_back(pictureItem(path));
}

void SampleSource::addUnusable(const std::filesystem::path& path, const Error& error)
{
    SourceItem item = pictureItem(path);
    item.error = error;
    m_entries.emplace_back(std::move(item));
}

// Pictures among tables are written under the tables' columns, so these must have a place for the path.
Result<void> SampleSource::fillFields()
{
    const bool hasPlace = std::find(m_columns.begin(), m_columns.end(), "image_path") != m_columns.end();
    for (Entry& entry : m_entries) {
        auto* item = std::get_if<SourceItem>(&entry);
        if (item == nullptr) {
            continue;
        }
        if (!hasPlace) {
            return fail(ErrorCode::Mismatch,
                        item->sample.imagePath.string() +
                            ": the table has no column image_path for this picture; score them one at a time");
        }
        for (const std::string& column : m_columns) {
            item->fields.push_back(fieldOf(*item, column));
        }
    }
    return {};
}

Result<std::optional<SourceItem>> SampleSource::next()
{
    while (!m_entries.empty()) {
        if (auto* table = std::get_if<Table>(&m_entries.front())) {
            auto row = nextRow(*table);
            if (!row || *row) {
                return row;
            }
            m_entries.pop_front();
            continue;
        }
        SourceItem item = std::get<SourceItem>(std::move(m_entries.front()));
        m_entries.pop_front();
        return item;
    }
    return std::nullopt;
}

Result<std::optional<SourceItem>> SampleSource::nextRow(Table& table)
{
    auto row = table.rows.next();
    if (!row) {
        return fail(row.error());
    }
    if (!*row) {
        return std::nullopt;
    }
    SourceItem item;
    item.place = table.name + ":" + std::to_string((*row)->line);
    item.fields = std::move((*row)->fields);
    item.fields.resize(m_columns.size()); // a row with the wrong number of fields still is one row of the output
    if ((*row)->sample) {
        item.sample = std::move(*(*row)->sample);
    } else {
        item.sample = describe(m_columns, item.fields);
        item.error = (*row)->sample.error();
    }
    return item;
}

std::optional<double> SampleSource::fraction() const
{
    if (m_total == 0) {
        return std::nullopt;
    }
    auto open = static_cast<double>(m_entries.size());
    if (!m_entries.empty()) {
        if (const auto* table = std::get_if<Table>(&m_entries.front())) {
            if (table->rows.totalBytes() == 0) {
                return std::nullopt;
            }
            open -= static_cast<double>(table->rows.bytesRead()) / static_cast<double>(table->rows.totalBytes());
        }
    }
    return 1 - open / static_cast<double>(m_total);
}

} // namespace modscope::cli
