#pragma once

#include "core/base/error.h"
#include "core/review/queue_index.h"
#include "core/review/store.h"

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// A queue as a person chose it: a saved one, or what stands in the search line.
struct Queue {
    std::string name;
    Filter filter;
    QueueOrder order;
};

/// How an item came to a reviewer; recorded, and needed to weigh evaluations.
enum class Drawn : std::uint8_t { ByPriority, AtRandom, Golden, Chosen };

/// One item in front of one person, with everything they may see and nothing they may not: when `blind`, scores,
/// suggestions, other people's opinions and notes are not in it at all.
struct ReviewTask {
    ItemContent content;
    ItemStatus status;
    Lease lease;
    Priority priority;
    std::vector<ItemId> group; ///< its duplicates, itself left out
    Drawn drawn = Drawn::ByPriority;
    bool blind = false;
    bool suggestionHidden = false; ///< scores are hidden at random, to measure what they do
    bool adjudication = false;     ///< two opinions differ: `status` has both, without names
};

/// Where undo leads.
struct WayBack {
    std::optional<LastStep> step;          ///< nothing: no step of mine can be taken back any more
    std::vector<ReviewEvent> leftStanding; ///< later steps of mine that others built on, newest first
};

/// One reviewer's work on one store: facts in memory, claims one after another, every step recorded.
/// Threads: one, the store's.
class ReviewSession {
public:
    /// Reads all facts. @param seed  of random draws; the same seed and the same store give the same order
    [[nodiscard]] static Result<ReviewSession> open(std::unique_ptr<ReviewStore> store,
                                                    std::uint64_t seed,
                                                    std::stop_token stop = {});

    [[nodiscard]] ReviewStore& store() { return *m_store; }
    [[nodiscard]] const QueueIndex& index() const { return m_index; }
    [[nodiscard]] const QueueNames& names() const { return m_names; }

    /// Brings in what changed, by us or by others. @return whether anything did
    [[nodiscard]] Result<bool> refresh(std::stop_token stop = {});
    [[nodiscard]] Result<std::vector<ItemId>> list(const Queue& queue, std::size_t limit, std::stop_token stop = {});
    [[nodiscard]] Result<std::size_t> count(const Queue& queue, std::stop_token stop = {});

    /// Claims the next item of a queue by the store's rules: priority, a random share, golden ones among them, never
    /// too many severe ones in a row. Nothing when the queue is empty for this person.
    /// @param passed  items not to hand out now: the person leafed past them
    [[nodiscard]] Result<std::optional<ReviewTask>> next(const Queue& queue, std::span<const ItemId> passed = {});
    /// What next() would probably give, unclaimed: for loading pictures ahead.
    [[nodiscard]] Result<std::vector<ItemContent>> peek(const Queue& queue, std::size_t count);
    /// Claims a certain item. Errors: Mismatch when somebody else holds it or it is not theirs to see.
    [[nodiscard]] Result<ReviewTask> take(ItemId item);
    /// An item that I decided, to change my mind: it is mine without a claim, because nobody else may decide it.
    /// Errors: Mismatch when its decision is not mine, or somebody built on it.
    [[nodiscard]] Result<ReviewTask> reopen(ItemId item);

    /// Records a step on the task's item and, for Decide, on `together` (members of its group that share the decision).
    [[nodiscard]] Result<CommitOutcome> record(const ReviewTask& task,
                                               Step step,
                                               const Decision& decision,
                                               std::span<const ItemId> together = {});
    /// One step on many items at once (the grid).
    [[nodiscard]] Result<CommitOutcome> recordMany(std::span<const ItemId> items, Step step, const Decision& decision);
    /// The task as it is now, with the same claim. Errors: Mismatch when the claim is lost, or a reopened decision is
    /// not mine alone any more.
    [[nodiscard]] Result<ReviewTask> lookAgain(const ReviewTask& task, const QueueOrder& order);
    /// What the reviewer of this session does not see yet of a task's item: since when it is different, by another's
    /// step, by new scores or by a text read from its picture. Nothing while it is as the task has it. What the task
    /// hides from a blind reviewer does not count.
    [[nodiscard]] Result<std::optional<TimeMs>> changedSince(const ReviewTask& task);

    /// What undo() and redo() are about, so that a menu can name it: "Undo: Religion on 4f2a-91c0", or "Ask for
    /// re-review" where it is only that, which recordMany(items, Step::AskReReview) does.
    [[nodiscard]] Result<WayBack> undoable();
    [[nodiscard]] Result<std::optional<LastStep>> redoable() { return m_store->redoable(); }
    /// Takes back my last step. Nothing when there is none. Errors: Mismatch when others built on it, so that a
    /// re-review is all that can be asked for. Such a step is refused once: it is left standing, and the next undo()
    /// reaches the step before it. After a restart it is refused once more, unless a step before it is taken back.
    [[nodiscard]] Result<std::optional<CommitOutcome>> undo();
    /// My last statement that items are no duplicates, if it came after the event `since` and stands: it is undone
    /// before the steps ahead of it, with ReviewStore::takeBackParting().
    [[nodiscard]] Result<std::optional<ReviewEvent>> lastParting(EventSeq since);
    /// As a refused undo(): the person was told, and undo goes past the event from now on.
    void leaveStanding(EventSeq event) { m_leftStanding.insert(event); }
    /// Puts back the step that was taken back last. Nothing when there is none.
    [[nodiscard]] Result<std::optional<CommitOutcome>> redo();

private:
    /// How the next item is found: at random, by priority, ..., and what it must be besides what the queue asks.
    struct Draw {
        Drawn how = Drawn::ByPriority;
        std::vector<FilterTerm> terms;
    };

    explicit ReviewSession(std::unique_ptr<ReviewStore> store, std::uint64_t seed);
    [[nodiscard]] Result<void> readNames();
    [[nodiscard]] Result<void> readFacts(const std::stop_token& stop);
    [[nodiscard]] Result<QueueIndex::Query> queryFor(const Queue& queue);
    [[nodiscard]] Draw draw();
    [[nodiscard]] bool drawsSecondOpinion();
    [[nodiscard]] Result<std::optional<Lease>> claimFrom(const Queue& queue,
                                                         const Draw& draw,
                                                         std::span<const ItemId> passed);
    [[nodiscard]] Result<ReviewTask> taskFor(const Lease& lease, Drawn drawn, const QueueOrder& order);
    [[nodiscard]] Result<CommitOutcome> commit(EventDraft draft, const std::optional<Lease>& lease);

    std::unique_ptr<ReviewStore> m_store;
    QueueIndex m_index;
    QueueNames m_names;
    ReviewRules m_rules;
    EventSeq m_version = 0; ///< the index is this far
    std::mt19937_64 m_random;
    std::deque<bool> m_severe;         ///< of the last items handed out
    std::set<EventSeq> m_leftStanding; ///< steps that undo was refused for
};

} // namespace modscope
