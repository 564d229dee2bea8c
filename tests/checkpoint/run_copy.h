#pragma once

#include "core/checkpoint/safetensors.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace modscope::test {

/// A tensor as a test writes it: nothing forces its bytes to fit its shape.
struct RawTensor {
    std::string dtype = "F32";
    std::vector<std::int64_t> shape;
    std::string bytes;
};
using RawTensors = std::map<std::string, RawTensor>;

/// The bytes of float32 values.
[[nodiscard]] std::string floatBytes(std::span<const float> values);
/// A float32 tensor of zeros.
[[nodiscard]] RawTensor zeros(std::vector<std::int64_t> shape);

/// A safetensors file: 8 bytes of length, the header, the data.
[[nodiscard]] std::string safetensorsFile(const std::string& header, const std::string& data);
[[nodiscard]] std::string safetensorsFile(const RawTensors& tensors);

void writeText(const std::filesystem::path& path, const std::string& text);

/// A golden model copied to a temporary folder, to be damaged there.
class RunCopy {
public:
    /// @param model  a folder of tests/data/golden
    explicit RunCopy(const std::string& model);

    [[nodiscard]] std::filesystem::path root() const;
    [[nodiscard]] std::filesystem::path run() const { return root() / "run"; }
    [[nodiscard]] std::filesystem::path encoder() const { return root() / "encoder"; }
    [[nodiscard]] std::filesystem::path checkpoint() const { return run() / "checkpoint-12"; }
    [[nodiscard]] std::filesystem::path weights() const { return checkpoint() / "model.safetensors"; }

    void editJson(const std::filesystem::path& file, const std::function<void(nlohmann::json&)>& edit) const;
    void editTensors(const std::function<void(RawTensors&)>& edit) const;

private:
    QTemporaryDir m_folder;
};

} // namespace modscope::test
