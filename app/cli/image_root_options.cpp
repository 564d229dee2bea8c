#include "app/cli/image_root_options.h"

#include <CLI/CLI.hpp>

namespace modscope::cli {

void addImageRootOptions(CLI::App& command, std::filesystem::path& imageRoot, bool& allowOutsideRoot)
{
    command
        .add_option("--image-root", imageRoot,
                    "Where a table's relative picture paths begin (default: the table's folder)")
        ->type_name("DIR");
    command.add_flag("--allow-outside-root", allowOutsideRoot,
                     "Accept picture paths in tables that lead out of the image root");
}

} // namespace modscope::cli
