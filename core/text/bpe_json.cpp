#include "core/text/bpe_json.h"

#include "core/text/utf8.h"

#include <limits>
#include <optional>
#include <vector>

namespace modscope {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 32;      // real files: 8
constexpr std::size_t kMaxValues = 500000; // beside vocabulary and merges; real files: below 10,000

/// Receives the parser's events. Returning false ends the parse; why is in error().
class BpeJsonReader : public nlohmann::json_sax<Json> {
public:
    enum class Root { Tokenizer, Vocabulary };
    explicit BpeJsonReader(Root root) : m_root(root) {}

    BpeJson& result() { return m_result; }
    const std::optional<Error>& error() const { return m_error; }

    bool null() override { return scalar(nullptr); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
    bool number_float(number_float_t value, const string_t&) override { return scalar(value); }
    bool binary(binary_t&) override { return refuse("binary values are not JSON"); }
    bool string(string_t& value) override;
    bool key(string_t& name) override;
    bool start_object(std::size_t) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override;

private:
    enum class Place { Document, Vocabulary, Merges, MergePair };

    bool refuse(std::string message, ErrorCode code = ErrorCode::ParseError);
    bool accept(const Result<void>& result) { return result || refuse(result.error().message, result.error().code); }
    bool scalar(const Json& value);
    bool addPiece(const Json& id);
    bool addMerge(std::string_view left, std::string_view right);
    bool badMerge();
    Json* put(Json value);
    bool open(Json container);
    bool isModelField(std::string_view name) const;

    Root m_root;
    Place m_place = Place::Document;
    BpeJson m_result;
    std::optional<Error> m_error;
    std::vector<Json*> m_open; // containers of the document that are not closed yet, outermost first
    std::string m_section;     // the outermost key
    std::string m_key;         // the innermost key
    std::vector<std::string> m_pair;
    std::size_t m_values = 0;
};

bool BpeJsonReader::refuse(std::string message, ErrorCode code)
{
    m_error = Error{code, std::move(message)};
    return false;
}

bool BpeJsonReader::parse_error(std::size_t position, const std::string&, const Json::exception&)
{
    return refuse("is not valid JSON at byte " + std::to_string(position));
}

bool BpeJsonReader::isModelField(std::string_view name) const
{
    return m_open.size() == 2 && m_section == "model" && m_key == name;
}

Json* BpeJsonReader::put(Json value)
{
    if (++m_values > kMaxValues) {
        refuse("has more than " + std::to_string(kMaxValues) + " values beside vocabulary and merges",
               ErrorCode::LimitExceeded);
        return nullptr;
    }
    if (m_open.empty()) {
        m_result.rest = std::move(value);
        return &m_result.rest;
    }
    Json& parent = *m_open.back();
    if (parent.is_array()) {
        parent.push_back(std::move(value));
        return &parent.back();
    }
    return &(parent[m_key] = std::move(value));
}

bool BpeJsonReader::open(Json container)
{
    if (m_open.size() >= kMaxDepth) {
        return refuse("is nested deeper than " + std::to_string(kMaxDepth) + " levels", ErrorCode::LimitExceeded);
    }
    m_open.push_back(put(std::move(container)));
    return m_open.back() != nullptr;
}

bool BpeJsonReader::scalar(const Json& value)
{
    switch (m_place) {
    case Place::Document:
        return put(value) != nullptr;
    case Place::Vocabulary:
        return addPiece(value);
    case Place::Merges:
    case Place::MergePair:
        break;
    }
    return badMerge();
}

bool BpeJsonReader::string(string_t& value)
{
    switch (m_place) {
    case Place::Document:
        return put(std::move(value)) != nullptr;
    case Place::Vocabulary:
        return addPiece(value);
    case Place::MergePair:
        m_pair.push_back(std::move(value));
        return m_pair.size() <= 2 || badMerge();
    case Place::Merges:
        break;
    }
    const std::string_view text = value;
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos) {
        return badMerge();
    }
    return addMerge(text.substr(0, space), text.substr(space + 1));
}

bool BpeJsonReader::key(string_t& name)
{
    if (m_open.size() == 1 && m_place == Place::Document) {
        m_section = name;
    }
    m_key = std::move(name);
    return true;
}

bool BpeJsonReader::addPiece(const Json& id)
{
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() > std::numeric_limits<std::int32_t>::max()) {
        return refuse("the id of piece " + inQuotes(m_key) + " is not a whole number up to 2147483647");
    }
    return accept(m_result.vocabulary.add(m_key, id.get<std::int32_t>()));
}

bool BpeJsonReader::badMerge()
{
    return refuse("merge " + std::to_string(m_result.merges.size() + 1) + " is not a pair of pieces");
}

bool BpeJsonReader::addMerge(std::string_view left, std::string_view right)
{
    if (left.empty() || right.empty()) {
        return badMerge();
    }
    m_result.merges.add(left, right);
    return true;
}

bool BpeJsonReader::start_object(std::size_t)
{
    if (m_place != Place::Document) {
        return m_place == Place::Vocabulary ? addPiece(Json::object()) : badMerge();
    }
    if (isModelField("vocab") || (m_root == Root::Vocabulary && m_open.empty())) {
        m_place = Place::Vocabulary;
        return true;
    }
    return isModelField("merges") ? badMerge() : open(Json::object());
}

bool BpeJsonReader::end_object()
{
    if (m_place == Place::Vocabulary) {
        m_place = Place::Document;
    } else {
        m_open.pop_back();
    }
    return true;
}

bool BpeJsonReader::start_array(std::size_t)
{
    switch (m_place) {
    case Place::Document:
        break;
    case Place::Vocabulary:
        return addPiece(Json::array());
    case Place::Merges:
        m_place = Place::MergePair;
        m_pair.clear();
        return true;
    case Place::MergePair:
        return badMerge();
    }
    if (isModelField("merges")) {
        m_place = Place::Merges;
        return true;
    }
    if (isModelField("vocab")) { // Unigram models list [piece, score] here
        return refuse("model.vocab is a list; only BPE models are supported", ErrorCode::Unsupported);
    }
    return open(Json::array());
}

bool BpeJsonReader::end_array()
{
    switch (m_place) {
    case Place::MergePair:
        m_place = Place::Merges;
        return m_pair.size() == 2 ? addMerge(m_pair[0], m_pair[1]) : badMerge();
    case Place::Merges:
        m_place = Place::Document;
        return true;
    case Place::Document:
    case Place::Vocabulary:
        break;
    }
    m_open.pop_back();
    return true;
}

Result<BpeJson> parse(std::string_view json, BpeJsonReader::Root root, const std::string& source)
{
    BpeJsonReader reader(root);
    if (!Json::sax_parse(json, &reader)) {
        return fail(reader.error()->code, source + ": " + reader.error()->message);
    }
    return std::move(reader.result());
}

} // namespace

Result<BpeJson> parseBpeJson(std::string_view json, const std::string& source)
{
    return parse(json, BpeJsonReader::Root::Tokenizer, source);
}

Result<Vocabulary> parseVocabularyJson(std::string_view json, const std::string& source)
{
    auto result = parse(json, BpeJsonReader::Root::Vocabulary, source);
    if (!result) {
        return fail(result.error());
    }
    if (result->vocabulary.size() == 0) {
        return fail(ErrorCode::ParseError, source + ": is not an object of pieces and ids");
    }
    return std::move(result->vocabulary);
}

} // namespace modscope
