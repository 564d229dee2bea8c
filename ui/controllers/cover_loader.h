#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/jobs/job.h"
#include "ui/models/review_task_view.h"

#include <QCache>
#include <QHash>
#include <QObject>

#include <vector>

namespace modscope::ui {

/// Covered pictures of items, made on the io pool and kept in memory as they are shown: small, grey and blurred. The
/// clear copy never leaves the worker. What was asked for last comes first.
class CoverLoader : public QObject {
    Q_OBJECT
public:
    static constexpr int kCacheBytes = 8 * 1024 * 1024; ///< some forty: what is ahead, and duplicates

    explicit CoverLoader(QThreadPool* ioPool, QObject* parent = nullptr);

    /// How pictures are covered from now on; forgets the others.
    void setStyles(const CoverStyles& styles);
    /// Null while it is not made for this band; then request() it.
    [[nodiscard]] QImage cover(ReviewItemId id, CoverBand band) const;
    /// ready() follows, unless it was asked for too long ago to matter. An item that is asked for with another band is
    /// covered anew: what was made ahead, when more or less was known, is never shown in its place.
    void request(ReviewItemId id, const QString& path, CoverBand band);

Q_SIGNALS:
    /// @param tile  null when the picture cannot be read
    void ready(modscope::ui::ReviewItemId id, const QImage& tile);

private:
    struct Wish {
        ReviewItemId id = 0;
        QString path;
        CoverBand band = CoverBand::Normal;
    };
    struct Cover {
        ReviewItemId id = 0;
        CoverBand band = CoverBand::Normal;
        QImage image;
    };
    using Made = std::vector<Cover>;

    void start();
    void finish();

    CoverStyles m_styles;
    mutable QCache<ReviewItemId, Cover> m_cache; ///< looking something up makes it the last to go
    std::vector<Wish> m_wanted;                  ///< the newest last
    QHash<ReviewItemId, CoverBand> m_bands;      ///< as last asked for, of what is not made yet
    Job<Made> m_job;
};

} // namespace modscope::ui
