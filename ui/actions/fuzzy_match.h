#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace modscope::ui {

struct FuzzyHit {
    int score = 0;        ///< higher is better; comparable for one pattern
    QList<int> positions; ///< of the matched characters, ascending

    bool operator==(const FuzzyHit&) const = default;
};

/// Finds the pattern's characters in order, without regard to case; spaces of the pattern are skipped. Runs and starts
/// of words count most. An empty pattern matches everything with score 0.
[[nodiscard]] std::optional<FuzzyHit> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace modscope::ui
