#include "ui/controllers/item_picture.h"

#include "core/base/sha256.h"
#include "ui/models/visible_text.h"

#include <QFileInfo>

namespace modscope::ui {

ItemPicture::ItemPicture(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, &ItemPicture::finish);
}

void ItemPicture::load(ReviewItemId id, const QString& path, const QString& sha256)
{
    clear();
    if (path.isEmpty()) {
        return;
    }
    m_id = id;
    m_path = path;
    m_job.start([path = path.toStdString(), expected = sha256.toStdString(),
                 style = m_style](std::stop_token stop, const ProgressFn&) -> Result<Picture> {
        if (!expected.empty()) {
            const auto found = sha256OfFile(path, stop);
            if (!found) {
                return fail(found.error());
            }
            if (*found != expected) {
                return fail(ErrorCode::Mismatch, "the file has changed since it was imported");
            }
        }
        Sample sample;
        sample.imagePath = path;
        return loadPicture(sample, style);
    });
}

void ItemPicture::clear()
{
    m_id = 0;
    m_job.cancel();
}

void ItemPicture::finish()
{
    if (m_id == 0 || !m_job.hasResult()) {
        return;
    }
    const ReviewItemId id = std::exchange(m_id, 0);
    const Result<Picture>& picture = m_job.result();
    if (picture) {
        Q_EMIT loaded(id, *picture);
        return;
    }
    const QString path = visibleText(m_path);
    if (!QFileInfo::exists(m_path)) {
        Q_EMIT failed(id, tr("The picture is missing: %1. Decide from text, skip, or locate it.").arg(path));
    } else if (picture.error().code == ErrorCode::Mismatch) {
        Q_EMIT failed(id,
                      tr("The picture has changed since it was imported: %1. Decide from text, or skip.").arg(path));
    } else {
        Q_EMIT failed(id, tr("The picture cannot be shown: %1").arg(QString::fromStdString(picture.error().message)));
    }
}

} // namespace modscope::ui
