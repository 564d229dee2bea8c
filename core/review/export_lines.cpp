#include "core/data/prediction_table.h"
#include "core/review/export_json.h"
#include "core/review/iso_time.h"
#include "core/review/words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace modscope {

namespace {

/// A text as JSON. Most need no escapes, and a million of them are written.
std::string jsonString(std::string_view text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](char letter) {
        return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
    });
    if (plain) {
        return '"' + std::string(text) + '"';
    }
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The few digits of a float, where a reader of doubles gets the float back from them; else all of them.
std::string jsonFloat(float value)
{
    std::string text = shortestDecimal(value);
    double wide = 0;
    std::from_chars(text.data(), text.data() + text.size(), wide);
    return static_cast<float>(wide) == value ? text : decimal(static_cast<double>(value));
}

const char* jsonFlag(bool value)
{
    return value ? "true" : "false";
}

/// Members of one JSON object, one after another.
class ObjectText {
public:
    explicit ObjectText(std::string& text) : m_text(text) { m_text += '{'; }

    /// The name of the next member; its value is for the caller to write.
    std::string& member(std::string_view name)
    {
        m_text += std::exchange(m_first, false) ? "\"" : ",\"";
        m_text += name;
        m_text += "\":";
        return m_text;
    }
    void text(std::string_view name, std::string_view value) { member(name) += jsonString(value); }
    void raw(std::string_view name, std::string_view value) { member(name) += value; }
    void end() { m_text += '}'; }

private:
    std::string& m_text;
    bool m_first = true;
};

/// Writes a list whose parts `write` appends.
template <typename List, typename Write>
void listText(std::string& text, const List& list, const Write& write)
{
    text += '[';
    bool first = true;
    for (const auto& one : list) {
        text += std::exchange(first, false) ? "" : ",";
        write(one);
    }
    text += ']';
}

} // namespace

ExportLines::ExportLines(ExportNames names, bool notes) : m_names(std::move(names)), m_notes(notes)
{
    for (const std::string& label : m_names.labels) {
        m_labelKeys.push_back(jsonString(label) + ":");
    }
    for (const Reviewer& one : m_names.reviewers) {
        m_pseudonyms[one.id] = jsonString(one.pseudonym);
    }
    for (const ScoringModel& model : m_names.models) {
        KnownModel& known = m_models[model.id];
        known.sha256 = jsonString(model.sha256);
        for (const std::string& label : model.labels) {
            known.labelKeys.push_back(jsonString(label) + ":");
        }
    }
}

std::string ExportLines::line(const ItemContent& item, const ItemStatus& status) const
{
    std::string text;
    ObjectText object(text);
    object.text("item_id", item.key);
    object.text("external_id", item.externalId);
    object.text("source", item.source);
    object.text("created_at", isoTime(item.created));
    object.text("sha256", item.imageSha256);
    object.text("pdq", item.hash.pdq);
    object.raw("pdq_quality", std::to_string(item.hash.quality));
    object.text("text", item.text);
    object.text("ocr_text", item.ocrText);
    object.text("image_path", item.imagePath);
    object.text("state", name(status.state));
    object.raw("escalated", jsonFlag(status.escalated));
    addAnswers(object.member("golden"), status.golden ? std::optional(status.goldenAnswers) : std::nullopt);
    object.raw("audit", jsonFlag(status.audit));
    object.raw("skips", std::to_string(status.skips));
    addAnswers(object.member("consensus"), status.consensus());
    addScores(object.member("scores"), item.scores);
    addOpinions(object.member("opinions"), status);
    addDeclined(object.member("declined"), status.declined);
    object.end();
    return text;
}

void ExportLines::addAnswers(std::string& text, const std::optional<std::vector<Answer>>& answers) const
{
    if (!answers) {
        text += "null";
        return;
    }
    for (std::size_t label = 0; label < answers->size(); ++label) {
        text += label == 0 ? "{" : ",";
        text += m_labelKeys[label];
        text += '"';
        text += name((*answers)[label]);
        text += '"';
    }
    text += '}';
}

void ExportLines::addScores(std::string& text, const std::vector<ItemScores>& all) const
{
    std::vector<const ItemScores*> known;
    for (const ItemScores& scores : all) {
        if (m_models.contains(scores.model)) { // one that came later is noticed by the exporter
            known.push_back(&scores);
        }
    }
    listText(text, known, [&](const ItemScores* scores) {
        const KnownModel& model = m_models.at(scores->model);
        ObjectText object(text);
        object.raw("model", model.sha256);
        for (const auto& [key, values] : std::initializer_list<std::pair<const char*, const std::vector<float>&>>{
                 {"probabilities", scores->probabilities},
                 {"text_only", scores->textOnly},
                 {"image_only", scores->imageOnly}}) {
            for (std::size_t label = 0; label < values.size(); ++label) {
                (label == 0 ? object.member(key) : text) += label == 0 ? "{" : ",";
                text += model.labelKeys[label] + jsonFloat(values[label]);
            }
            text += values.empty() ? "" : "}";
        }
        object.end();
    });
}

void ExportLines::addOpinions(std::string& text, const ItemStatus& status) const
{
    std::vector<std::pair<const char*, const Opinion*>> opinions;
    for (const auto& [round, opinion] : std::initializer_list<std::pair<const char*, const std::optional<Opinion>&>>{
             {"first", status.first}, {"second", status.second}, {"adjudication", status.settled}}) {
        if (opinion) {
            opinions.emplace_back(round, &*opinion);
        }
    }
    listText(text, opinions, [&](const auto& one) {
        const Decision& decision = one.second->decision;
        ObjectText object(text);
        object.text("round", one.first);
        object.raw("reviewer", pseudonym(one.second->reviewer));
        object.text("decided_at", isoTime(one.second->time));
        addAnswers(object.member("answers"), decision.answers);
        object.text("reason", m_notes ? decision.reason : std::string_view());
        object.text("note", m_notes ? decision.note : std::string_view());
        object.text("policy_version", decision.policyVersion);
        object.raw("confidence", decision.confidence ? decimal(*decision.confidence) : "null");
        object.raw("seconds", decimal(decision.secondsVisible));
        object.raw("seconds_revealed", decimal(decision.secondsRevealed));
        object.text("disclosure", name(decision.disclosure));
        object.raw("blind", jsonFlag(decision.blind));
        object.raw("suggestion_shown", jsonFlag(decision.suggestionShown));
        object.end();
    });
}

void ExportLines::addDeclined(std::string& text, const std::vector<Declined>& all) const
{
    listText(text, all, [&](const Declined& one) {
        ObjectText object(text);
        object.raw("reviewer", pseudonym(one.reviewer));
        object.raw("until", one.until == Declined::kForever ? "null" : jsonString(isoTime(one.until)));
        object.end();
    });
}

std::string_view ExportLines::pseudonym(ReviewerId reviewer) const
{
    const auto found = m_pseudonyms.find(reviewer);
    return found == m_pseudonyms.end() ? std::string_view("\"\"") : found->second;
}

} // namespace modscope
