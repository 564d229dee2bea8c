#pragma once

#include "core/base/error.h"

#include <exception>
#include <string>
#include <utility>

namespace modscope::nn {

/// How a failure travels inside the engine module: ATen throws, so everything between two public functions does. Each
/// public function turns it into a Result (engine/guarded.h).
class EngineError : public std::exception {
public:
    explicit EngineError(Error error) : m_error(std::move(error)) {}
    EngineError(ErrorCode code, std::string message) : m_error{code, std::move(message)} {}

    [[nodiscard]] const Error& error() const { return m_error; }
    [[nodiscard]] const char* what() const noexcept override { return m_error.message.c_str(); }

private:
    Error m_error;
};

} // namespace modscope::nn
