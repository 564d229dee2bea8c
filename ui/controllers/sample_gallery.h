#pragma once

#include "ui/jobs/job.h"
#include "ui/models/classify_item.h"

#include <QImage>
#include <QObject>

#include <vector>

namespace modscope::ui {

/// The harmless memes that come with the program, for a first try.
struct SampleMeme {
    ClassifyItem item; ///< ready to be added to the list; without id
    QString title;     ///< "Coffee"
    QImage picture;    ///< square, small; null for a text without picture
};

/// Reads the bundled samples once, on the io pool.
class SampleGallery : public QObject {
    Q_OBJECT
public:
    explicit SampleGallery(QThreadPool* ioPool, QObject* parent = nullptr);

    /// @param side  of the pictures, device pixels
    void load(int side);
    [[nodiscard]] const std::vector<SampleMeme>& samples() const { return m_samples; }

Q_SIGNALS:
    void loaded();

private:
    std::vector<SampleMeme> m_samples;
    Job<std::vector<SampleMeme>> m_job;
};

} // namespace modscope::ui
