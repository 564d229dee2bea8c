#include "app/cli/progress_line.h"

#include "app/cli/command.h"

#include <cmath>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace modscope::cli {

namespace {

constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::seconds kLogInterval{10};
constexpr int kBarWidth = 24;

std::string minutes(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(seconds));
    const std::string rest = std::to_string(whole % 60);
    return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

std::string bar(double fraction)
{
    const int filled = static_cast<int>(std::lround(fraction * kBarWidth));
    return "[" + std::string(static_cast<std::size_t>(filled), '#') +
           std::string(static_cast<std::size_t>(kBarWidth - filled), '-') + "] ";
}

} // namespace

ProgressLine::ProgressLine(std::string task, bool quiet)
    : m_task(std::move(task)), m_quiet(quiet), m_terminal(::isatty(STDERR_FILENO) == 1)
{}

ProgressLine::~ProgressLine()
{
    clear();
}

std::string ProgressLine::text(std::string_view task,
                               std::uint64_t done,
                               std::optional<double> fraction,
                               double seconds)
{
    std::string line = std::string(task) + ": " + std::to_string(done);
    if (fraction) {
        line += " (" + std::to_string(static_cast<int>(*fraction * 100)) + " %)";
    }
    if (seconds > 0 && done > 0) {
        const double rate = static_cast<double>(done) / seconds;
        line += ", " + (rate < 10 ? std::to_string(std::llround(rate * 60)) + " a minute"
                                  : std::to_string(std::llround(rate)) + " a second");
    }
    if (fraction && *fraction > 0 && *fraction < 1) {
        line += ", " + minutes(seconds * (1 - *fraction) / *fraction) + " left";
    }
    return line;
}

void ProgressLine::update(std::uint64_t done, std::optional<double> fraction)
{
    const auto now = Clock::now();
    const auto interval = m_terminal ? Clock::duration(kTerminalInterval) : Clock::duration(kLogInterval);
    if (m_quiet || now - m_shown < interval) {
        return;
    }
    m_shown = now;
    const std::string line = text(m_task, done, fraction, std::chrono::duration<double>(now - m_start).count());
    if (!m_terminal) {
        say(line);
        return;
    }
    const std::string drawn = "\r\x1B[K" + (fraction ? bar(*fraction) : std::string()) + line;
    std::fwrite(drawn.data(), 1, drawn.size(), stderr);
    m_drawn = true;
}

void ProgressLine::clear()
{
    if (std::exchange(m_drawn, false)) {
        std::fputs("\r\x1B[K", stderr);
    }
}

} // namespace modscope::cli
