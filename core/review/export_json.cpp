#include "core/review/export_json.h"

#include "core/review/iso_time.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace modscope {

namespace {

using ItemJson = nlohmann::ordered_json; // keys in the order of reading

constexpr std::array<std::pair<const char*, std::optional<Opinion> ItemStatus::*>, 3> kRounds = {
    {{"first", &ItemStatus::first}, {"second", &ItemStatus::second}, {"adjudication", &ItemStatus::settled}}};

constexpr std::array<std::pair<const char*, std::vector<float> ItemScores::*>, 3> kScoreParts = {
    {{"probabilities", &ItemScores::probabilities},
     {"text_only", &ItemScores::textOnly},
     {"image_only", &ItemScores::imageOnly}}};

tl::unexpected<Error> notKnown(const char* what, const std::string& name)
{
    return fail(ErrorCode::NotFound, std::string(what) + " '" + name + "' is not known here");
}

Result<ReviewerId> reviewerNamed(const std::string& pseudonym, const ExportNames& names)
{
    const auto found = std::find_if(names.reviewers.begin(), names.reviewers.end(),
                                    [&](const Reviewer& one) { return one.pseudonym == pseudonym; });
    return found == names.reviewers.end() ? Result<ReviewerId>(notKnown("the reviewer", pseudonym)) : found->id;
}

Result<std::vector<Answer>> answersFrom(const ItemJson& object, const ExportNames& names)
{
    if (object.size() != names.labels.size()) {
        return fail(ErrorCode::ParseError, "answers are needed for " + std::to_string(names.labels.size()) +
                                               " classes, there are " + std::to_string(object.size()));
    }
    std::vector<Answer> answers;
    answers.reserve(names.labels.size());
    for (const std::string& label : names.labels) {
        if (!object.contains(label)) {
            return fail(ErrorCode::ParseError, "an answer for the class '" + label + "' is missing");
        }
        const auto answer = answerNamed(object.at(label).get<std::string>());
        if (!answer) {
            return fail(answer.error());
        }
        answers.push_back(*answer);
    }
    return answers;
}

Result<std::vector<ItemScores>> scoresFrom(const ItemJson& list, const ExportNames& names)
{
    std::vector<ItemScores> all;
    for (const ItemJson& one : list) {
        const auto sha256 = one.at("model").get<std::string>();
        const auto model = std::find_if(names.models.begin(), names.models.end(),
                                        [&](const ScoringModel& known) { return known.sha256 == sha256; });
        if (model == names.models.end()) {
            return notKnown("the model", sha256);
        }
        ItemScores scores{model->id, {}, {}, {}};
        for (const auto& [key, part] : kScoreParts) {
            for (std::size_t label = 0; one.contains(key) && label < model->labels.size(); ++label) {
                (scores.*part).push_back(one.at(key).at(model->labels[label]).get<float>());
            }
        }
        all.push_back(std::move(scores));
    }
    return all;
}

Result<Opinion> exportedOpinion(const ItemJson& object, const ExportNames& names)
{
    Opinion opinion;
    Decision& decision = opinion.decision;
    const auto reviewer = reviewerNamed(object.at("reviewer").get<std::string>(), names);
    const auto time = timeFromIso(object.at("decided_at").get<std::string>());
    auto answers = answersFrom(object.at("answers"), names);
    const auto disclosure = disclosureNamed(object.at("disclosure").get<std::string>());
    if (!reviewer || !time) {
        return fail(reviewer ? time.error() : reviewer.error());
    }
    if (!answers || !disclosure) {
        return fail(answers ? disclosure.error() : answers.error());
    }
    opinion.reviewer = *reviewer;
    opinion.time = *time;
    decision.answers = std::move(*answers);
    decision.disclosure = *disclosure;
    decision.reason = object.at("reason").get<std::string>();
    decision.note = object.at("note").get<std::string>();
    decision.policyVersion = object.at("policy_version").get<std::string>();
    if (!object.at("confidence").is_null()) {
        decision.confidence = object.at("confidence").get<double>();
    }
    decision.secondsVisible = object.at("seconds").get<double>();
    decision.secondsRevealed = object.at("seconds_revealed").get<double>();
    decision.blind = object.at("blind").get<bool>();
    decision.suggestionShown = object.at("suggestion_shown").get<bool>();
    return opinion;
}

Result<void> takeOpinions(const ItemJson& list, const ExportNames& names, ItemStatus& status)
{
    for (const ItemJson& one : list) {
        const auto word = one.at("round").get<std::string>();
        const auto round =
            std::find_if(kRounds.begin(), kRounds.end(), [&](const auto& known) { return known.first == word; });
        if (round == kRounds.end() || (status.*round->second).has_value()) {
            return fail(ErrorCode::ParseError, "the round '" + word + "' is unknown or there twice");
        }
        auto opinion = exportedOpinion(one, names);
        if (!opinion) {
            return fail(opinion.error().code, "the round '" + word + "': " + opinion.error().message);
        }
        status.*round->second = std::move(*opinion);
    }
    return {};
}

Result<void> takeDeclined(const ItemJson& list, const ExportNames& names, ItemStatus& status)
{
    for (const ItemJson& one : list) {
        const auto reviewer = reviewerNamed(one.at("reviewer").get<std::string>(), names);
        const ItemJson& until = one.at("until");
        const auto time = until.is_null() ? Result<TimeMs>(Declined::kForever) : timeFromIso(until.get<std::string>());
        if (!reviewer || !time) {
            return fail(reviewer ? time.error() : reviewer.error());
        }
        status.declined.push_back({*reviewer, *time});
    }
    std::sort(status.declined.begin(), status.declined.end(),
              [](const Declined& one, const Declined& other) { return one.reviewer < other.reviewer; });
    return {};
}

Result<ItemContent> exportedContent(const ItemJson& object, const ExportNames& names)
{
    ItemContent item;
    item.key = object.at("item_id").get<std::string>();
    item.externalId = object.at("external_id").get<std::string>();
    item.source = object.at("source").get<std::string>();
    item.imageSha256 = object.at("sha256").get<std::string>();
    item.hash.pdq = object.at("pdq").get<std::string>();
    item.hash.quality = object.at("pdq_quality").get<int>();
    item.text = object.at("text").get<std::string>();
    item.ocrText = object.at("ocr_text").get<std::string>();
    item.imagePath = object.at("image_path").get<std::string>();
    const auto created = timeFromIso(object.at("created_at").get<std::string>());
    auto scores = scoresFrom(object.at("scores"), names);
    if (!created || !scores) {
        return fail(created ? scores.error() : created.error());
    }
    item.created = *created;
    item.scores = std::move(*scores);
    return item;
}

Result<ItemStatus> exportedStatus(const ItemJson& object, const ExportNames& names)
{
    ItemStatus status;
    const auto state = itemStateNamed(object.at("state").get<std::string>());
    if (!state) {
        return fail(state.error());
    }
    status.state = *state;
    status.escalated = object.at("escalated").get<bool>();
    status.audit = object.at("audit").get<bool>();
    status.skips = object.at("skips").get<int>();
    if (const ItemJson& golden = object.at("golden"); !golden.is_null()) {
        auto answers = answersFrom(golden, names);
        if (!answers) {
            return fail(answers.error());
        }
        status.golden = true;
        status.goldenAnswers = std::move(*answers);
    }
    auto taken = takeOpinions(object.at("opinions"), names, status);
    taken = taken ? takeDeclined(object.at("declined"), names, status) : taken;
    return taken ? Result<ItemStatus>(std::move(status)) : fail(taken.error());
}

} // namespace

Result<ExportedItem> exportedItem(std::string_view line, const ExportNames& names)
{
    const ItemJson object = ItemJson::parse(line, nullptr, false);
    if (!object.is_object()) {
        return fail(ErrorCode::ParseError, "the line is not a JSON object");
    }
    try {
        auto content = exportedContent(object, names);
        if (!content) {
            return fail(content.error());
        }
        auto status = exportedStatus(object, names);
        if (!status) {
            return fail(status.error());
        }
        return ExportedItem{std::move(*content), std::move(*status)};
    } catch (const ItemJson::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the line is not complete: ") + error.what());
    }
}

} // namespace modscope
