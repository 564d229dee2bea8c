#include "core/checkpoint/encoder_config.h"
#include "core/checkpoint/paths.h"

#include <cstdlib>
#include <fstream>
#include <vector>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRevisionBytes = 256;

fs::path environmentPath(const char* variable)
{
    const char* value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody here writes the environment
    return value == nullptr ? fs::path() : fs::path(value);
}

/// The hub folder of the local Hugging Face cache, found as huggingface_hub finds it.
fs::path hubCache()
{
    if (fs::path cache = environmentPath("HF_HUB_CACHE"); !cache.empty()) {
        return cache;
    }
    if (const fs::path home = environmentPath("HF_HOME"); !home.empty()) {
        return home / "hub";
    }
    if (const fs::path cache = environmentPath("XDG_CACHE_HOME"); !cache.empty()) {
        return cache / "huggingface" / "hub";
    }
    const fs::path home = environmentPath("HOME");
    return home.empty() ? fs::path() : home / ".cache" / "huggingface" / "hub";
}

/// The commit that a cached model's `refs/main` names, or nothing usable.
std::string mainRevision(const fs::path& model)
{
    std::ifstream file(model / "refs" / "main", std::ios::binary);
    std::string revision(kMaxRevisionBytes, '\0');
    file.read(revision.data(), static_cast<std::streamsize>(revision.size()));
    revision.resize(static_cast<std::size_t>(file.gcount()));
    const bool plain = revision.find_first_not_of("0123456789abcdef\r\n") == std::string::npos;
    return plain ? revision.substr(0, revision.find_first_of("\r\n")) : std::string();
}

fs::path newestFolder(const fs::path& directory)
{
    fs::path newest;
    fs::file_time_type newestTime = fs::file_time_type::min();
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        const auto time = fs::last_write_time(entry->path(), ignored);
        if (!ignored && entry->is_directory(ignored) && (newest.empty() || time > newestTime)) {
            newest = entry->path();
            newestTime = time;
        }
    }
    return newest;
}

/// models--owner--name/snapshots/<commit>: the one refs/main names, else the newest.
fs::path cachedSnapshot(std::string_view encoderName)
{
    const fs::path cache = hubCache();
    const auto slash = encoderName.find('/');
    const bool hubName = !cache.empty() && slash != 0 && slash != std::string_view::npos &&
                         encoderName.find('/', slash + 1) == std::string_view::npos && !encoderName.starts_with('.');
    if (!hubName) {
        return {};
    }
    const fs::path model = cache / ("models--" + std::string(encoderName.substr(0, slash)) + "--" +
                                    std::string(encoderName.substr(slash + 1)));
    if (const std::string revision = mainRevision(model); !revision.empty()) {
        return model / "snapshots" / revision;
    }
    const fs::path newest = newestFolder(model / "snapshots");
    return newest.empty() ? model / "snapshots" : newest;
}

std::vector<fs::path> candidates(const fs::path& run, std::string_view encoderName, const fs::path& explicitDirectory)
{
    std::vector<fs::path> places{run / "encoder"};
    const fs::path name(encoderName);
    if (name.is_absolute()) {
        places.push_back(name);
    } else if (!name.empty()) {
        places.insert(places.end(), {run / name, run.parent_path() / name, name});
    }
    const auto addCollection = [&](const fs::path& folder) { // an encoder itself, or a folder of encoders
        if (!folder.empty()) {
            places.push_back(folder);
            if (!name.empty() && !name.is_absolute()) {
                places.insert(places.end(), {folder / name, folder / name.filename()});
            }
        }
    };
    addCollection(explicitDirectory);
    addCollection(environmentPath("MODSCOPE_ENCODERS"));
    if (const fs::path snapshot = cachedSnapshot(encoderName); !snapshot.empty()) {
        places.push_back(snapshot);
    }
    return places;
}

} // namespace

Result<fs::path> findEncoderDirectory(const fs::path& runDirectory,
                                      std::string_view encoderName,
                                      const fs::path& explicitDirectory)
{
    std::string looked;
    std::error_code ignored;
    fs::path run = fs::absolute(runDirectory, ignored).lexically_normal();
    run = run.has_filename() ? run : run.parent_path();
    for (const fs::path& candidate : candidates(run, encoderName, explicitDirectory)) {
        const fs::path place = fs::absolute(candidate, ignored).lexically_normal();
        if (isFile(place / "config.json")) {
            return place;
        }
        looked += (looked.empty() ? "" : ", ") + place.string();
    }
    return fail(ErrorCode::NotFound,
                runDirectory.string() + ": the encoder '" + std::string(encoderName) +
                    "' was not found; copy its config, tokenizer and preprocessor files into the run as 'encoder', or "
                    "name their folder with --encoder-dir or $MODSCOPE_ENCODERS (looked in: " +
                    looked + ")");
}

} // namespace modscope
