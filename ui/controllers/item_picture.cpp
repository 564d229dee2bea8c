#include "ui/controllers/item_picture.h"

#include "core/base/sha256.h"
#include "ui/models/visible_text.h"

#include <QFileInfo>

#include <utility>

namespace modscope::ui {

ItemPicture::ItemPicture(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, &ItemPicture::finish);
}

void ItemPicture::load(ReviewItemId id, const QString& path, const QString& sha256, CoverBand band)
{
    clear();
    if (path.isEmpty()) {
        return;
    }
    m_id = id;
    m_path = path;
    m_sha256 = sha256;
    m_band = band;
    start(m_located.value(sha256, path));
}

void ItemPicture::locate(const QString& file)
{
    m_id = m_missing;
    m_tried = file;
    start(file);
}

void ItemPicture::start(const QString& file)
{
    m_job.start([path = file.toStdString(), expected = m_sha256.toStdString(),
                 style = m_styles.of(m_band)](std::stop_token stop, const ProgressFn&) -> Result<Picture> {
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
    m_tried.clear();
    m_job.cancel();
    setMissing(0);
}

void ItemPicture::setMissing(ReviewItemId id)
{
    if (m_missing != id) {
        m_missing = id;
        Q_EMIT missingChanged();
    }
}

void ItemPicture::finish()
{
    if (m_id == 0 || !m_job.hasResult()) {
        return;
    }
    const ReviewItemId id = std::exchange(m_id, 0);
    const QString tried = std::exchange(m_tried, {});
    const Result<Picture>& picture = m_job.result();
    if (picture) {
        if (!tried.isEmpty()) {
            m_located.insert(m_sha256, tried);
        }
        setMissing(0);
        Q_EMIT loaded(id, *picture);
        return;
    }
    const bool changed = picture.error().code == ErrorCode::Mismatch;
    const QString words = QString::fromStdString(picture.error().message);
    if (!tried.isEmpty()) { // the imported one is missing as before
        Q_EMIT notLocated(changed ? tr("%1 is another picture: its hash is not the recorded one. Nothing was changed.")
                                        .arg(visibleText(tried))
                                  : tr("The picture cannot be shown: %1").arg(words));
        return;
    }
    const QString path = visibleText(m_path);
    if (!QFileInfo::exists(m_path)) {
        m_located.remove(m_sha256);
        Q_EMIT failed(id, tr("The picture is missing: %1. Decide from text, skip, or locate it.").arg(path));
        setMissing(id);
    } else if (changed) {
        Q_EMIT failed(
            id, tr("The picture has changed since it was imported (its hash differs): %1. Decide from text, or skip.")
                    .arg(path));
    } else {
        Q_EMIT failed(id, tr("The picture cannot be shown: %1").arg(words));
    }
}

} // namespace modscope::ui
