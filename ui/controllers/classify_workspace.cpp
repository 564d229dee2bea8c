#include "ui/controllers/classify_workspace.h"

#include "ui/controllers/open_models.h"

#include <algorithm>
#include <utility>

namespace modscope::ui {

ClassifyWorkspace::ClassifyWorkspace(QThreadPool* inferencePool,
                                     QThreadPool* ioPool,
                                     OpenPictureReader openReader,
                                     QObject* parent)
    : QObject(parent), classify(inferencePool, ioPool, std::move(openReader)),
      explainer(classify.items(), inferencePool, ioPool), thumbnails(classify.items(), ioPool),
      exporter(classify.items(), ioPool), samples(ioPool)
{}

void ClassifyWorkspace::follow(ModelController* models)
{
    const auto update = [this, models] { setModels(openModels(models->models())); };
    connect(models, &ModelController::slotsChanged, this, update);
    update();
}

void ClassifyWorkspace::setModels(std::vector<OpenModel> models)
{
    const auto& open = classify.models();
    const bool same = std::equal(models.begin(), models.end(), open.begin(), open.end(),
                                 [](const auto& a, const auto& b) { return a.summary == b.summary; });
    if (same) {
        return; // a slot began to load or failed to: what scores has not changed
    }
    explainer.setModels(models);
    classify.setModels(std::move(models));
}

} // namespace modscope::ui
