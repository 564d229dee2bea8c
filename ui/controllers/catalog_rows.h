#pragma once

#include "ui/models/model_list_model.h"

#include <QString>

namespace modscope::ui {

struct CatalogEntry;
class ModelController;

/// Letters of the slots that hold or load the model: "A", "A, C"; empty when none does.
[[nodiscard]] QString lettersOf(const QString& path, const ModelController& models);

/// What the models table says about an entry: its card, and what the slots are doing with it.
[[nodiscard]] ModelRow catalogRow(const CatalogEntry& entry, const ModelController& models);

} // namespace modscope::ui
