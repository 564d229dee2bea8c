#include "core/review/event.h"

#include <nlohmann/json.hpp>

namespace modscope {

namespace {

using Json = nlohmann::json; // objects keep their keys sorted, which makes the text canonical

/// Sets a member unless it is at its default: a short record, and one way to write each event.
template <typename Value>
void put(Json& object, const char* key, const Value& value, const Value& standard = {})
{
    if (value != standard) {
        object[key] = value;
    }
}

Json toJson(const Decision& decision)
{
    Json object = Json::object();
    put(object, "answers", answerLetters(decision.answers));
    put(object, "blind", decision.blind);
    if (decision.confidence) {
        object["confidence"] = *decision.confidence;
    }
    if (decision.disclosure != Disclosure::TextOnly) {
        object["disclosure"] = name(decision.disclosure);
    }
    put(object, "note", decision.note);
    put(object, "policy", decision.policyVersion);
    put(object, "reason", decision.reason);
    put(object, "seconds_revealed", decision.secondsRevealed);
    put(object, "seconds_visible", decision.secondsVisible);
    put(object, "suggestion_shown", decision.suggestionShown);
    return object;
}

/// Reads members one by one and notices those that nobody knows: they would be lost from the hash.
class ObjectReader {
public:
    explicit ObjectReader(const Json& object) : m_object(object) {}

    template <typename Value>
    void take(const char* key, Value& value)
    {
        const auto found = m_object.find(key);
        if (found != m_object.end()) {
            m_key = key;
            value = found->get<Value>();
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

template <typename Value>
bool assign(Result<Value> parsed, Value& target, Error& error)
{
    if (!parsed) {
        error = parsed.error();
        return false;
    }
    target = std::move(*parsed);
    return true;
}

Result<Decision> decisionFrom(const Json& object, const char*& key)
{
    Decision decision;
    ObjectReader reader(object);
    std::string answers;
    std::string disclosure(name(Disclosure::TextOnly));
    double confidence = -1;
    try {
        reader.take("answers", answers);
        reader.take("blind", decision.blind);
        reader.take("confidence", confidence);
        reader.take("disclosure", disclosure);
        reader.take("note", decision.note);
        reader.take("policy", decision.policyVersion);
        reader.take("reason", decision.reason);
        reader.take("seconds_revealed", decision.secondsRevealed);
        reader.take("seconds_visible", decision.secondsVisible);
        reader.take("suggestion_shown", decision.suggestionShown);
    } catch (const Json::exception&) {
        key = reader.key();
        return fail(ErrorCode::ParseError, "decision." + std::string(key) + " has the wrong type");
    }
    if (!reader.tookAll()) {
        return fail(ErrorCode::ParseError, "decision has a key that this version does not know");
    }
    if (object.contains("confidence")) {
        decision.confidence = confidence;
    }
    Error error;
    if (!assign(answersFromLetters(answers), decision.answers, error) ||
        !assign(disclosureNamed(disclosure), decision.disclosure, error)) {
        return fail(error);
    }
    return decision;
}

Result<ReviewEvent> eventFrom(const Json& object)
{
    ReviewEvent event;
    ObjectReader reader(object);
    std::string kind;
    std::string step(name(Step::Decide));
    Json decision = Json::object();
    try {
        reader.take("actor", event.actor);
        reader.take("decision", decision);
        reader.take("detail", event.detail);
        reader.take("items", event.items);
        reader.take("kind", kind);
        reader.take("refers_to", event.refersTo);
        reader.take("seq", event.seq);
        reader.take("step", step);
        reader.take("time", event.time);
    } catch (const Json::exception&) {
        return fail(ErrorCode::ParseError, std::string("the event's ") + reader.key() + " has the wrong type");
    }
    if (!reader.tookAll() || !decision.is_object()) {
        return fail(ErrorCode::ParseError, "the event has a key that this version does not know");
    }
    const char* key = "";
    Error error;
    if (!assign(eventKindNamed(kind), event.kind, error) || !assign(stepNamed(step), event.step, error) ||
        !assign(decisionFrom(decision, key), event.decision, error)) {
        return fail(error);
    }
    return event;
}

} // namespace

std::string canonicalJson(const ReviewEvent& event)
{
    Json object = Json::object();
    put(object, "actor", event.actor);
    if (const Json decision = toJson(event.decision); !decision.empty()) {
        object["decision"] = decision;
    }
    put(object, "detail", event.detail);
    put(object, "items", event.items);
    object["kind"] = name(event.kind);
    put(object, "refers_to", event.refersTo);
    object["seq"] = event.seq;
    if (event.step != Step::Decide) {
        object["step"] = name(event.step);
    }
    object["time"] = event.time;
    // Texts are UTF-8 wherever they come from a person or a table; anything else is kept visible, not dropped.
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ReviewEvent> eventFromJson(std::string_view json)
{
    const Json object = Json::parse(json, nullptr, false);
    if (!object.is_object()) {
        return fail(ErrorCode::ParseError, "the event is not a JSON object");
    }
    return eventFrom(object);
}

} // namespace modscope
