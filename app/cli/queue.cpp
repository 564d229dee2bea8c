#include "app/cli/queue_options.h"

#include <CLI/CLI.hpp>

namespace modscope::cli {

void addQueue(CLI::App& program, Command& chosen)
{
    CLI::App* queue = program.add_subcommand("queue", "The review store: import, export, statistics, checks, people");
    queue->require_subcommand(1);
    queue->fallthrough();
    addQueueImport(*queue, chosen);
    addQueueExport(*queue, chosen);
    addQueueStats(*queue, chosen);
    addQueueVerify(*queue, chosen);
    addQueueAssign(*queue, chosen);
    addQueuePeople(*queue, chosen);
    queue->footer("A store is one desk's file or a team's database. Filters and orders are those of the search line\n"
                  "of the Review page.");
}

} // namespace modscope::cli
