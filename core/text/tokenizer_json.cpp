#include "core/text/tokenizer_json.h"

#include "core/base/file.h"
#include "core/text/bpe_json.h"
#include "core/text/utf8.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace modscope {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxJsonFileBytes = std::uint64_t{256} * 1024 * 1024;

/// Leaves the nested readers below; caught in parseTokenizerJson.
struct Refusal {
    Error error;
};

[[noreturn]] void refuse(std::string message, ErrorCode code = ErrorCode::ParseError)
{
    throw Refusal{{code, std::move(message)}};
}

const Json& field(const Json& object, const char* name)
{
    static const Json null;
    if (!object.is_object()) {
        refuse(std::string("an object with the field ") + name + " was expected, not " + inQuotes(object.dump()));
    }
    const auto entry = object.find(name);
    return entry == object.end() ? null : *entry;
}

/// A list's elements; none if it is absent.
const Json& elements(const Json& object, const char* name)
{
    const Json& list = field(object, name);
    if (!list.is_null() && !list.is_array()) {
        refuse(std::string(name) + " must be a list");
    }
    return list;
}

std::string textOr(const Json& object, const char* name, std::string fallback)
{
    const Json& value = field(object, name);
    if (!value.is_null() && !value.is_string()) {
        refuse(std::string(name) + " must be a string");
    }
    return value.is_null() ? std::move(fallback) : value.get<std::string>();
}

bool flagOr(const Json& object, const char* name, bool fallback)
{
    const Json& value = field(object, name);
    if (!value.is_null() && !value.is_boolean()) {
        refuse(std::string(name) + " must be true or false");
    }
    return value.is_null() ? fallback : value.get<bool>();
}

std::int32_t asId(const Json& value, const std::string& owner)
{
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<std::int32_t>::max()) {
        refuse(owner + ": the id is not a whole number up to 2147483647");
    }
    return value.get<std::int32_t>();
}

/// "Replace /\s+/ by \" \"", "Split \" \" MergedWithPrevious" or just the type.
std::string stepName(const Json& step)
{
    std::string name = textOr(step, "type", "a step without type");
    const auto pattern = [&] {
        const Json& value = field(step, "pattern");
        const std::string regex = textOr(value, "Regex", "");
        return regex.empty() ? Json(textOr(value, "String", "")).dump() : "/" + regex + "/";
    };
    if (name == "Replace") {
        name += " " + pattern() + " by " + Json(textOr(step, "content", "")).dump();
    } else if (name == "Split") {
        name +=
            " " + pattern() + " " + textOr(step, "behavior", "") + (flagOr(step, "invert", false) ? " inverted" : "");
    } else if (name == "ByteLevel") {
        name += flagOr(step, "add_prefix_space", true) ? " with prefix space" : "";
    }
    return name;
}

/// Names of a normaliser's or pre-tokeniser's steps; a Sequence is the list of its parts.
std::vector<std::string> stepNames(const Json& steps, const char* listField)
{
    if (steps.is_null()) {
        return {};
    }
    if (textOr(steps, "type", "") != "Sequence") {
        return {stepName(steps)};
    }
    std::vector<std::string> names;
    for (const Json& step : elements(steps, listField)) {
        names.push_back(stepName(step));
    }
    return names;
}

Framing robertaFraming(const Json& processor)
{
    const auto idOf = [&](const char* name) {
        const Json& pair = field(processor, name);
        if (!pair.is_array() || pair.size() != 2) {
            refuse(std::string("post_processor.") + name + " is not a pair of token and id");
        }
        return asId(pair[1], std::string("post_processor.") + name);
    };
    return {{idOf("cls")}, {idOf("sep")}};
}

Framing templateFraming(const Json& processor)
{
    Framing framing;
    bool behindText = false;
    for (const Json& item : elements(processor, "single")) {
        const Json& token = field(item, "SpecialToken");
        if (token.is_null()) {
            behindText = true;
            continue;
        }
        const std::string name = textOr(token, "id", "");
        const Json& definition = field(field(processor, "special_tokens"), name.c_str());
        for (const Json& id : elements(definition, "ids")) {
            (behindText ? framing.after : framing.before).push_back(asId(id, "post_processor token " + inQuotes(name)));
        }
    }
    return framing;
}

