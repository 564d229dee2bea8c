#include "tests/store/raw_sql.h"

#include <soci/soci.h>

namespace modscope::test {

void runSql(const std::string& location, const std::string& statement)
{
    const bool server = location.starts_with("postgresql://");
    soci::session sql(server ? "postgresql" : "sqlite3", server ? location : "dbname=" + location);
    sql << statement;
}

} // namespace modscope::test
