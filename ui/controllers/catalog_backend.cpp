#include "core/checkpoint/checkpoint.h"
#include "core/nn/model_path.h"
#include "ui/controllers/model_catalog.h"
#include "ui/controllers/run_facts.h"

#include <utility>

namespace modscope::ui {

namespace {

Result<ModelCard> describeModel(const ModelInfo& info)
{
    return makeModelCard(info, readRunFacts(info.directory, info.encoderDirectory));
}

Result<ModelCard> readCard(const QString& path, std::stop_token stop, const ProgressFn& progress)
{
    const auto directory = resolveModel(path.toStdString());
    if (!directory) {
        return fail(directory.error());
    }
    CheckpointOptions options;
    options.progress = progress;
    const auto checkpoint = openCheckpoint(*directory, options, std::move(stop));
    if (!checkpoint) {
        return fail(checkpoint.error());
    }
    return describeModel(checkpoint->info);
}

Result<QString> hashWeightsOf(const QString& path, std::stop_token stop, const ProgressFn& progress)
{
    const auto directory = resolveModel(path.toStdString());
    if (!directory) {
        return fail(directory.error());
    }
    return hashCheckpoint(*directory, std::move(stop), progress).map([](const std::string& hash) {
        return QString::fromStdString(hash);
    });
}

std::vector<CatalogBackend::Bundled> listBundled()
{
    std::vector<CatalogBackend::Bundled> models;
    // Without the data folder there is nothing to list: asking for "demo" by name tells why.
    for (const BundledModel& model : bundledModels().value_or(std::vector<BundledModel>())) {
        models.push_back({QString::fromStdString(model.word), QString::fromStdString(model.description)});
    }
    return models;
}

} // namespace

CatalogBackend CatalogBackend::core()
{
    return {readCard, describeModel, hashWeightsOf, listBundled};
}

} // namespace modscope::ui
