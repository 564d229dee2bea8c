#pragma once

#include "core/base/error.h"
#include "core/image/decode.h"
#include "core/image/image.h"
#include "core/image/resize.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace modscope {

enum class CropRounding { HalfEven, Floor }; ///< centre-crop offset of an odd margin: torchvision's, Hugging Face's

/// How a picture becomes the encoder's input. Values come from preprocessor_config.json and the preprocessing mode.
struct ImageProcessorConfig {
    int side = 224; ///< of the square that the encoder sees, pixels
    ResizeFilter filter = ResizeFilter::Bicubic;
    bool keepRatio = true; ///< resize the short edge, then crop the centre; otherwise squash to the square
    CropRounding cropRounding = CropRounding::Floor;
    Orientation orientation = Orientation::Apply;
    std::array<float, 3> mean{0.48145466F, 0.4578275F, 0.40821073F};
    std::array<float, 3> deviation{0.26862954F, 0.26130258F, 0.27577711F};
    float rescale = 1.0F / 255.0F;
    PassOrder passOrder = PassOrder::Pillow13;
    int shortEdge = 0; ///< length of the short edge after resizing when it differs from `side`; 0 = side

    bool operator==(const ImageProcessorConfig&) const = default;
};

/// The two preprocessings a checkpoint may have been trained with.
enum class PreprocessingMode {
    Reference,   ///< bilinear, centre crop, EXIF ignored: the reference system, for every backend
    HuggingFace, ///< what the encoder's own preprocessor_config.json says, EXIF applied
};

enum class ImageProcessorKind { Clip, Siglip, Siglip2 };

/// The configuration for a mode. `preprocessorConfig` is the text of preprocessor_config.json or processor_config.json;
/// empty means the kind's published defaults. `imageSize` is the encoder's.
/// Errors: ParseError or Unsupported naming the field; Mismatch if the file's size is not the encoder's.
[[nodiscard]] Result<ImageProcessorConfig> imageProcessorConfig(PreprocessingMode mode,
                                                                ImageProcessorKind kind,
                                                                std::string_view preprocessorConfig,
                                                                int imageSize);

/// Turns a decoded picture into the square that the image encoder sees.
/// Source: Hugging Face image processors and the reference's transform; golden values in tests/data/golden/images.
/// Threads: const after construction; any number at once.
class ImageProcessor {
public:
    explicit ImageProcessor(ImageProcessorConfig config);

    [[nodiscard]] const ImageProcessorConfig& config() const { return m_config; }

    /// Resized and cropped, still 8 bits. @return side x side
    [[nodiscard]] Result<Image> toSquare(const Image& image) const;

    /// toSquare() of decodeImage() with the config's orientation: the same bytes, often in half the time and without
    /// the whole picture in memory, because only what the crop shows is decoded and resized.
    /// @param limits  its orientation is not used
    /// Errors: those of decodeImage and toSquare.
    [[nodiscard]] Result<DecodedImage> decodeToSquare(std::span<const std::byte> bytes,
                                                      const DecodeOptions& limits = {}) const;

    /// (value * rescale - mean) / deviation of a square. @return float32 [3, side, side], row-major
    [[nodiscard]] std::vector<float> normalise(const Image& square) const;
    /// @param out  float32 [3, side, side], to be filled
    void normalise(const Image& square, std::span<float> out) const;

private:
    ImageProcessorConfig m_config;
    std::array<std::array<float, 256>, 3> m_values; ///< of each channel's levels after normalising
};

} // namespace modscope
