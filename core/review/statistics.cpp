#include "core/review/statistics.h"

#include <algorithm>

namespace modscope {

namespace {

class StatisticsCount {
public:
    StatisticsCount(const Project& project, std::vector<ScoringModel> models, TimeMs now)
        : m_labels(project.labels), m_models(std::move(models)), m_now(now), m_pairs(project.labels.size())
    {
        m_result.classes.resize(m_labels.size());
    }

    void add(const ItemContent& item, const ItemStatus& status, std::int64_t group)
    {
        ++m_result.states[static_cast<std::size_t>(status.state)];
        if (status.state == ItemState::Removed) {
            return;
        }
        ++m_result.items;
        m_result.escalated += status.escalated ? 1 : 0;
        m_result.golden += status.golden ? 1 : 0;
        m_result.audit += status.audit ? 1 : 0;
        QueueStatistics::Source& source = m_result.sources[item.source];
        ++source.items;
        if (claimable(status.state)) {
            ++source.open;
            ++m_result.openByAge[ageBand(m_now - item.created)];
        }
        countClasses(item, status);
        m_pairs.add(status, group);
    }

    Result<QueueStatistics> finish(const ChainEnd& chain, const std::stop_token& stop)
    {
        auto agreement = m_pairs.agreement(BootstrapOptions(), stop);
        if (!agreement) {
            return fail(agreement.error());
        }
        m_result.agreement = std::move(*agreement);
        m_result.chain = chain;
        return std::move(m_result);
    }

private:
    void countClasses(const ItemContent& item, const ItemStatus& status)
    {
        const auto consensus = status.consensus();
        for (std::size_t label = 0; label < m_labels.size(); ++label) {
            QueueStatistics::Class& one = m_result.classes[label];
            one.flagged += flagged(item, m_labels[label]) ? 1 : 0;
            if (consensus) {
                const Answer answer = (*consensus)[label];
                ++(answer == Answer::Yes ? one.yes : answer == Answer::No ? one.no : one.unsure);
            }
        }
    }

    [[nodiscard]] bool flagged(const ItemContent& item, const std::string& label) const
    {
        return std::any_of(item.scores.begin(), item.scores.end(), [&](const ItemScores& scores) {
            const auto model = std::find_if(m_models.begin(), m_models.end(),
                                            [&](const ScoringModel& one) { return one.id == scores.model; });
            if (model == m_models.end()) {
                return false;
            }
            const auto place = std::find(model->labels.begin(), model->labels.end(), label) - model->labels.begin();
            const auto at = static_cast<std::size_t>(place);
            return at < scores.probabilities.size() && scores.probabilities[at] >= model->thresholds[at];
        });
    }

    const std::vector<std::string>& m_labels;
    std::vector<ScoringModel> m_models;
    TimeMs m_now;
    OpinionPairs m_pairs;
    QueueStatistics m_result;
};

} // namespace

std::size_t ageBand(TimeMs age)
{
    const auto band =
        std::find_if(kAgeBands.begin(), kAgeBands.end(), [age](const AgeBand& one) { return age < one.below; });
    return static_cast<std::size_t>(band - kAgeBands.begin());
}

Result<std::unordered_map<ItemId, std::int64_t>> duplicateGroupOfItems(ReviewStore& store, const std::stop_token& stop)
{
    std::unordered_map<ItemId, std::int64_t> groups;
    const auto read = store.readPictures(stop, [&groups](const StoredPicture& picture) {
        if (picture.group > 0) {
            groups.emplace(picture.item, picture.group);
        }
    });
    return read ? Result<std::unordered_map<ItemId, std::int64_t>>(std::move(groups)) : fail(read.error());
}

Result<QueueStatistics> queueStatistics(ReviewStore& store,
                                        const std::optional<std::vector<ItemId>>& items,
                                        TimeMs now,
                                        std::stop_token stop)
{
    auto models = store.models();
    const auto groups = models ? duplicateGroupOfItems(store, stop) : fail(models.error());
    if (!groups) {
        return fail(groups.error());
    }
    StatisticsCount count(store.project(), std::move(*models), now);
    const auto end = store.readItems(stop, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
        if (!items || std::binary_search(items->begin(), items->end(), item.id)) {
            const auto group = groups->find(item.id);
            count.add(item, status, group == groups->end() ? 0 : group->second);
        }
        return {};
    });
    return end ? count.finish(*end, stop) : fail(end.error());
}

} // namespace modscope
