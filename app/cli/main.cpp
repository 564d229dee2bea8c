#include "app/cli/command.h"
#include "app/cli/stop_signals.h"
#include "app/version.h"
#include "core/base/log.h"
#include "core/nn/engine.h"
#include "core/nn/engine_library.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <map>
#include <string>

namespace {

using modscope::cli::Command;
using modscope::cli::ExitCode;

std::string versionText()
{
    const auto engine = modscope::engineLibrary();
    return "modscope-cli " + std::string(modscope::version()) + " (" + std::string(modscope::sourceRevision()) + ")\n" +
           (engine ? "libtorch " + (*engine)->diagnose().torchVersion : engine.error().message);
}

void describe(CLI::App& program)
{
    program.require_subcommand(1);
    program.fallthrough(); // --quiet may stand after the command's name
    program.get_formatter()->column_width(34);
    program.set_help_flag("--help,-h", "Show this help");
    program.set_version_flag("--version", versionText, "Show the versions of the program and of libtorch");
}

// After the commands were added: they would inherit it.
void addFooter(CLI::App& program)
{
    program.footer("Each command has its own --help. Data goes to standard output or --output, messages and progress "
                   "to standard error.\n"
                   "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some items failed, 130 cancelled.\n"
                   "\n"
                   "Models that come with the program: demo (the default) and demo2. They show what the program\n"
                   "does; they are not moderation tools ('modscope-cli models info demo').\n"
                   "\n"
                   "First steps:\n"
                   "  modscope-cli predict --text \"my cat at 4 am\"\n"
                   "  modscope-cli doctor");
}

int runProgram(int argc, char** argv)
{
    using modscope::log::Level;
    const modscope::cli::StopSignals signals; // before any other thread starts
    static const std::map<std::string, Level> kLevels{
        {"debug", Level::Debug}, {"info", Level::Info}, {"warn", Level::Warn}, {"error", Level::Error}};
    Level level = Level::Warn;
    modscope::cli::CommandContext context{signals.token()};
    Command chosen;

    CLI::App program("Scores hateful memes, text and picture together, with trained checkpoints.", "modscope-cli");
    describe(program);
    program.add_flag("--quiet,-q", context.quiet, "No progress and no summary; failures are still listed");
    program.add_option("--log-level", level, "debug, info, warn or error")
        ->type_name("LEVEL")
        ->transform(CLI::CheckedTransformer(kLevels).description(""));
    addPredict(program, chosen);
    addExplain(program, chosen);
    addModels(program, chosen);
    addBench(program, chosen);
    addSimilar(program, chosen);
    addQueue(program, chosen);
    addDoctor(program, chosen);
    addFooter(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? static_cast<int>(ExitCode::Done) : static_cast<int>(ExitCode::Usage);
    }
    modscope::log::setLevel(level);
    return static_cast<int>(chosen(context));
}

} // namespace

int main(int argc, char** argv)
{
    modscope::restartWaitingPassively(argv); // Tesseract has loaded libgomp already
    try {
        return runProgram(argc, argv);
    } catch (const std::exception& error) { // out of memory at worst: core reports everything else as a Result
        modscope::cli::say(error.what());
        return static_cast<int>(ExitCode::Failed);
    }
}
