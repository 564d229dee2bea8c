#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace modscope {

enum class Backend { Clip, Siglip }; ///< SigLIP 2 with a fixed resolution is Siglip
enum class Activation { QuickGelu, Gelu, GeluTanh, Relu, Silu };

[[nodiscard]] std::string_view name(Backend backend); ///< "clip", "siglip"

/// A stack of pre-norm transformer layers. Sizes in elements.
struct TransformerConfig {
    int width = 512;
    int intermediate = 2048;
    int layers = 12;
    int heads = 8;
    Activation activation = Activation::QuickGelu;
    float layerNormEps = 1e-5F;

    bool operator==(const TransformerConfig&) const = default;
};

struct TextTowerConfig {
    TransformerConfig transformer;
    int vocabulary = 49408;
    int maxPositions = 77;
    int eosTokenId = 49407; ///< CLIP pools at the first one; 2 means "at the largest id" (old configs)
    int projection = 512;   ///< width of the text feature: CLIP's projection_dim, SigLIP's projection_size

    bool operator==(const TextTowerConfig&) const = default;
};

struct VisionTowerConfig {
    TransformerConfig transformer;
    int imageSize = 224;
    int patchSize = 32;
    bool poolingHead = false; ///< SigLIP's attention pooling
    int projection = 512;     ///< width of the image feature

    [[nodiscard]] int grid() const { return imageSize / patchSize; }
    bool operator==(const VisionTowerConfig&) const = default;
};

/// What config.json of a Hugging Face encoder says, with its class's defaults for what it leaves out.
struct EncoderConfig {
    Backend backend = Backend::Clip;
    TextTowerConfig text;
    VisionTowerConfig vision;

    bool operator==(const EncoderConfig&) const = default;
};

/// @param json    text of config.json
/// @param source  named in messages
/// Errors: ParseError, Unsupported (siglip2 NaFlex, unknown model_type or hidden_act), naming the field.
[[nodiscard]] Result<EncoderConfig> parseEncoderConfig(std::string_view json, std::string_view source);

/// The five known encoders, by hub name ("openai/clip-vit-base-patch32", …): used when no encoder directory is at hand.
[[nodiscard]] std::optional<EncoderConfig> encoderPreset(std::string_view encoderName);

/// Where an encoder's config, tokenizer and preprocessor files may be, in order: `encoder/` in the run, the path in the
/// run's config (relative to the run, its parent and the working directory), `explicitDirectory`, $MODSCOPE_ENCODERS,
/// the local Hugging Face cache. Never the network. @return the first directory that exists and has a config.json.
/// Errors: NotFound listing where it looked.
[[nodiscard]] Result<std::filesystem::path> findEncoderDirectory(const std::filesystem::path& runDirectory,
                                                                 std::string_view encoderName,
                                                                 const std::filesystem::path& explicitDirectory);

} // namespace modscope
