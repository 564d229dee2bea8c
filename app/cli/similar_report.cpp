#include "app/cli/similar_report.h"

#include "app/cli/json_text.h"
#include "app/cli/text_table.h"
#include "core/similarity/embedding.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace modscope::cli {

namespace {

constexpr std::size_t kGroupItemWidth = 60;

std::string words(std::string_view name)
{
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string decimals(double value, int places = 2)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.*f", places, value);
    return text;
}

int bitsOf(const std::optional<Comparison>& comparison)
{
    if (!comparison || comparison->sameFile) {
        return comparison ? 0 : -1; // the first of its group stays first
    }
    const auto nearest = comparison->nearest();
    return nearest ? nearest->bits : std::numeric_limits<int>::max();
}

std::string messageOf(const SimilarItem& item, const std::string& message)
{
    const bool named = item.place.empty() || message.starts_with(item.place);
    return named ? message : item.place + ": " + message;
}

/// The distance that made them near: with or without a border.
void addDistance(Json& json, const Comparison& comparison)
{
    const auto nearest = comparison.nearest();
    json["distance"] = nearest ? Json(nearest->bits) : Json();
    json["orientation"] = nearest ? Json(std::string(name(nearest->orientation))) : Json();
    json["without_border"] = nearest && nearest != comparison.whole;
    json["text_similarity"] = comparison.textSimilarity ? Json(*comparison.textSimilarity) : Json();
    json["same_file"] = comparison.sameFile;
    if (comparison.cosine) {
        json["cosine"] = *comparison.cosine;
    }
}

Json describeItem(const SimilarItem& item)
{
    Json json;
    json["id"] = item.sample.id;
    json["image"] = item.sample.imagePath.string();
    json["place"] = item.place.empty() ? Json() : Json(item.place);
    return json;
}

} // namespace

Result<SimilarReport> SimilarReport::make(const std::vector<SimilarItem>& items,
                                          const RelationThresholds& thresholds,
                                          const std::stop_token& stop)
{
    SimilarReport report;
    report.m_maxDistance = thresholds.templateBits;
    report.m_minCosine = thresholds.embeddingCosine;
    std::vector<const SimilarItem*> compared;
    std::vector<Fingerprint> prints;
    for (const SimilarItem& item : items) {
        if (item.error) {
            report.m_failures.push_back(&item);
        } else {
            compared.push_back(&item);
            prints.push_back(item.print);
        }
    }
    report.m_compared = compared.size();
    const auto found = findDuplicates(prints, thresholds, stop);
    if (!found) {
        return fail(found.error());
    }
    for (const DuplicateGroup& group : found->groups.groups()) {
        auto described = describe(group, compared, thresholds);
        if (!described) {
            return fail(described.error());
        }
        report.m_groups.push_back(std::move(*described));
    }
    for (const MemeId id : found->unhashable) {
        report.m_unhashable.push_back(compared[id]);
    }
    if (report.m_minCosine) {
        if (auto added = report.addAlike(compared, found->groups, *report.m_minCosine, stop); !added) {
            return fail(added.error());
        }
    }
    return report;
}

Result<void> SimilarReport::addAlike(const std::vector<const SimilarItem*>& compared,
                                     const DuplicateGroups& groups,
                                     double least,
                                     const std::stop_token& stop)
{
    std::vector<std::vector<float>> embeddings;
    std::ranges::transform(compared, std::back_inserter(embeddings),
                           [](const SimilarItem* item) { return item->print.embedding; });
    const auto pairs = alikePairs(embeddings, least, stop);
    if (!pairs) {
        return fail(pairs.error());
    }
    for (const AlikePair& pair : *pairs) {
        const auto group = groups.groupOf(pair.first);
        if (!group || !std::ranges::binary_search(group->members, MemeId{pair.second})) {
            m_alike.push_back({compared[pair.first], compared[pair.second], pair.cosine});
        }
    }
    return {};
}

