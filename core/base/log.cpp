#include "core/base/log.h"

#include <memory>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace modscope::log {

namespace {

spdlog::logger& logger()
{
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = std::make_shared<spdlog::logger>("modscope", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l: %v");
        made->set_level(spdlog::level::warn);
        made->flush_on(spdlog::level::warn);
        return made;
    }();
    return *instance;
}

} // namespace

void setLevel(Level level)
{
    switch (level) {
    case Level::Trace:
        return logger().set_level(spdlog::level::trace);
    case Level::Debug:
        return logger().set_level(spdlog::level::debug);
    case Level::Info:
        return logger().set_level(spdlog::level::info);
    case Level::Warn:
        return logger().set_level(spdlog::level::warn);
    case Level::Error:
        return logger().set_level(spdlog::level::err);
    case Level::Off:
        return logger().set_level(spdlog::level::off);
    }
}

void debug(std::string_view message)
{
    logger().debug("{}", message);
}

void info(std::string_view message)
{
    logger().info("{}", message);
}

void warn(std::string_view message)
{
    logger().warn("{}", message);
}

void error(std::string_view message)
{
    logger().error("{}", message);
}

} // namespace modscope::log
