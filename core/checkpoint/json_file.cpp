#include "core/checkpoint/json_file.h"

#include "core/base/file.h"
#include "core/text/utf8.h"

#include <set>

namespace modscope {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxJsonBytes = std::uint64_t{32} << 20U;
constexpr std::size_t kMaxJsonDepth = 32;

/// Watches a parse for what the library lets pass: repeated keys and bottomless nesting.
class StrictnessGuard {
public:
    bool operator()(json::parse_event_t event, const json& value)
    {
        using Event = json::parse_event_t;
        if (!m_problem.empty()) {
            return false;
        }
        if (event == Event::object_start || event == Event::array_start) {
            m_keys.emplace_back();
            if (m_keys.size() > kMaxJsonDepth) {
                note("is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
            }
        } else if (event == Event::object_end || event == Event::array_end) {
            m_keys.pop_back();
        } else if (event == Event::key && !m_keys.back().insert(value.get<std::string>()).second) {
            note("has the key " + inQuotes(value.get<std::string>()) + " twice in one object");
        }
        return m_problem.empty(); // false discards what follows: nothing more is built
    }
    [[nodiscard]] const std::string& problem() const { return m_problem; }

private:
    void note(std::string problem)
    {
        if (m_problem.empty()) {
            m_problem = std::move(problem);
        }
    }

    std::vector<std::set<std::string>> m_keys;
    std::string m_problem;
};

// "[json.exception.parse_error.101] parse error at line 1 …": people need only what follows the bracket.
std::string reasonOf(const json::exception& error)
{
    const std::string_view text = error.what();
    const auto bracket = text.find("] ");
    return std::string(bracket == std::string_view::npos ? text : text.substr(bracket + 2));
}

} // namespace

Result<json> parseJsonObject(std::string_view text, std::string_view source)
{
    const std::string name(source);
    if (text.find('\0') != std::string_view::npos) { // the library would take it for the end of the text
        return fail(ErrorCode::ParseError, name + ": holds a NUL byte, which JSON does not allow");
    }
    StrictnessGuard guard;
    json document;
    try {
        document =
            json::parse(text, [&guard](int, json::parse_event_t event, json& value) { return guard(event, value); });
    } catch (const json::exception& error) {
        return fail(ErrorCode::ParseError, name + ": is not JSON: " + reasonOf(error));
    }
    if (!guard.problem().empty()) {
        return fail(ErrorCode::ParseError, name + ": " + guard.problem());
    }
    if (!document.is_object()) {
        return fail(ErrorCode::ParseError, name + ": must hold a JSON object");
    }
    return document;
}

Result<json> readJsonObject(const std::filesystem::path& path)
{
    const auto text = readTextFile(path, kMaxJsonBytes);
    if (!text) {
        return fail(text.error());
    }
    return parseJsonObject(*text, path.string());
}

const json* JsonFields::find(std::string_view key) const
{
    const auto found = m_object.find(key);
    return found == m_object.end() || found->is_null() ? nullptr : &*found;
}

void JsonFields::reject(std::string_view key, std::string_view expected)
{
    if (!m_error) {
        m_error = Error{ErrorCode::ParseError, m_where + std::string(key) + " must be " + std::string(expected)};
    }
}

int JsonFields::integer(std::string_view key, int fallback, int low, int high)
{
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    // Compared as the wide type first: 2^32 + 1 must not become 1.
    const bool fits = value->is_number_unsigned()
                          ? high >= 0 && value->get<std::uint64_t>() <= static_cast<std::uint64_t>(high)
                          : value->is_number_integer() && value->get<std::int64_t>() <= high;
    if (!fits || value->get<std::int64_t>() < low) {
        reject(key, "an integer from " + std::to_string(low) + " to " + std::to_string(high));
        return fallback;
    }
    return value->get<int>();
}

double JsonFields::number(std::string_view key, double fallback, double low, double high)
{
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_number() || !(value->get<double>() >= low && value->get<double>() <= high)) {
        reject(key, "a number from " + json(low).dump() + " to " + json(high).dump());
        return fallback;
    }
    return value->get<double>();
}

bool JsonFields::boolean(std::string_view key, bool fallback)
{
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_boolean()) {
        reject(key, "true or false");
        return fallback;
    }
    return value->get<bool>();
}

std::string JsonFields::text(std::string_view key, std::string_view fallback)
{
    const json* value = find(key);
    if (value == nullptr) {
        return std::string(fallback);
    }
    if (!value->is_string()) {
        reject(key, "a text");
        return std::string(fallback);
    }
    return value->get<std::string>();
}

std::vector<std::string> JsonFields::texts(std::string_view key)
{
    const json* value = find(key);
    std::vector<std::string> result;
    if (value == nullptr) {
        return result;
    }
    if (!value->is_array()) {
        reject(key, "a list of texts");
        return result;
    }
    for (const json& element : *value) {
        if (!element.is_string()) {
            reject(key, "a list of texts");
            return {};
        }
        result.push_back(element.get<std::string>());
    }
    return result;
}

std::vector<float> JsonFields::numbers(std::string_view key, double low, double high)
{
    const json* value = find(key);
    std::vector<float> result;
    if (value == nullptr) {
        return result;
    }
    const std::string expected = "a list of numbers from " + json(low).dump() + " to " + json(high).dump();
    if (!value->is_array()) {
        reject(key, expected);
        return result;
    }
    for (const json& element : *value) {
        if (!element.is_number() || !(element.get<double>() >= low && element.get<double>() <= high)) {
            reject(key, expected);
            return {};
        }
        result.push_back(element.get<float>());
    }
    return result;
}

const json& JsonFields::object(std::string_view key)
{
    static const json kEmpty = json::object();
    const json* value = find(key);
    if (value == nullptr) {
        return kEmpty;
    }
    if (!value->is_object()) {
        reject(key, "an object");
        return kEmpty;
    }
    return *value;
}

int JsonFields::integerOrEqualList(std::string_view key, int fallback, int low, int high)
{
    const json* value = find(key);
    if (value == nullptr || !value->is_array()) {
        return integer(key, fallback, low, high);
    }
    int common = fallback;
    for (std::size_t index = 0; index < value->size(); ++index) {
        const json wrapped{{std::string(key), (*value)[index]}};
        JsonFields element(wrapped, m_where);
        const int number = element.integer(key, low - 1, low, high);
        if (element.error() || number < low || (index > 0 && number != common)) {
            reject(key, "an integer, or a list of equal integers");
            return fallback;
        }
        common = number;
    }
    if (value->empty()) {
        reject(key, "an integer, or a list of equal integers");
    }
    return common;
}

} // namespace modscope
