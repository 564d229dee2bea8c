#pragma once

#include "ui/controllers/model_controller.h"
#include "ui/controllers/scorer.h"

#include <vector>

namespace modscope::ui {

/// Whether the model came with the program.
[[nodiscard]] bool isBundled(const ModelSlot& slot);
/// What the model is called everywhere: "demo" for the built-in one, else the name in its run directory.
/// Precondition: slot.classifier.
[[nodiscard]] QString modelName(const ModelSlot& slot);

/// The models that are ready to score, in slot order.
[[nodiscard]] std::vector<OpenModel> openModels(const std::vector<ModelSlot>& modelSlots);

} // namespace modscope::ui
