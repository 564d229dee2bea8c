#include "core/review/queue_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace modscope {

namespace {

constexpr std::size_t kMaxLabels = 64; // one bit each
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

} // namespace

std::optional<std::size_t> QueueColumns::rowOf(ItemId item) const
{
    const auto place = static_cast<std::size_t>(item);
    const bool known = item > 0 && place < m_rows.size() && m_rows[place] != kNoRow;
    return known ? std::optional<std::size_t>(m_rows[place]) : std::nullopt;
}

double QueueColumns::groupSize(std::size_t row) const
{
    const auto place = static_cast<std::size_t>(group[row]);
    return place == 0 ? 1.0 : static_cast<double>(m_groupSizes[place]);
}

Result<void> QueueColumns::setNames(const QueueNames& given)
{
    if (given.labels.size() > kMaxLabels) {
        return fail(ErrorCode::LimitExceeded, "the project has " + std::to_string(given.labels.size()) +
                                                  " classes, the limit is " + std::to_string(kMaxLabels));
    }
    names = given;
    if (names.model == 0 && !names.models.empty()) {
        names.model = names.models.back().id;
    }
    m_labelOf.clear();
    for (const ScoringModel& model : names.models) {
        std::vector<int>& places = m_labelOf.emplace_back();
        for (const std::string& label : model.labels) {
            const auto found = std::find(names.labels.begin(), names.labels.end(), label);
            places.push_back(found == names.labels.end() ? -1 : static_cast<int>(found - names.labels.begin()));
        }
    }
    scores.resize(names.labels.size());
    for (std::vector<float>& column : scores) {
        column.resize(size(), kNaN);
    }
    return {};
}

std::size_t QueueColumns::rowFor(ItemId item)
{
    if (const auto known = rowOf(item)) {
        return *known;
    }
    const auto place = static_cast<std::size_t>(item);
    if (place >= m_rows.size()) {
        m_rows.resize(std::max(place + 1, m_rows.size() * 2), kNoRow);
    }
    const std::size_t row = size();
    m_rows[place] = static_cast<std::uint32_t>(row);
    id.push_back(item);
    state.push_back(ItemState::New);
    flags.push_back(0);
    skips.push_back(0);
    source.push_back(0);
    group.push_back(0);
    firstBy.push_back(0);
    created.push_back(0);
    risk.push_back(0);
    margin.push_back(0);
    uncertainty.push_back(0);
    disagreement.push_back(0);
    flagged.push_back(0);
    for (std::vector<float>& column : scores) {
        column.push_back(kNaN);
    }
    return row;
}

void QueueColumns::moveToGroup(std::size_t row, std::int64_t newGroup)
{
    const auto newPlace = static_cast<std::size_t>(newGroup);
    if (newPlace >= m_groupSizes.size()) {
        m_groupSizes.resize(std::max(newPlace + 1, m_groupSizes.size() * 2));
    }
    if (group[row] != 0) {
        --m_groupSizes[static_cast<std::size_t>(group[row])];
    }
    if (newGroup != 0) {
        ++m_groupSizes[newPlace];
    }
    group[row] = newGroup;
}

void QueueColumns::apply(const ItemFacts& facts)
{
    const std::size_t row = rowFor(facts.id);
    state[row] = facts.state;
    flags[row] = static_cast<std::uint8_t>((facts.escalated ? Escalated : 0) | (facts.audit ? Audit : 0) |
                                           (facts.golden ? Golden : 0) | (facts.hasText ? HasText : 0) |
                                           (facts.hasPicture ? HasPicture : 0));
    skips[row] = facts.skips;
    source[row] = facts.sourceId;
    firstBy[row] = facts.firstBy;
    created[row] = facts.created;
    moveToGroup(row, facts.groupId);
    applyScores(row, facts.scores);
}

const ScoringModel* QueueColumns::modelOf(ModelId model) const
{
    const auto found = std::find_if(names.models.begin(), names.models.end(),
                                    [&](const ScoringModel& one) { return one.id == model; });
    return found == names.models.end() ? nullptr : &*found;
}

void QueueColumns::applyScores(std::size_t row, const std::vector<ItemScores>& all)
{
    risk[row] = 0;
    margin[row] = std::numeric_limits<float>::infinity();
    uncertainty[row] = 0;
    flagged[row] = 0;
    std::vector<float> lowest(names.labels.size(), kNaN);
    std::vector<float> highest(names.labels.size(), kNaN);
    for (std::vector<float>& column : scores) {
        column[row] = kNaN;
    }
    for (const ItemScores& item : all) {
        const ScoringModel* model = modelOf(item.model);
        if (model == nullptr) {
            continue; // added after the names were read: the next refresh brings both
        }
        const std::vector<int>& labelOf = m_labelOf[static_cast<std::size_t>(model - names.models.data())];
        const auto alone = [&](const std::vector<float>& part, std::size_t i) {
            return i < part.size() && part[i] < model->thresholds[i];
        };
        for (std::size_t i = 0; i < item.probabilities.size() && i < labelOf.size(); ++i) {
            const auto label = static_cast<std::size_t>(labelOf[i]);
            const float p = item.probabilities[i];
            const float threshold = model->thresholds[i];
            if (labelOf[i] < 0) {
                continue;
            }
            if (p >= threshold) {
                flagged[row] |= std::uint64_t{1} << label;
                if (alone(item.textOnly, i) && alone(item.imageOnly, i)) {
                    flags[row] |= Together;
                }
            }
            lowest[label] = std::fmin(lowest[label], p);
            highest[label] = std::fmax(highest[label], p);
            if (item.model == names.model) {
                const float distance = std::abs(p - threshold);
                scores[label][row] = p;
                risk[row] = std::max(risk[row], p);
                margin[row] = std::min(margin[row], distance);
                uncertainty[row] = std::max(uncertainty[row], 1 - distance / std::max(threshold, 1 - threshold));
            }
        }
    }
    float difference = 0;
    for (std::size_t label = 0; label < lowest.size(); ++label) {
        difference = std::fmax(difference, highest[label] - lowest[label]);
    }
    disagreement[row] = difference;
}

} // namespace modscope
