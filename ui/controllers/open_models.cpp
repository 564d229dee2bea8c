#include "ui/controllers/open_models.h"

#include "ui/models/visible_text.h"

namespace modscope::ui {

namespace {

constexpr int kHashDigits = 8;

ModelSummary summaryOf(const ModelSlot& slot)
{
    const ModelInfo& info = slot.classifier->info();
    const EngineFacts& engine = slot.classifier->engine();
    const auto device = QString::fromStdString(engine.device);
    const auto precision = QString::fromStdString(engine.precision);
    const auto hash = QString::fromStdString(info.sha256);
    return {.letter = slot.letter,
            .name = modelName(slot),
            .key = QStringList{slot.letter, slot.path, hash, device, precision}.join(u'|'),
            .sha256 = hash,
            .hash = hash.left(kHashDigits),
            .device = QStringLiteral("%1 · %2").arg(device, precision),
            .labels = info.labels,
            .thresholds = info.thresholds,
            .calibrated = info.thresholdsCalibrated,
            .bundled = isBundled(slot)};
}

} // namespace

bool isBundled(const ModelSlot& slot)
{
    return slot.path == QLatin1String("demo") || slot.path == QLatin1String("demo2");
}

QString modelName(const ModelSlot& slot)
{
    return isBundled(slot) ? slot.path : visibleText(slot.classifier->info().name);
}

std::vector<OpenModel> openModels(const std::vector<ModelSlot>& modelSlots)
{
    std::vector<OpenModel> models;
    for (const auto& slot : modelSlots) {
        if (slot.classifier) {
            models.push_back({summaryOf(slot), makeScorer(*slot.classifier)});
        }
    }
    return models;
}

} // namespace modscope::ui
