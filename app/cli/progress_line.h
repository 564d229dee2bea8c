#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace modscope::cli {

/// How far a command is, on standard error: a bar on a terminal, a line every ten seconds elsewhere, nothing if quiet.
class ProgressLine {
public:
    ProgressLine(std::string task, bool quiet);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// @param done      items
    /// @param fraction  of the whole task, 0..1, if known
    void update(std::uint64_t done, std::optional<double> fraction);
    /// Takes the bar away, for a message or the end; the next update draws it again.
    void clear();

    /// The text without decoration: "Scoring: 1240 (25 %), 38 a second, 1:39 left".
    [[nodiscard]] static std::string text(std::string_view task,
                                          std::uint64_t done,
                                          std::optional<double> fraction,
                                          double seconds);

private:
    using Clock = std::chrono::steady_clock;

    std::string m_task;
    bool m_quiet;
    bool m_terminal;
    bool m_drawn = false;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_shown = m_start;
};

} // namespace modscope::cli
