#include "ui/controllers/item_explainer.h"

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kSettleMs = 120; // after moving to another item: walking through a list explains nothing on the way
constexpr int kTypingMs = 400; // after the last key

tl::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, "Another item is in front now.");
}

} // namespace

ItemExplainer::ItemExplainer(ClassifyListModel* items, QThreadPool* inferencePool, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_items(items), m_pictureJob(ioPool), m_examineJob(inferencePool), m_heatJob(inferencePool)
{
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &ItemExplainer::examine);
    connect(&m_pictureJob, &JobBase::finished, this, &ItemExplainer::finishPicture);
    connect(&m_examineJob, &JobBase::finished, this, &ItemExplainer::finishExamine);
    connect(&m_heatJob, &JobBase::finished, this, &ItemExplainer::finishHeatMap);
    connect(&m_heatJob, &JobBase::progressed, this, &ItemExplainer::heatMapProgressed);
}

void ItemExplainer::setModels(std::vector<OpenModel> models)
{
    m_models = std::move(models);
    m_model = m_model < m_models.size() ? m_model : 0;
    forget();
    m_settle.start(kSettleMs);
}

void ItemExplainer::setCover(const CoverStyle& cover)
{
    if (cover == m_cover) {
        return;
    }
    m_cover = cover;
    const ItemId shown = std::exchange(m_item, 0);
    setItem(shown);
}

void ItemExplainer::setItem(ItemId id)
{
    if (id == m_item) {
        return;
    }
    m_item = id;
    m_edited = false;
    m_picture.reset();
    m_pictureError.clear();
    m_pictureJob.cancel();
    forget();
    const auto* item = m_items->find(id);
    if (item != nullptr && item->sample.hasImage()) {
        m_pictureJob.start([sample = item->sample, cover = m_cover](std::stop_token stop, const ProgressFn&) {
            auto picture = loadPicture(sample, cover);
            return stop.stop_requested() ? Result<Picture>(cancelled()) : std::move(picture);
        });
    }
    if (item != nullptr) {
        m_settle.start(kSettleMs);
    }
    Q_EMIT pictureChanged();
}

void ItemExplainer::setModel(std::size_t model)
{
    if (model == m_model || model >= m_models.size()) {
        return;
    }
    m_model = model;
    m_examined.split.reset();
    m_heatJob.cancel();
    m_heatMap.reset();
    m_settle.start(0);
    Q_EMIT splitChanged();
    Q_EMIT heatMapChanged();
}

void ItemExplainer::textEdited()
{
    m_edited = true;
    m_heatMap.reset();
    m_settle.start(kTypingMs);
}

// Drops everything that was derived from the item in front, keeping its picture.
void ItemExplainer::forget()
{
    m_settle.stop();
    m_examineJob.cancel();
    m_heatJob.cancel();
    m_examined = {};
    m_heatMap.reset();
    m_heatError.clear();
    Q_EMIT splitChanged();
    Q_EMIT heatMapChanged();
}

void ItemExplainer::examine()
{
    const auto* item = m_items->find(m_item);
    if (item == nullptr || item->inputError || m_models.empty() || (item->state == ItemState::Failed && !m_edited)) {
        return;
    }
    Examined former = m_examined.id == m_item ? m_examined : Examined{.id = m_item};
    m_examineJob.start([models = m_models, sample = item->sample, former = std::move(former), model = m_model,
                        rescore = m_edited](std::stop_token stop, const ProgressFn&) -> Result<Examined> {
        auto now = examined(models, sample, former, model, rescore, stop);
        return stop.stop_requested() ? Result<Examined>(cancelled()) : Result<Examined>(std::move(now));
    });
}

