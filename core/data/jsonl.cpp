#include "core/data/jsonl.h"

#include "core/data/line_reader.h"
#include "core/text/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace modscope {

struct JsonlReader::State {
    LineReader lines;
};

namespace {

constexpr std::size_t kMaxFields = 4096;

/// Takes one flat object apart. Handlers return false to stop the parse; problem() then says why.
class FlatObject : public nlohmann::json_sax<nlohmann::json> {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    [[nodiscard]] Fields takeFields() { return std::move(m_fields); }
    [[nodiscard]] const std::string& problem() const { return m_problem; }

    bool null() override { return m_inside ? keepNull() : reject("must hold a JSON object"); }
    bool boolean(bool value) override { return keep(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return keep(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return keep(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { return keep(text); }
    bool string(string_t& value) override { return keep(std::move(value)); }
    bool binary(binary_t&) override { return keep({}); }
    bool start_object(std::size_t) override
    {
        return std::exchange(m_inside, true) ? reject("has a nested value under " + inQuotes(m_key)) : true;
    }
    bool key(string_t& value) override
    {
        m_key = std::move(value);
        if (std::find(m_keys.begin(), m_keys.end(), m_key) != m_keys.end()) {
            return reject("has the key " + inQuotes(m_key) + " twice");
        }
        m_keys.push_back(m_key);
        return m_keys.size() <= kMaxFields || reject("has more than " + std::to_string(kMaxFields) + " keys");
    }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override
    {
        return reject(m_inside ? "has a list under " + inQuotes(m_key) : std::string("must hold a JSON object"));
    }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override
    {
        return reject("is not JSON at byte " + std::to_string(position));
    }

private:
    bool reject(std::string problem)
    {
        m_problem = std::move(problem);
        return false;
    }
    bool keepNull() { return true; } // as if the key were not there
    bool keep(std::string value)
    {
        if (!m_inside) {
            return reject("must hold a JSON object");
        }
        m_fields.emplace_back(m_key, std::move(value));
        return true;
    }

    Fields m_fields;
    std::vector<std::string> m_keys;
    std::string m_key;
    std::string m_problem;
    bool m_inside = false;
};

Result<FlatObject::Fields> parseLine(const std::string& line)
{
    if (line.find('\0') != std::string::npos) {
        return fail(ErrorCode::ParseError, "holds a NUL byte");
    }
    FlatObject object;
    if (!nlohmann::json::sax_parse(line, &object)) {
        return fail(ErrorCode::ParseError, object.problem());
    }
    return object.takeFields();
}

} // namespace

JsonlReader::JsonlReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
JsonlReader::~JsonlReader() = default;
JsonlReader::JsonlReader(JsonlReader&&) noexcept = default;
JsonlReader& JsonlReader::operator=(JsonlReader&&) noexcept = default;

Result<JsonlReader> JsonlReader::open(const std::filesystem::path& path)
{
    auto lines = LineReader::open(path);
    if (!lines) {
        return fail(lines.error());
    }
    return JsonlReader(std::make_unique<State>(State{std::move(*lines)}));
}

JsonlReader JsonlReader::fromStream(std::unique_ptr<std::istream> stream, std::string sourceName)
{
    return JsonlReader(
        std::make_unique<State>(State{LineReader::fromStream(std::move(stream), std::move(sourceName))}));
}

std::optional<Result<JsonlReader::Row>> JsonlReader::next()
{
    auto line = m_state->lines.next();
    if (!line) {
        return std::nullopt;
    }
    if (!*line) {
        return fail(line->error());
    }
    auto fields = parseLine((*line)->text);
    if (!fields) {
        return fail(fields.error().code, (*line)->place + fields.error().message);
    }
    return Row{std::move(*fields), (*line)->number};
}

std::uint64_t JsonlReader::bytesRead() const
{
    return m_state->lines.bytesRead();
}

const std::string* JsonlReader::Row::find(std::string_view key) const
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == key; });
    return found == fields.end() ? nullptr : &found->second;
}

} // namespace modscope
