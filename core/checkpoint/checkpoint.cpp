#include "core/checkpoint/checkpoint.h"

#include "core/checkpoint/opening.h"

namespace modscope {

std::string_view name(HeadKind kind)
{
    return kind == HeadKind::Fusion ? "fusion" : "mtl";
}

Result<Checkpoint> openCheckpoint(const std::filesystem::path& path,
                                  const CheckpointOptions& options,
                                  std::stop_token stop)
{
    Opening opening(path, options, std::move(stop));
    for (const Opening::Step& step : Opening::steps()) {
        if (auto done = opening.perform(step); !done) {
            return fail(done.error());
        }
    }
    return opening.take();
}

Result<std::string> hashCheckpoint(const std::filesystem::path& path, std::stop_token stop, const ProgressFn& progress)
{
    const auto run = openRun(path);
    if (!run) {
        return fail(run.error());
    }
    const auto weights = openWeights(run->checkpoint);
    if (!weights) {
        return fail(weights.error());
    }
    return hashWeights(weights->files, std::move(stop), progress);
}

} // namespace modscope
