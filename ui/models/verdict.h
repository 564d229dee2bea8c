#pragma once

#include "ui/models/classify_item.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// Closer than this to a threshold, on either side, an item wants a look; less where a threshold lies close to 0 or 1,
/// so that "near" never spans a quarter of what is left there.
inline constexpr float kNearThreshold = 0.05F;

struct ModelScore {
    std::size_t model = 0; ///< index of the open model
    float probability = 0;
    float logit = 0;
    float threshold = 0;
    bool flagged = false;

    [[nodiscard]] float margin() const { return probability - threshold; }
};

/// One class as every model that knows it sees it.
struct ClassScores {
    std::string label;
    std::vector<ModelScore> models; ///< never empty

    [[nodiscard]] float bestMargin() const;
    [[nodiscard]] float worstMargin() const;
    [[nodiscard]] float highest() const;
};

/// Scores by class, the one furthest above its threshold first.
[[nodiscard]] std::vector<ClassScores> scoresByClass(const std::vector<Outcome>& outcomes);

/// Flag: a class that all models flag clearly. Review: models disagree, or a score is near its threshold. Else clear.
[[nodiscard]] Assessment assess(const std::vector<ClassScores>& scores);

/// "Needs review: the models disagree"
[[nodiscard]] QString verdictTitle(const Assessment& assessment);
/// "A is 0.05 above its threshold, B is 0.11 below."
[[nodiscard]] QString verdictReason(const Assessment& assessment,
                                    const std::vector<ClassScores>& scores,
                                    const std::vector<ModelSummary>& models);
/// The word beside the icon: "Flag", "Review", "Clear"; empty for None.
[[nodiscard]] QString verdictWord(Verdict verdict);

/// A checkpoint's label as a person reads it: "other_hate" becomes "Other hate".
[[nodiscard]] QString className(const std::string& label);

/// Two decimals in the person's locale.
[[nodiscard]] QString scoreText(float value);

} // namespace modscope::ui
