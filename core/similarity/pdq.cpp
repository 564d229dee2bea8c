#include "core/similarity/pdq.h"

#include "core/similarity/pdq_filter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <string>
#include <vector>

namespace modscope {

namespace {

constexpr int kSmallestSide = 5;
constexpr int kSquashedSide = 512;
constexpr std::size_t kSampleSide = pdq_filter::kSide;
constexpr std::size_t kFrequencies = 16;

/// float32 [16, 16], vertical frequency first; frequencies 1..16, since 0 is only the mean brightness.
using Spectrum = std::array<float, kFrequencies * kFrequencies>;

/// Rounded from double once, as the reference does.
std::array<float, kFrequencies * kSampleSide> makeCosines()
{
    std::array<float, kFrequencies * kSampleSide> cosines{};
    const auto scale = static_cast<float>(std::sqrt(2.0 / static_cast<double>(kSampleSide)));
    for (std::size_t i = 0; i < kFrequencies; ++i) {
        for (std::size_t j = 0; j < kSampleSide; ++j) {
            const double angle = std::numbers::pi / 2.0 / static_cast<double>(kSampleSide) *
                                 static_cast<double>(i + 1) * static_cast<double>(2 * j + 1);
            cosines[i * kSampleSide + j] = static_cast<float>(scale * std::cos(angle));
        }
    }
    return cosines;
}

/// B = D A D^T, with the sums in the reference's order.
Spectrum transform(const pdq_filter::Samples& samples)
{
    static const auto cosines = makeCosines();
    std::array<float, kFrequencies * kSampleSide> vertical{};
    for (std::size_t i = 0; i < kFrequencies; ++i) {
        for (std::size_t k = 0; k < kSampleSide; ++k) {
            for (std::size_t j = 0; j < kSampleSide; ++j) {
                vertical[i * kSampleSide + j] += cosines[i * kSampleSide + k] * samples[k * kSampleSide + j];
            }
        }
    }
    Spectrum spectrum{};
    for (std::size_t i = 0; i < kFrequencies; ++i) {
        for (std::size_t j = 0; j < kFrequencies; ++j) {
            float sum = 0;
            for (std::size_t k = 0; k < kSampleSide; ++k) {
                sum += vertical[i * kSampleSide + k] * cosines[j * kSampleSide + k];
            }
            spectrum[i * kFrequencies + j] = sum;
        }
    }
    return spectrum;
}

/// Sum of the significant steps between neighbours, scaled to 0..100. Steps are cut to whole percents on purpose: many
/// tiny ones are no structure.
int qualityOf(const pdq_filter::Samples& samples)
{
    const auto step = [](float u, float v) { return std::abs(static_cast<int>((u - v) * 100 / 255)); };
    int sum = 0;
    for (std::size_t i = 0; i < kSampleSide; ++i) {
        for (std::size_t j = 0; j < kSampleSide; ++j) {
            const float value = samples[i * kSampleSide + j];
            sum += i + 1 < kSampleSide ? step(value, samples[(i + 1) * kSampleSide + j]) : 0;
            sum += j + 1 < kSampleSide ? step(value, samples[i * kSampleSide + j + 1]) : 0;
        }
    }
    return std::min(sum / 90, 100);
}

/// The lower median, an element. The reference's search by halving ends at the same one.
float medianOf(Spectrum spectrum)
{
    const auto middle = spectrum.begin() + spectrum.size() / 2 - 1;
    std::nth_element(spectrum.begin(), middle, spectrum.end());
    return *middle;
}

PdqHash hashOf(const Spectrum& spectrum)
{
    const float median = medianOf(spectrum);
    PdqHash hash;
    for (int bit = 0; bit < PdqHash::kBits; ++bit) {
        if (spectrum[static_cast<std::size_t>(bit)] > median) {
            hash.setBit(bit);
        }
    }
    return hash;
}

/// What turning or mirroring does to a frequency: the indices may change places, and odd frequencies (even index)
/// along a mirrored direction change their sign.
struct Turn {
    bool transposes;
    bool negatesEvenRows; ///< of the source
    bool negatesEvenColumns;
};

constexpr Turn turnOf(Dihedral orientation)
{
    switch (orientation) {
    case Dihedral::Original:
        return {false, false, false};
    case Dihedral::Rotate90:
        return {true, false, true};
    case Dihedral::Rotate180:
        return {false, true, true};
    case Dihedral::Rotate270:
        return {true, true, false};
    case Dihedral::FlipX:
        return {false, true, false};
    case Dihedral::FlipY:
        return {false, false, true};
    case Dihedral::FlipPlus1:
        return {true, false, false};
    case Dihedral::FlipMinus1:
        break;
    }
    return {true, true, true};
}

Spectrum turned(const Spectrum& spectrum, Dihedral orientation)
{
    const Turn turn = turnOf(orientation);
    Spectrum result{};
    for (std::size_t i = 0; i < kFrequencies; ++i) {
        for (std::size_t j = 0; j < kFrequencies; ++j) {
            const bool negates = (turn.negatesEvenRows && i % 2 == 0) != (turn.negatesEvenColumns && j % 2 == 0);
            const float value = spectrum[i * kFrequencies + j];
            result[turn.transposes ? j * kFrequencies + i : i * kFrequencies + j] = negates ? -value : value;
        }
    }
    return result;
}

bool isHashable(int rows, int columns)
{
    return rows >= kSmallestSide && columns >= kSmallestSide;
}

/// The nearest pixel to the left and above, as the reference's reader takes it.
std::vector<std::size_t> nearestPlaces(int length)
{
    std::vector<std::size_t> places(kSquashedSide);
    for (std::size_t place = 0; place < places.size(); ++place) {
        places[place] = place * static_cast<std::size_t>(length) / kSquashedSide;
    }
    return places;
}

pdq_filter::Samples squashedSamples(const Image& image)
{
    const std::vector<std::size_t> columns = nearestPlaces(image.width);
    const std::vector<std::size_t> rows = nearestPlaces(image.height);
    std::vector<std::uint8_t> pixels(std::size_t{3} * kSquashedSide);
    return pdq_filter::samples(kSquashedSide, kSquashedSide, [&](int row, float* out) {
        const std::size_t start = rows[static_cast<std::size_t>(row)] * static_cast<std::size_t>(image.width);
        for (std::size_t column = 0; column < columns.size(); ++column) {
            std::copy_n(image.rgb.data() + 3 * (start + columns[column]), 3, pixels.data() + 3 * column);
        }
        pdq_filter::lumaOfRgb(pixels.data(), kSquashedSide, out);
    });
}

pdq_filter::Samples imageSamples(const Image& image, PdqFamily family)
{
    if (family == PdqFamily::Squashed && std::max(image.width, image.height) > kSquashedSide) {
        return squashedSamples(image);
    }
    return pdq_filter::samples(image.height, image.width, [&](int row, float* out) {
        const std::size_t start = static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width);
        pdq_filter::lumaOfRgb(image.rgb.data() + 3 * start, image.width, out);
    });
}

/// Whether the reference would give it a hash: it squashes before it asks, so a long thin picture counts there.
bool isHashable(const Image& image, PdqFamily family)
{
    const bool squashes = family == PdqFamily::Squashed && std::max(image.width, image.height) > kSquashedSide;
    return squashes || isHashable(image.height, image.width);
}

} // namespace

