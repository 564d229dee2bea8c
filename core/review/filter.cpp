#include "core/review/filter.h"

#include "core/review/words.h"

#include <charconv>
#include <cmath>

namespace modscope {

namespace {

using Field = FilterTerm::Field;

enum class Shape : std::uint8_t { Names, Number, NamedNumber, Duration };

struct FieldInfo {
    std::string_view name;
    Field field;
    Shape shape;
};
constexpr std::array<FieldInfo, 12> kFields = {{{"state", Field::State, Shape::Names},
                                                {"is", Field::Is, Shape::Names},
                                                {"class", Field::Class, Shape::Names},
                                                {"score", Field::Score, Shape::NamedNumber},
                                                {"risk", Field::Risk, Shape::Number},
                                                {"margin", Field::Margin, Shape::Number},
                                                {"disagreement", Field::Disagreement, Shape::Number},
                                                {"source", Field::Source, Shape::Names},
                                                {"age", Field::Age, Shape::Duration},
                                                {"duplicates", Field::Duplicates, Shape::Number},
                                                {"skips", Field::Skips, Shape::Number},
                                                {"by", Field::By, Shape::Names}}};

struct Unit {
    char letter;
    double ms;
};
constexpr std::array<Unit, 4> kUnits = {{{'d', 86'400'000}, {'h', 3'600'000}, {'m', 60'000}, {'s', 1'000}}};

const FieldInfo* fieldNamed(std::string_view word)
{
    const auto found =
        std::find_if(kFields.begin(), kFields.end(), [&](const FieldInfo& one) { return one.name == word; });
    return found == kFields.end() ? nullptr : &*found;
}

const FieldInfo& infoOf(Field field)
{
    return *std::find_if(kFields.begin(), kFields.end(), [&](const FieldInfo& one) { return one.field == field; });
}

/// Reads a filter's text from left to right.
class FilterReader {
public:
    explicit FilterReader(std::string_view text) : m_text(text) {}

    Result<Filter> read()
    {
        Filter filter;
        while (skipSpaces()) {
            auto term = readTerm();
            if (!term) {
                return fail(term.error());
            }
            filter.terms.push_back(std::move(*term));
        }
        return filter;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] char at() const { return m_text[m_position]; }

    bool skipSpaces()
    {
        while (!atEnd() && at() == ' ') {
            ++m_position;
        }
        return !atEnd();
    }

    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& why) const
    {
        const std::size_t end = std::min(m_text.find(' ', m_termStart), m_text.size());
        return fail(ErrorCode::ParseError,
                    "filter: '" + std::string(m_text.substr(m_termStart, end - m_termStart)) + "': " + why);
    }

    Result<FilterTerm> readTerm()
    {
        m_termStart = m_position;
        FilterTerm term;
        if (at() == '-' && m_position + 1 < m_text.size() && m_text[m_position + 1] != ' ') {
            term.negated = true;
            ++m_position;
        }
        std::size_t end = m_position;
        while (end < m_text.size() && m_text[end] >= 'a' && m_text[end] <= 'z') {
            ++end;
        }
        const bool named = end < m_text.size() && end > m_position &&
                           std::string_view(":<>=").find(m_text[end]) != std::string_view::npos;
        if (!named) {
            return readWords(std::move(term));
        }
        const std::string_view word = m_text.substr(m_position, end - m_position);
        const FieldInfo* info = fieldNamed(word);
        if (info == nullptr) {
            return refuse("'" + std::string(word) + "' is not a field (" + fieldNames() +
                          "); put words with ':' in quotes");
        }
        m_position = end;
        term.field = info->field;
        return info->shape == Shape::Names         ? readNames(std::move(term))
               : info->shape == Shape::NamedNumber ? readNamedNumber(std::move(term))
                                                   : readComparison(std::move(term), info->shape);
    }

    Result<FilterTerm> readWords(FilterTerm term)
    {
        auto words = readValue(" ");
        if (!words) {
            return fail(words.error());
        }
        term.values.push_back(std::move(*words));
        return term;
    }

    Result<FilterTerm> readNames(FilterTerm term)
    {
        if (at() != ':') {
            return refuse("a name after ':' is expected");
        }
        do {
            ++m_position;
            auto value = readValue(" |");
            if (!value) {
                return fail(value.error());
            }
            term.values.push_back(std::move(*value));
        } while (!atEnd() && at() == '|');
        return checkNames(std::move(term));
    }

    Result<FilterTerm> checkNames(FilterTerm term) const
    {
        static constexpr std::array<std::string_view, 7> kIs = {"escalated", "golden", "audit",  "together",
                                                                "picture",   "text",   "decided"};
        for (const std::string& value : term.values) {
            if (term.field == Field::State) {
                if (auto known = itemStateNamed(value); !known) {
                    return refuse(known.error().message);
                }
            } else if (term.field == Field::Is) {
                if (auto known = valueNamed<int>(kIs, value, "something an item can be"); !known) {
                    return refuse(known.error().message);
                }
            }
        }
        return term;
    }

