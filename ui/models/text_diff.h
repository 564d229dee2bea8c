#pragma once

#include <QString>

#include <vector>

namespace modscope::ui {

enum class Change { Same, Removed, Added };

/// Neighbouring words of one kind, with the white space after them.
struct DiffPart {
    Change change = Change::Same;
    QString text;

    bool operator==(const DiffPart&) const = default;
};

/// What turns one text into the other, word by word, with as many words kept as possible (longest common
/// subsequence). Removed stands before Added. White space is not compared; the later text's is kept.
/// Where more than 2,000 words lie between the common beginning and end, they are removed and added as a whole.
[[nodiscard]] std::vector<DiffPart> wordDiff(const QString& before, const QString& after);

} // namespace modscope::ui
