#include "core/checkpoint/expected_tensors.h"

#include "core/checkpoint/checkpoint.h"

namespace modscope {

namespace {

using TensorShape = std::vector<std::int64_t>;
using Shapes = std::map<std::string, TensorShape, std::less<>>;

class ShapeList {
public:
    void add(const std::string& name, TensorShape shape) { m_shapes.emplace(name, std::move(shape)); }
    void addLinear(const std::string& name, std::int64_t out, std::int64_t in)
    {
        add(name + ".weight", {out, in});
        add(name + ".bias", {out});
    }
    void addNorm(const std::string& name, std::int64_t width)
    {
        add(name + ".weight", {width});
        add(name + ".bias", {width});
    }
    [[nodiscard]] Shapes take() { return std::move(m_shapes); }

private:
    Shapes m_shapes;
};

void addLayers(ShapeList& list, const std::string& prefix, const TransformerConfig& tower)
{
    for (int layer = 0; layer < tower.layers; ++layer) {
        const std::string name = prefix + "encoder.layers." + std::to_string(layer) + ".";
        for (const char* projection : {"k_proj", "v_proj", "q_proj", "out_proj"}) {
            list.addLinear(name + "self_attn." + projection, tower.width, tower.width);
        }
        list.addNorm(name + "layer_norm1", tower.width);
        list.addNorm(name + "layer_norm2", tower.width);
        list.addLinear(name + "mlp.fc1", tower.intermediate, tower.width);
        list.addLinear(name + "mlp.fc2", tower.width, tower.intermediate);
    }
}

void addText(ShapeList& list, const std::string& prefix, const EncoderConfig& encoder)
{
    const TextTowerConfig& text = encoder.text;
    const std::int64_t width = text.transformer.width;
    list.add(prefix + "embeddings.token_embedding.weight", {text.vocabulary, width});
    list.add(prefix + "embeddings.position_embedding.weight", {text.maxPositions, width});
    addLayers(list, prefix, text.transformer);
    list.addNorm(prefix + "final_layer_norm", width);
    if (encoder.backend == Backend::Siglip) {
        list.addLinear(prefix + "head", text.projection, width);
    }
}

void addPoolingHead(ShapeList& list, const std::string& prefix, const TransformerConfig& tower)
{
    const std::int64_t width = tower.width;
    list.add(prefix + "probe", {1, 1, width});
    list.add(prefix + "attention.in_proj_weight", {3 * width, width});
    list.add(prefix + "attention.in_proj_bias", {3 * width});
    list.addLinear(prefix + "attention.out_proj", width, width);
    list.addNorm(prefix + "layernorm", width);
    list.addLinear(prefix + "mlp.fc1", tower.intermediate, width);
    list.addLinear(prefix + "mlp.fc2", width, tower.intermediate);
}

void addVision(ShapeList& list, const std::string& prefix, const EncoderConfig& encoder)
{
    const VisionTowerConfig& vision = encoder.vision;
    const std::int64_t width = vision.transformer.width;
    const std::int64_t patches = std::int64_t{vision.grid()} * vision.grid();
    const bool clip = encoder.backend == Backend::Clip;
    list.add(prefix + "embeddings.patch_embedding.weight", {width, 3, vision.patchSize, vision.patchSize});
    list.add(prefix + "embeddings.position_embedding.weight", {patches + (clip ? 1 : 0), width});
    if (clip) {
        list.add(prefix + "embeddings.class_embedding", {width});
        list.addNorm(prefix + "pre_layrnorm", width); // the misspelling is the real name
    } else {
        list.add(prefix + "embeddings.patch_embedding.bias", {width});
    }
    addLayers(list, prefix, vision.transformer);
    list.addNorm(prefix + "post_layernorm", width);
    if (vision.poolingHead) {
        addPoolingHead(list, prefix + "head.", vision.transformer);
    }
}

/// What joins the towers of a whole CLIPModel or SiglipModel; the multi-task head uses the towers alone.
void addJoint(ShapeList& list, const std::string& prefix, const EncoderConfig& encoder)
{
    if (encoder.backend == Backend::Clip) {
        list.add(prefix + "logit_scale", {});
        list.add(prefix + "text_projection.weight", {encoder.text.projection, encoder.text.transformer.width});
        list.add(prefix + "visual_projection.weight", {encoder.vision.projection, encoder.vision.transformer.width});
    } else {
        list.add(prefix + "logit_scale", {1});
        list.add(prefix + "logit_bias", {1});
    }
}

void addHead(ShapeList& list, const HeadConfig& head)
{
    const std::int64_t width = head.fusionDim;
    list.addLinear("proj_t", width, head.textWidth);
    list.addLinear("proj_i", width, head.imageWidth);
    list.addLinear("g_t", width, width);
    list.addLinear("g_i", width, width);
    list.addLinear("gate", width, 2 * width + 2);
    if (head.kind == HeadKind::Fusion) {
        list.addNorm("ln_fused", width);
        list.addNorm("cls.0", 5 * width);
        list.addLinear("cls.1", width, 5 * width);
        list.addLinear("cls.4", head.labels, width);
        return;
    }
    list.addLinear("shared_head.1", width, width);
    for (int label = 0; label < head.labels; ++label) {
        const std::string name = "heads." + std::to_string(label);
        if (head.hiddenDim == 0) {
            list.addLinear(name, 1, width);
        } else {
            list.addLinear(name + ".0", head.hiddenDim, width);
            list.addLinear(name + ".3", 1, head.hiddenDim);
        }
    }
}

} // namespace

std::string textPrefix(Backend backend, HeadKind kind)
{
    return kind == HeadKind::Multitask && backend == Backend::Clip ? "tower_txt." : "backbone.";
}

std::string imagePrefix(Backend backend, HeadKind kind)
{
    return kind == HeadKind::Multitask && backend == Backend::Clip ? "tower_img." : "backbone.";
}

Shapes expectedTensors(const EncoderConfig& encoder, const HeadConfig& head)
{
    ShapeList list;
    addText(list, textPrefix(encoder.backend, head.kind) + "text_model.", encoder);
    addVision(list, imagePrefix(encoder.backend, head.kind) + "vision_model.", encoder);
    if (head.kind == HeadKind::Fusion) {
        addJoint(list, "backbone.", encoder);
    }
    addHead(list, head);
    return list.take();
}

} // namespace modscope
