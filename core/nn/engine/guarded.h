#pragma once

#include "core/base/error.h"
#include "core/nn/modules/engine_error.h"

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <new>
#include <string_view>
#include <type_traits>

namespace modscope::nn {

/// Runs a public function's body: gradients off (the mode is per thread), exceptions turned into the one sentence we
/// show.
template <typename Body>
[[nodiscard]] Result<std::invoke_result_t<Body>> guarded(Body&& body)
{
    try {
        const c10::InferenceMode inference;
        return body();
    } catch (const EngineError& error) {
        return fail(error.error());
    } catch (const c10::Error& error) {
        const std::string message = error.what_without_backtrace();
        const bool memory = message.find("memory") != std::string::npos && message.find("alloc") != std::string::npos;
        return fail(memory ? ErrorCode::OutOfMemory : ErrorCode::Internal, message);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to run the model");
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what());
    }
}

} // namespace modscope::nn