// On a worker. The picture is encoded once; an edited text runs through the text encoder alone.
ItemExplainer::Examined ItemExplainer::examined(const std::vector<OpenModel>& models,
                                                const Sample& sample,
                                                Examined former,
                                                std::size_t model,
                                                bool rescore,
                                                const std::stop_token& stop)
{
    Examined now{.id = former.id, .text = sample.text};
    for (std::size_t i = 0; i < models.size() && !stop.stop_requested(); ++i) {
        const Scorer& scorer = *models[i].scorer;
        const bool known = i < former.embeddings.size() && former.embeddings[i].has_value();
        if (!known && !rescore && i != model) {
            now.embeddings.emplace_back(fail(ErrorCode::NoContent, "This model was not asked yet."));
            continue;
        }
        Result<Embedding> embedding = !known ? scorer.embed(sample)
                                      : former.text == sample.text
                                          ? former.embeddings[i]
                                          : scorer.withText(*former.embeddings[i], sample.text);
        if (rescore) {
            auto prediction = embedding ? scorer.classify(*embedding) : Result<Prediction>(fail(embedding.error()));
            now.outcomes.push_back(std::make_shared<const Result<Prediction>>(std::move(prediction)));
        }
        if (i == model && embedding) {
            if (auto split = scorer.modalitySplit(*embedding)) {
                now.split = std::move(*split);
            }
        }
        now.embeddings.push_back(std::move(embedding));
    }
    return now;
}

void ItemExplainer::finishExamine()
{
    if (!m_examineJob.result() || m_examineJob.result()->id != m_item) {
        return;
    }
    m_examined = *m_examineJob.result();
    if (m_examined.outcomes.size() == m_models.size() && !m_examined.outcomes.empty()) {
        std::vector<ScoreEvent> answers;
        for (std::size_t i = 0; i < m_examined.outcomes.size(); ++i) {
            answers.push_back({m_item, ScoreEvent::Answer{i, m_examined.outcomes[i]}});
        }
        m_edited = false;
        m_items->apply(answers);
        Q_EMIT rescored(m_item);
    }
    Q_EMIT splitChanged();
}

void ItemExplainer::finishPicture()
{
    if (const auto& picture = m_pictureJob.result()) {
        m_picture = *picture;
    } else if (picture.error().code != ErrorCode::Cancelled) {
        m_pictureError = QString::fromStdString(picture.error().message);
    }
    Q_EMIT pictureChanged();
}

std::optional<SplitFacts> ItemExplainer::split(const std::string& label) const
{
    const auto index = labelIndex(label);
    if (!index || !m_examined.split || *index >= m_examined.split->shares.size()) {
        return std::nullopt;
    }
    const ModalityShare& share = m_examined.split->shares[*index];
    const Presence present = m_examined.split->present;
    return SplitFacts{share.text, share.image, share.together, present.text, present.image};
}

void ItemExplainer::requestHeatMap()
{
    const auto* item = m_items->find(m_item);
    if (item == nullptr || m_models.empty() || m_heatMap || m_heatJob.isRunning()) {
        return;
    }
    m_heatError.clear();
    m_heatJob.start(
        [scorer = m_models[m_model].scorer, sample = item->sample](std::stop_token stop, const ProgressFn& progress) {
            return scorer->heatMap(sample, stop, progress);
        });
    Q_EMIT heatMapChanged();
}

void ItemExplainer::cancelHeatMap()
{
    m_heatJob.cancel();
}

void ItemExplainer::finishHeatMap()
{
    if (const auto& map = m_heatJob.result()) {
        m_heatMap = *map;
    } else if (map.error().code != ErrorCode::Cancelled) {
        m_heatError = QString::fromStdString(map.error().message);
    }
    Q_EMIT heatMapChanged();
}

std::optional<HeatCells> ItemExplainer::heatMap(const std::string& label) const
{
    const auto index = labelIndex(label);
    if (!index || !m_heatMap || *index >= m_heatMap->drops.size()) {
        return std::nullopt;
    }
    return HeatCells{m_heatMap->columns, m_heatMap->rows, m_heatMap->drops[*index],
                     QRectF(static_cast<double>(m_heatMap->left), static_cast<double>(m_heatMap->top),
                            static_cast<double>(m_heatMap->width), static_cast<double>(m_heatMap->height))};
}

std::optional<std::size_t> ItemExplainer::labelIndex(const std::string& label) const
{
    if (m_model >= m_models.size()) {
        return std::nullopt;
    }
    const auto& labels = m_models[m_model].summary.labels;
    const auto found = std::find(labels.begin(), labels.end(), label);
    return found == labels.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - labels.begin()));
}

} // namespace modscope::ui
