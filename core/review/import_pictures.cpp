#include "core/data/file_list.h"
#include "core/review/import_source.h"

#include <utility>

namespace modscope {

namespace {

class PictureSource final : public ImportSource {
public:
    PictureSource(std::vector<FileListEntry> entries, std::string source)
        : m_entries(std::move(entries)), m_source(std::move(source))
    {}

    Result<std::optional<ImportRow>> next() override
    {
        if (m_next == m_entries.size()) {
            return std::nullopt;
        }
        const FileListEntry& entry = m_entries[m_next++];
        ImportRow row;
        row.number = m_next;
        row.key = entry.path.string();
        if (entry.kind == FileListEntry::Kind::Unusable) {
            row.item = fail(entry.error);
            return row;
        }
        NewItem item;
        item.content.imagePath = entry.path.string();
        item.content.source = m_source.empty() ? entry.path.parent_path().filename().string() : m_source;
        row.item = std::move(item);
        return row;
    }

    std::optional<double> fraction() const override
    {
        return m_entries.empty() ? std::nullopt
                                 : std::optional(static_cast<double>(m_next) / static_cast<double>(m_entries.size()));
    }

private:
    std::vector<FileListEntry> m_entries;
    std::string m_source;
    std::size_t m_next = 0;
};

} // namespace

Result<std::unique_ptr<ImportSource>> importPictures(const std::vector<std::filesystem::path>& paths,
                                                     const std::string& source,
                                                     std::stop_token stop)
{
    std::vector<std::filesystem::path> absolute;
    absolute.reserve(paths.size());
    for (const std::filesystem::path& path : paths) {
        std::error_code ignored;
        absolute.push_back(std::filesystem::absolute(path, ignored).lexically_normal());
    }
    std::vector<FileListEntry> entries;
    auto listed = listFiles(absolute, {}, stop, [&](FileListEntry entry) {
        if (entry.kind != FileListEntry::Kind::Table) {
            entries.push_back(std::move(entry));
        }
    });
    if (!listed) {
        return fail(listed.error());
    }
    return std::make_unique<PictureSource>(std::move(entries), source);
}

} // namespace modscope
