#include "ui/controllers/sample_gallery.h"

#include "core/nn/model_path.h"
#include "ui/controllers/intake.h"
#include "ui/controllers/picture_image.h"
#include "ui/models/verdict.h"

namespace modscope::ui {

namespace {

// "07_grass.jpg" is called "Grass"; a text without picture is called by its row.
QString titleOf(const ClassifyItem& item)
{
    auto stem = item.sample.imagePath.stem().string();
    stem.erase(0, stem.find_first_not_of("0123456789_"));
    return item.sample.hasImage() ? className(stem) : item.name;
}

Result<std::vector<SampleMeme>> readSamples(int side, std::stop_token stop)
{
    const auto data = dataDirectory();
    if (!data) {
        return fail(data.error());
    }
    IntakeRequest request;
    request.paths = {*data / "demo" / "samples" / "samples.csv"};
    std::vector<SampleMeme> samples;
    const auto read = readIntake(request, std::move(stop), [&](ClassifyItem item) {
        if (item.inputError) {
            return;
        }
        SampleMeme sample{.item = std::move(item), .title = {}, .picture = {}};
        sample.title = titleOf(sample.item);
        if (sample.item.sample.hasImage()) {
            sample.picture = loadThumbnail(sample.item.sample, side, nullptr).value_or(QImage());
        }
        samples.push_back(std::move(sample));
    });
    return read ? Result<std::vector<SampleMeme>>(std::move(samples)) : fail(read.error());
}

} // namespace

SampleGallery::SampleGallery(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, [this] {
        if (const auto& samples = m_job.result()) {
            m_samples = *samples;
            Q_EMIT loaded();
        }
    });
}

void SampleGallery::load(int side)
{
    m_job.start([side](std::stop_token stop, const ProgressFn&) { return readSamples(side, std::move(stop)); });
}

} // namespace modscope::ui
