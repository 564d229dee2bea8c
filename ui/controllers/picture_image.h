#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"
#include "core/image/image.h"
#include "ui/models/cover_band.h"

#include <QImage>
#include <QSize>
#include <QString>

#include <vector>

namespace modscope::ui {

/// How a picture is covered.
struct CoverStyle {
    bool grey = true;
    double sigma = 0.04; ///< of the blur, as a share of the longer side

    bool operator==(const CoverStyle&) const = default;
};

/// How items' pictures are covered, by what the models say of them.
struct CoverStyles {
    CoverStyle low;
    CoverStyle normal;
    CoverStyle top;

    [[nodiscard]] const CoverStyle& of(CoverBand band) const;
    bool operator==(const CoverStyles&) const = default;
};

/// A decoded picture, ready to be drawn at any size: each level is half as large as the one before.
struct Picture {
    std::vector<QImage> levels;     ///< in colour; never empty
    std::vector<QImage> greyLevels; ///< the same without colour
    QImage covered;                 ///< small and blurred
    QSize size;                     ///< of the file, pixels
    int frames = 1;                 ///< of an animation; the first is shown
    QString format;                 ///< "PNG"
};

/// Reads and decodes a sample's picture. Runs on a worker.
/// Errors: what reading and decoding report.
[[nodiscard]] Result<Picture> loadPicture(const Sample& sample, const CoverStyle& cover);

/// A square cut from the picture's centre, `side` pixels wide. Runs on a worker.
/// @param cover  null: as it is
[[nodiscard]] Result<QImage> loadThumbnail(const Sample& sample, int side, const CoverStyle* cover);

/// The covered copy alone, to show a picture before anybody asks for it clear: the longer side is 256 pixels at most.
/// Runs on a worker. Errors: what reading and decoding report.
[[nodiscard]] Result<QImage> loadCoveredTile(const Sample& sample, const CoverStyle& cover);

[[nodiscard]] QImage toQImage(const Image& image);

/// Blurred with a Gaussian of this standard deviation (in pixels), edges repeated.
[[nodiscard]] QImage blurred(const QImage& image, double sigma);

} // namespace modscope::ui
