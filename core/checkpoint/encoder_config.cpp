#include "core/checkpoint/encoder_config.h"

#include "core/checkpoint/json_file.h"
#include "core/text/utf8.h"

namespace modscope {

namespace {

using nlohmann::json;

// Far above every published encoder; keeps arithmetic on sizes away from overflow.
constexpr int kMaxWidth = 1 << 16;
constexpr int kMaxLayers = 1024;
constexpr int kMaxVocabulary = 1 << 22;
constexpr int kMaxPositions = 1 << 16;
constexpr int kMaxImageSide = 1 << 14;

/// What a class assumes where config.json is silent. Published SigLIP files list little more than their model types.
struct TowerDefaults {
    int width;
    int intermediate;
    int heads;
    std::string_view activation;
    float layerNormEps;
};
constexpr TowerDefaults kClipText{512, 2048, 8, "quick_gelu", 1e-5F};
constexpr TowerDefaults kClipVision{768, 3072, 12, "quick_gelu", 1e-5F};
constexpr TowerDefaults kSiglipTower{768, 3072, 12, "gelu_pytorch_tanh", 1e-6F};
constexpr int kDefaultLayers = 12;
constexpr int kClipProjection = 512;

std::optional<Activation> activationNamed(std::string_view name)
{
    if (name == "quick_gelu") {
        return Activation::QuickGelu;
    }
    if (name == "gelu") {
        return Activation::Gelu;
    }
    if (name == "gelu_pytorch_tanh" || name == "gelu_new") {
        return Activation::GeluTanh;
    }
    if (name == "relu") {
        return Activation::Relu;
    }
    if (name == "silu") {
        return Activation::Silu;
    }
    return std::nullopt;
}

TransformerConfig parseTransformer(JsonFields& fields, const TowerDefaults& defaults)
{
    TransformerConfig tower;
    tower.width = fields.integer("hidden_size", defaults.width, 1, kMaxWidth);
    tower.intermediate = fields.integer("intermediate_size", defaults.intermediate, 1, kMaxWidth);
    tower.layers = fields.integer("num_hidden_layers", kDefaultLayers, 1, kMaxLayers);
    tower.heads = fields.integer("num_attention_heads", defaults.heads, 1, kMaxWidth);
    tower.layerNormEps =
        static_cast<float>(fields.number("layer_norm_eps", static_cast<double>(defaults.layerNormEps), 1e-20, 1.0));
    if (tower.width % tower.heads != 0) {
        fields.reject("num_attention_heads", "a divisor of hidden_size (" + std::to_string(tower.width) + ")");
    }
    const std::string activation = fields.text("hidden_act", defaults.activation);
    if (const auto known = activationNamed(activation)) {
        tower.activation = *known;
    } else {
        fields.reject("hidden_act",
                      "quick_gelu, gelu, gelu_pytorch_tanh, gelu_new, relu or silu, not " + inQuotes(activation));
    }
    return tower;
}

TextTowerConfig parseText(JsonFields& fields, Backend backend, int clipProjection)
{
    const bool clip = backend == Backend::Clip;
    TextTowerConfig text;
    text.transformer = parseTransformer(fields, clip ? kClipText : kSiglipTower);
    text.vocabulary = fields.integer("vocab_size", clip ? 49408 : 32000, 1, kMaxVocabulary);
    text.maxPositions = fields.integer("max_position_embeddings", clip ? 77 : 64, 1, kMaxPositions);
    text.eosTokenId = fields.integerOrEqualList("eos_token_id", 49407, 0, kMaxVocabulary);
    text.projection = clip ? clipProjection : fields.integer("projection_size", text.transformer.width, 1, kMaxWidth);
    return text;
}

VisionTowerConfig parseVision(JsonFields& fields, Backend backend, int clipProjection)
{
    const bool clip = backend == Backend::Clip;
    VisionTowerConfig vision;
    vision.transformer = parseTransformer(fields, clip ? kClipVision : kSiglipTower);
    vision.imageSize = fields.integerOrEqualList("image_size", 224, 1, kMaxImageSide);
    vision.patchSize = fields.integerOrEqualList("patch_size", clip ? 32 : 16, 1, kMaxImageSide);
    vision.poolingHead = !clip;
    vision.projection = clip ? clipProjection : vision.transformer.width;
    if (vision.patchSize > vision.imageSize) {
        fields.reject("patch_size", "at most image_size (" + std::to_string(vision.imageSize) + ")");
    }
    if (fields.integer("num_channels", 3, 1, kMaxWidth) != 3) {
        fields.reject("num_channels", "3");
    }
    if (!clip && !fields.boolean("vision_use_head", true)) {
        fields.reject("vision_use_head", "true: without the pooling head there is no picture feature");
    }
    return vision;
}

/// CLIP's older files repeat a tower in `<tower>_config_dict`; where it is given it replaces `<tower>_config` as a
/// whole.
const json& towerObject(JsonFields& top, Backend backend, const std::string& key)
{
    const std::string dictKey = key + "_dict";
    return top.object(backend == Backend::Clip && top.has(dictKey) ? dictKey : key);
}

Result<Backend> backendOf(const std::string& modelType, std::string_view source)
{
    const std::string where = std::string(source) + ": model_type ";
    if (modelType == "clip") {
        return Backend::Clip;
    }
    if (modelType == "siglip") {
        return Backend::Siglip;
    }
    if (modelType.empty()) {
        return fail(ErrorCode::ParseError, where + "is missing: this is not a Hugging Face encoder's config");
    }
    if (modelType == "siglip2") {
        return fail(ErrorCode::Unsupported,
                    where + "'siglip2' is SigLIP 2 with variable resolution (NaFlex); only its fixed-resolution "
                            "checkpoints (model_type 'siglip') are supported");
    }
    return fail(ErrorCode::Unsupported,
                where + inQuotes(modelType) + " is not supported, only 'clip' and 'siglip' are");
}

} // namespace

std::string_view name(Backend backend)
{
    return backend == Backend::Clip ? "clip" : "siglip";
}

Result<EncoderConfig> parseEncoderConfig(std::string_view text, std::string_view source)
{
    const auto document = parseJsonObject(text, source);
    if (!document) {
        return fail(document.error());
    }
    const std::string where = std::string(source) + ": ";
    JsonFields top(*document, where);
    const std::string modelType = top.text("model_type");
    if (top.error()) {
        return fail(*top.error());
    }
    const auto backend = backendOf(modelType, source);
    if (!backend) {
        return fail(backend.error());
    }
    const int projection = top.integer("projection_dim", kClipProjection, 1, kMaxWidth);
    JsonFields textFields(towerObject(top, *backend, "text_config"), where + "text_config.");
    JsonFields visionFields(towerObject(top, *backend, "vision_config"), where + "vision_config.");
    EncoderConfig config{*backend, parseText(textFields, *backend, projection),
                         parseVision(visionFields, *backend, projection)};
    for (const JsonFields* fields : {&top, &textFields, &visionFields}) {
        if (fields->error()) {
            return fail(*fields->error());
        }
    }
    return config;
}

} // namespace modscope
