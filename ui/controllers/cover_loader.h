#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/jobs/job.h"
#include "ui/models/review_task_view.h"

#include <QCache>
#include <QHash>
#include <QObject>

#include <optional>
#include <utility>
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
    void setStyle(const CoverStyle& style);
    /// Null while it is not made; then request() it.
    [[nodiscard]] QImage cover(ReviewItemId id) const;
    /// ready() follows, unless it was asked for too long ago to matter.
    void request(ReviewItemId id, const QString& path);

Q_SIGNALS:
    /// @param tile  null when the picture cannot be read
    void ready(modscope::ui::ReviewItemId id, const QImage& tile);

private:
    using Made = std::vector<std::pair<ReviewItemId, QImage>>;

    void start();
    void finish();

    CoverStyle m_style;
    mutable QCache<ReviewItemId, QImage> m_cache;           ///< looking something up makes it the last to go
    std::vector<std::pair<ReviewItemId, QString>> m_wanted; ///< the newest last
    Job<Made> m_job;
};

} // namespace modscope::ui
