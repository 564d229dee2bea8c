#include "core/data/csv.h"

#include "core/data/byte_source.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <set>

namespace modscope {

struct CsvReader::State {
    State(ByteSource bytes, CsvLimits rowLimits) : source(std::move(bytes)), limits(rowLimits) {}

    ByteSource source;
    CsvLimits limits;
    std::vector<std::string> header;
    std::uint64_t line = 1; ///< of the next byte
    std::uint64_t number = 0;
};

namespace {

/// One record on its way from bytes to fields. A problem of the record is kept and the rest of it stepped over.
class RecordParser {
public:
    RecordParser(ByteSource& source, const CsvLimits& limits, std::uint64_t& line)
        : m_source(source), m_limits(limits), m_line(line)
    {}

    /// @return false at the end of the table
    bool parse()
    {
        skipBlankLines();
        if (m_source.peek() == ByteSource::kEnd) {
            return false;
        }
        m_row.line = m_line;
        while (parseField()) {
        }
        return true;
    }

    [[nodiscard]] CsvRow takeRow() { return std::move(m_row); }
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    /// The line where a quote opened that nothing closed.
    [[nodiscard]] std::optional<std::uint64_t> openQuote() const { return m_openQuote; }

private:
    void skipBlankLines()
    {
        while (m_source.peek() == '\n' || m_source.peek() == '\r') {
            if (m_source.get() == '\n') {
                ++m_line;
            }
        }
    }

    void note(ErrorCode code, const std::string& message)
    {
        if (!m_problem) {
            m_problem = Error{code, "field " + std::to_string(m_row.fields.size() + 1) + " " + message};
        }
    }

    void keep(char byte)
    {
        if (byte == '\0') {
            note(ErrorCode::ParseError, "holds a NUL byte");
        }
        if (m_field.size() == m_limits.maxFieldBytes || m_recordBytes == m_limits.maxRecordBytes) {
            const bool fieldIsFull = m_field.size() == m_limits.maxFieldBytes;
            note(ErrorCode::LimitExceeded,
                 fieldIsFull ? "is longer than " + std::to_string(m_limits.maxFieldBytes) + " bytes"
                             : "makes the row longer than " + std::to_string(m_limits.maxRecordBytes) + " bytes");
        }
        if (!m_problem) {
            m_field += byte;
            ++m_recordBytes;
        }
    }

    void finishField()
    {
        if (!isUtf8(m_field)) {
            note(ErrorCode::ParseError, "is not UTF-8");
        }
        if (m_row.fields.size() == m_limits.maxFields) {
            note(ErrorCode::LimitExceeded, "is one more than the limit");
        }
        if (!m_problem) {
            m_row.fields.push_back(std::move(m_field));
        }
        m_field.clear();
    }

    /// @return whether another field follows
    bool parseField()
    {
        const bool isQuoted = m_source.peek() == '"';
        if (isQuoted && !parseQuoted()) {
            return false;
        }
        for (int byte = m_source.get();; byte = m_source.get()) {
            const bool lineEnd = byte == '\n' || (byte == '\r' && m_source.peek() == '\n');
            if (byte == ',' || byte == ByteSource::kEnd || lineEnd) {
                finishField();
                finishLine(byte);
                return byte == ',';
            }
            if (isQuoted) {
                note(ErrorCode::ParseError, "has text after its closing quote");
            }
            keep(static_cast<char>(byte));
        }
    }

    void finishLine(int byte)
    {
        if (byte == '\r') {
            byte = m_source.get();
        }
        m_line += byte == '\n' ? 1 : 0;
    }

    /// @return false if the table ended inside the quotes
    bool parseQuoted()
    {
        const std::uint64_t opened = m_line;
        static_cast<void>(m_source.get());
        for (int byte = m_source.get(); byte != ByteSource::kEnd; byte = m_source.get()) {
            if (byte == '"') {
                if (m_source.peek() != '"') {
                    return true;
                }
                static_cast<void>(m_source.get()); // a doubled quote is one quote of the text
            }
            m_line += byte == '\n' ? 1 : 0;
            keep(static_cast<char>(byte));
        }
        m_openQuote = opened;
        return false;
    }

