#include "core/checkpoint/weight_files.h"

#include "core/base/sha256.h"
#include "core/checkpoint/json_file.h"
#include "core/checkpoint/paths.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSingleFile = "model.safetensors";
constexpr const char* kIndexFile = "model.safetensors.index.json";
// What Hugging Face and the reference write besides; optimizer.pt and friends are no weights.
constexpr std::array<const char*, 4> kPickles{"pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt",
                                              "pytorch_model.pt"};

/// A shard's name comes from a file somebody sent: it may only name a file of this very directory.
Result<fs::path> shardPath(const fs::path& directory, const std::string& name, const fs::path& index)
{
    const bool plain = !name.empty() && name != "." && name != ".." && name.find_first_of("/\\") == std::string::npos &&
                       name.find('\0') == std::string::npos;
    if (!plain) {
        return fail(ErrorCode::ParseError,
                    index.string() + ": weight_map names " + inQuotes(name) + ", which is not a plain file name");
    }
    std::error_code error;
    const fs::path real = fs::canonical(directory / name, error);
    if (error) {
        return fail(systemError(error.value(), (directory / name).string() + " (named in " + kIndexFile + ")"));
    }
    if (real.parent_path() != fs::canonical(directory, error)) {
        return fail(ErrorCode::ParseError, (directory / name).string() + ": is a link that leaves its directory");
    }
    return directory / name;
}

/// Opens the distinct shards, by name.
Result<std::map<std::string, Safetensors>> openShards(const fs::path& directory,
                                                      const nlohmann::json& weightMap,
                                                      const fs::path& index)
{
    std::map<std::string, Safetensors> shards;
    for (const auto& [tensor, shard] : weightMap.items()) {
        if (!shard.is_string()) {
            return fail(ErrorCode::ParseError,
                        index.string() + ": weight_map." + inQuotes(tensor) + " must be a file name");
        }
        const auto name = shard.get<std::string>();
        if (shards.contains(name)) {
            continue;
        }
        const auto path = shardPath(directory, name, index);
        if (!path) {
            return fail(path.error());
        }
        auto file = openSafetensors(*path);
        if (!file) {
            return fail(file.error());
        }
        shards.emplace(name, std::move(*file));
    }
    return shards;
}

Result<WeightFiles> openSharded(const fs::path& directory)
{
    const fs::path index = directory / kIndexFile;
    const auto document = readJsonObject(index);
    if (!document) {
        return fail(document.error());
    }
    JsonFields fields(*document, index.string() + ": ");
    const nlohmann::json& weightMap = fields.object("weight_map");
    if (weightMap.empty()) {
        fields.reject("weight_map", "an object from tensor names to file names");
    }
    if (fields.error()) {
        return fail(*fields.error());
    }
    auto shards = openShards(directory, weightMap, index);
    if (!shards) {
        return fail(shards.error());
    }
    WeightFiles weights;
    std::size_t held = 0;
    for (const auto& [name, shard] : *shards) {
        weights.files.push_back(directory / name);
        held += shard.tensors.size();
    }
    for (const auto& [tensor, shard] : weightMap.items()) {
        auto& tensors = shards->at(shard.get<std::string>()).tensors;
        const auto found = tensors.find(tensor);
        if (found == tensors.end()) {
            return fail(ErrorCode::Mismatch, index.string() + ": lists " + inQuotes(tensor) + " in " +
                                                 shard.get<std::string>() + ", which does not hold it");
        }
        weights.tensors.emplace(tensor, found->second);
    }
    if (held != weights.tensors.size()) {
        return fail(ErrorCode::Mismatch, index.string() + ": lists " + std::to_string(weights.tensors.size()) +
                                             " tensors, but its shards hold " + std::to_string(held));
    }
    return weights;
}

Result<WeightFiles> openFiles(const fs::path& directory)
{
    if (isFile(directory / kSingleFile)) {
        auto file = openSafetensors(directory / kSingleFile);
        if (!file) {
            return fail(file.error());
        }
        return WeightFiles{std::move(file->tensors), {directory / kSingleFile}, 0};
    }
    if (isFile(directory / kIndexFile)) {
        return openSharded(directory);
    }
    for (const char* name : kPickles) {
        if (isFile(directory / name)) {
            return fail(pickleRefusal(directory / name));
        }
    }
    return fail(ErrorCode::NotFound,
                directory.string() + ": has no weights (looked for " + kSingleFile + " and " + kIndexFile + ")");
}

} // namespace

bool hasWeights(const fs::path& directory)
{
    return isFile(directory / kSingleFile) || isFile(directory / kIndexFile) ||
           std::any_of(kPickles.begin(), kPickles.end(), [&](const char* name) { return isFile(directory / name); });
}

bool isPickle(const fs::path& file)
{
    const std::string extension = file.extension().string();
    return extension == ".bin" || extension == ".pt" || extension == ".pth" || extension == ".ckpt";
}

Error pickleRefusal(const fs::path& file)
{
    return {
        ErrorCode::Unsupported,
        file.string() +
            ": is a Python pickle, which may run code when it is opened; convert it where you trust it, with Python: "
            "import torch; from safetensors.torch import save_file; "
            "s = torch.load('pytorch_model.bin', map_location='cpu', weights_only=True); "
            "save_file({k: v.contiguous().clone() for k, v in s.items()}, 'model.safetensors', {'format': 'pt'})"};
}

Result<WeightFiles> openWeights(const fs::path& directory)
{
    auto weights = openFiles(directory);
    if (!weights) {
        return weights;
    }
    for (const fs::path& file : weights->files) {
        std::error_code error;
        weights->bytes += fs::file_size(file, error);
        if (error) {
            return fail(systemError(error.value(), file.string() + ": cannot be examined"));
        }
    }
    return weights;
}

Result<TensorMap> openTensorDirectory(const fs::path& directory)
{
    auto weights = openWeights(directory);
    if (!weights) {
        return fail(weights.error());
    }
    return std::move(weights->tensors);
}

Result<std::string> hashWeights(const std::vector<fs::path>& files, std::stop_token stop, const ProgressFn& progress)
{
    Progress all;
    for (const fs::path& file : files) {
        std::error_code ignored; // a file that is gone is an error of its hash
        const std::uint64_t bytes = fs::file_size(file, ignored);
        all.total += ignored ? 0 : bytes;
    }
    const auto report = [&all, &progress](const Progress& file) {
        if (progress) {
            progress({all.done + file.done, all.total});
        }
    };
    std::string hashes;
    for (const fs::path& file : files) {
        auto hash = sha256OfFile(file, stop, report);
        if (!hash || files.size() == 1) {
            return hash;
        }
        hashes += *hash + "\n";
        std::error_code ignored;
        const std::uint64_t bytes = fs::file_size(file, ignored);
        all.done += ignored ? 0 : bytes;
    }
    return sha256Hex(std::as_bytes(std::span(hashes)));
}

} // namespace modscope