Framing framingOf(const Json& processor, const std::string& type)
{
    if (type == "RobertaProcessing") {
        return robertaFraming(processor);
    }
    return type == "TemplateProcessing" ? templateFraming(processor) : Framing{};
}

void readAddedTokens(const Json& file, TokenizerJson& result)
{
    for (const Json& entry : elements(file, "added_tokens")) {
        AddedToken token;
        token.content = textOr(entry, "content", "");
        token.id = asId(field(entry, "id"), "added token " + inQuotes(token.content));
        token.special = flagOr(entry, "special", false);
        token.normalized = flagOr(entry, "normalized", !token.special);
        token.singleWord = flagOr(entry, "single_word", false);
        token.lstrip = flagOr(entry, "lstrip", false);
        token.rstrip = flagOr(entry, "rstrip", false);
        const auto known = result.vocabulary.find(token.content);
        if (known && *known != token.id) {
            refuse("added token " + inQuotes(token.content) + " has id " + std::to_string(token.id) +
                   ", but the vocabulary gives it " + std::to_string(*known));
        }
        if (!known) {
            static_cast<void>(result.vocabulary.add(token.content, token.id)); // cannot be there: just looked
        }
        result.addedTokens.push_back(std::move(token));
    }
}

void readModelOptions(const Json& model, TokenizerJson& result)
{
    const std::string type = textOr(model, "type", "BPE");
    if (type != "BPE") {
        refuse("model type " + inQuotes(type) + " is not supported, only BPE is", ErrorCode::Unsupported);
    }
    if (!textOr(model, "continuing_subword_prefix", "").empty()) {
        refuse("model.continuing_subword_prefix is not supported", ErrorCode::Unsupported);
    }
    if (flagOr(model, "ignore_merges", false)) {
        refuse("model.ignore_merges is not supported", ErrorCode::Unsupported);
    }
    const Json& dropout = field(model, "dropout");
    if (!dropout.is_null() && dropout != 0.0) {
        refuse("model.dropout makes ids random and is not supported", ErrorCode::Unsupported);
    }
    result.endOfWordSuffix = textOr(model, "end_of_word_suffix", "");
    result.fuseUnknown = flagOr(model, "fuse_unk", false);
    result.byteFallback = flagOr(model, "byte_fallback", false);
    const std::string unknown = textOr(model, "unk_token", "");
    result.unknownId = result.vocabulary.find(unknown);
    if (!unknown.empty() && !result.unknownId) {
        refuse("model.unk_token " + inQuotes(unknown) + " is not in the vocabulary");
    }
}

void checkFraming(const TokenizerJson& result)
{
    for (const auto& ids : {result.framing.before, result.framing.after}) {
        for (const std::int32_t id : ids) {
            if (static_cast<std::size_t>(id) >= result.vocabulary.size()) {
                refuse("post_processor uses id " + std::to_string(id) + ", which no piece has");
            }
        }
    }
}

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        throw Refusal{result.error()};
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

TokenizerJson interpret(BpeJson file)
{
    TokenizerJson result;
    result.vocabulary = std::move(file.vocabulary);
    readAddedTokens(file.rest, result);
    readModelOptions(field(file.rest, "model"), result);
    valueOf(result.vocabulary.checkIds());
    result.merges = valueOf(BpeMerges::create(file.merges, result.vocabulary));
    result.normalizer = stepNames(field(file.rest, "normalizer"), "normalizers");
    result.preTokenizer = stepNames(field(file.rest, "pre_tokenizer"), "pretokenizers");
    const Json& processor = field(file.rest, "post_processor");
    result.postProcessor = processor.is_null() ? "" : textOr(processor, "type", "");
    result.framing = framingOf(processor, result.postProcessor);
    checkFraming(result);
    return result;
}

} // namespace

Result<TokenizerJson> readTokenizerJson(const std::filesystem::path& path)
{
    const auto json = readTextFile(path, kMaxJsonFileBytes);
    if (!json) {
        return fail(json.error());
    }
    return parseTokenizerJson(*json, path.string());
}

Result<TokenizerJson> parseTokenizerJson(std::string_view json, const std::string& source)
{
    auto file = parseBpeJson(json, source);
    if (!file) {
        return fail(file.error());
    }
    try {
        return interpret(std::move(*file));
    } catch (const Refusal& refusal) {
        return fail(refusal.error.code, source + ": " + refusal.error.message);
    }
}

} // namespace modscope