    Result<FilterTerm> readNamedNumber(FilterTerm term)
    {
        if (at() != ':') {
            return refuse("a class after ':' is expected");
        }
        ++m_position;
        auto value = readValue(" <>=");
        if (!value) {
            return fail(value.error());
        }
        term.values.push_back(std::move(*value));
        return readComparison(std::move(term), Shape::Number);
    }

    /// ">=0.5", "<=0.5", "=0.3..0.7"; ':' stands for '=', and '<', '>' for the closed ends.
    Result<FilterTerm> readComparison(FilterTerm term, Shape shape)
    {
        const char comparison = atEnd() ? ' ' : at();
        if (std::string_view("<>=:").find(comparison) == std::string_view::npos) {
            return refuse("a comparison (>=, <=, =) is expected");
        }
        ++m_position;
        if (!atEnd() && at() == '=') {
            ++m_position;
        }
        const std::size_t end = std::min(m_text.find(' ', m_position), m_text.size());
        const std::string_view numbers = m_text.substr(m_position, end - m_position);
        m_position = end;
        const std::size_t dots = numbers.find("..");
        const bool range = dots != std::string_view::npos && (comparison == '=' || comparison == ':');
        const auto low = number(range ? numbers.substr(0, dots) : numbers, shape);
        const auto high = range ? number(numbers.substr(dots + 2), shape) : low;
        if (!low || !high) {
            return refuse(shape == Shape::Duration ? "a time like 30m, 12h or 2d is expected" : "a number is expected");
        }
        if (comparison != '<') {
            term.range.low = *low;
        }
        if (comparison != '>') {
            term.range.high = *high;
        }
        return term;
    }

    static std::optional<double> number(std::string_view text, Shape shape)
    {
        double factor = 1;
        if (shape == Shape::Duration && !text.empty()) {
            const auto unit =
                std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.letter == text.back(); });
            if (unit == kUnits.end()) {
                return std::nullopt;
            }
            factor = unit->ms;
            text.remove_suffix(1);
        }
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole =
            !text.empty() && error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
        return whole ? std::optional(value * factor) : std::nullopt;
    }

    /// A word, or several in quotes where "" is a quote.
    Result<std::string> readValue(std::string_view stops)
    {
        std::string value;
        if (atEnd() || at() != '"') {
            while (!atEnd() && stops.find(at()) == std::string_view::npos) {
                value += at();
                ++m_position;
            }
        } else {
            ++m_position;
            while (true) {
                if (atEnd()) {
                    return refuse("a quote is missing at the end");
                }
                const char letter = at();
                ++m_position;
                if (letter == '"' && (atEnd() || at() != '"')) {
                    break;
                }
                m_position += letter == '"' ? 1 : 0;
                value += letter;
            }
        }
        if (value.empty()) {
            return refuse("a value is missing");
        }
        return value;
    }

    static std::string fieldNames()
    {
        std::string names;
        for (const FieldInfo& info : kFields) {
            names += (names.empty() ? "" : ", ") + std::string(info.name);
        }
        return names;
    }

    std::string_view m_text;
    std::size_t m_position = 0;
    std::size_t m_termStart = 0;
};

std::string quoted(const std::string& value, bool isWords)
{
    const bool plain = value.find_first_of(" \"|<>=:") == std::string::npos && !(isWords && value.starts_with('-'));
    if (plain) {
        return value;
    }
    std::string text = "\"";
    for (const char letter : value) {
        text += letter == '"' ? "\"\"" : std::string(1, letter);
    }
    return text + '"';
}

std::string numberText(double value, Shape shape)
{
    std::string unit;
    if (shape == Shape::Duration) {
        const auto fits =
            std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return std::fmod(value, one.ms) == 0; });
        const Unit& best = fits == kUnits.end() ? kUnits.back() : *fits;
        value /= best.ms;
        unit = best.letter;
    }
    return decimal(value) + unit;
}

std::string rangeText(const Range& range, Shape shape)
{
    if (std::isinf(range.high)) {
        return ">=" + numberText(range.low, shape);
    }
    if (std::isinf(range.low)) {
        return "<=" + numberText(range.high, shape);
    }
    return "=" + numberText(range.low, shape) + ".." + numberText(range.high, shape);
}

std::string termText(const FilterTerm& term)
{
    const std::string sign = term.negated ? "-" : "";
    if (term.field == Field::Words) {
        return sign + quoted(term.values.front(), true);
    }
    const FieldInfo& info = infoOf(term.field);
    std::string text = sign + std::string(info.name);
    for (std::size_t i = 0; i < term.values.size(); ++i) {
        text += (i == 0 ? ":" : "|") + quoted(term.values[i], false);
    }
    return info.shape == Shape::Names ? text : text + rangeText(term.range, info.shape);
}

} // namespace

Result<Filter> parseFilter(std::string_view text)
{
    return FilterReader(text).read();
}

std::string toText(const Filter& filter)
{
    std::string text;
    for (const FilterTerm& term : filter.terms) {
        text += (text.empty() ? "" : " ") + termText(term);
    }
    return text;
}

} // namespace modscope