Result<Pdq> pdq(const Image& image, PdqFamily family)
{
    if (auto checked = checkBuffer(image); !checked) {
        return fail(checked.error());
    }
    if (!isHashable(image, family)) {
        return Pdq{{}, 0, family};
    }
    const pdq_filter::Samples samples = imageSamples(image, family);
    return Pdq{hashOf(transform(samples)), qualityOf(samples), family};
}

Result<PdqViews> pdqViews(const Image& image, PdqFamily family)
{
    if (auto checked = checkBuffer(image); !checked) {
        return fail(checked.error());
    }
    PdqViews views;
    views.family = family;
    if (!isHashable(image, family)) {
        return views;
    }
    const pdq_filter::Samples samples = imageSamples(image, family);
    views.quality = qualityOf(samples);
    const Spectrum spectrum = transform(samples);
    for (const Dihedral orientation : kDihedrals) {
        views.hashes[static_cast<std::size_t>(orientation)] = hashOf(turned(spectrum, orientation));
    }
    return views;
}

Result<Pdq> pdqFromLuma(std::span<const float> luma, int rows, int columns)
{
    if (rows < 1 || columns < 1 || luma.size() / static_cast<std::size_t>(columns) != static_cast<std::size_t>(rows) ||
        luma.size() % static_cast<std::size_t>(columns) != 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(luma.size()) + " brightness values are not " +
                                                    std::to_string(rows) + " x " + std::to_string(columns));
    }
    if (!isHashable(rows, columns)) {
        return Pdq{};
    }
    const pdq_filter::Samples samples = pdq_filter::samples(rows, columns, [&](int row, float* out) {
        std::copy_n(luma.data() + std::ptrdiff_t{row} * columns, columns, out);
    });
    return Pdq{hashOf(transform(samples)), qualityOf(samples), PdqFamily::Full};
}

PdqDistance closest(const PdqViews& left, const PdqViews& right)
{
    PdqDistance best;
    best.bits = PdqHash::kBits + 1;
    for (const Dihedral orientation : kDihedrals) {
        // A turned picture has a median of its own, so both ways are asked: only then is the answer symmetric.
        const int bits = std::min(hammingDistance(left[orientation], right[Dihedral::Original]),
                                  hammingDistance(right[inverse(orientation)], left[Dihedral::Original]));
        if (bits < best.bits) {
            best = {bits, orientation};
        }
    }
    return best;
}

} // namespace modscope
