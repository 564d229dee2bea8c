#include "core/data/csv.h"

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

// Any bytes as a table: rows within the limits, and what is written again is read as the same fields.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace modscope;
    CsvLimits limits;
    limits.maxFieldBytes = 256;
    limits.maxFields = 16;
    limits.maxRecordBytes = 1024;
    const std::string text(reinterpret_cast<const char*>(data), size);
    auto reader = CsvReader::fromStream(std::make_unique<std::istringstream>(text), "t.csv", limits);
    if (!reader) {
        return 0;
    }
    for (auto next = reader->next(); next.row && !next.fatal; next = reader->next()) {
        if (!*next.row) {
            continue;
        }
        const auto& fields = (*next.row)->fields;
        const std::string written = "a\n" + csvRecord(fields);
        auto again = CsvReader::fromStream(std::make_unique<std::istringstream>(written), "t.csv", limits);
        const auto row = again->next().row;
        if (!row || !*row || (*row)->fields != fields) {
            std::abort();
        }
    }
    return 0;
}
