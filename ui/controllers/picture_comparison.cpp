#include "ui/controllers/picture_comparison.h"

#include "core/image/decode.h"
#include "core/similarity/pdq.h"

#include <QCoreApplication>

#include <algorithm>

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

} // namespace

Result<PictureDistance> comparePictures(const Sample& first, const Sample& second)
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
                           std::min(left->quality, right->quality) >= kUsablePdqQuality};
}

PictureComparer::PictureComparer(QThreadPool* ioPool, QObject* parent) : QObject(parent), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, [this] {
        if (const Result<PictureDistance>& distance = m_job.result(); distance && distance->usable) {
            Q_EMIT compared(*distance);
        }
    });
}

void PictureComparer::request(const QString& first, const QString& second)
{
    Sample one;
    one.imagePath = first.toStdString();
    Sample other;
    other.imagePath = second.toStdString();
    m_job.start([one, other](const std::stop_token&, const ProgressFn&) { return comparePictures(one, other); });
}

} // namespace modscope::ui
