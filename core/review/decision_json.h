#pragma once

#include "core/base/error.h"
#include "core/review/decision.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>

// Private to this room: decisions inside canonical JSON.

namespace modscope {

/// Sets a member unless it is at its default: a short record, and one way to write each value.
template <typename Json, typename Value>
void putUnlessDefault(Json& object, const char* key, const Value& value, const Value& standard = {})
{
    if (value != standard) {
        object[key] = value;
    }
}

/// Reads members one by one and notices those that nobody knows: they would be lost from a hash.
template <typename Json>
class ObjectReader {
public:
    explicit ObjectReader(const Json& object) : m_object(object) {}

    template <typename Value>
    void take(const char* key, Value& value)
    {
        const auto found = m_object.find(key);
        if (found != m_object.end()) {
            m_key = key;
            value = found->template get<Value>();
            ++m_taken;
        }
    }
    [[nodiscard]] bool tookAll() const { return m_taken == m_object.size(); }
    [[nodiscard]] const char* key() const { return m_key; }

private:
    const Json& m_object;
    const char* m_key = "";
    std::size_t m_taken = 0;
};

[[nodiscard]] nlohmann::json decisionJson(const Decision& decision);
/// Errors: ParseError naming the key.
[[nodiscard]] Result<Decision> decisionFromJson(const nlohmann::json& object);

} // namespace modscope
