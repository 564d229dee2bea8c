#include "core/review/own_value.h"

#include "core/review/statistics.h"

#include <algorithm>

namespace modscope {

OwnValueCount::OwnValueCount(const std::vector<std::string>& labels,
                             const ScoringModel& model,
                             ReviewerId me,
                             TimeMs since)
    : m_model(model), m_me(me), m_since(since)
{
    m_value.model = model.name;
    m_value.classes.resize(labels.size());
    for (const std::string& label : labels) {
        const auto place = std::find(model.labels.begin(), model.labels.end(), label);
        m_places.push_back(place == model.labels.end()
                               ? std::nullopt
                               : std::optional(static_cast<std::size_t>(place - model.labels.begin())));
    }
}

// The last one given counts.
const Decision* OwnValueCount::mine(const ItemStatus& status) const
{
    for (const auto* opinion : {&status.settled, &status.second, &status.first}) {
        if (*opinion && (*opinion)->reviewer == m_me && (*opinion)->time >= m_since) {
            return &(*opinion)->decision;
        }
    }
    return nullptr;
}

void OwnValueCount::add(const ItemContent& item, const ItemStatus& status, std::int64_t group)
{
    const auto truth = status.consensus();
    const auto scores = std::find_if(item.scores.begin(), item.scores.end(),
                                     [this](const ItemScores& one) { return one.model == m_model.id; });
    if (status.state == ItemState::Removed || !truth || scores == item.scores.end()) {
        return;
    }
    const Decision* decision = mine(status);
    m_value.decided += decision != nullptr ? 1 : 0;
    Unit unit(m_places.size());
    for (std::size_t label = 0; label < m_places.size(); ++label) {
        const Answer actual = (*truth)[label];
        const auto place = m_places[label];
        if (!place || actual == Answer::Unsure) {
            continue;
        }
        const bool flagged = scores->probabilities.at(*place) >= m_model.thresholds.at(*place);
        const Answer answer = decision != nullptr ? decision->answers.at(label) : Answer::Unsure;
        if (answer == actual && (answer == Answer::Yes) != flagged) {
            ++m_value.classes[label].corrected;
            ++m_value.corrected;
        }
        if (actual == Answer::Yes) {
            unit[label] = {1, flagged ? 1U : 0U, !flagged && answer == Answer::Yes ? 1U : 0U,
                           flagged && answer == Answer::No ? 1U : 0U};
        }
    }
    if (group == 0) {
        count(unit);
        return;
    }
    Unit& sum = m_groups.try_emplace(group, m_places.size()).first->second;
    for (std::size_t label = 0; label < unit.size(); ++label) {
        sum[label].positives += unit[label].positives;
        sum[label].byModel += unit[label].byModel;
        sum[label].gained += unit[label].gained;
        sum[label].lost += unit[label].lost;
    }
}

void OwnValueCount::count(const Unit& unit)
{
    const auto kind = m_kinds.try_emplace(unit, static_cast<std::uint32_t>(m_kinds.size())).first;
    m_population.kindOf.push_back(kind->second);
    m_population.kinds = m_kinds.size();
    for (std::size_t label = 0; label < unit.size(); ++label) {
        m_value.classes[label].positives += unit[label].positives;
    }
}

Result<OwnValue> OwnValueCount::finish(const BootstrapOptions& options, const std::stop_token& stop)
{
    for (const auto& [number, unit] : m_groups) {
        count(unit);
    }
    std::vector<const Unit*> kinds(m_kinds.size());
    for (const auto& [unit, kind] : m_kinds) {
        kinds[kind] = &unit;
    }
    const std::size_t labels = m_places.size();
    // Per label: the model's recall, then what my answers add to it.
    const Statistics recalls = [&kinds, labels](std::span<const std::uint32_t> counts) {
        std::vector<std::optional<double>> values(2 * labels);
        for (std::size_t label = 0; label < labels; ++label) {
            double positives = 0;
            double byModel = 0;
            double added = 0;
            for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
                const Found& found = (*kinds[kind])[label];
                positives += static_cast<double>(counts[kind]) * found.positives;
                byModel += static_cast<double>(counts[kind]) * found.byModel;
                added += static_cast<double>(counts[kind]) *
                         (static_cast<double>(found.gained) - static_cast<double>(found.lost));
            }
            if (positives > 0) {
                values[2 * label] = byModel / positives;
                values[2 * label + 1] = added / positives;
            }
        }
        return values;
    };
    auto estimates = bootstrap(m_population, recalls, options, stop);
    if (!estimates) {
        return fail(estimates.error());
    }
    for (std::size_t label = 0; label < labels; ++label) {
        m_value.classes[label].recallBefore = (*estimates)[2 * label].value;
        m_value.classes[label].recallChange = (*estimates)[2 * label + 1];
    }
    return m_value;
}

Result<OwnValue> ownValue(ReviewStore& store,
                          TimeMs since,
                          const BootstrapOptions& options,
                          const std::stop_token& stop)
{
    const auto models = store.models();
    if (!models) {
        return fail(models.error());
    }
    if (models->empty()) {
        OwnValue none;
        none.classes.resize(store.project().labels.size());
        return none;
    }
    const auto groups = duplicateGroupOfItems(store, stop);
    if (!groups) {
        return fail(groups.error());
    }
    OwnValueCount count(store.project().labels, models->back(), store.me().id, since);
    const auto end = store.readItems(stop, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
        const auto group = groups->find(item.id);
        count.add(item, status, group == groups->end() ? 0 : group->second);
        return {};
    });
    return end ? count.finish(options, stop) : fail(end.error());
}

} // namespace modscope
