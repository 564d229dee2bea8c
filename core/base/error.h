#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace modscope {

/// What kind of thing went wrong; decides exit codes and whether a retry makes sense.
enum class ErrorCode {
    InvalidArgument, ///< the caller or the user asked for something impossible
    NotFound,        ///< a file, key or model that does not exist
    PermissionDenied,
    ParseError,    ///< a file whose content is not what its format promises
    Unsupported,   ///< well formed, but not something we do (and never will silently)
    LimitExceeded, ///< larger than a configured or built-in limit
    Mismatch,      ///< two things that must agree do not (config and tensors, hash and file)
    NoContent,     ///< an item with neither text nor picture
    IoError,       ///< the system refused to read or write: disk full, device gone
    OutOfMemory,
    Cancelled,
    Unavailable, ///< a device, library or feature that this machine does not offer
    Internal,    ///< our own bug or one of a library below us
};

/// One failure, told in one sentence that names the file, row, key or field and what was expected.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;

    bool operator==(const Error&) const = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Makes the failing value of any Result: `return fail(ErrorCode::NotFound, path.string() + ": no such file");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Passes an error on: `return fail(result.error());`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// The code's name as JSON and logs show it, for example "parse_error".
[[nodiscard]] std::string_view name(ErrorCode code);

/// An error from errno with its reason: "data.csv: cannot be opened: Permission denied".
[[nodiscard]] Error systemError(int errorNumber, std::string_view what);

} // namespace modscope
