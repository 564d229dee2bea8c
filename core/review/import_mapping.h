#pragma once

#include "core/base/error.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// Which column of a table is what; an empty name: no column is.
struct ColumnMapping {
    std::string text;
    std::string imagePath;
    std::string id;
    std::string source;
    std::string ocrText;
    std::string error;                         ///< says why a row could not be scored; empty when it was
    std::map<std::string, std::string> scores; ///< class -> the column of its probability

    bool operator==(const ColumnMapping&) const = default;
};

/// What a header suggests: names as tables commonly have them ("caption", "img", "tweet_id", …), capitals ignored, and
/// `prob_<class>`, as predictions have them, or `p_raw_<class>`, as exports do. @param labels  the project's classes
[[nodiscard]] ColumnMapping guessMapping(std::span<const std::string> header, std::span<const std::string> labels);

/// Changes one entry: "text=caption", "score:Religion=p_religion", "id=" for no column. Errors: InvalidArgument that
/// names the entry and what is known instead.
[[nodiscard]] Result<void> assignColumn(ColumnMapping& mapping, std::string_view entry);

/// Errors: NotFound that names a mapped column which the table does not have, and those it has; InvalidArgument for a
/// class that is not the project's; NoContent when neither a text nor a picture is mapped.
[[nodiscard]] Result<void> checkMapping(const ColumnMapping& mapping,
                                        std::span<const std::string> header,
                                        std::span<const std::string> labels);

/// The header's columns that the mapping does not use, in order. `pred_<class>` beside a used `prob_<class>` says
/// nothing new and is not among them.
[[nodiscard]] std::vector<std::string> unusedColumns(const ColumnMapping& mapping, std::span<const std::string> header);

} // namespace modscope
