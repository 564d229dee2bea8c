#pragma once

#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Private to this room: JSON of configuration files, read with limits and with errors that name file and field.

namespace modscope {

/// Stricter than the library: the root is an object, no key twice in one object, no NUL, at most 32 levels deep.
/// @param source  named in messages
[[nodiscard]] Result<nlohmann::json> parseJsonObject(std::string_view text, std::string_view source);

/// As parseJsonObject, for a file of at most 32 MiB (an index of 100,000 tensors fits).
[[nodiscard]] Result<nlohmann::json> readJsonObject(const std::filesystem::path& path);

/// Typed access to one object's fields. The first wrong field is kept as error(); later reads return their fallback.
/// A missing field and null both mean the fallback.
class JsonFields {
public:
    /// @param where  in front of field names in messages: "config.json: text_config."
    JsonFields(const nlohmann::json& object, std::string where) : m_object(object), m_where(std::move(where)) {}

    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    [[nodiscard]] int integer(std::string_view key, int fallback, int low, int high);
    [[nodiscard]] double number(std::string_view key, double fallback, double low, double high);
    [[nodiscard]] bool boolean(std::string_view key, bool fallback);
    [[nodiscard]] std::string text(std::string_view key, std::string_view fallback = {});
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::vector<float> numbers(std::string_view key, double low, double high);
    /// A nested object; an empty one when it is missing.
    [[nodiscard]] const nlohmann::json& object(std::string_view key);
    /// An integer, or a list whose elements are all the same integer ([224, 224], [49407]).
    [[nodiscard]] int integerOrEqualList(std::string_view key, int fallback, int low, int high);

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// Records a wrong field unless there was one before.
    void reject(std::string_view key, std::string_view expected);

private:
    [[nodiscard]] const nlohmann::json* find(std::string_view key) const;

    const nlohmann::json& m_object;
    std::string m_where;
    std::optional<Error> m_error;
};

} // namespace modscope
