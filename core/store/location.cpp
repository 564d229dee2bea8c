#include "core/store/location.h"

namespace modscope {

namespace {

constexpr std::string_view kSqlite = "sqlite://";

/// "postgresql://user:secret@host/db" without ":secret" and without what follows '?', where a password may stand too.
std::string withoutPassword(std::string_view url)
{
    const std::size_t start = url.find("://") + 3;
    const std::size_t slash = std::min(url.find_first_of("/?", start), url.size());
    const std::size_t at = url.substr(0, slash).rfind('@');
    std::string shown(url.substr(0, url.find('?')));
    if (at != std::string_view::npos && at >= start) {
        const std::size_t colon = url.find(':', start);
        if (colon < at) {
            shown.erase(colon, at - colon);
        }
    }
    return shown;
}

/// The URL with limits for a network that falls silent: libpq would wait for a quarter of an hour. What the URL says
/// itself comes later and counts.
std::string withTimeouts(std::string_view url)
{
    constexpr std::string_view kLimits = "connect_timeout=10&tcp_user_timeout=30000&keepalives_idle=30";
    const std::size_t question = url.find('?');
    const std::string_view own = question == std::string_view::npos ? "" : url.substr(question + 1);
    return std::string(url.substr(0, question)) + "?" + std::string(kLimits) + (own.empty() ? "" : "&") +
           std::string(own);
}

} // namespace

Result<Location> parseLocation(std::string_view text)
{
    if (text.empty() || text.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument, "a review store needs a file or a postgresql:// address");
    }
    if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
        return Location{Location::Kind::Postgresql, withTimeouts(text), withoutPassword(text)};
    }
    if (text.starts_with(kSqlite)) {
        const std::string path(text.substr(kSqlite.size()));
        if (!path.starts_with('/')) {
            return fail(ErrorCode::InvalidArgument, "'" + std::string(text) +
                                                        "' has no absolute path: sqlite:///absolute/path.db is "
                                                        "expected");
        }
        return Location{Location::Kind::Sqlite, path, path};
    }
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument,
                    "'" + std::string(text.substr(0, scheme)) + "' is not a kind of review store (sqlite, postgresql)");
    }
    return Location{Location::Kind::Sqlite, std::string(text), std::string(text)};
}

} // namespace modscope
