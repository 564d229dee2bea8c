#include "core/checkpoint/encoder_config.h"

namespace modscope {

namespace {

constexpr TransformerConfig clipTower(int width, int layers, int heads)
{
    return {width, 4 * width, layers, heads, Activation::QuickGelu, 1e-5F};
}

// The hub's CLIP files say eos_token_id 2, which means pooling at the largest id (EncoderConfig).
constexpr EncoderConfig clip(TransformerConfig text, TransformerConfig vision, int patchSize, int projection)
{
    return {Backend::Clip, {text, 49408, 77, 2, projection}, {vision, 224, patchSize, false, projection}};
}

constexpr EncoderConfig siglipBase(int vocabulary)
{
    constexpr TransformerConfig kTower{768, 3072, 12, 12, Activation::GeluTanh, 1e-6F};
    return {Backend::Siglip, {kTower, vocabulary, 64, 49407, 768}, {kTower, 224, 16, true, 768}};
}

} // namespace

std::optional<EncoderConfig> encoderPreset(std::string_view encoderName)
{
    if (encoderName == "openai/clip-vit-base-patch32") {
        return clip(clipTower(512, 12, 8), clipTower(768, 12, 12), 32, 512);
    }
    if (encoderName == "openai/clip-vit-base-patch16") {
        return clip(clipTower(512, 12, 8), clipTower(768, 12, 12), 16, 512);
    }
    if (encoderName == "openai/clip-vit-large-patch14") {
        return clip(clipTower(768, 12, 12), clipTower(1024, 24, 16), 14, 768);
    }
    if (encoderName == "google/siglip-base-patch16-224") {
        return siglipBase(32000);
    }
    if (encoderName == "google/siglip2-base-patch16-224") {
        return siglipBase(256000);
    }
    return std::nullopt;
}

} // namespace modscope
