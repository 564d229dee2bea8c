#include "core/data/file_list.h"

#include "core/data/extension.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> kPictureExtensions{
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif"};
constexpr std::array<std::string_view, 3> kTableExtensions{".csv", ".jsonl", ".ndjson"};

std::optional<FileListEntry::Kind> kindOf(const fs::path& path)
{
    const std::string extension = lowerExtension(path);
    const auto is = [&](std::string_view known) { return known == extension; };
    if (std::any_of(kTableExtensions.begin(), kTableExtensions.end(), is)) {
        return FileListEntry::Kind::Table;
    }
    if (std::any_of(kPictureExtensions.begin(), kPictureExtensions.end(), is)) {
        return FileListEntry::Kind::Picture;
    }
    return std::nullopt;
}

class Walk {
public:
    Walk(const FileListOptions& options, std::stop_token stop, const std::function<void(FileListEntry)>& emit)
        : m_options(options), m_stop(std::move(stop)), m_emit(emit)
    {}

    /// @return false when stopped
    bool addNamed(const fs::path& path)
    {
        if (m_stop.stop_requested()) {
            return false;
        }
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (fs::is_directory(status)) {
            return addFolder(path);
        }
        if (!fs::exists(status)) {
            const int reason = error ? error.value() : ENOENT;
            emitUnusable(path, systemError(reason, path.string() + ": cannot be read"));
        } else if (!fs::is_regular_file(status)) {
            emitUnusable(path, {ErrorCode::InvalidArgument, path.string() + ": is not a regular file"});
        } else {
            m_emit({path, kindOf(path).value_or(FileListEntry::Kind::Picture), {}});
        }
        return true;
    }

private:
    void emitUnusable(const fs::path& path, Error error)
    {
        m_emit({path, FileListEntry::Kind::Unusable, std::move(error)});
    }

    bool addFolder(const fs::path& folder)
    {
        if (m_depth > m_options.maxDepth) {
            emitUnusable(folder, {ErrorCode::LimitExceeded, folder.string() + ": lies more than " +
                                                                std::to_string(m_options.maxDepth) +
                                                                " folders deep and was left out"});
            return true;
        }
        ++m_depth;
        const bool finished = addEntries(folder);
        --m_depth;
        return finished;
    }

    bool addEntries(const fs::path& folder)
    {
        std::error_code error;
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
            if (m_stop.stop_requested()) {
                return false;
            }
            if (!entry->path().filename().string().starts_with('.')) {
                entries.push_back(*entry);
            }
        }
        if (error) {
            emitUnusable(folder, systemError(error.value(), folder.string() + ": cannot be listed"));
        }
        std::sort(entries.begin(), entries.end());
        return std::all_of(entries.begin(), entries.end(), [this](const auto& entry) { return addEntry(entry); });
    }

    bool addEntry(const fs::directory_entry& entry)
    {
        if (m_stop.stop_requested()) {
            return false;
        }
        std::error_code ignored;
        const bool isFolder = entry.is_directory(ignored);
        if (!isFolder && !kindOf(entry.path())) {
            return true;
        }
        if (entry.is_symlink(ignored)) {
            emitUnusable(entry.path(),
                         {ErrorCode::InvalidArgument, entry.path().string() +
                                                          ": is a link, and links in folders are not followed; name it "
                                                          "itself to use what it leads to"});
            return true;
        }
        return isFolder ? addFolder(entry.path()) : addNamed(entry.path());
    }

    const FileListOptions& m_options;
    std::stop_token m_stop;
    const std::function<void(FileListEntry)>& m_emit;
    int m_depth = 0; ///< how many folders are being listed, each inside the one before
};

} // namespace

Result<void> listFiles(const std::vector<fs::path>& paths,
                       const FileListOptions& options,
                       std::stop_token stop,
                       const std::function<void(FileListEntry)>& emit)
{
    Walk walk(options, std::move(stop), emit);
    for (const fs::path& path : paths) {
        if (!walk.addNamed(path)) {
            return fail(ErrorCode::Cancelled, "listing files was cancelled");
        }
    }
    return {};
}

} // namespace modscope
