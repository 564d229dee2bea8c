#pragma once

#include "core/base/error.h"

#include <functional>
#include <stop_token>
#include <string_view>

namespace CLI {
class App;
class Validator;
} // namespace CLI

namespace modscope::cli {

/// The contract with shells and schedulers (docs/cli.md).
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,      ///< wrong options or configuration
    SomeFailed = 3, ///< done, but some items failed; each is listed on standard error
    Cancelled = 130,
};

/// What every command gets.
struct CommandContext {
    std::stop_token stop; ///< requested by SIGINT and SIGTERM
    bool quiet = false;   ///< no progress, no summary
};

/// A parsed command line, ready to run.
using Command = std::function<ExitCode(const CommandContext&)>;

// Each adds its subcommand; parsing a command line that names it sets `chosen`.
void addPredict(CLI::App& program, Command& chosen);
void addExplain(CLI::App& program, Command& chosen);
void addModels(CLI::App& program, Command& chosen);
void addBench(CLI::App& program, Command& chosen);
void addSimilar(CLI::App& program, Command& chosen);
void addQueue(CLI::App& program, Command& chosen);
void addDoctor(CLI::App& program, Command& chosen);

/// Accepts UTF-8 only: shells pass any bytes, and a damaged text would be judged as another one.
[[nodiscard]] CLI::Validator utf8Only();

/// One line on standard error, after the program's name.
void say(std::string_view message);

/// Says what went wrong. @return the exit code that belongs to it: Cancelled or Failed
[[nodiscard]] ExitCode report(const Error& error);

/// Writes a command's data to standard output. @return Done, or Failed after saying why
[[nodiscard]] ExitCode print(std::string_view data);

} // namespace modscope::cli
