#include "core/checkpoint/safetensors_header.h"

#include "core/text/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace modscope {

namespace {

constexpr std::string_view kMetadataKey = "__metadata__";
constexpr std::size_t kMaxDepth = 3; // header, entry, shape

/// Receives the header's events one by one, so that a hostile header never becomes a tree in memory.
/// Every event handler returns false to stop the parse; error() then says why.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderReader(const SafetensorsLimits& limits) : m_limits(limits) {}

    [[nodiscard]] SafetensorsHeader takeHeader() { return std::move(m_header); }
    [[nodiscard]] Error error() const
    {
        return m_error.value_or(Error{ErrorCode::ParseError, "the header is not JSON"});
    }

    bool null() override { return scalar("null"); }
    bool boolean(bool) override { return scalar("a boolean"); }
    bool number_integer(number_integer_t) override { return scalar("a negative number"); }
    bool number_float(number_float_t, const string_t&) override { return scalar("not an unsigned 64-bit integer"); }
    bool binary(binary_t&) override { return scalar("binary"); }
    bool number_unsigned(number_unsigned_t value) override;
    bool string(string_t& value) override;
    bool start_object(std::size_t) override;
    bool key(string_t& value) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override
    {
        return reject("the header is not JSON at byte " + std::to_string(position));
    }

private:
    enum class Field { Dtype, Shape, Offsets, Ignored };

    bool reject(std::string message, ErrorCode code = ErrorCode::ParseError)
    {
        m_error = m_error.value_or(Error{code, std::move(message)});
        return false;
    }
    [[nodiscard]] bool inMetadata() const { return m_name == kMetadataKey; }
    [[nodiscard]] std::string entryName() const { return "the header's entry '" + m_name + "'"; }
    bool scalar(std::string_view what);
    bool keyOfHeader(string_t& value);
    bool keyOfEntry(const string_t& value);

    const SafetensorsLimits& m_limits;
    SafetensorsHeader m_header;
    std::optional<Error> m_error;
    std::vector<std::set<std::string, std::less<>>> m_keys; ///< per open object or array; arrays' sets stay empty
    std::string m_name;                                     ///< of the current entry
    std::string m_metadataKey;
    Field m_field = Field::Ignored;
    SafetensorsEntry m_entry;
    std::set<Field> m_seen; ///< fields of the current entry
    std::vector<std::uint64_t> m_offsets;
};

bool HeaderReader::scalar(std::string_view what)
{
    if (m_keys.empty()) {
        return reject("the header must be a JSON object");
    }
    if (m_keys.size() >= 2 && !inMetadata() && m_field == Field::Ignored) {
        return true;
    }
    return reject(entryName() + " holds " + std::string(what) + " where the format allows none");
}

bool HeaderReader::number_unsigned(number_unsigned_t value)
{
    const bool inList = m_keys.size() == kMaxDepth && !inMetadata();
    if (!inList || m_field == Field::Ignored) {
        return scalar("a number");
    }
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return reject(entryName() + " holds a number of 2^63 or more");
    }
    auto& list = m_field == Field::Shape ? m_entry.shape : m_offsets;
    const std::size_t limit = m_field == Field::Shape ? m_limits.maxRank : 2;
    if (list.size() == limit) {
        return m_field == Field::Shape ? reject(entryName() + " has more than " + std::to_string(limit) + " dimensions",
                                                ErrorCode::LimitExceeded)
                                       : reject(entryName() + " must have exactly two data_offsets");
    }
    list.push_back(value);
    return true;
}

bool HeaderReader::string(string_t& value)
{
    if (m_keys.size() == 2 && inMetadata()) {
        m_header.metadata[m_metadataKey] = std::move(value);
        return true;
    }
    if (m_keys.size() == 2 && m_field == Field::Dtype) {
        m_entry.dtype = std::move(value);
        m_seen.insert(Field::Dtype);
        return true;
    }
    return scalar("a text");
}

bool HeaderReader::start_object(std::size_t)
{
    const bool ignored = m_keys.size() == 2 && !inMetadata() && m_field == Field::Ignored;
    if (m_keys.size() >= 2 && !ignored) {
        return m_keys.size() >= kMaxDepth ? reject(entryName() + " is nested too deeply") : scalar("an object");
    }
    if (m_keys.size() == 1 && !inMetadata()) {
        m_entry = SafetensorsEntry{m_name, {}, {}, 0, 0};
        m_seen.clear();
        m_offsets.clear();
    }
    m_keys.emplace_back();
    return true;
}

bool HeaderReader::key(string_t& value)
{
    if (!m_keys.back().insert(value).second) {
        return reject("the header has the key " + inQuotes(value) + " twice in one object");
    }
    if (m_keys.size() == 1) {
        return keyOfHeader(value);
    }
    if (m_keys.size() == 2 && inMetadata()) {
        m_metadataKey = value;
        return true;
    }
    return m_keys.size() != 2 || keyOfEntry(value);
}

bool HeaderReader::keyOfHeader(string_t& value)
{
    if (value.size() > m_limits.maxNameBytes) {
        return reject("the header has a tensor name of " + std::to_string(value.size()) + " bytes (limit " +
                          std::to_string(m_limits.maxNameBytes) + ")",
                      ErrorCode::LimitExceeded);
    }
    if (std::any_of(value.begin(), value.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; })) {
        return reject("the header has a tensor name with a control character: " + inQuotes(value));
    }
    if (m_keys.back().size() > m_limits.maxTensors) {
        return reject("the header has more than " + std::to_string(m_limits.maxTensors) + " tensors",
                      ErrorCode::LimitExceeded);
    }
    m_name = value;
    return true;
}

bool HeaderReader::keyOfEntry(const string_t& value)
{
    if (value == "dtype") {
        m_field = Field::Dtype;
    } else if (value == "shape") {
        m_field = Field::Shape;
    } else if (value == "data_offsets") {
        m_field = Field::Offsets;
    } else {
        m_field = Field::Ignored;
    }
    return true;
}

bool HeaderReader::end_object()
{
    m_keys.pop_back();
    if (m_keys.size() != 1 || inMetadata()) {
        return true;
    }
    if (m_seen.size() != 3) {
        return reject(entryName() + " must have dtype, shape and data_offsets");
    }
    if (m_offsets.size() != 2) {
        return reject(entryName() + " must have exactly two data_offsets");
    }
    m_entry.begin = m_offsets[0];
    m_entry.end = m_offsets[1];
    m_header.entries.push_back(std::move(m_entry));
    return true;
}

bool HeaderReader::start_array(std::size_t)
{
    if (m_keys.size() >= kMaxDepth) {
        return reject(entryName() + " is nested too deeply");
    }
    if (m_keys.size() < 2 || inMetadata() || m_field == Field::Dtype) {
        return scalar("a list");
    }
    m_keys.emplace_back();
    if (m_field != Field::Ignored) {
        m_seen.insert(m_field);
    }
    return true;
}

bool HeaderReader::end_array()
{
    m_keys.pop_back();
    return true;
}

} // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, const SafetensorsLimits& limits)
{
    // The library skips a byte order mark and takes a NUL for the end; the format allows neither.
    if (json.starts_with("\xEF\xBB\xBF") || json.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::ParseError, "the header is not JSON: it holds a byte order mark or a NUL byte");
    }
    HeaderReader reader(limits);
    if (!nlohmann::json::sax_parse(json, &reader)) {
        return fail(reader.error());
    }
    return reader.takeHeader();
}

} // namespace modscope
