#include "ui/controllers/review_desk.h"

#include <algorithm>
#include <set>

namespace modscope::ui {

namespace {

constexpr std::size_t kAhead = 3;             ///< items whose covered pictures are made ready
constexpr std::size_t kShownDuplicates = 200; ///< of one item, in the strip
constexpr std::size_t kEventsPerStep = 8;     ///< read to find one of mine that counts

} // namespace

Result<ReviewDesk> ReviewDesk::open(const StoreOptions& options, std::uint64_t seed, std::stop_token stop)
{
    auto store = openStore(options);
    if (!store) {
        return fail(store.error());
    }
    auto session = ReviewSession::open(std::move(*store), seed, std::move(stop));
    return session ? Result<ReviewDesk>(ReviewDesk(std::move(*session))) : fail(session.error());
}

Result<DeskFacts> ReviewDesk::facts()
{
    ReviewStore& store = m_session.store();
    auto policies = store.policies();
    auto queues = store.queues();
    const auto rules = store.rules();
    if (!policies || !queues || !rules) {
        return fail(!policies ? policies.error() : !queues ? queues.error() : rules.error());
    }
    DeskFacts facts;
    facts.where = QString::fromStdString(store.where());
    facts.reviewer = QString::fromStdString(store.me().pseudonym);
    facts.lead = store.me().role == Role::Lead;
    facts.readOnly = store.readOnly();
    facts.shared = facts.where.startsWith(QStringLiteral("postgresql"));
    facts.labels = store.project().labels;
    facts.policies = std::move(*policies);
    facts.queues = std::move(*queues);
    facts.rules = *rules;
    m_severeFrom = rules->severeFrom;
    return facts;
}

Result<std::vector<ReviewItemId>> ReviewDesk::list(const Queue& queue, std::size_t limit)
{
    return m_session.list(queue, limit);
}

Result<std::vector<ReviewTaskView>> ReviewDesk::views(std::span<const ReviewItemId> ids)
{
    auto contents = m_session.store().contents(ids);
    auto statuses = m_session.store().statuses(ids);
    if (!contents || !statuses) {
        return fail(contents ? statuses.error() : contents.error());
    }
    std::vector<ReviewTaskView> views;
    views.reserve(contents->size());
    for (std::size_t i = 0; i < contents->size(); ++i) {
        ReviewTask task;
        task.content = std::move((*contents)[i]);
        task.status = std::move((*statuses)[i]);
        // A list says no more of an item than the item itself would: what is answered blind has no scores here either.
        if (isAnsweredBlind(task.status)) {
            task.blind = true;
            task.suggestionHidden = true;
            task.content.scores.clear();
        }
        views.push_back(makeTaskView(task, {}, m_session.store().project(), m_session.names().models, m_severeFrom));
    }
    return views;
}

Result<DeskTask> ReviewDesk::ready(ReviewTask task, const Queue& queue)
{
    std::vector<ReviewItemId> ids = task.group;
    ids.resize(std::min(ids.size(), kShownDuplicates));
    auto contents = m_session.store().contents(ids);
    auto statuses = m_session.store().statuses(ids);
    if (!contents || !statuses) {
        release(task.lease);
        return fail(contents ? statuses.error() : contents.error());
    }
    std::vector<DuplicateFacts> group;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        group.push_back({std::move((*contents)[i]), std::move((*statuses)[i])});
    }
    DeskTask ready;
    ready.view = makeTaskView(task, group, m_session.store().project(), m_session.names().models, m_severeFrom);
    ready.task = std::move(task);
    ready.ahead = picturesAhead(ready.view.id, queue);
    return ready;
}

// Only a matter of speed: without it the next picture is covered a little later.
std::vector<PictureToCome> ReviewDesk::picturesAhead(ReviewItemId inFront, const Queue& queue)
{
    std::vector<PictureToCome> pictures;
    const auto items = m_session.peek(queue, kAhead + 1);
    if (!items) {
        return pictures;
    }
    std::vector<ReviewItemId> ids;
    for (const ItemContent& item : *items) {
        ids.push_back(item.id);
    }
    const auto statuses = m_session.store().statuses(ids);
    for (std::size_t i = 0; statuses && i < ids.size(); ++i) {
        const ItemContent& item = (*items)[i];
        if (item.id != inFront && !item.imagePath.empty() && pictures.size() < kAhead) {
            pictures.push_back({item.id, QString::fromStdString(item.imagePath),
                                coverBandAhead(item, (*statuses)[i], m_session.names().models, m_severeFrom)});
        }
    }
    return pictures;
}

Result<std::optional<DeskTask>> ReviewDesk::next(const Queue& queue, std::span<const ReviewItemId> passed)
{
    auto task = m_session.next(queue, passed);
    if (!task) {
        return fail(task.error());
    }
    if (!*task) {
        return std::nullopt;
    }
    auto done = ready(std::move(**task), queue);
    return done ? Result<std::optional<DeskTask>>(std::move(*done)) : fail(done.error());
}

Result<DeskTask> ReviewDesk::take(ReviewItemId item, const Queue& queue)
{
    auto task = m_session.reopen(item);
    if (!task) {
        task = m_session.take(item);
    }
    return task ? ready(std::move(*task), queue) : fail(task.error());
}

void ReviewDesk::release(const Lease& lease)
{
    if (!lease.token.empty()) {
        (void)m_session.store().release(lease); // it would run out by itself
    }
}

