#include "core/image/image_processor.h"

#include <nlohmann/json.hpp>

#include <exception>
#include <string>
#include <utility>

namespace modscope {

namespace {

using nlohmann::json;

/// What the encoder's publishers ship: SigLIP squashes to the square, CLIP crops.
ImageProcessorConfig publishedConfig(ImageProcessorKind kind, int imageSize)
{
    ImageProcessorConfig config;
    config.side = imageSize;
    if (kind != ImageProcessorKind::Clip) {
        config.keepRatio = false;
        config.mean = {0.5F, 0.5F, 0.5F};
        config.deviation = {0.5F, 0.5F, 0.5F};
    }
    if (kind == ImageProcessorKind::Siglip2) {
        config.filter = ResizeFilter::Bilinear;
    }
    return config;
}

tl::unexpected<Error> badField(ErrorCode code, const std::string& key, const std::string& expected)
{
    return fail(code, "preprocessor config: '" + key + "' " + expected);
}

/// A field that is absent or null counts as not set.
const json* find(const json& object, const char* key)
{
    const auto it = object.find(key);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

Result<bool> readFlag(const json& object, const char* key, bool fallback)
{
    const json* value = find(object, key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_boolean()) {
        return badField(ErrorCode::ParseError, key, "is not true or false");
    }
    return value->get<bool>();
}

/// A positive whole number of pixels.
Result<int> readPixels(const json& value, const std::string& key)
{
    constexpr int most = 16384;
    if (!value.is_number_integer() || value.get<double>() < 1 || value.get<double>() > most) {
        return badField(ErrorCode::ParseError, key, "is not a whole number of pixels from 1 to 16384");
    }
    return value.get<int>();
}

/// `size` and `crop_size` in any of the published forms.
struct Size {
    int pixels = 0;
    bool shortEdge = false; ///< of the short edge, ratio kept; otherwise of both sides
};

Result<Size> readSize(const json& value, const std::string& key, bool numberIsShortEdge)
{
    if (!value.is_object()) {
        const auto pixels = readPixels(value, key);
        return pixels ? Result<Size>(Size{*pixels, numberIsShortEdge}) : fail(pixels.error());
    }
    if (const json* edge = find(value, "shortest_edge")) {
        const auto pixels = readPixels(*edge, key + ".shortest_edge");
        return pixels ? Result<Size>(Size{*pixels, true}) : fail(pixels.error());
    }
    const json* heightField = find(value, "height");
    const json* widthField = find(value, "width");
    if (heightField == nullptr || widthField == nullptr) {
        return badField(ErrorCode::ParseError, key, "has neither 'shortest_edge' nor 'height' and 'width'");
    }
    const auto height = readPixels(*heightField, key + ".height");
    const auto width = readPixels(*widthField, key + ".width");
    if (!height || !width) {
        return fail(height ? width.error() : height.error());
    }
    if (*height != *width) {
        return badField(ErrorCode::Unsupported, key, "is not square");
    }
    return Size{*height, false};
}

Result<ResizeFilter> readFilter(const json& value)
{
    if (!value.is_number_integer()) {
        return badField(ErrorCode::ParseError, "resample", "is not one of Pillow's filter numbers");
    }
    const auto code = value.get<std::int64_t>();
    if (code == 2) {
        return ResizeFilter::Bilinear;
    }
    if (code == 3) {
        return ResizeFilter::Bicubic;
    }
    constexpr std::array<const char*, 6> names{"nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"};
    const bool known = code >= 0 && std::cmp_less(code, names.size());
    return badField(ErrorCode::Unsupported, "resample",
                    "is " + std::to_string(code) + " (" + (known ? names[static_cast<std::size_t>(code)] : "unknown") +
                        "), only 2 (bilinear) and 3 (bicubic) are supported");
}

Result<std::array<float, 3>> readChannels(const json& object, const char* key, std::array<float, 3> fallback)
{
    const json* value = find(object, key);
    if (value == nullptr) {
        return fallback;
    }
    std::array<float, 3> channels{};
    if (!value->is_array() || value->size() != channels.size()) {
        return badField(ErrorCode::ParseError, key, "is not a list of three numbers");
    }
    for (std::size_t i = 0; i < channels.size(); ++i) {
        if (!(*value)[i].is_number()) {
            return badField(ErrorCode::ParseError, key, "is not a list of three numbers");
        }
        channels[i] = (*value)[i].get<float>();
    }
    return channels;
}

/// do_normalize, image_mean and image_std.
Result<void> readNormalisation(const json& object, ImageProcessorConfig& config)
{
    const auto normalises = readFlag(object, "do_normalize", true);
    const auto mean = readChannels(object, "image_mean", config.mean);
    const auto deviation = readChannels(object, "image_std", config.deviation);
    if (!normalises) {
        return fail(normalises.error());
    }
    if (!mean || !deviation) {
        return fail(mean ? deviation.error() : mean.error());
    }
    for (const float value : *deviation) {
        if (!(value > 0.0F)) {
            return badField(ErrorCode::ParseError, "image_std", "holds a value that is not above 0");
        }
    }
    config.mean = *normalises ? *mean : std::array<float, 3>{0.0F, 0.0F, 0.0F};
    config.deviation = *normalises ? *deviation : std::array<float, 3>{1.0F, 1.0F, 1.0F};
    return {};
}

/// do_rescale and rescale_factor.
Result<void> readRescaling(const json& object, ImageProcessorConfig& config)
{
    const auto rescales = readFlag(object, "do_rescale", true);
    if (!rescales) {
        return fail(rescales.error());
    }
    if (const json* factor = find(object, "rescale_factor")) {
        if (!factor->is_number() || !(factor->get<float>() > 0.0F)) {
            return badField(ErrorCode::ParseError, "rescale_factor", "is not a number above 0");
        }
        config.rescale = factor->get<float>();
    }
    config.rescale = *rescales ? config.rescale : 1.0F;
    return {};
}

/// do_resize, size, do_center_crop, crop_size and resample.
Result<void> readGeometry(const json& object, ImageProcessorKind kind, ImageProcessorConfig& config)
{
    const bool clip = kind == ImageProcessorKind::Clip;
    const auto resizes = readFlag(object, "do_resize", true);
    const auto crops = readFlag(object, "do_center_crop", clip);
    if (!resizes || !crops) {
        return fail(resizes ? crops.error() : resizes.error());
    }
    if (!*resizes) {
        return badField(ErrorCode::Unsupported, "do_resize", "is false: pictures of any size cannot be encoded");
    }
    const json* sizeField = find(object, "size");
    const json* cropField = find(object, "crop_size");
    Result<Size> size = sizeField != nullptr ? readSize(*sizeField, "size", clip) : Size{config.side, clip};
    Result<Size> crop = size;
    if (*crops && cropField != nullptr) {
        crop = readSize(*cropField, "crop_size", false);
    }
    if (!size || !crop) {
        return fail(size ? crop.error() : size.error());
    }
    if (size->shortEdge && !*crops) {
        return badField(ErrorCode::Unsupported, "do_center_crop", "is false but 'size' keeps the ratio");
    }
    if (crop->pixels > size->pixels) {
        return badField(ErrorCode::Unsupported, "crop_size", "is larger than 'size'");
    }
    config.keepRatio = size->shortEdge;
    config.side = crop->pixels;
    config.shortEdge = size->pixels == crop->pixels ? 0 : size->pixels;
    if (const json* resample = find(object, "resample")) {
        const auto filter = readFilter(*resample);
        if (!filter) {
            return fail(filter.error());
        }
        config.filter = *filter;
    }
    return {};
}

Result<ImageProcessorConfig> readConfig(const json& object, ImageProcessorKind kind, ImageProcessorConfig config)
{
    for (const auto& read :
         {readNormalisation(object, config), readRescaling(object, config), readGeometry(object, kind, config)}) {
        if (!read) {
            return fail(read.error());
        }
    }
    return config;
}

/// The reference's transform, with the encoder's own size, mean and deviation.
ImageProcessorConfig referenceConfig(const ImageProcessorConfig& own)
{
    ImageProcessorConfig config = own;
    config.filter = ResizeFilter::Bilinear;
    config.keepRatio = true;
    config.cropRounding = CropRounding::HalfEven;
    config.orientation = Orientation::Ignore;
    config.rescale = 1.0F / 255.0F;
    config.shortEdge = 0;
    return config;
}

} // namespace

Result<ImageProcessorConfig> imageProcessorConfig(PreprocessingMode mode,
                                                  ImageProcessorKind kind,
                                                  std::string_view preprocessorConfig,
                                                  int imageSize)
{
    Result<ImageProcessorConfig> config = publishedConfig(kind, imageSize);
    if (!preprocessorConfig.empty()) {
        try {
            const json file = json::parse(preprocessorConfig);
            if (!file.is_object()) {
                return fail(ErrorCode::ParseError, "preprocessor config: the file is not a JSON object");
            }
            const json* nested = find(file, "image_processor"); // processor_config.json of transformers 5
            if (nested != nullptr && !nested->is_object()) {
                return badField(ErrorCode::ParseError, "image_processor", "is not a JSON object");
            }
            config = readConfig(nested == nullptr ? file : *nested, kind, *config);
        } catch (const json::exception& error) {
            return fail(ErrorCode::ParseError, std::string("preprocessor config: ") + error.what());
        }
    }
    if (!config) {
        return config;
    }
    if (config->side != imageSize) {
        return fail(ErrorCode::Mismatch, "preprocessor config: pictures of " + std::to_string(config->side) +
                                             " pixels a side, but the encoder takes " + std::to_string(imageSize));
    }
    return mode == PreprocessingMode::Reference ? referenceConfig(*config) : config;
}

} // namespace modscope
