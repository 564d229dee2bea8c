#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/jobs/job.h"
#include "ui/models/review_task_view.h"

#include <QObject>
#include <QString>

#include <optional>

namespace modscope::ui {

/// The clear copy of the one picture in front, made on the io pool and forgotten with the next item: it is never
/// cached. A file that is gone, or is not the one that was imported, is said to be so.
class ItemPicture : public QObject {
    Q_OBJECT
public:
    explicit ItemPicture(QThreadPool* ioPool, QObject* parent = nullptr);

    void setStyle(const CoverStyle& style) { m_style = style; }
    [[nodiscard]] const CoverStyle& style() const { return m_style; }
    /// @param path    empty: no picture
    /// @param sha256  of the file when it was imported; empty: not known
    void load(ReviewItemId id, const QString& path, const QString& sha256);
    /// Forgets the picture.
    void clear();

Q_SIGNALS:
    void loaded(modscope::ui::ReviewItemId id, const modscope::ui::Picture& picture);
    void failed(modscope::ui::ReviewItemId id, const QString& reason);

private:
    void finish();

    CoverStyle m_style;
    ReviewItemId m_id = 0;
    QString m_path;
    Job<Picture> m_job;
};

} // namespace modscope::ui
