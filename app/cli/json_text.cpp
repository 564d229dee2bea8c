#include "app/cli/json_text.h"

#include <nlohmann/json.hpp>

namespace modscope::cli {

std::string jsonText(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace modscope::cli