    ByteSource& m_source;
    const CsvLimits& m_limits;
    std::uint64_t& m_line;
    CsvRow m_row;
    std::string m_field;
    std::size_t m_recordBytes = 0;
    std::optional<Error> m_problem;
    std::optional<std::uint64_t> m_openQuote;
};

Result<void> checkHeader(const std::vector<std::string>& names, const std::string& where)
{
    std::set<std::string_view> seen;
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index].empty()) {
            return fail(ErrorCode::ParseError,
                        where + "column " + std::to_string(index + 1) + " of the header has no name");
        }
        if (!seen.insert(names[index]).second) {
            return fail(ErrorCode::ParseError,
                        where + "the header names the column " + inQuotes(names[index]) + " twice");
        }
    }
    return {};
}

bool needsQuotes(std::string_view field)
{
    return field.find_first_of(",\"\r\n") != std::string_view::npos;
}

} // namespace

CsvReader::CsvReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;

Result<CsvReader> CsvReader::fromState(std::unique_ptr<State> state)
{
    CsvReader reader(std::move(state));
    reader.m_state->source.skipByteOrderMark();
    const Next first = reader.next();
    reader.m_state->number = 0;
    const std::string& name = reader.m_state->source.name();
    if (!first.row) {
        return fail(ErrorCode::ParseError, name + ": is empty, a header line was expected");
    }
    if (!*first.row) {
        return fail(first.row->error());
    }
    const std::string where = name + ":" + std::to_string((*first.row)->line) + ": ";
    if (auto valid = checkHeader((*first.row)->fields, where); !valid) {
        return fail(valid.error());
    }
    reader.m_state->header = (*first.row)->fields;
    return reader;
}

Result<CsvReader> CsvReader::open(const std::filesystem::path& path, CsvLimits limits)
{
    auto source = ByteSource::open(path);
    if (!source) {
        return fail(source.error());
    }
    return fromState(std::make_unique<State>(std::move(*source), limits));
}

Result<CsvReader> CsvReader::fromStream(std::unique_ptr<std::istream> stream, std::string sourceName, CsvLimits limits)
{
    return fromState(std::make_unique<State>(ByteSource(std::move(stream), std::move(sourceName)), limits));
}

const std::vector<std::string>& CsvReader::header() const
{
    return m_state->header;
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const
{
    const auto found = std::find(m_state->header.begin(), m_state->header.end(), name);
    return found == m_state->header.end() ? std::nullopt
                                          : std::optional(static_cast<std::size_t>(found - m_state->header.begin()));
}

std::uint64_t CsvReader::bytesRead() const
{
    return m_state->source.bytesRead();
}

CsvReader::Next CsvReader::next()
{
    State& state = *m_state;
    RecordParser parser(state.source, state.limits, state.line);
    const bool found = parser.parse();
    if (state.source.error()) {
        return {fail(*state.source.error()), true};
    }
    if (!found) {
        return {};
    }
    if (parser.openQuote()) {
        return {fail(ErrorCode::ParseError, state.source.name() + ":" + std::to_string(*parser.openQuote()) +
                                                ": the quote that opens here is never closed"),
                true};
    }
    CsvRow row = parser.takeRow();
    row.number = ++state.number;
    if (parser.problem()) {
        const std::string where = state.source.name() + ":" + std::to_string(row.line) + ": ";
        return {fail(parser.problem()->code, where + parser.problem()->message), false};
    }
    return {std::move(row), false};
}

std::string csvRecord(std::span<const std::string> fields)
{
    if (fields.size() == 1 && fields.front().empty()) {
        return "\"\"\n"; // a bare line end would be read as a blank line
    }
    std::string record;
    for (std::size_t index = 0; index < fields.size(); ++index) {
        record += index > 0 ? "," : "";
        if (!needsQuotes(fields[index])) {
            record += fields[index];
            continue;
        }
        record += '"';
        for (const char byte : fields[index]) {
            record += byte == '"' ? "\"\"" : std::string_view(&byte, 1);
        }
        record += '"';
    }
    return record + "\n";
}

} // namespace modscope
