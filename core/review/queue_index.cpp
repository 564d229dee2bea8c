#include "core/review/queue_index.h"

#include "core/review/queue_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <type_traits>
#include <unordered_map>

namespace modscope {

namespace {

constexpr double kHalfAgeMs = 24.0 * 60 * 60 * 1000;
constexpr double kLargestGroup = 1000;
constexpr std::size_t kStopEvery = 1U << 16U;

using Field = FilterTerm::Field;
using Mask = std::vector<std::uint8_t>;

/// The number of a name in a list, or an error that says what there is.
template <typename List, typename NameOf>
Result<std::size_t> placeOf(const List& list, const NameOf& nameOf, const std::string& wanted, const char* what)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (nameOf(list[i]) == wanted) {
            return i;
        }
    }
    return fail(ErrorCode::InvalidArgument, "filter: there is no " + std::string(what) + " '" + wanted + "'");
}

/// Marks the rows for which one term holds.
class TermMatcher {
public:
    TermMatcher(const QueueColumns& columns, TimeMs now) : m_columns(columns), m_now(now) {}

    Result<Mask> match(const FilterTerm& term, const std::vector<ItemId>* wordHits)
    {
        m_mask.assign(m_columns.size(), 0);
        if (auto done = fill(term, wordHits); !done) {
            return fail(done.error());
        }
        if (term.negated) {
            for (std::uint8_t& one : m_mask) {
                one ^= 1U;
            }
        }
        return std::move(m_mask);
    }

private:
    template <typename Rule>
    Result<void> mark(const Rule& rule)
    {
        for (std::size_t row = 0; row < m_mask.size(); ++row) {
            m_mask[row] |= static_cast<std::uint8_t>(rule(row));
        }
        return {};
    }

    /// The ends are rounded to the column's type: a score shown as 0.3 is a float a little above, and 0.3 must find it.
    template <typename Value>
    Result<void> markRange(const std::vector<Value>& column, const Range& range)
    {
        using Number = std::conditional_t<std::is_floating_point_v<Value>, Value, double>;
        const auto low = static_cast<Number>(range.low);
        const auto high = static_cast<Number>(range.high);
        return mark([&](std::size_t row) {
            const auto value = static_cast<Number>(column[row]);
            return value >= low && value <= high;
        });
    }

    Result<void> fill(const FilterTerm& term, const std::vector<ItemId>* wordHits)
    {
        switch (term.field) {
        case Field::State:
            return states(term);
        case Field::Is:
            return kinds(term);
        case Field::Class:
            return classes(term);
        case Field::Score:
            return scores(term);
        case Field::Risk:
            return markRange(m_columns.risk, term.range);
        case Field::Margin:
            return markRange(m_columns.margin, term.range);
        case Field::Disagreement:
            return markRange(m_columns.disagreement, term.range);
        case Field::Source:
            return sources(term);
        case Field::Age:
            return mark([&](std::size_t row) {
                return term.range.contains(static_cast<double>(m_now - m_columns.created[row]));
            });
        case Field::Duplicates:
            return mark([&](std::size_t row) { return term.range.contains(m_columns.groupSize(row)); });
        case Field::Skips:
            return markRange(m_columns.skips, term.range);
        case Field::By:
            return reviewers(term);
        case Field::Words:
            return words(wordHits);
        }
        return fail(ErrorCode::Internal, "filter: unknown field");
    }

    Result<void> states(const FilterTerm& term)
    {
        for (const std::string& value : term.values) {
            const auto state = itemStateNamed(value);
            if (!state) {
                return fail(state.error());
            }
            (void)mark([&](std::size_t row) { return m_columns.state[row] == *state; });
        }
        return {};
    }

    Result<void> kinds(const FilterTerm& term)
    {
        static const std::unordered_map<std::string, QueueColumns::Flag> kFlags = {
            {"escalated", QueueColumns::Escalated}, {"golden", QueueColumns::Golden},
            {"audit", QueueColumns::Audit},         {"together", QueueColumns::Together},
            {"picture", QueueColumns::HasPicture},  {"text", QueueColumns::HasText}};
        for (const std::string& value : term.values) {
            if (value == "decided") {
                (void)mark([&](std::size_t row) {
                    return m_columns.state[row] == ItemState::Decided || m_columns.state[row] == ItemState::Final;
                });
            } else if (const auto flag = kFlags.find(value); flag != kFlags.end()) {
                (void)mark([&](std::size_t row) { return (m_columns.flags[row] & flag->second) != 0; });
            } else {
                return fail(ErrorCode::InvalidArgument, "filter: an item cannot be '" + value + "'");
            }
        }
        return {};
    }

