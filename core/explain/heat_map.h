#pragma once

#include "core/nn/classifier.h"

#include <stop_token>
#include <vector>

namespace modscope {

/// Which areas of the picture change a class's logit: the drop when an area is covered, averaged over mask shapes.
struct HeatMap {
    int columns = 0; ///< cells as the model sees them (its patches)
    int rows = 0;
    std::vector<std::vector<float>> drops; ///< [label][rows * columns], logit units; positive raises the score
    /// The part of the source picture that the square covers, as fractions of its width and height (a crop hides the
    /// rest).
    float left = 0, top = 0, width = 1, height = 1;
};

/// Masked copies of the picture in batches through the image encoder, text kept as it is.
/// Errors: NoContent without a picture; what preparing reports; Cancelled.
[[nodiscard]] Result<HeatMap> heatMap(const Classifier& classifier,
                                      const Sample& sample,
                                      std::stop_token stop = {},
                                      const ProgressFn& progress = {});

} // namespace modscope
