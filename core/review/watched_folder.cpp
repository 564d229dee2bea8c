#include "core/review/watched_folder.h"

#include "core/data/file_list.h"

namespace modscope {

Result<std::vector<std::filesystem::path>> WatchedFolder::fresh(std::stop_token stop)
{
    std::vector<std::filesystem::path> complete;
    std::map<std::filesystem::path, Look> now;
    auto listed = listFiles(m_folders, {}, stop, [&](const FileListEntry& entry) {
        if (entry.kind != FileListEntry::Kind::Picture) {
            return;
        }
        std::error_code error;
        Look look{std::filesystem::file_size(entry.path, error), 0, false};
        if (!error) {
            look.written = std::filesystem::last_write_time(entry.path, error).time_since_epoch().count();
        }
        if (error) {
            return; // gone between listing and looking
        }
        const auto before = m_seen.find(entry.path);
        const bool settled =
            before != m_seen.end() && before->second.bytes == look.bytes && before->second.written == look.written;
        look.given = settled;
        if (settled && !before->second.given) {
            complete.push_back(entry.path);
        }
        now[entry.path] = look;
    });
    if (!listed) {
        return fail(listed.error());
    }
    m_seen = std::move(now);
    return complete;
}

} // namespace modscope