    [[nodiscard]] Result<std::size_t> label(const std::string& name) const
    {
        return placeOf(
            m_columns.names.labels, [](const std::string& one) { return one; }, name, "class");
    }

    Result<void> classes(const FilterTerm& term)
    {
        for (const std::string& value : term.values) {
            const auto place = label(value);
            if (!place) {
                return fail(place.error());
            }
            const std::uint64_t bit = std::uint64_t{1} << *place;
            (void)mark([&](std::size_t row) { return (m_columns.flagged[row] & bit) != 0; });
        }
        return {};
    }

    Result<void> scores(const FilterTerm& term)
    {
        const auto place = label(term.values.front());
        return place ? markRange(m_columns.scores[*place], term.range) : fail(place.error());
    }

    Result<void> sources(const FilterTerm& term)
    {
        for (const std::string& value : term.values) {
            const auto place = placeOf(
                m_columns.names.sources, [](const std::string& one) { return one; }, value, "source");
            if (!place) {
                return fail(place.error());
            }
            const auto id = static_cast<std::int64_t>(*place) + 1;
            (void)mark([&](std::size_t row) { return m_columns.source[row] == id; });
        }
        return {};
    }

    Result<void> reviewers(const FilterTerm& term)
    {
        for (const std::string& value : term.values) {
            const auto place = placeOf(
                m_columns.names.reviewers, [](const Reviewer& one) { return one.pseudonym; }, value, "reviewer");
            if (!place) {
                return fail(place.error());
            }
            const ReviewerId id = m_columns.names.reviewers[*place].id;
            (void)mark([&](std::size_t row) { return m_columns.firstBy[row] == id; });
        }
        return {};
    }

    Result<void> words(const std::vector<ItemId>* hits)
    {
        if (hits == nullptr) {
            return fail(ErrorCode::Internal, "filter: the words were not searched");
        }
        for (const ItemId id : *hits) {
            if (const auto row = m_columns.rowOf(id)) {
                m_mask[*row] = 1;
            }
        }
        return {};
    }

    const QueueColumns& m_columns;
    TimeMs m_now;
    Mask m_mask;
};

Result<Mask> matchAll(const QueueColumns& columns, const QueueIndex::Query& query, const std::stop_token& stop)
{
    Mask all(columns.size(), 1);
    bool asksRemoved = false;
    std::size_t words = 0;
    TermMatcher matcher(columns, query.now);
    for (const FilterTerm& term : query.filter.terms) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled");
        }
        const bool isWords = term.field == Field::Words;
        const auto* hits = isWords && words < query.wordHits.size() ? &query.wordHits[words] : nullptr;
        words += isWords ? 1 : 0;
        const auto mask = matcher.match(term, hits);
        if (!mask) {
            return fail(mask.error());
        }
        std::transform(all.begin(), all.end(), mask->begin(), all.begin(), [](auto a, auto b) { return a & b; });
        asksRemoved |= term.field == Field::State &&
                       std::find(term.values.begin(), term.values.end(), name(ItemState::Removed)) != term.values.end();
    }
    for (std::size_t row = 0; row < all.size() && !asksRemoved; ++row) {
        all[row] &= static_cast<std::uint8_t>(columns.state[row] != ItemState::Removed);
    }
    return all;
}

/// One row's priority under an order.
class Ranker {
public:
    Ranker(const QueueColumns& columns, const QueueOrder& order, TimeMs now)
        : m_columns(columns), m_order(order), m_now(now),
          m_weights(order.risk + order.uncertainty + order.disagreement + order.age + order.duplicates)
    {}

    [[nodiscard]] Priority of(std::size_t row) const
    {
        return {total(row), m_columns.risk[row], m_columns.uncertainty[row], m_columns.disagreement[row],
                age(row),   duplicates(row)};
    }

