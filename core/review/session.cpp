#include "core/review/session.h"

#include <algorithm>
#include <chrono>

namespace modscope {

namespace {

constexpr std::size_t kFirstCandidates = 64; ///< offered to the store at once; more when all are held or declined
constexpr std::size_t kMoreCandidates = 8;

TimeMs now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

FilterTerm stateTerm(std::initializer_list<ItemState> states)
{
    FilterTerm term;
    term.field = FilterTerm::Field::State;
    for (const ItemState state : states) {
        term.values.emplace_back(name(state));
    }
    return term;
}

FilterTerm isTerm(const char* what, bool negated = false)
{
    FilterTerm term;
    term.field = FilterTerm::Field::Is;
    term.values.emplace_back(what);
    term.negated = negated;
    return term;
}

FilterTerm riskBelow(double risk)
{
    FilterTerm term;
    term.field = FilterTerm::Field::Risk;
    term.range.low = risk;
    term.negated = true;
    return term;
}

/// Whether an item's scores are hidden from a person: always the same answer for the same pair, at the given rate.
bool drawnToHide(ItemId item, ReviewerId reviewer, double share)
{
    std::uint64_t mixed =
        static_cast<std::uint64_t>(item) * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(reviewer);
    mixed ^= mixed >> 31U; // splitmix64's finish
    mixed *= 0x94D049BB133111EBULL;
    mixed ^= mixed >> 29U;
    return static_cast<double>(mixed >> 11U) * 0x1p-53 < share;
}

/// Takes out of a task what would tell a blind reviewer anything: it then looks like any other new item.
void blindfold(ReviewTask& task)
{
    task.blind = true;
    task.suggestionHidden = true;
    task.content.scores.clear();
    task.content.source.clear();
    task.priority = {};
    task.group.clear();
    const EventSeq version = task.status.version;
    task.status = {};
    task.status.version = version;
}

void hideNames(std::optional<Opinion>& opinion)
{
    if (opinion) {
        opinion->reviewer = 0;
        opinion->event = 0;
    }
}

} // namespace

ReviewSession::ReviewSession(std::unique_ptr<ReviewStore> store, std::uint64_t seed)
    : m_store(std::move(store)), m_random(seed)
{}

Result<ReviewSession> ReviewSession::open(std::unique_ptr<ReviewStore> store, std::uint64_t seed, std::stop_token stop)
{
    ReviewSession session(std::move(store), seed);
    if (auto names = session.readNames(); !names) {
        return fail(names.error());
    }
    if (auto read = session.readFacts(stop); !read) {
        return fail(read.error());
    }
    return session;
}

Result<void> ReviewSession::readNames()
{
    auto models = m_store->models();
    auto sources = m_store->sources();
    auto reviewers = m_store->reviewers();
    const auto rules = m_store->rules();
    if (!models || !sources) {
        return fail(models ? sources.error() : models.error());
    }
    if (!reviewers || !rules) {
        return fail(reviewers ? rules.error() : reviewers.error());
    }
    m_names = {m_store->project().labels, std::move(*models), std::move(*sources), std::move(*reviewers),
               m_names.model};
    m_rules = *rules;
    return m_index.setNames(m_names);
}

Result<void> ReviewSession::readFacts(const std::stop_token& stop)
{
    const auto version = m_store->readFacts(m_version, stop, [this](const ItemFacts& facts) { m_index.apply(facts); });
    if (!version) {
        return fail(version.error());
    }
    m_version = *version;
    return {};
}

Result<bool> ReviewSession::refresh(std::stop_token stop)
{
    auto changed = m_store->changed();
    if (!changed || !*changed) {
        return changed;
    }
    // Names first: facts may use models, sources and people that are new.
    if (auto names = readNames(); !names) {
        return fail(names.error());
    }
    if (auto read = readFacts(stop); !read) {
        return fail(read.error());
    }
    return true;
}

Result<QueueIndex::Query> ReviewSession::queryFor(const Queue& queue)
{
    QueueIndex::Query query{queue.filter, queue.order, now(), {}};
    for (const FilterTerm& term : queue.filter.terms) {
        if (term.field != FilterTerm::Field::Words) {
            continue;
        }
        auto hits = m_store->search(term.values.front());
        if (!hits) {
            return fail(hits.error());
        }
        query.wordHits.push_back(std::move(*hits));
    }
    return query;
}

Result<std::vector<ItemId>> ReviewSession::list(const Queue& queue, std::size_t limit, std::stop_token stop)
{
    const auto query = queryFor(queue);
    return query ? m_index.select(*query, limit, stop) : fail(query.error());
}

Result<std::size_t> ReviewSession::count(const Queue& queue, std::stop_token stop)
{
    const auto query = queryFor(queue);
    return query ? m_index.count(*query, stop) : fail(query.error());
}

ReviewSession::Draw ReviewSession::draw()
{
    std::uniform_real_distribution<double> share(0, 1);
    const double drawn = share(m_random);
    if (drawn < m_rules.goldenShare) {
        return {Drawn::Golden, {isTerm("golden")}};
    }
    Draw result{
        drawn < m_rules.goldenShare + m_rules.randomShare ? Drawn::AtRandom : Drawn::ByPriority,
        {stateTerm({ItemState::New, ItemState::SecondOpinion, ItemState::Adjudication}), isTerm("golden", true)}};
    const auto limit = static_cast<std::size_t>(std::max(0, m_rules.maxSevereInARow));
    const bool enough = limit > 0 && m_severe.size() >= limit &&
                        std::all_of(m_severe.begin(), m_severe.end(), [](bool one) { return one; });
    if (enough && result.how == Drawn::ByPriority) {
        result.terms.push_back(riskBelow(m_rules.severeFrom));
    }
    return result;
}

bool ReviewSession::drawsSecondOpinion()
{
    return std::uniform_real_distribution<double>(0, 1)(m_random) < m_rules.secondOpinionShare;
}

Result<std::optional<Lease>> ReviewSession::claimFrom(const Queue& queue,
                                                      const Draw& draw,
                                                      std::span<const ItemId> passed)
{
    Queue narrowed = queue;
    if (draw.how == Drawn::Golden) { // known items are decided: what state the queue asks for says nothing of them
        std::erase_if(narrowed.filter.terms,
                      [](const FilterTerm& term) { return term.field == FilterTerm::Field::State; });
    }
    narrowed.filter.terms.insert(narrowed.filter.terms.end(), draw.terms.begin(), draw.terms.end());
    const auto query = queryFor(narrowed);
    if (!query) {
        return fail(query.error());
    }
    const bool random = draw.how != Drawn::ByPriority;
    for (std::size_t limit = kFirstCandidates + (random ? passed.size() : 0);; limit *= kMoreCandidates) {
        auto ids = random ? m_index.sample(*query, limit, m_random) : m_index.select(*query, limit);
        if (!ids) {
            return fail(ids.error());
        }
        const bool last = random || ids->size() < limit;
        std::erase_if(*ids, [&](ItemId id) { return std::find(passed.begin(), passed.end(), id) != passed.end(); });
        auto lease = m_store->claim(*ids);
        if (!lease || *lease || last) {
            return lease;
        }
    }
}

Result<std::optional<ReviewTask>> ReviewSession::next(const Queue& queue, std::span<const ItemId> passed)
{
    const Draw drawn = draw();
    const Draw plain{
        Drawn::ByPriority,
        {stateTerm({ItemState::New, ItemState::SecondOpinion, ItemState::Adjudication}), isTerm("golden", true)}};
    // A draw that finds nothing (no golden item left, only severe ones) falls back to the plain order.
    for (const Draw* one : {&drawn, &plain}) {
        const auto lease = claimFrom(queue, *one, passed);
        if (!lease) {
            return fail(lease.error());
        }
        if (*lease) {
            auto task = taskFor(**lease, one->how, queue.order);
            return task ? Result<std::optional<ReviewTask>>(std::move(*task)) : fail(task.error());
        }
    }
    return std::nullopt;
}

Result<std::vector<ItemContent>> ReviewSession::peek(const Queue& queue, std::size_t count)
{
    Queue narrowed = queue;
    narrowed.filter.terms.push_back(stateTerm({ItemState::New, ItemState::SecondOpinion, ItemState::Adjudication}));
    const auto ids = list(narrowed, count);
    return ids ? m_store->contents(*ids) : fail(ids.error());
}

Result<ReviewTask> ReviewSession::take(ItemId item)
{
    const auto lease = m_store->claim(std::span(&item, 1));
    if (!lease) {
        return fail(lease.error());
    }
    if (!*lease) {
        return fail(ErrorCode::Mismatch,
                    "item " + std::to_string(item) + " is held by somebody else, or is not yours to decide");
    }
    return taskFor(**lease, Drawn::Chosen, {});
}

Result<ReviewTask> ReviewSession::reopen(ItemId item)
{
    const auto statuses = m_store->statuses(std::span(&item, 1));
    if (!statuses) {
        return fail(statuses.error());
    }
    const ItemStatus& status = statuses->front();
    const bool mine = status.state == ItemState::Decided && status.first && status.first->reviewer == m_store->me().id;
    if (!mine) {
        return fail(ErrorCode::Mismatch, "item " + std::to_string(item) + " does not stand by your decision alone");
    }
    Lease unclaimed;
    unclaimed.item = item;
    unclaimed.version = status.version;
    return taskFor(unclaimed, Drawn::Chosen, {});
}

Result<ReviewTask> ReviewSession::taskFor(const Lease& lease, Drawn drawn, const QueueOrder& order)
{
    auto contents = m_store->contents(std::span(&lease.item, 1));
    auto statuses = m_store->statuses(std::span(&lease.item, 1));
    auto group = m_store->group(lease.item);
    if (!contents || !statuses || !group) {
        return fail(!contents ? contents.error() : !statuses ? statuses.error() : group.error());
    }
    ReviewTask task{std::move(contents->front()), std::move(statuses->front()), lease, {}, std::move(*group), drawn};
    std::erase(task.group, lease.item);
    if (m_index.contains(lease.item)) {
        task.priority = m_index.priority(lease.item, order, now());
    }
    m_severe.push_back(task.priority.risk >= m_rules.severeFrom);
    while (m_severe.size() > static_cast<std::size_t>(std::max(1, m_rules.maxSevereInARow))) {
        m_severe.pop_front();
    }
    task.adjudication = task.status.state == ItemState::Adjudication;
    if (task.adjudication) {
        hideNames(task.status.first);
        hideNames(task.status.second);
    } else if (task.status.state == ItemState::SecondOpinion || task.status.golden || task.status.audit) {
        task.drawn = task.status.golden ? Drawn::Golden : drawn;
        blindfold(task);
    } else if (drawnToHide(lease.item, m_store->me().id, m_rules.hiddenShare)) {
        task.suggestionHidden = true;
        task.content.scores.clear();
        task.priority = {};
    }
    return task;
}

Result<CommitOutcome> ReviewSession::record(const ReviewTask& task,
                                            Step step,
                                            const Decision& decision,
                                            std::span<const ItemId> together)
{
    EventDraft draft;
    draft.step = step == Step::Decide && task.drawn == Drawn::Golden ? Step::AnswerGolden : step;
    draft.decision = decision;
    draft.decision.blind = task.blind;
    draft.decision.suggestionShown = !task.suggestionHidden && !task.content.scores.empty();
    draft.items.assign(together.begin(), together.end());
    draft.items.push_back(task.lease.item);
    if (task.drawn == Drawn::AtRandom) {
        draft.detail["drawn"] = "at_random"; // an evaluation weighs by it
    }
    if (draft.step == Step::Decide && !task.blind && task.status.state == ItemState::New && drawsSecondOpinion()) {
        draft.detail[std::string(kSecondOpinionDrawn)] = "yes";
    }
    return commit(std::move(draft), task.lease);
}

Result<CommitOutcome> ReviewSession::recordMany(std::span<const ItemId> items, Step step, const Decision& decision)
{
    EventDraft draft;
    draft.step = step;
    draft.decision = decision;
    draft.items.assign(items.begin(), items.end());
    return commit(std::move(draft), std::nullopt);
}

Result<CommitOutcome> ReviewSession::commit(EventDraft draft, const std::optional<Lease>& lease)
{
    std::sort(draft.items.begin(), draft.items.end());
    draft.items.erase(std::unique(draft.items.begin(), draft.items.end()), draft.items.end());
    auto outcome = m_store->commit(draft, lease);
    if (outcome) {
        // The work is recorded; facts that cannot be read now come with the next refresh.
        (void)readFacts({});
    }
    return outcome;
}

} // namespace modscope
