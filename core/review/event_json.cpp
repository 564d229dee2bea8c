#include "core/review/decision_json.h"
#include "core/review/event.h"

#include <nlohmann/json.hpp>

namespace modscope {

namespace {

using Json = nlohmann::json; // objects keep their keys sorted, which makes the text canonical

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
    Error error;
    if (!assign(eventKindNamed(kind), event.kind, error) || !assign(stepNamed(step), event.step, error) ||
        !assign(decisionFromJson(decision), event.decision, error)) {
        return fail(error);
    }
    return event;
}

} // namespace

std::string canonicalJson(const ReviewEvent& event)
{
    Json object = Json::object();
    putUnlessDefault(object, "actor", event.actor);
    if (const Json decision = decisionJson(event.decision); !decision.empty()) {
        object["decision"] = decision;
    }
    putUnlessDefault(object, "detail", event.detail);
    putUnlessDefault(object, "items", event.items);
    object["kind"] = name(event.kind);
    putUnlessDefault(object, "refers_to", event.refersTo);
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
