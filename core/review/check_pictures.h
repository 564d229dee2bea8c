#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/store.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// A picture that is not what was imported.
struct PictureFault {
    enum class Kind : std::uint8_t {
        Missing,
        Changed,    ///< its bytes have another hash
        Unreadable, ///< permissions, a damaged disk
        NoHash,     ///< it was imported unseen, so nothing can be said of it
    };

    ItemId item = 0;
    std::string key;
    std::string path;
    Kind kind = Kind::Missing;
    std::string message; ///< of an unreadable file

    bool operator==(const PictureFault&) const = default;
};
[[nodiscard]] std::string_view name(PictureFault::Kind kind); ///< "missing", "changed", "unreadable", "no_hash"

struct PictureReport {
    std::uint64_t pictures = 0;
    std::vector<PictureFault> faults; ///< by item
};

/// Reads every picture of a store and compares its SHA-256 with the one from its import. Removed items are left out.
/// @param threads  that read; 0: as many as there are cores
/// Errors: what the store reports, Cancelled. Progress: pictures; the total is not known.
[[nodiscard]] Result<PictureReport> checkPictures(ReviewStore& store,
                                                  unsigned threads = 0,
                                                  std::stop_token stop = {},
                                                  const ProgressFn& progress = {});

} // namespace modscope
