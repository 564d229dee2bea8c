#include "app/cli/command.h"

#include "app/cli/output.h"
#include "core/text/utf8.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

namespace modscope::cli {

CLI::Validator utf8Only()
{
    const auto check = [](const std::string& text) { return isUtf8(text) ? "" : "the text is not UTF-8"; };
    return {check, "", "UTF-8"};
}

void say(std::string_view message)
{
    const std::string line = "modscope-cli: " + std::string(message) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

ExitCode report(const Error& error)
{
    say(error.message);
    return error.code == ErrorCode::Cancelled ? ExitCode::Cancelled : ExitCode::Failed;
}

ExitCode print(std::string_view data)
{
    auto output = Output::open({});
    if (!output) {
        return report(output.error());
    }
    const auto written = output->write(data).and_then([&output] { return output->finish(); });
    return written ? ExitCode::Done : report(written.error());
}

} // namespace modscope::cli
