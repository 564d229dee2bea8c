#include "core/nn/engine/requests.h"

#include "core/nn/modules/engine_error.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <string>

namespace modscope::nn {
namespace {

[[noreturn]] void refuse(const std::string& message)
{
    throw EngineError(ErrorCode::InvalidArgument, message);
}

void checkFeatures(const Matrix& features, std::size_t items, int width, const std::string& what)
{
    if (features.rows != items || features.columns != static_cast<std::size_t>(width) ||
        features.values.size() != features.rows * features.columns) {
        refuse(what + " features have " + std::to_string(features.rows) + " rows of " +
               std::to_string(features.columns) + " values, expected " + std::to_string(items) + " rows of " +
               std::to_string(width));
    }
}

} // namespace

void checkTexts(std::span<const TokenIds> texts, const TextTowerConfig& config)
{
    for (std::size_t item = 0; item < texts.size(); ++item) {
        const auto& ids = texts[item].ids;
        if (ids.empty() || ids.size() > static_cast<std::size_t>(config.maxPositions)) {
            refuse("text " + std::to_string(item) + " has " + std::to_string(ids.size()) + " tokens, expected 1 to " +
                   std::to_string(config.maxPositions));
        }
        for (const std::int32_t id : ids) {
            if (id < 0 || id >= config.vocabulary) {
                refuse("text " + std::to_string(item) + " has token " + std::to_string(id) +
                       ", the model's vocabulary ends at " + std::to_string(config.vocabulary - 1));
            }
        }
    }
}

void checkSquares(std::span<const std::span<const std::uint8_t>> squares, int side)
{
    const auto expected = static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3;
    for (std::size_t item = 0; item < squares.size(); ++item) {
        if (squares[item].size() != expected) {
            refuse("picture " + std::to_string(item) + " has " + std::to_string(squares[item].size()) +
                   " bytes, expected " + std::to_string(expected) + " (" + std::to_string(side) + " x " +
                   std::to_string(side) + " x 3)");
        }
    }
}

void checkHeadInput(const Matrix& text, const Matrix& image, std::span<const Presence> present, const HeadConfig& head)
{
    checkFeatures(text, present.size(), head.textWidth, "text");
    checkFeatures(image, present.size(), head.imageWidth, "image");
}

Matrix toMatrix(const at::Tensor& tensor)
{
    const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
    Matrix matrix;
    matrix.rows = static_cast<std::size_t>(host.size(0));
    matrix.columns = static_cast<std::size_t>(host.size(1));
    const auto* values = host.const_data_ptr<float>();
    matrix.values.assign(values, values + matrix.rows * matrix.columns);
    return matrix;
}

at::Tensor viewOf(const Matrix& matrix)
{
    // from_blob has no const form; nothing below writes to its inputs
    return at::from_blob(const_cast<float*>(matrix.values.data()), // NOLINT(cppcoreguidelines-pro-type-const-cast)
                         {static_cast<std::int64_t>(matrix.rows), static_cast<std::int64_t>(matrix.columns)},
                         at::kFloat);
}

at::Tensor presenceTensor(std::span<const Presence> present)
{
    at::Tensor flags = at::empty({static_cast<std::int64_t>(present.size()), 2}, at::kFloat);
    auto* out = flags.mutable_data_ptr<float>();
    for (const Presence& item : present) {
        *out++ = item.text ? 1.0F : 0.0F;
        *out++ = item.image ? 1.0F : 0.0F;
    }
    return flags;
}

int useTeam(int threads)
{
    const int team = std::max(threads, 1);
    if (at::get_num_threads() != team) { // setting it takes a lock all callers share
        at::set_num_threads(team);
    }
    return team;
}

std::int32_t padId(TokenizerKind tokenizer)
{
    return tokenizer == TokenizerKind::Siglip ? 1 : 0; // CLIP's tower never sees it: its texts end at EOS
}

PaddedTexts padTexts(std::span<const TokenIds> texts,
                     const EncoderConfig& encoder,
                     const Preprocessing& preprocessing,
                     std::int64_t length)
{
    const auto rows = static_cast<std::int64_t>(texts.size());
    PaddedTexts padded;
    padded.ids = at::full({rows, length}, padId(preprocessing.tokenizer), at::kLong);
    const bool masked = encoder.backend == Backend::Clip || preprocessing.textAttentionMask;
    if (masked) {
        padded.mask = at::zeros({rows, length}, at::kFloat);
    }
    for (std::int64_t row = 0; row < rows; ++row) {
        const auto& tokens = texts[static_cast<std::size_t>(row)].ids;
        std::copy(tokens.begin(), tokens.end(), padded.ids.mutable_data_ptr<std::int64_t>() + row * length);
        if (masked) {
            std::fill_n(padded.mask.mutable_data_ptr<float>() + row * length, tokens.size(), 1.0F);
        }
    }
    return padded;
}

} // namespace modscope::nn
