#pragma once

#include "core/base/error.h"
#include "core/review/store.h"

#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// One answer to a known ("golden") item, beside the agreed one.
struct KnownAnswer {
    EventSeq event = 0;
    ItemId item = 0;
    std::string key;  ///< of the item
    std::string text; ///< of the item, or what was read from its picture
    std::vector<Answer> given;
    std::vector<Answer> agreed; ///< as it is known now

    [[nodiscard]] bool asAgreed() const { return given == agreed; }
    bool operator==(const KnownAnswer&) const = default;
};

/// The answers that the store's own reviewer gave to known items since a moment, newest first: nobody else's, and none
/// that has not been given yet. Answers that were taken back are left out, and items that are known no more.
/// Errors: what the store reports, Cancelled.
[[nodiscard]] Result<std::vector<KnownAnswer>> knownAnswers(ReviewStore& store,
                                                            TimeMs since,
                                                            const std::stop_token& stop = {});

} // namespace modscope
