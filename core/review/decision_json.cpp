#include "core/review/decision_json.h"

#include <nlohmann/json.hpp>

namespace modscope {

nlohmann::json decisionJson(const Decision& decision)
{
    nlohmann::json object = nlohmann::json::object();
    putUnlessDefault(object, "answers", answerLetters(decision.answers));
    putUnlessDefault(object, "blind", decision.blind);
    if (decision.confidence) {
        object["confidence"] = *decision.confidence;
    }
    if (decision.disclosure != Disclosure::TextOnly) {
        object["disclosure"] = name(decision.disclosure);
    }
    putUnlessDefault(object, "note", decision.note);
    putUnlessDefault(object, "policy", decision.policyVersion);
    putUnlessDefault(object, "reason", decision.reason);
    putUnlessDefault(object, "seconds_revealed", decision.secondsRevealed);
    putUnlessDefault(object, "seconds_visible", decision.secondsVisible);
    putUnlessDefault(object, "suggestion_shown", decision.suggestionShown);
    return object;
}

Result<Decision> decisionFromJson(const nlohmann::json& object)
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
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::ParseError, "decision." + std::string(reader.key()) + " has the wrong type");
    }
    if (!reader.tookAll()) {
        return fail(ErrorCode::ParseError, "decision has a key that this version does not know");
    }
    if (object.contains("confidence")) {
        decision.confidence = confidence;
    }
    auto letters = answersFromLetters(answers);
    const auto seen = disclosureNamed(disclosure);
    if (!letters || !seen) {
        return fail(letters ? seen.error() : letters.error());
    }
    decision.answers = std::move(*letters);
    decision.disclosure = *seen;
    return decision;
}

} // namespace modscope
