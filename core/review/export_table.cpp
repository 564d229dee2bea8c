#include "core/review/export_table.h"

#include "core/data/prediction_table.h"
#include "core/review/iso_time.h"
#include "core/review/words.h"

namespace modscope {

namespace {

constexpr std::array<std::string_view, 6> kProfileNames = {"reference", "wide", "long", "changed", "soft", "jsonl"};

std::string flag(bool value)
{
    return value ? "1" : "0";
}

/// The opinions that stand, first to last.
std::vector<const Opinion*> opinionsOf(const ItemStatus& status)
{
    std::vector<const Opinion*> opinions;
    for (const auto* one : {&status.first, &status.second, &status.settled}) {
        if (*one) {
            opinions.push_back(&**one);
        }
    }
    return opinions;
}

/// The opinion that brought the consensus.
const Opinion* decidingOpinion(const ItemStatus& status)
{
    return !status.consensus() ? nullptr : status.settled ? &*status.settled : &*status.first;
}

void append(std::vector<std::string>& columns, std::initializer_list<const char*> more)
{
    columns.insert(columns.end(), more.begin(), more.end());
}

std::vector<std::string> columnsOf(ExportProfile profile, const std::vector<std::string>& labels)
{
    std::vector<std::string> columns;
    switch (profile) {
    case ExportProfile::Reference:
        append(columns, {"text", "image_path", "labels"});
        break;
    case ExportProfile::Changed:
        append(columns, {"item_id", "text", "image_path", "model_labels", "labels"});
        break;
    case ExportProfile::Soft:
        append(columns, {"item_id", "text", "image_path", "votes"});
        for (const std::string& label : labels) {
            columns.push_back("soft_" + label);
        }
        break;
    case ExportProfile::Long:
        append(columns,
               {"item_id", "round", "class", "answer", "reviewer", "decided_at", "seconds", "seconds_revealed",
                "disclosure", "blind", "suggestion_shown", "confidence", "policy_version", "reason", "note", "event"});
        break;
    case ExportProfile::Wide:
        append(columns, {"item_id", "external_id", "source", "created_at", "sha256", "pdq", "pdq_quality", "text",
                         "ocr_text", "image_path", "state", "escalated", "golden", "audit", "skips"});
        for (const std::string& label : labels) {
            for (const char* cell :
                 {"p_raw_", "threshold_", "model_label_", "human_label_", "votes_pos_", "votes_n_"}) {
                columns.push_back(cell + label);
            }
        }
        append(columns, {"decision", "reason", "note", "reviewer", "seconds", "seconds_revealed", "disclosure", "blind",
                         "policy_version", "model_sha256", "decided_at", "event"});
        break;
    case ExportProfile::Jsonl: // has no columns: core/review/export_json.h
        break;
    }
    return columns;
}

bool runsInASpreadsheet(const std::string& cell)
{
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

tl::unexpected<Error> leaveOut(const char* why)
{
    return fail(ErrorCode::NoContent, why);
}

} // namespace

std::string_view name(ExportProfile profile)
{
    return kProfileNames[static_cast<std::size_t>(profile)];
}

Result<ExportProfile> exportProfileNamed(std::string_view word)
{
    return valueNamed<ExportProfile>(kProfileNames, word, "an export profile");
}

ExportTable::ExportTable(ExportOptions options, ExportNames names)
    : m_options(options), m_names(std::move(names)), m_columns(columnsOf(options.profile, m_names.labels)),
      m_places(modelPlaces())
{}

Result<std::vector<ExportTable::Row>> ExportTable::rows(const ItemContent& item, const ItemStatus& status)
{
    auto rows = plainRows(item, status);
    if (!rows || !m_options.spreadsheetSafe) {
        return rows;
    }
    for (Row& row : *rows) {
        for (std::string& cell : row) {
            if (runsInASpreadsheet(cell)) {
                cell.insert(0, 1, '\'');
                ++m_changedCells;
            }
        }
    }
    return rows;
}

Result<std::vector<ExportTable::Row>> ExportTable::plainRows(const ItemContent& item, const ItemStatus& status) const
{
    if (status.state == ItemState::Removed) {
        return leaveOut("its import was taken back");
    }
    if (m_options.profile == ExportProfile::Jsonl) {
        return std::vector<Row>{};
    }
    if (m_options.profile == ExportProfile::Wide) {
        return std::vector<Row>{wideRow(item, status)};
    }
    if (m_options.profile == ExportProfile::Long || m_options.profile == ExportProfile::Soft) {
        if (!status.first) {
            return leaveOut("nobody has decided it");
        }
        return m_options.profile == ExportProfile::Long ? longRows(item, status)
                                                        : std::vector<Row>{softRow(item, status)};
    }
    const auto answers = status.consensus();
    if (!answers) {
        return leaveOut("there is no consensus yet");
    }
    if (m_options.profile == ExportProfile::Reference) {
        return std::vector<Row>{referenceRow(item, *answers)};
    }
    if (scoresOf(item) == nullptr) {
        return leaveOut("no model has scored it");
    }
    const auto model = modelAnswers(item);
    if (model == *answers) {
        return leaveOut("people and model agree");
    }
    return std::vector<Row>{Row{item.key, item.text, item.imagePath, joinedLabels(model), joinedLabels(*answers)}};
}

ExportTable::Row ExportTable::referenceRow(const ItemContent& item, const std::vector<Answer>& answers) const
{
    return {item.text.empty() ? item.ocrText : item.text, item.imagePath, joinedLabels(answers)};
}

void ExportTable::addClassCells(Row& row, const ItemContent& item, const ItemStatus& status) const
{
    const ItemScores* scores = scoresOf(item);
    const auto consensus = status.consensus();
    const auto opinions = opinionsOf(status);
    for (std::size_t label = 0; label < m_names.labels.size(); ++label) {
        const int place = scores == nullptr ? -1 : m_places[label];
        if (place < 0) {
            row.insert(row.end(), 3, {});
        } else {
            const auto at = static_cast<std::size_t>(place);
            const float threshold = m_names.models.back().thresholds[at];
            row.push_back(shortestDecimal(scores->probabilities[at]));
            row.push_back(shortestDecimal(threshold));
            row.push_back(flag(scores->probabilities[at] >= threshold));
        }
        std::size_t yes = 0;
        for (const Opinion* opinion : opinions) {
            yes += opinion->decision.answers[label] == Answer::Yes ? 1 : 0;
        }
        row.emplace_back(consensus ? name((*consensus)[label]) : std::string_view());
        row.push_back(std::to_string(yes));
        row.push_back(std::to_string(opinions.size()));
    }
}

ExportTable::Row ExportTable::wideRow(const ItemContent& item, const ItemStatus& status) const
{
    Row row = {item.key,
               item.externalId,
               item.source,
               isoTime(item.created),
               item.imageSha256,
               item.hash.pdq,
               item.hash.pdq.empty() ? std::string() : std::to_string(item.hash.quality),
               item.text,
               item.ocrText,
               item.imagePath,
               std::string(name(status.state)),
               flag(status.escalated),
               flag(status.golden),
               flag(status.audit),
               std::to_string(status.skips)};
    addClassCells(row, item, status);
    const Opinion* opinion = decidingOpinion(status);
    const std::string model = m_names.models.empty() ? std::string() : m_names.models.back().sha256;
    if (opinion == nullptr) {
        row.insert(row.end(), 9, {});
        row.insert(row.end(), {model, {}, {}});
        return row;
    }
    const Decision& decision = opinion->decision;
    row.insert(row.end(), {std::string(name(decision.verdict())), m_options.notes ? decision.reason : std::string(),
                           m_options.notes ? decision.note : std::string(), pseudonym(opinion->reviewer),
                           decimal(decision.secondsVisible), decimal(decision.secondsRevealed),
                           std::string(name(decision.disclosure)), flag(decision.blind), decision.policyVersion, model,
                           isoTime(opinion->time), std::to_string(opinion->event)});
    return row;
}

std::vector<ExportTable::Row> ExportTable::longRows(const ItemContent& item, const ItemStatus& status) const
{
    std::vector<Row> rows;
    const std::array<std::pair<const char*, const std::optional<Opinion>*>, 3> rounds = {
        {{"first", &status.first}, {"second", &status.second}, {"adjudication", &status.settled}}};
    for (const auto& [round, opinion] : rounds) {
        if (!*opinion) {
            continue;
        }
        const Decision& decision = (*opinion)->decision;
        for (std::size_t label = 0; label < m_names.labels.size(); ++label) {
            rows.push_back(
                {item.key, round, m_names.labels[label], std::string(name(decision.answers[label])),
                 pseudonym((*opinion)->reviewer), isoTime((*opinion)->time), decimal(decision.secondsVisible),
                 decimal(decision.secondsRevealed), std::string(name(decision.disclosure)), flag(decision.blind),
                 flag(decision.suggestionShown), decision.confidence ? decimal(*decision.confidence) : std::string(),
                 decision.policyVersion, m_options.notes ? decision.reason : std::string(),
                 m_options.notes ? decision.note : std::string(), std::to_string((*opinion)->event)});
        }
    }
    return rows;
}

ExportTable::Row ExportTable::softRow(const ItemContent& item, const ItemStatus& status) const
{
    const auto opinions = opinionsOf(status);
    Row row = {item.key, item.text, item.imagePath, std::to_string(opinions.size())};
    for (std::size_t label = 0; label < m_names.labels.size(); ++label) {
        double share = 0; // an unsure person is half a yes
        for (const Opinion* opinion : opinions) {
            const Answer answer = opinion->decision.answers[label];
            share += answer == Answer::Yes ? 1 : answer == Answer::Unsure ? 0.5 : 0;
        }
        row.push_back(decimal(share / static_cast<double>(opinions.size())));
    }
    return row;
}

const ItemScores* ExportTable::scoresOf(const ItemContent& item) const
{
    for (const ItemScores& scores : item.scores) {
        if (!m_names.models.empty() && scores.model == m_names.models.back().id) {
            return &scores;
        }
    }
    return nullptr;
}

std::vector<int> ExportTable::modelPlaces() const
{
    std::vector<int> places(m_names.labels.size(), -1);
    for (std::size_t label = 0; label < places.size() && !m_names.models.empty(); ++label) {
        const auto& known = m_names.models.back().labels;
        const auto found = std::find(known.begin(), known.end(), m_names.labels[label]);
        places[label] = found == known.end() ? -1 : static_cast<int>(found - known.begin());
    }
    return places;
}

std::vector<Answer> ExportTable::modelAnswers(const ItemContent& item) const
{
    std::vector<Answer> answers(m_names.labels.size(), Answer::No);
    const ItemScores* scores = scoresOf(item);
    for (std::size_t label = 0; label < answers.size() && scores != nullptr; ++label) {
        const auto place = static_cast<std::size_t>(std::max(m_places[label], 0));
        if (m_places[label] >= 0 && scores->probabilities[place] >= m_names.models.back().thresholds[place]) {
            answers[label] = Answer::Yes;
        }
    }
    return answers;
}

std::string ExportTable::pseudonym(ReviewerId reviewer) const
{
    const auto found = std::find_if(m_names.reviewers.begin(), m_names.reviewers.end(),
                                    [&](const Reviewer& one) { return one.id == reviewer; });
    return found == m_names.reviewers.end() ? std::string() : found->pseudonym;
}

std::string ExportTable::joinedLabels(const std::vector<Answer>& answers) const
{
    std::string joined;
    for (std::size_t label = 0; label < answers.size(); ++label) {
        if (answers[label] == Answer::Yes) {
            joined += (joined.empty() ? "" : ",") + m_names.labels[label];
        }
    }
    return joined;
}

} // namespace modscope
