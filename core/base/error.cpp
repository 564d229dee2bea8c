#include "core/base/error.h"

#include <cerrno>
#include <system_error>

namespace modscope {

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "invalid_argument";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::PermissionDenied:
        return "permission_denied";
    case ErrorCode::ParseError:
        return "parse_error";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::LimitExceeded:
        return "limit_exceeded";
    case ErrorCode::Mismatch:
        return "mismatch";
    case ErrorCode::NoContent:
        return "no_content";
    case ErrorCode::IoError:
        return "io_error";
    case ErrorCode::OutOfMemory:
        return "out_of_memory";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

Error systemError(int errorNumber, std::string_view what)
{
    ErrorCode code = ErrorCode::IoError;
    switch (errorNumber) {
    case ENOENT:
    case ENOTDIR:
        code = ErrorCode::NotFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        code = ErrorCode::PermissionDenied;
        break;
    case ENOMEM:
        code = ErrorCode::OutOfMemory;
        break;
    case ELOOP:
    case ENAMETOOLONG:
    case EISDIR:
        code = ErrorCode::InvalidArgument;
        break;
    default:
        break;
    }
    return {code, std::string(what) + ": " + std::generic_category().message(errorNumber)};
}

} // namespace modscope
