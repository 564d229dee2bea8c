#pragma once

namespace modscope {

/// Makes OpenMP's idle threads sleep instead of spin, unless the user's environment says otherwise. libgomp reads this
/// once, when it is loaded: call before modscope_engine is opened, from the thread that starts the others.
void waitPassively();

/// As waitPassively(), for programs that have libgomp loaded before main() (Qt's core library needs it), where the
/// environment comes too late: starts the program over in the same process. Call first in main(); returns when there is
/// nothing to do, or when it is not possible.
void restartWaitingPassively(char** argv);

} // namespace modscope
