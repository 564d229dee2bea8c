#include "tests/checkpoint/run_copy.h"

#include "tests/support/test_data.h"

#include <cstring>
#include <fstream>

namespace modscope::test {

namespace fs = std::filesystem;

std::string floatBytes(std::span<const float> values)
{
    const auto bytes = std::as_bytes(values);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

RawTensor zeros(std::vector<std::int64_t> shape)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : shape) {
        elements *= size;
    }
    return {"F32", std::move(shape), std::string(static_cast<std::size_t>(elements) * sizeof(float), '\0')};
}

std::string safetensorsFile(const std::string& header, const std::string& data)
{
    std::string length;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        length += static_cast<char>(std::uint64_t{header.size()} >> shift & 0xFFU);
    }
    return length + header + data;
}

std::string safetensorsFile(const RawTensors& tensors)
{
    nlohmann::json header = {{"__metadata__", {{"format", "pt"}}}};
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        header[name] = {{"dtype", tensor.dtype},
                        {"shape", tensor.shape},
                        {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
        data += tensor.bytes;
    }
    return safetensorsFile(header.dump(), data);
}

void writeText(const fs::path& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) {
        qFatal("%s: cannot be written", path.c_str());
    }
}

RunCopy::RunCopy(const std::string& model)
{
    const fs::path golden = testData("golden/" + model);
    for (const char* part : {"run", "encoder"}) {
        fs::copy(golden / part, root() / part, fs::copy_options::recursive);
    }
}

fs::path RunCopy::root() const
{
    return m_folder.path().toStdString();
}

void RunCopy::editJson(const fs::path& file, const std::function<void(nlohmann::json&)>& edit) const
{
    nlohmann::json document = readJson(file);
    edit(document);
    writeText(file, document.dump());
}

void RunCopy::editTensors(const std::function<void(RawTensors&)>& edit) const
{
    RawTensors tensors;
    {
        const auto file = openSafetensors(weights());
        if (!file) {
            qFatal("%s", file.error().message.c_str());
        }
        for (const auto& [name, view] : file->tensors) {
            tensors[name] = {
                view.dtypeName, view.shape, {reinterpret_cast<const char*>(view.bytes.data()), view.bytes.size()}};
        }
    }
    edit(tensors);
    writeText(weights(), safetensorsFile(tensors));
}

} // namespace modscope::test
