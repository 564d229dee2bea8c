#include "ui/controllers/picture_image.h"

#include "core/base/file.h"
#include "core/image/decode.h"
#include "core/image/resize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace modscope::ui {

namespace {

constexpr int kSmallestLevel = 256;            // pixels of the longer side
constexpr int kCoveredSide = 256;              // a covered picture is small: smallness is a filter too
constexpr std::int64_t kMaxShown = 16'000'000; // pixels; larger pictures are shown reduced

Result<DecodedImage> decode(const Sample& sample)
{
    // Shown upright, whatever the model is given.
    const DecodeOptions options{.orientation = Orientation::Apply};
    return sample.imageBytes ? decodeImage(*sample.imageBytes, options) : decodeImageFile(sample.imagePath, options);
}

Result<Image> reduced(Image image, double factor)
{
    const auto side = [factor](int length) { return std::max(1, static_cast<int>(std::lround(length * factor))); };
    return factor >= 1 ? Result<Image>(std::move(image))
                       : resize(image, side(image.width), side(image.height), ResizeFilter::Bilinear);
}

std::vector<QImage> halved(QImage image)
{
    std::vector<QImage> levels{std::move(image)};
    while (std::max(levels.back().width(), levels.back().height()) > 2 * kSmallestLevel) {
        const QSize half = (levels.back().size() / 2).expandedTo({1, 1});
        levels.push_back(levels.back().scaled(half, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    return levels;
}

QImage covered(const QImage& image, const CoverStyle& style)
{
    QImage small = image.scaled(kCoveredSide, kCoveredSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (style.grey) {
        small = small.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32);
    }
    return blurred(small, style.sigma * std::max(small.width(), small.height()));
}

std::vector<float> gaussian(double sigma)
{
    const int radius = static_cast<int>(std::ceil(3 * sigma));
    std::vector<float> weights;
    for (int x = -radius; x <= radius; ++x) {
        weights.push_back(static_cast<float>(std::exp(-x * x / (2 * sigma * sigma))));
    }
    const float sum = std::accumulate(weights.begin(), weights.end(), 0.0F);
    for (auto& weight : weights) {
        weight /= sum;
    }
    return weights;
}

// One pass along the rows of `from`, written transposed, so that two passes blur both ways and restore the axes.
QImage blurredTransposed(const QImage& from, const std::vector<float>& weights)
{
    QImage to(from.height(), from.width(), QImage::Format_RGB32);
    const int radius = static_cast<int>(weights.size() / 2);
    for (int y = 0; y < from.height(); ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(from.constScanLine(y));
        for (int x = 0; x < from.width(); ++x) {
            std::array<float, 3> sum{};
            for (int k = 0; k <= 2 * radius; ++k) {
                const QRgb pixel = row[std::clamp(x + k - radius, 0, from.width() - 1)];
                const float weight = weights[static_cast<std::size_t>(k)];
                sum[0] += weight * static_cast<float>(qRed(pixel));
                sum[1] += weight * static_cast<float>(qGreen(pixel));
                sum[2] += weight * static_cast<float>(qBlue(pixel));
            }
            reinterpret_cast<QRgb*>(to.scanLine(x))[y] =
                qRgb(static_cast<int>(std::lround(sum[0])), static_cast<int>(std::lround(sum[1])),
                     static_cast<int>(std::lround(sum[2])));
        }
    }
    return to;
}

} // namespace

const CoverStyle& CoverStyles::of(CoverBand band) const
{
    switch (band) {
    case CoverBand::Low:
        return low;
    case CoverBand::Top:
        return top;
    case CoverBand::Normal:
        break;
    }
    return normal;
}

QImage toQImage(const Image& image)
{
    QImage view(image.rgb.data(), image.width, image.height, qsizetype{image.width} * 3, QImage::Format_RGB888);
    return view.convertToFormat(QImage::Format_RGB32); // a copy: the view's bytes belong to `image`
}

QImage blurred(const QImage& image, double sigma)
{
    if (sigma <= 0) {
        return image;
    }
    const auto weights = gaussian(sigma);
    return blurredTransposed(blurredTransposed(image.convertToFormat(QImage::Format_RGB32), weights), weights);
}

Result<Picture> loadPicture(const Sample& sample, const CoverStyle& cover)
{
    auto decoded = decode(sample);
    if (!decoded) {
        return fail(decoded.error());
    }
    Picture picture;
    picture.size = {decoded->image.width, decoded->image.height};
    picture.frames = decoded->header.frames;
    picture.format = QString::fromUtf8(name(decoded->header.format).data());
    const double pixels = static_cast<double>(decoded->image.width) * decoded->image.height;
    const auto shown = reduced(std::move(decoded->image), std::sqrt(static_cast<double>(kMaxShown) / pixels));
    if (!shown) {
        return fail(shown.error());
    }
    picture.levels = halved(toQImage(*shown));
    for (const auto& level : picture.levels) {
        picture.greyLevels.push_back(level.convertToFormat(QImage::Format_Grayscale8));
    }
    picture.covered = covered(picture.levels.back(), cover);
    return picture;
}

Result<QImage> loadCoveredTile(const Sample& sample, const CoverStyle& cover)
{
    auto decoded = decode(sample);
    if (!decoded) {
        return fail(decoded.error());
    }
    const double longer = std::max(decoded->image.width, decoded->image.height);
    const auto small = reduced(std::move(decoded->image), 2.0 * kCoveredSide / longer); // half way: smooth and cheap
    return small ? Result<QImage>(covered(toQImage(*small), cover)) : fail(small.error());
}

Result<QImage> loadThumbnail(const Sample& sample, int side, const CoverStyle* cover)
{
    auto decoded = decode(sample);
    if (!decoded) {
        return fail(decoded.error());
    }
    const int shortSide = std::min(decoded->image.width, decoded->image.height);
    const auto small = reduced(std::move(decoded->image), static_cast<double>(side) / shortSide);
    if (!small) {
        return fail(small.error());
    }
    const QImage image = cover == nullptr ? toQImage(*small) : covered(toQImage(*small), *cover);
    const int square = std::min(image.width(), image.height());
    return image.copy((image.width() - square) / 2, (image.height() - square) / 2, square, square);
}

} // namespace modscope::ui
