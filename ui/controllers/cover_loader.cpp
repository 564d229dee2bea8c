#include "ui/controllers/cover_loader.h"

#include <algorithm>
#include <ranges>

namespace modscope::ui {

namespace {

constexpr std::size_t kCoversAtOnce = 4;
constexpr std::size_t kMostCoversWanted = 400; ///< a few screens of a grid

} // namespace

CoverLoader::CoverLoader(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_cache(kCacheBytes), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, &CoverLoader::finish);
}

void CoverLoader::setStyles(const CoverStyles& styles)
{
    if (styles != m_styles) {
        m_styles = styles;
        m_job.cancel();
        m_cache.clear();
    }
}

QImage CoverLoader::cover(ReviewItemId id, CoverBand band) const
{
    const Cover* cover = m_cache.object(id);
    return cover != nullptr && cover->band == band ? cover->image : QImage();
}

void CoverLoader::request(ReviewItemId id, const QString& path, CoverBand band)
{
    if (const QImage known = cover(id, band); !known.isNull()) {
        Q_EMIT ready(id, known);
        return;
    }
    std::erase_if(m_wanted, [id](const Wish& one) { return one.id == id; });
    m_wanted.push_back({id, path, band});
    m_bands.insert(id, band);
    if (m_wanted.size() > kMostCoversWanted) {
        m_bands.remove(m_wanted.front().id);
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
    std::vector<Wish> batch(m_wanted.end() - count, m_wanted.end());
    m_wanted.erase(m_wanted.end() - count, m_wanted.end());
    m_job.start([batch = std::move(batch), styles = m_styles](std::stop_token stop, const ProgressFn&) -> Result<Made> {
        Made made;
        for (const Wish& one : std::ranges::reverse_view(batch)) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "Covered pictures were not needed any more.");
            }
            Sample sample;
            sample.imagePath = one.path.toStdString();
            const auto tile = loadCoveredTile(sample, styles.of(one.band));
            made.push_back({one.id, one.band, tile ? *tile : QImage()});
        }
        return made;
    });
}

void CoverLoader::finish()
{
    if (const auto& made = m_job.result()) {
        for (const Cover& cover : *made) {
            const auto wanted = m_bands.constFind(cover.id);
            if (wanted == m_bands.constEnd() || *wanted != cover.band) {
                continue; // asked for with another band since; that one is on its way
            }
            m_bands.erase(wanted);
            if (!cover.image.isNull()) {
                m_cache.insert(cover.id, new Cover(cover), static_cast<int>(cover.image.sizeInBytes()));
            }
            Q_EMIT ready(cover.id, cover.image);
        }
    }
    start();
}

} // namespace modscope::ui
