#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"
#include "ui/controllers/scorer.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace modscope::ui {

/// How near two pictures are to each other, for a person who compares them.
struct PictureDistance {
    int bits = 0;        ///< of the 256 of their PDQ hashes, in the orientation in which they are nearest
    QString orientation; ///< how the first has to be turned to look like the second: "mirrored"; empty: not at all
    bool usable = true;  ///< false: one has too little structure for its hash to say anything
    std::optional<double> cosine; ///< of a model's image features; unset without a model, or where it cannot see one

    bool operator==(const PictureDistance&) const = default;
};

/// Runs on a worker. Errors: what reading and decoding report, naming the file.
/// @param scorer  a model that sees the pictures too, or null
[[nodiscard]] Result<PictureDistance> comparePictures(const Sample& first,
                                                      const Sample& second,
                                                      const Scorer* scorer = nullptr);

/// Compares two files on the io pool. The newest wish wins.
class PictureComparer : public QObject {
    Q_OBJECT
public:
    explicit PictureComparer(QThreadPool* ioPool, QObject* parent = nullptr);

    void request(const QString& first, const QString& second, std::shared_ptr<const Scorer> scorer = {});
    void cancel() { m_job.cancel(); }

Q_SIGNALS:
    /// Only of pictures whose hashes or whose model say something.
    void compared(const modscope::ui::PictureDistance& distance);

private:
    Job<PictureDistance> m_job;
};

} // namespace modscope::ui