    /// The sum alone: a part without weight is not worth its logarithm, a million times.
    [[nodiscard]] double total(std::size_t row) const
    {
        if (m_order.oldestFirst) {
            return -static_cast<double>(m_columns.created[row]); // saturated ages would tie
        }
        if (m_weights <= 0) {
            return 0;
        }
        const double sum = m_order.risk * static_cast<double>(m_columns.risk[row]) +
                           m_order.uncertainty * static_cast<double>(m_columns.uncertainty[row]) +
                           m_order.disagreement * static_cast<double>(m_columns.disagreement[row]) +
                           (m_order.age > 0 ? m_order.age * age(row) : 0) +
                           (m_order.duplicates > 0 ? m_order.duplicates * duplicates(row) : 0);
        return sum / m_weights;
    }

private:
    [[nodiscard]] double age(std::size_t row) const
    {
        const double age = std::max(0.0, static_cast<double>(m_now - m_columns.created[row]));
        return age / (age + kHalfAgeMs);
    }
    [[nodiscard]] double duplicates(std::size_t row) const
    {
        return std::min(1.0, std::log(std::max(1.0, m_columns.groupSize(row))) / std::log(kLargestGroup));
    }

    const QueueColumns& m_columns;
    const QueueOrder& m_order;
    TimeMs m_now;
    double m_weights;
};

} // namespace

QueueIndex::QueueIndex() : m_columns(std::make_unique<QueueColumns>()) {}
QueueIndex::~QueueIndex() = default;
QueueIndex::QueueIndex(QueueIndex&&) noexcept = default;
QueueIndex& QueueIndex::operator=(QueueIndex&&) noexcept = default;

Result<void> QueueIndex::setNames(const QueueNames& names)
{
    return m_columns->setNames(names);
}

void QueueIndex::apply(const ItemFacts& facts)
{
    m_columns->apply(facts);
}

std::size_t QueueIndex::size() const
{
    return m_columns->size();
}

Result<std::vector<ItemId>> QueueIndex::select(const Query& query, std::size_t limit, std::stop_token stop) const
{
    const auto mask = matchAll(*m_columns, query, stop);
    if (!mask) {
        return fail(mask.error());
    }
    struct Ranked {
        double total;
        ItemId id;
    };
    const auto better = [](const Ranked& a, const Ranked& b) {
        return a.total != b.total ? a.total > b.total : a.id < b.id;
    };
    std::vector<Ranked> best; // a heap with the worst in front
    const Ranker ranker(*m_columns, query.order, query.now);
    for (std::size_t row = 0; row < mask->size(); ++row) {
        if (row % kStopEvery == 0 && stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled");
        }
        if ((*mask)[row] == 0) {
            continue;
        }
        const Ranked one{ranker.total(row), m_columns->id[row]};
        const bool full = limit > 0 && best.size() == limit;
        if (full && !better(one, best.front())) {
            continue;
        }
        if (full) {
            std::pop_heap(best.begin(), best.end(), better);
            best.pop_back();
        }
        best.push_back(one);
        if (limit > 0) {
            std::push_heap(best.begin(), best.end(), better);
        }
    }
    std::sort(best.begin(), best.end(), better);
    std::vector<ItemId> ids(best.size());
    std::transform(best.begin(), best.end(), ids.begin(), [](const Ranked& one) { return one.id; });
    return ids;
}

Result<std::vector<ItemId>> QueueIndex::sample(const Query& query,
                                               std::size_t count,
                                               std::mt19937_64& random,
                                               std::stop_token stop) const
{
    const auto mask = matchAll(*m_columns, query, stop);
    if (!mask) {
        return fail(mask.error());
    }
    std::vector<ItemId> ids;
    for (std::size_t row = 0; row < mask->size(); ++row) {
        if ((*mask)[row] != 0) {
            ids.push_back(m_columns->id[row]);
        }
    }
    const std::size_t wanted = std::min(count, ids.size());
    for (std::size_t i = 0; i < wanted; ++i) { // Fisher and Yates, as far as is asked
        std::swap(ids[i], ids[std::uniform_int_distribution<std::size_t>(i, ids.size() - 1)(random)]);
    }
    ids.resize(wanted);
    return ids;
}

Result<std::size_t> QueueIndex::count(const Query& query, std::stop_token stop) const
{
    const auto mask = matchAll(*m_columns, query, stop);
    return mask ? Result<std::size_t>(std::accumulate(mask->begin(), mask->end(), std::size_t{0})) : fail(mask.error());
}

Priority QueueIndex::priority(ItemId item, const QueueOrder& order, TimeMs now) const
{
    return Ranker(*m_columns, order, now).of(*m_columns->rowOf(item));
}

bool QueueIndex::contains(ItemId item) const
{
    return m_columns->rowOf(item).has_value();
}

} // namespace modscope
