#include "ui/controllers/cover_loader.h"

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr std::size_t kCoversAtOnce = 4;
constexpr std::size_t kMostCoversWanted = 400; ///< a few screens of a grid

} // namespace

CoverLoader::CoverLoader(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_cache(kCacheBytes), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, &CoverLoader::finish);
}

void CoverLoader::setStyle(const CoverStyle& style)
{
    if (style != m_style) {
        m_style = style;
        m_job.cancel();
        m_cache.clear();
    }
}

QImage CoverLoader::cover(ReviewItemId id) const
{
    const QImage* image = m_cache.object(id);
    return image != nullptr ? *image : QImage();
}

void CoverLoader::request(ReviewItemId id, const QString& path)
{
    if (const QImage known = cover(id); !known.isNull()) {
        Q_EMIT ready(id, known);
        return;
    }
    std::erase_if(m_wanted, [id](const auto& one) { return one.first == id; });
    m_wanted.emplace_back(id, path);
    if (m_wanted.size() > kMostCoversWanted) {
        m_wanted.erase(m_wanted.begin());
    }
    start();
}

void CoverLoader::start()
{
    if (m_job.isRunning() || m_wanted.empty()) {
        return;
    }
    const auto count = static_cast<std::ptrdiff_t>(std::min(kCoversAtOnce, m_wanted.size()));
    std::vector<std::pair<ReviewItemId, QString>> batch(m_wanted.end() - count, m_wanted.end());
    m_wanted.erase(m_wanted.end() - count, m_wanted.end());
    m_job.start([batch = std::move(batch), style = m_style](std::stop_token stop, const ProgressFn&) -> Result<Made> {
        Made made;
        for (auto one = batch.rbegin(); one != batch.rend(); ++one) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "Covered pictures were not needed any more.");
            }
            Sample sample;
            sample.imagePath = one->second.toStdString();
            const auto tile = loadCoveredTile(sample, style);
            made.emplace_back(one->first, tile ? *tile : QImage());
        }
        return made;
    });
}

void CoverLoader::finish()
{
    if (const auto& made = m_job.result()) {
        for (const auto& [id, image] : *made) {
            if (!image.isNull()) {
                m_cache.insert(id, new QImage(image), static_cast<int>(image.sizeInBytes()));
            }
            Q_EMIT ready(id, image);
        }
    }
    start();
}

} // namespace modscope::ui
