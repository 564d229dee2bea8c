#pragma once

#include "ui/controllers/classify_controller.h"
#include "ui/controllers/item_explainer.h"
#include "ui/controllers/prediction_exporter.h"
#include "ui/controllers/sample_gallery.h"
#include "ui/controllers/thumbnail_loader.h"

#include <QObject>

#include <vector>

namespace modscope::ui {

class ModelController;

/// Everything behind the Classify page, held together so that main builds it once and hands it down.
class ClassifyWorkspace : public QObject {
    Q_OBJECT
public:
    /// @param inferencePool  at least two threads: one scores the list, the other answers for the item in front
    ClassifyWorkspace(QThreadPool* inferencePool,
                      QThreadPool* ioPool,
                      OpenPictureReader openReader = openPictureReader,
                      QObject* parent = nullptr);

    /// Scores with the models that this controller holds, now and whenever they change.
    void follow(ModelController* models);
    void setModels(std::vector<OpenModel> models);

    ClassifyController classify;
    ItemExplainer explainer;
    ThumbnailLoader thumbnails;
    PredictionExporter exporter;
    SampleGallery samples;
};

} // namespace modscope::ui
