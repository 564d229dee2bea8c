#include "core/review/status_json.h"

#include "core/review/decision_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace modscope {

namespace {

using StatusObject = nlohmann::json; // objects keep their keys sorted

StatusObject opinionJson(const Opinion& opinion)
{
    return {{"decision", decisionJson(opinion.decision)}, {"reviewer", opinion.reviewer}, {"time", opinion.time}};
}

Result<std::optional<Opinion>> opinionFrom(const StatusObject& status, const char* key)
{
    const auto found = status.find(key);
    if (found == status.end()) {
        return std::nullopt;
    }
    Opinion opinion;
    ObjectReader reader(*found);
    StatusObject decision = StatusObject::object();
    reader.take("decision", decision);
    reader.take("reviewer", opinion.reviewer);
    reader.take("time", opinion.time);
    if (!reader.tookAll() || !decision.is_object()) {
        return fail(ErrorCode::ParseError, std::string(key) + " holds what this version does not know");
    }
    auto parsed = decisionFromJson(decision);
    if (!parsed) {
        return fail(parsed.error().code, std::string(key) + ": " + parsed.error().message);
    }
    opinion.decision = std::move(*parsed);
    return opinion;
}

StatusObject declinedJson(const std::vector<Declined>& all)
{
    StatusObject list = StatusObject::array();
    for (const Declined& one : all) {
        StatusObject entry = {{"reviewer", one.reviewer}};
        putUnlessDefault(entry, "until", one.until, Declined::kForever);
        list.push_back(std::move(entry));
    }
    return list;
}

std::vector<Declined> declinedFrom(const StatusObject& list)
{
    std::vector<Declined> all;
    for (const StatusObject& entry : list) {
        all.push_back({entry.at("reviewer").get<ReviewerId>(), entry.value("until", Declined::kForever)});
    }
    return all;
}

Result<ItemStatus> statusFrom(const StatusObject& object)
{
    ItemStatus status;
    std::string state(name(status.state));
    std::string golden;
    ObjectReader reader(object);
    StatusObject ignored;
    StatusObject declined = StatusObject::array();
    reader.take("adjudication", ignored);
    reader.take("audit", status.audit);
    reader.take("declined", declined);
    reader.take("escalated", status.escalated);
    reader.take("first", ignored);
    reader.take("golden", golden);
    reader.take("second", ignored);
    reader.take("skips", status.skips);
    reader.take("state", state);
    if (!reader.tookAll()) {
        return fail(ErrorCode::ParseError, "the status has a key that this version does not know");
    }
    status.declined = declinedFrom(declined);
    const auto known = itemStateNamed(state);
    auto answers = answersFromLetters(golden);
    auto first = opinionFrom(object, "first");
    auto second = opinionFrom(object, "second");
    auto settled = opinionFrom(object, "adjudication");
    if (!known || !answers) {
        return fail(known ? answers.error() : known.error());
    }
    if (!first || !second || !settled) {
        return fail(!first ? first.error() : !second ? second.error() : settled.error());
    }
    status.state = *known;
    status.golden = object.contains("golden");
    status.goldenAnswers = std::move(*answers);
    status.first = std::move(*first);
    status.second = std::move(*second);
    status.settled = std::move(*settled);
    return status;
}

} // namespace

std::string statusJson(const ItemStatus& status)
{
    StatusObject object = StatusObject::object();
    const std::array<std::pair<const char*, const std::optional<Opinion>*>, 3> opinions = {
        {{"first", &status.first}, {"second", &status.second}, {"adjudication", &status.settled}}};
    for (const auto& [key, opinion] : opinions) {
        if (*opinion) {
            object[key] = opinionJson(**opinion);
        }
    }
    putUnlessDefault(object, "audit", status.audit);
    if (!status.declined.empty()) {
        object["declined"] = declinedJson(status.declined);
    }
    putUnlessDefault(object, "escalated", status.escalated);
    if (status.golden) {
        object["golden"] = answerLetters(status.goldenAnswers);
    }
    putUnlessDefault(object, "skips", status.skips);
    object["state"] = name(status.state);
    return object.dump(-1, ' ', false, StatusObject::error_handler_t::replace);
}

Result<ItemStatus> statusFromJson(std::string_view json)
{
    const StatusObject object = StatusObject::parse(json, nullptr, false);
    if (!object.is_object()) {
        return fail(ErrorCode::ParseError, "the status is not a JSON object");
    }
    try {
        return statusFrom(object);
    } catch (const StatusObject::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the status is not complete: ") + error.what());
    }
}

Result<void> checkStanding(const ItemStatus& status, std::size_t labels)
{
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    "the state '" + std::string(name(status.state)) + "' cannot be: " + std::string(why));
    };
    for (const auto* opinion : {&status.first, &status.second, &status.settled}) {
        if (*opinion && (*opinion)->decision.answers.size() != labels) {
            return refuse("an opinion has " + std::to_string((*opinion)->decision.answers.size()) + " answers for " +
                          std::to_string(labels) + " classes");
        }
    }
    if (status.golden && status.goldenAnswers.size() != labels) {
        return refuse("the known answers are not one a class");
    }
    if (status.second && !status.first) {
        return refuse("it has a second opinion without a first");
    }
    const bool agree = status.second && status.first->decision.answers == status.second->decision.answers;
    switch (status.state) {
    case ItemState::New:
        return status.first || status.settled ? refuse("it has opinions") : Result<void>();
    case ItemState::Decided:
        return status.first && !status.second && !status.settled ? Result<void>() : refuse("it needs one opinion");
    case ItemState::SecondOpinion:
        return status.first && !status.second && !status.settled ? Result<void>() : refuse("it needs a first opinion");
    case ItemState::Adjudication:
        return status.second && !agree && !status.settled ? Result<void>()
                                                          : refuse("it needs two opinions that differ");
    case ItemState::Final:
        return status.settled || (status.first && (!status.second || agree)) ? Result<void>()
                                                                             : refuse("nothing settles it");
    case ItemState::Removed:
        return refuse("a removed item is not restored");
    }
    return refuse("it is unknown");
}

} // namespace modscope
