#pragma once

#include "core/checkpoint/model_info.h"

#include <string>

// Private to this room: where a head's towers live in a checkpoint.

namespace modscope {

/// "backbone.", or for multi-task CLIP, whose towers are two models, "tower_txt." and "tower_img.".
[[nodiscard]] std::string textPrefix(Backend backend, HeadKind kind);
[[nodiscard]] std::string imagePrefix(Backend backend, HeadKind kind);

} // namespace modscope
