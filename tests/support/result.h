#pragma once

#include "core/base/error.h"

#include <QtGlobal>

#include <utility>

namespace modscope::test {

/// What a call gave. A call that failed ends the program with its message: a test without its data must not pass.
template <typename T>
[[nodiscard]] T valueOf(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
    return std::move(*result);
}

inline void mustBe(const Result<void>& result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
}

} // namespace modscope::test
