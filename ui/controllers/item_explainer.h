#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/controllers/scorer.h"
#include "ui/jobs/job.h"
#include "ui/models/classify_list_model.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace modscope::ui {

/// Where a class's score comes from, ready to be shown.
struct SplitFacts {
    float text = 0; ///< logit units
    float image = 0;
    float together = 0;
    bool hasText = false;
    bool hasImage = false;
};

/// Which cells of the picture change a class's score.
struct HeatCells {
    int columns = 0;
    int rows = 0;
    std::vector<float> drops; ///< [rows * columns], logit units
    QRectF area;              ///< of the picture that the model sees, as fractions
};

/// Everything about the one item in front of the person: its picture, where its scores come from, new scores while its
/// text is edited. The newest wish wins; earlier work is dropped.
class ItemExplainer : public QObject {
    Q_OBJECT
public:
    ItemExplainer(ClassifyListModel* items, QThreadPool* inferencePool, QThreadPool* ioPool, QObject* parent = nullptr);

    void setModels(std::vector<OpenModel> models);
    void setCover(const CoverStyle& cover);

    [[nodiscard]] ItemId item() const { return m_item; }
    /// Shows another item, 0 for none.
    void setItem(ItemId id);
    /// The model whose split and heat map are shown.
    void setModel(std::size_t model);
    [[nodiscard]] std::size_t model() const { return m_model; }

    /// The item's text was edited: scores it again 400 ms after the last edit.
    void textEdited();

    [[nodiscard]] const std::optional<Picture>& picture() const { return m_picture; }
    [[nodiscard]] QString pictureError() const { return m_pictureError; }
    [[nodiscard]] std::optional<SplitFacts> split(const std::string& label) const;

    void requestHeatMap();
    void cancelHeatMap();
    [[nodiscard]] bool isMakingHeatMap() const { return m_heatJob.isRunning(); }
    [[nodiscard]] std::optional<HeatCells> heatMap(const std::string& label) const;
    [[nodiscard]] QString heatMapError() const { return m_heatError; }

Q_SIGNALS:
    void pictureChanged();
    void splitChanged();
    /// Made, failed or cancelled.
    void heatMapChanged();
    void heatMapProgressed(const modscope::Progress& progress);
    /// The edited text was scored.
    void rescored(modscope::ui::ItemId id);

private:
    struct Examined {
        ItemId id = 0;
        std::string text = {}; ///< what the embeddings were made of
        std::vector<Result<Embedding>> embeddings = {};
        std::vector<Outcome> outcomes = {}; ///< empty unless the text was edited
        std::optional<ModalitySplit> split = {};
    };

    void examine();
    void finishExamine();
    void finishPicture();
    void finishHeatMap();
    void forget();
    [[nodiscard]] std::optional<std::size_t> labelIndex(const std::string& label) const;
    [[nodiscard]] static Examined examined(const std::vector<OpenModel>& models,
                                           const Sample& sample,
                                           Examined former,
                                           std::size_t model,
                                           bool rescore,
                                           const std::stop_token& stop);

    ClassifyListModel* m_items;
    std::vector<OpenModel> m_models;
    CoverStyle m_cover;
    ItemId m_item = 0;
    std::size_t m_model = 0;
    bool m_edited = false;

    std::optional<Picture> m_picture;
    QString m_pictureError;
    Examined m_examined;
    std::optional<HeatMap> m_heatMap;
    QString m_heatError;

    QTimer m_settle; ///< waits until the person stops moving or typing
    Job<Picture> m_pictureJob;
    Job<Examined> m_examineJob;
    Job<HeatMap> m_heatJob;
};

} // namespace modscope::ui
