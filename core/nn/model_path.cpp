#include "core/nn/model_path.h"

#include <cstdlib>

namespace modscope {

std::filesystem::path programDirectory()
{
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path() : program.parent_path();
}

Result<std::filesystem::path> dataDirectory()
{
    std::error_code ignored;
    if (const char* chosen = std::getenv("MODSCOPE_DATA"); chosen != nullptr && *chosen != '\0') {
        if (std::filesystem::is_directory(chosen, ignored)) {
            return std::filesystem::path(chosen);
        }
        return fail(ErrorCode::NotFound,
                    std::string(chosen) + ": $MODSCOPE_DATA must name the folder that holds 'demo'");
    }
    const std::filesystem::path installed = (programDirectory() / ".." / "share" / "modscope").lexically_normal();
    if (std::filesystem::is_directory(installed, ignored)) {
        return installed;
    }
    return fail(ErrorCode::NotFound,
                "The demo models were not found in " + installed.string() + "; set $MODSCOPE_DATA to their folder");
}

Result<std::vector<BundledModel>> bundledModels()
{
    const auto data = dataDirectory();
    if (!data) {
        return fail(data.error());
    }
    return std::vector<BundledModel>{
        {"demo", *data / "demo" / "run_harmless", "small CLIP fusion; leaves most ordinary text alone: start here"},
        {"demo2", *data / "demo" / "run", "the same without harmless examples: flags almost everything"}};
}

Result<std::filesystem::path> resolveModel(std::string_view nameOrPath)
{
    if (nameOrPath != "demo" && nameOrPath != "demo2") {
        return std::filesystem::path(nameOrPath);
    }
    const auto models = bundledModels();
    if (!models) {
        return fail(models.error());
    }
    return nameOrPath == "demo" ? models->front().directory : models->back().directory;
}

} // namespace modscope
