#pragma once

#include "ui/controllers/model_controller.h"
#include "ui/controllers/scorer.h"

#include <vector>

namespace modscope::ui {

/// The models that are ready to score, in slot order.
[[nodiscard]] std::vector<OpenModel> openModels(const std::vector<ModelSlot>& modelSlots);

} // namespace modscope::ui
