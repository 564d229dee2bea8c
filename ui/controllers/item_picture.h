#pragma once

#include "ui/controllers/picture_image.h"
#include "ui/jobs/job.h"
#include "ui/models/review_task_view.h"

#include <QHash>
#include <QObject>
#include <QString>

namespace modscope::ui {

/// The clear copy of the one picture in front, made on the io pool and forgotten with the next item: it is never
/// cached. A file that is gone, or is not the one that was imported, is said to be so. A person may say where the
/// picture is now: only a file with the recorded hash is taken, and it stands in for the missing one until the program
/// ends. The store is not changed.
class ItemPicture : public QObject {
    Q_OBJECT
public:
    explicit ItemPicture(QThreadPool* ioPool, QObject* parent = nullptr);

    void setStyles(const CoverStyles& styles) { m_styles = styles; }
    [[nodiscard]] const CoverStyles& styles() const { return m_styles; }
    /// @param path    empty: no picture
    /// @param sha256  of the file when it was imported; empty: not known
    void load(ReviewItemId id, const QString& path, const QString& sha256, CoverBand band);
    /// Forgets the picture.
    void clear();

    /// The item whose picture was not found where it was imported from; 0: none.
    [[nodiscard]] ReviewItemId missing() const { return m_missing; }
    /// Whether another file could be known to be the picture that is missing.
    [[nodiscard]] bool canLocate() const { return m_missing != 0 && !m_sha256.isEmpty(); }
    /// Shows this file, if it has the hash of the missing picture: loaded() or notLocated() follows. Precondition:
    /// canLocate().
    void locate(const QString& file);

Q_SIGNALS:
    void loaded(modscope::ui::ReviewItemId id, const modscope::ui::Picture& picture);
    void failed(modscope::ui::ReviewItemId id, const QString& reason);
    void notLocated(const QString& reason);
    /// missing() is another one.
    void missingChanged();

private:
    void start(const QString& file);
    void finish();
    void setMissing(ReviewItemId id);

    CoverStyles m_styles;
    ReviewItemId m_id = 0;
    ReviewItemId m_missing = 0;
    QString m_path;
    QString m_sha256;
    CoverBand m_band = CoverBand::Normal;
    QString m_tried;                   ///< a file that a person named; empty: the imported one
    QHash<QString, QString> m_located; ///< by SHA-256
    Job<Picture> m_job;
};

} // namespace modscope::ui