Result<SimilarReport::Group> SimilarReport::describe(const DuplicateGroup& group,
                                                     const std::vector<const SimilarItem*>& items,
                                                     const RelationThresholds& thresholds)
{
    Group result;
    result.diameter = group.diameter;
    for (const MemeId id : group.members) {
        Member member{items[id], std::nullopt};
        if (id != group.medoid) {
            auto comparison = compare(items[group.medoid]->print, items[id]->print, thresholds);
            if (!comparison) {
                return fail(comparison.error());
            }
            member.toFirst = *comparison;
        }
        result.members.push_back(member);
    }
    std::stable_sort(result.members.begin(), result.members.end(), [](const Member& left, const Member& right) {
        return bitsOf(left.toFirst) < bitsOf(right.toFirst);
    });
    return result;
}

std::string SimilarReport::table() const
{
    std::string groups = m_groups.empty() ? std::string() : groupTable();
    if (m_alike.empty()) {
        return groups;
    }
    TextTable table({"alike", "item", "and"});
    for (const Alike& pair : m_alike) {
        table.add({decimals(pair.cosine, 4), shortened(pair.first->sample.imagePath.string(), kGroupItemWidth),
                   shortened(pair.second->sample.imagePath.string(), kGroupItemWidth)});
    }
    return groups + (groups.empty() ? "" : "\n") + table.text();
}

std::string SimilarReport::groupTable() const
{
    TextTable table({"group", "relation", "bits", "turned", "text", "item"});
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        for (const auto& [item, comparison] : m_groups[group].members) {
            std::vector<std::string> cells{std::to_string(group + 1), "-", "-", "-", "-"};
            if (comparison) {
                const auto nearest = comparison->nearest();
                cells[1] = words(name(comparison->relation));
                cells[2] = nearest ? std::to_string(nearest->bits) : "-";
                cells[3] = nearest ? words(name(nearest->orientation)) : "-";
                cells[4] = comparison->textSimilarity ? decimals(*comparison->textSimilarity) : "-";
            }
            cells.push_back(shortened(item->sample.imagePath.string(), kGroupItemWidth));
            table.add(std::move(cells));
        }
    }
    return table.text();
}

std::string SimilarReport::json() const
{
    Json json;
    json["max_distance"] = m_maxDistance;
    json["compared"] = m_compared;
    json["groups"] = Json::array();
    for (const Group& group : m_groups) {
        Json members = Json::array();
        for (const Member& member : group.members) {
            Json entry = describeItem(*member.item);
            entry["relation"] = member.toFirst ? Json(std::string(name(member.toFirst->relation))) : Json();
            if (member.toFirst) {
                addDistance(entry, *member.toFirst);
            }
            members.push_back(std::move(entry));
        }
        json["groups"].push_back(Json{{"diameter", group.diameter}, {"items", std::move(members)}});
    }
    if (m_minCosine) {
        json["min_cosine"] = *m_minCosine;
        json["alike"] = Json::array();
        for (const Alike& pair : m_alike) {
            json["alike"].push_back(Json{
                {"first", describeItem(*pair.first)}, {"second", describeItem(*pair.second)}, {"cosine", pair.cosine}});
        }
    }
    json["too_plain"] = Json::array();
    for (const SimilarItem* item : m_unhashable) {
        json["too_plain"].push_back(describeItem(*item));
    }
    json["failed"] = Json::array();
    for (const SimilarItem* item : m_failures) {
        Json entry = describeItem(*item);
        entry["error"] = item->error->message;
        json["failed"].push_back(std::move(entry));
    }
    return jsonText(json);
}

std::vector<std::string> SimilarReport::messages() const
{
    std::vector<std::string> messages;
    for (const SimilarItem* item : m_failures) {
        messages.push_back(messageOf(*item, item->error->message));
    }
    for (const SimilarItem* item : m_unhashable) {
        messages.push_back(messageOf(*item, item->sample.imagePath.string() + ": has too little structure to compare"));
    }
    return messages;
}

std::string SimilarReport::summary() const
{
    std::size_t grouped = 0;
    for (const Group& group : m_groups) {
        grouped += group.members.size();
    }
    const std::string alike = m_minCosine ? std::to_string(m_alike.size()) + " alike to the model only, " : "";
    return std::to_string(m_compared) + " compared, " + std::to_string(grouped) + " of them in " +
           std::to_string(m_groups.size()) + (m_groups.size() == 1 ? " group, " : " groups, ") + alike +
           std::to_string(failed()) + " failed";
}

} // namespace modscope::cli
