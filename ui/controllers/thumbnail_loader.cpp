#include "ui/controllers/thumbnail_loader.h"

#include <algorithm>
#include <cmath>

namespace modscope::ui {

namespace {

constexpr std::size_t kBatch = 8;
constexpr std::size_t kMostWanted = 128; // a few screens of rows

} // namespace

ThumbnailLoader::ThumbnailLoader(ClassifyListModel* items, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_items(items), m_job(ioPool)
{
    // Queued: the model asks while a view paints.
    connect(items, &ClassifyListModel::thumbnailWanted, this, &ThumbnailLoader::request, Qt::QueuedConnection);
    connect(&m_job, &JobBase::finished, this, &ThumbnailLoader::finish);
}

void ThumbnailLoader::setCover(const std::optional<CoverStyle>& cover)
{
    if (cover == m_cover) {
        return;
    }
    m_cover = cover;
    m_job.cancel();
    m_items->clearThumbnails();
}

void ThumbnailLoader::request(ItemId id)
{
    if (std::find(m_making.begin(), m_making.end(), id) != m_making.end()) {
        return;
    }
    std::erase(m_wanted, id);
    m_wanted.push_back(id);
    if (m_wanted.size() > kMostWanted) {
        m_wanted.erase(m_wanted.begin());
    }
    start();
}

void ThumbnailLoader::start()
{
    if (m_job.isRunning() || m_wanted.empty()) {
        return;
    }
    std::vector<std::pair<ItemId, Sample>> batch;
    while (!m_wanted.empty() && batch.size() < kBatch) {
        const ItemId id = m_wanted.back();
        m_wanted.pop_back();
        if (const auto* item = m_items->find(id)) {
            batch.emplace_back(id, item->sample);
            m_making.push_back(id);
        }
    }
    const int side = static_cast<int>(std::ceil(kSide * m_ratio));
    m_job.start(
        [batch = std::move(batch), side, cover = m_cover](std::stop_token stop, const ProgressFn&) -> Result<Made> {
            Made made;
            for (const auto& [id, sample] : batch) {
                if (stop.stop_requested()) {
                    return fail(ErrorCode::Cancelled, "Thumbnails were not needed any more.");
                }
                const auto image = loadThumbnail(sample, side, cover ? &*cover : nullptr);
                made.emplace_back(id, image ? *image : QImage()); // scoring says why it cannot be read
            }
            return made;
        });
}

void ThumbnailLoader::finish()
{
    if (const auto& made = m_job.result()) {
        for (const auto& [id, image] : *made) {
            m_items->setThumbnail(id, image);
        }
    }
    m_making.clear();
    start();
}

} // namespace modscope::ui
