#pragma once

#include <string>

namespace modscope::test {

/// Runs one statement behind a store's back, on a connection of its own. Throws what the database says.
/// @param location  a file or a postgresql:// address
void runSql(const std::string& location, const std::string& statement);

} // namespace modscope::test
