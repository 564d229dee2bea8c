#include "ui/controllers/picture_comparison.h"

#include "core/image/decode.h"
#include "core/similarity/embedding.h"
#include "core/similarity/pdq.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace modscope::ui {

namespace {

struct TurnWords {
    Q_DECLARE_TR_FUNCTIONS(PictureComparison)
};

Result<PdqViews> viewsOf(const Sample& sample)
{
    const auto decoded = sample.imageBytes ? decodeImage(*sample.imageBytes) : decodeImageFile(sample.imagePath);
    return decoded ? pdqViews(decoded->image) : fail(decoded.error());
}

QString turnText(Dihedral orientation)
{
    switch (orientation) {
    case Dihedral::Original:
        break;
    case Dihedral::Rotate90:
        return TurnWords::tr("turned a quarter to the left");
    case Dihedral::Rotate180:
        return TurnWords::tr("upside down");
    case Dihedral::Rotate270:
        return TurnWords::tr("turned a quarter to the right");
    case Dihedral::FlipX:
        return TurnWords::tr("top and bottom exchanged");
    case Dihedral::FlipY:
        return TurnWords::tr("mirrored");
    case Dihedral::FlipPlus1:
    case Dihedral::FlipMinus1:
        return TurnWords::tr("mirrored and turned a quarter");
    }
    return {};
}

/// The picture alone: a text would only cost time.
Result<std::vector<float>> featuresOf(const Scorer& scorer, const Sample& sample)
{
    Sample picture = sample;
    picture.text.clear();
    auto embedding = scorer.embed(picture);
    return embedding ? unitLength(std::move(embedding->image)) : fail(embedding.error());
}

std::optional<double> likeness(const Scorer* scorer, const Sample& first, const Sample& second)
{
    if (scorer == nullptr) {
        return std::nullopt;
    }
    const auto left = featuresOf(*scorer, first);
    const auto right = left ? featuresOf(*scorer, second) : left;
    const auto value = right ? cosine(*left, *right) : fail(right.error());
    return value ? std::optional(*value) : std::nullopt;
}

} // namespace

Result<PictureDistance> comparePictures(const Sample& first, const Sample& second, const Scorer* scorer)
{
    const auto left = viewsOf(first);
    if (!left) {
        return fail(left.error());
    }
    const auto right = viewsOf(second);
    if (!right) {
        return fail(right.error());
    }
    const PdqDistance distance = closest(*left, *right);
    return PictureDistance{distance.bits, turnText(distance.orientation),
                           std::min(left->quality, right->quality) >= kUsablePdqQuality,
                           likeness(scorer, first, second)};
}

PictureComparer::PictureComparer(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, [this] {
        if (const Result<PictureDistance>& distance = m_job.result();
            distance && (distance->usable || distance->cosine)) {
            Q_EMIT compared(*distance);
        }
    });
}

void PictureComparer::request(const QString& first, const QString& second, std::shared_ptr<const Scorer> scorer)
{
    Sample one;
    one.imagePath = first.toStdString();
    Sample other;
    other.imagePath = second.toStdString();
    m_job.start([one, other, scorer = std::move(scorer)](const std::stop_token&, const ProgressFn&) {
        return comparePictures(one, other, scorer.get());
    });
}

} // namespace modscope::ui
