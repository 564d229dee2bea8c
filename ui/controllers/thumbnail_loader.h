#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/jobs/job.h"
#include "ui/models/classify_list_model.h"

#include <QObject>

#include <optional>
#include <utility>
#include <vector>

namespace modscope::ui {

/// Makes the small pictures of the list on the io pool, in memory only. What was asked for last comes first, because it
/// is on screen; requests that scrolled away long ago are forgotten and asked for again when they come back.
class ThumbnailLoader : public QObject {
    Q_OBJECT
public:
    static constexpr int kSide = 50; ///< logical pixels

    ThumbnailLoader(ClassifyListModel* items, QThreadPool* ioPool, QObject* parent = nullptr);

    /// Device pixels of a logical one; the highest of all screens.
    void setDevicePixelRatio(qreal ratio) { m_ratio = ratio; }
    /// nothing: pictures are shown as they are. Makes all thumbnails again.
    void setCover(const std::optional<CoverStyle>& cover);

private:
    using Made = std::vector<std::pair<ItemId, QImage>>;

    void request(ItemId id);
    void start();
    void finish();

    ClassifyListModel* m_items;
    std::vector<ItemId> m_wanted; ///< the newest last
    std::vector<ItemId> m_making;
    std::optional<CoverStyle> m_cover;
    qreal m_ratio = 1;
    Job<Made> m_job;
};

} // namespace modscope::ui