Result<StepOutcome> ReviewDesk::record(StepWish& wish,
                                       const std::optional<Queue>& following,
                                       std::span<const ReviewItemId> passed)
{
    StepOutcome done;
    while (!wish.steps.empty()) {
        auto outcome = m_session.record(wish.task, wish.steps.front(), wish.decision, wish.together);
        if (!outcome) {
            return fail(outcome.error());
        }
        done.outcome = std::move(*outcome);
        wish.steps.erase(wish.steps.begin());
        wish.task.lease.token.clear(); // the first step gave the claim back
        wish.task.lease.version = done.outcome.event;
    }
    if (following) {
        auto found = next(*following, passed);
        if (found) {
            done.next = std::move(*found);
        } else {
            done.nextFound = fail(found.error());
        }
    }
    return done;
}

Result<StepOutcome> ReviewDesk::recordLate(StepWish& wish,
                                           const std::optional<Queue>& following,
                                           std::span<const ReviewItemId> passed)
{
    auto done = record(wish, following, passed);
    Lease& lease = wish.task.lease;
    if (done || done.error().code != ErrorCode::Mismatch || lease.token.empty()) {
        return done;
    }
    const auto again = m_session.take(lease.item);
    if (!again) {
        return again.error().code == ErrorCode::Unavailable ? fail(again.error()) : done;
    }
    if (again->lease.version != lease.version) { // somebody had it in between
        release(again->lease);
        return done;
    }
    lease = again->lease;
    return record(wish, following, passed);
}

Result<CommitOutcome> ReviewDesk::recordMany(std::span<const ReviewItemId> items, Step step, const Decision& decision)
{
    return m_session.recordMany(items, step, decision);
}

Result<TakenBack> ReviewDesk::named(const ReviewEvent& event)
{
    const ReviewItemId first = event.items.front();
    const auto contents = m_session.store().contents(std::span(&first, 1));
    if (!contents) {
        return fail(contents.error());
    }
    TakenBack taken;
    taken.step = {event.seq,
                  event.step,
                  first,
                  QString::fromStdString(contents->front().key),
                  static_cast<int>(event.items.size()),
                  event.decision.answers,
                  event.time,
                  0};
    return taken;
}

Result<std::optional<TakenBack>> ReviewDesk::takeBackParting(const ReviewEvent& parting)
{
    auto taken = named(parting);
    if (!taken) {
        return fail(taken.error());
    }
    if (auto done = m_session.store().takeBackParting(parting.seq); !done) {
        m_session.leaveStanding(parting.seq); // the next undo goes past it
        return fail(done.error());
    }
    taken->parting = true;
    return std::move(*taken);
}

Result<std::optional<TakenBack>> ReviewDesk::undo()
{
    const auto way = m_session.undoable();
    if (!way) {
        return fail(way.error());
    }
    const auto parting = m_session.lastParting(way->step ? way->step->event.seq : 0);
    if (!parting) {
        return fail(parting.error());
    }
    if (*parting) {
        return takeBackParting(**parting);
    }
    if (!way->step) {
        return std::nullopt;
    }
    auto taken = named(way->step->event);
    if (!taken) {
        return fail(taken.error());
    }
    for (const ReviewEvent& event : way->leftStanding) {
        auto standing = named(event);
        if (!standing) {
            return fail(standing.error());
        }
        taken->leftStanding.push_back(std::move(standing->step));
    }
    if (way->step->onlyReReview) {
        m_session.leaveStanding(way->step->event.seq);
        taken->reReview = way->step->items;
        return std::move(*taken);
    }
    auto outcome = m_session.undo();
    if (!outcome) {
        return fail(outcome.error());
    }
    taken->outcome = outcome->value_or(CommitOutcome{});
    return std::move(*taken);
}

Result<std::optional<TakenBack>> ReviewDesk::redo()
{
    const auto last = m_session.redoable();
    if (!last || !*last) {
        return last ? Result<std::optional<TakenBack>>(std::nullopt) : fail(last.error());
    }
    auto taken = named((*last)->event);
    auto outcome = taken ? m_session.redo() : fail(taken.error());
    if (!outcome) {
        return fail(outcome.error());
    }
    taken->outcome = outcome->value_or(CommitOutcome{});
    return std::move(*taken);
}

Result<std::vector<OwnStep>> ReviewDesk::ownSteps(std::size_t limit)
{
    ReviewStore& store = m_session.store();
    EventQuery query;
    query.actor = store.me().pseudonym;
    query.newestFirst = true;
    query.limit = limit * kEventsPerStep;
    std::set<EventSeq> undone;
    std::set<EventSeq> redone;
    std::vector<OwnStep> steps;
    const auto read = store.readEvents(query, [&](const ReviewEvent& event) -> Result<void> {
        if (event.kind == EventKind::Redone && !undone.contains(event.refersTo)) {
            redone.insert(event.refersTo);
        } else if (event.kind == EventKind::Undone && !redone.contains(event.refersTo)) {
            undone.insert(event.refersTo);
        }
        const bool counts = event.kind == EventKind::Step && !undone.contains(event.seq) && !event.items.empty();
        if (counts && steps.size() < limit) {
            steps.push_back({event.seq,
                             event.step,
                             event.items.front(),
                             {},
                             static_cast<int>(event.items.size()),
                             event.decision.answers,
                             event.time,
                             0});
        }
        return {};
    });
    if (!read) {
        return fail(read.error());
    }
    std::vector<ReviewItemId> ids(steps.size());
    std::ranges::transform(steps, ids.begin(), &OwnStep::item);
    const auto contents = store.contents(ids);
    if (!contents) {
        return fail(contents.error());
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        steps[i].key = QString::fromStdString((*contents)[i].key);
        const auto after = changedAfter(steps[i]);
        if (!after) {
            return fail(after.error());
        }
        steps[i].changedAfter = *after;
    }
    return steps;
}

} // namespace modscope::ui
