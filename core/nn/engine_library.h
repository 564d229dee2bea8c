#pragma once

namespace modscope {

/// Makes OpenMP's idle threads sleep instead of spin, unless the user's environment says otherwise. libgomp reads this
/// once, when it is loaded: call before modscope_engine is opened, from the thread that starts the others.
void waitPassively();

} // namespace modscope
