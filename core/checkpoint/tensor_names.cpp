#include "core/checkpoint/tensor_layout.h"

#include <algorithm>
#include <array>

namespace modscope {

namespace {

// Left by DistributedDataParallel and torch.compile around the whole model.
constexpr std::array<std::string_view, 2> kWrappers{"module.", "_orig_mod."};

/// The wrapper prefixes that all names share, outermost first, as one string.
std::size_t wrapperLength(const TensorMap& tensors)
{
    std::size_t length = 0;
    for (bool found = !tensors.empty(); found;) {
        found = false;
        for (const std::string_view wrapper : kWrappers) {
            const bool everywhere = std::all_of(tensors.begin(), tensors.end(), [&](const auto& tensor) {
                return std::string_view(tensor.first).substr(length).starts_with(wrapper);
            });
            if (everywhere) {
                length += wrapper.size();
                found = true;
            }
        }
    }
    return length;
}

/// Buffers of training and of old transformers versions.
bool ignoredByInference(std::string_view name)
{
    return name == "position_ids" || name.ends_with(".position_ids") || name == "pos_weight" || name == "log_vars" ||
           name.starts_with("criterion.");
}

/// A tower saved alone by transformers >= 5.6 lacks the level that CLIPModel gives it.
std::string nested(std::string_view name)
{
    constexpr std::array<std::array<std::string_view, 2>, 2> kTowers{
        {{"tower_txt.", "text_model."}, {"tower_img.", "vision_model."}}};
    for (const auto& [tower, level] : kTowers) {
        if (name.starts_with(tower) && !name.substr(tower.size()).starts_with(level)) {
            return std::string(tower) + std::string(level) + std::string(name.substr(tower.size()));
        }
    }
    return std::string(name);
}

bool isMultitask(const TensorMap& tensors)
{
    return std::any_of(tensors.begin(), tensors.end(), [](const auto& tensor) {
        return tensor.first.starts_with("heads.") || tensor.first.starts_with("tower_txt.");
    });
}

/// SigLIP's multi-task classifier is read under the one name `backbone.`, whichever way it was saved, and has no use
/// for the two numbers that join the towers. @return empty for those
std::string siglipMultitaskName(const std::string& name)
{
    for (const std::string_view tower : {"tower_txt.", "tower_img."}) {
        if (name.starts_with(tower)) {
            return "backbone." + name.substr(tower.size());
        }
    }
    return name == "backbone.logit_scale" || name == "backbone.logit_bias" ? std::string() : name;
}

bool isSiglip(const TensorMap& tensors)
{
    return std::any_of(tensors.begin(), tensors.end(), [](const auto& tensor) {
        return tensor.first.ends_with("text_model.head.weight") || tensor.first.ends_with("vision_model.head.probe");
    });
}

} // namespace

Result<TensorMap> canonicalTensors(const TensorMap& tensors)
{
    const std::size_t wrapper = wrapperLength(tensors);
    TensorMap result;
    const auto twice = [](const std::string& name) {
        return fail(ErrorCode::ParseError, "the tensor '" + name + "' is there under two names");
    };
    for (const auto& [name, view] : tensors) {
        const std::string_view bare = std::string_view(name).substr(wrapper);
        if (!ignoredByInference(bare) && !result.emplace(nested(bare), view).second) {
            return twice(nested(bare));
        }
    }
    if (!isMultitask(result) || !isSiglip(result)) {
        return result;
    }
    TensorMap renamed;
    for (const auto& [name, view] : result) {
        const std::string canonical = siglipMultitaskName(name);
        if (!canonical.empty() && !renamed.emplace(canonical, view).second) {
            return twice(canonical);
        }
    }
    return renamed;
}

} // namespace modscope
