#include "core/explain/heat_map.h"

#include "core/explain/masks.h"

#include <algorithm>
#include <utility>

namespace modscope {

namespace {

// Masked copies per engine call: a stop is answered between calls.
constexpr std::size_t kMasksPerCall = 8;

/// Sums of drops and how many masks covered each patch, per shape: every shape weighs the same in the end.
struct Coverage {
    Coverage(int grid, std::size_t labels)
        : patches(static_cast<std::size_t>(grid) * static_cast<std::size_t>(grid)),
          sums(kMaskShapes * labels, std::vector<double>(patches)), counts(kMaskShapes, std::vector<int>(patches))
    {}

    std::size_t patches;
    std::vector<std::vector<double>> sums; ///< [shape * labels + label][patch]
    std::vector<std::vector<int>> counts;  ///< [shape][patch]
};

void add(Coverage& coverage, const Mask& mask, int grid, std::span<const float> full, std::span<const float> masked)
{
    const std::size_t labels = full.size();
    for (int row = mask.row; row < mask.row + mask.side; ++row) {
        for (int column = mask.column; column < mask.column + mask.side; ++column) {
            const auto patch =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(grid) + static_cast<std::size_t>(column);
            const auto shape = static_cast<std::size_t>(mask.shape);
            ++coverage.counts[shape][patch];
            for (std::size_t label = 0; label < labels; ++label) {
                coverage.sums[shape * labels + label][patch] +=
                    static_cast<double>(full[label]) - static_cast<double>(masked[label]);
            }
        }
    }
}

std::vector<std::vector<float>> averaged(const Coverage& coverage, std::size_t labels)
{
    std::vector<std::vector<float>> drops(labels, std::vector<float>(coverage.patches));
    for (std::size_t label = 0; label < labels; ++label) {
        for (std::size_t patch = 0; patch < coverage.patches; ++patch) {
            double sum = 0;
            int shapes = 0;
            for (std::size_t shape = 0; shape < coverage.counts.size(); ++shape) {
                if (const int count = coverage.counts[shape][patch]; count > 0) {
                    sum += coverage.sums[shape * labels + label][patch] / count;
                    ++shapes;
                }
            }
            drops[label][patch] = static_cast<float>(sum / std::max(1, shapes));
        }
    }
    return drops;
}

// What of the source survives the centre crop.
void setVisiblePart(HeatMap& map, const PreparedPicture& picture, const ImageProcessorConfig& config)
{
    if (!config.keepRatio) {
        return;
    }
    const double shortEdge = config.shortEdge > 0 ? config.shortEdge : config.side;
    const double scale = shortEdge / std::min(picture.sourceWidth, picture.sourceHeight);
    map.width = static_cast<float>(std::min(1.0, config.side / (picture.sourceWidth * scale)));
    map.height = static_cast<float>(std::min(1.0, config.side / (picture.sourceHeight * scale)));
    map.left = (1 - map.width) / 2;
    map.top = (1 - map.height) / 2;
}

/// Logits of the masked copies, the text's feature kept.
Result<Matrix> maskedLogits(const Classifier& classifier,
                            const Embedding& embedding,
                            const Image& square,
                            std::span<const Mask> masks,
                            std::array<std::uint8_t, 3> colour)
{
    const int patch = classifier.info().encoder.vision.patchSize;
    std::vector<Image> copies;
    for (const Mask& mask : masks) {
        copies.push_back(covered(square, mask, patch, colour));
    }
    const auto encoded = classifier.encodeSquares(copies);
    if (!encoded) {
        return fail(encoded.error());
    }
    std::vector<Embedding> variants(masks.size(), embedding);
    for (std::size_t index = 0; index < masks.size(); ++index) {
        const auto row = encoded->row(index);
        variants[index].image.assign(row.begin(), row.end());
    }
    return classifier.logits(variants);
}

/// Covers every mask's area in turn and notes what it does to the logits.
Result<Coverage> cover(const Classifier& classifier,
                       const Embedding& embedding,
                       const Image& square,
                       const std::stop_token& stop,
                       const ProgressFn& progress)
{
    const auto full = classifier.logits(std::span(&embedding, 1));
    if (!full) {
        return fail(full.error());
    }
    const int grid = classifier.info().encoder.vision.grid();
    const std::vector<Mask> masks = occlusionMasks(grid);
    const auto colour = meanColour(square);
    Coverage coverage(grid, full->columns);
    for (std::size_t first = 0; first < masks.size(); first += kMasksPerCall) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "The heat map was cancelled");
        }
        const auto some = std::span(masks).subspan(first, std::min(kMasksPerCall, masks.size() - first));
        const auto masked = maskedLogits(classifier, embedding, square, some, colour);
        if (!masked) {
            return fail(masked.error());
        }
        for (std::size_t index = 0; index < some.size(); ++index) {
            add(coverage, some[index], grid, full->row(0), masked->row(index));
        }
        if (progress) {
            progress({first + some.size(), masks.size()});
        }
    }
    return coverage;
}

} // namespace

Result<HeatMap> heatMap(const Classifier& classifier,
                        const Sample& sample,
                        std::stop_token stop,
                        const ProgressFn& progress)
{
    const auto picture = classifier.preparePicture(sample);
    if (!picture) {
        return fail(picture.error());
    }
    const auto embedding = classifier.embed(sample);
    if (!embedding) {
        return fail(embedding.error());
    }
    const auto coverage = cover(classifier, *embedding, picture->square, stop, progress);
    if (!coverage) {
        return fail(coverage.error());
    }
    HeatMap map;
    map.columns = classifier.info().encoder.vision.grid();
    map.rows = map.columns;
    map.drops = averaged(*coverage, classifier.info().labels.size());
    setVisiblePart(map, *picture, classifier.info().preprocessing.image);
    return map;
}

} // namespace modscope
