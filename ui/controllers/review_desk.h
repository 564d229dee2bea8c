#pragma once

#include "core/review/session.h"
#include "core/store/open_store.h"
#include "ui/models/review_task_view.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

namespace modscope::ui {

/// What the page needs to know of the store it works on.
struct DeskFacts {
    QString where;    ///< the store, without a password
    QString reviewer; ///< pseudonym
    bool lead = false;
    bool readOnly = false;
    bool shared = false; ///< a team's database, reached over a network
    std::vector<std::string> labels;
    std::vector<Policy> policies; ///< oldest first
    std::vector<SavedQueue> queues;
    ReviewRules rules;

    bool operator==(const DeskFacts&) const = default;
};

/// A picture to cover ahead of its item.
struct PictureToCome {
    ReviewItemId id = 0;
    QString path;
    CoverBand band = CoverBand::Normal;
};

/// An item in front of the person: what is shown of it, and what is handed back when a step is recorded.
struct DeskTask {
    ReviewTask task;
    ReviewTaskView view;
    std::vector<PictureToCome> ahead;
};

/// A step of mine, for the history strip.
struct OwnStep {
    EventSeq event = 0;
    Step step = Step::Decide;
    ReviewItemId item = 0; ///< the first of them
    QString key;
    int items = 1;
    std::vector<Answer> answers; ///< of a decision
    TimeMs time = 0;
    TimeMs changedAfter = 0; ///< milliseconds since my former decision on the item; 0: it is the first one
};

/// Something that happened to an item, without names; of other people's decisions only that there was one.
struct ItemMoment {
    TimeMs time = 0;
    EventKind kind = EventKind::Step;
    Step step = Step::Decide;
    std::vector<Answer> answers; ///< of a decision of mine
    bool mine = false;
    bool undone = false;

    bool operator==(const ItemMoment&) const = default;
};

/// What undo or redo did, named by the step it was done to.
struct TakenBack {
    OwnStep step;
    bool parting = false; ///< not a step: that items are no duplicates
    CommitOutcome outcome;
    /// Others built on the step: nothing was done, but a re-review of these items can be asked for. The next undo goes
    /// past it.
    std::vector<ReviewItemId> reReview;
    std::vector<OwnStep> leftStanding; ///< later steps that undo went past, because others built on them
};

/// A step that a person wants on the item in front, and for a decision on duplicates that share it.
struct StepWish {
    ReviewTask task;
    std::vector<Step> steps; ///< one after the other, each an event
    Decision decision;
    std::vector<ReviewItemId> together;
};

/// What a step did, and what is in front afterwards.
struct StepOutcome {
    CommitOutcome outcome;
    std::optional<DeskTask> next;
    Result<void> nextFound = {}; ///< the step is recorded, but the next item could not be had
};

/// The Review page's work on the store, on the store's thread: calls of ReviewSession put together so that one wish of
/// a person is one call, with what the page shows made ready there.
class ReviewDesk {
public:
    [[nodiscard]] static Result<ReviewDesk> open(const StoreOptions& options,
                                                 std::uint64_t seed,
                                                 std::stop_token stop = {});

    [[nodiscard]] Result<DeskFacts> facts();
    /// Brings in what others did. @return whether anything changed
    [[nodiscard]] Result<bool> refresh() { return m_session.refresh(); }
    [[nodiscard]] Result<std::size_t> count(const Queue& queue) { return m_session.count(queue); }
    [[nodiscard]] Result<std::vector<ReviewItemId>> list(const Queue& queue, std::size_t limit);
    [[nodiscard]] Result<std::vector<ReviewTaskView>> views(std::span<const ReviewItemId> ids);

    [[nodiscard]] Result<std::optional<DeskTask>> next(const Queue& queue, std::span<const ReviewItemId> passed);
    /// A certain item: claims it, or reopens it when it stands by my decision.
    [[nodiscard]] Result<DeskTask> take(ReviewItemId item, const Queue& queue);
    /// The task in front as it is now.
    [[nodiscard]] Result<DeskTask> lookAgain(const ReviewTask& task, const Queue& queue);
    [[nodiscard]] Result<Lease> heartbeat(const Lease& lease) { return m_session.store().heartbeat(lease); }
    /// Gives an item back. One that was lost meanwhile is no error.
    void release(const Lease& lease);

    /// Records the wish's steps, then claims the next item. Steps that are recorded leave the wish, so that after an
    /// error what is left can be asked for again.
    /// @param following  the queue that the next item comes from; nothing: none is claimed
    [[nodiscard]] Result<StepOutcome> record(StepWish& wish,
                                             const std::optional<Queue>& following,
                                             std::span<const ReviewItemId> passed);
    /// As record(), for a wish that waited while the store could not be reached. A claim that ran out meanwhile is
    /// taken anew. Errors: Mismatch when somebody touched the item since it was claimed; nothing is recorded then.
    [[nodiscard]] Result<StepOutcome> recordLate(StepWish& wish,
                                                 const std::optional<Queue>& following,
                                                 std::span<const ReviewItemId> passed);
    [[nodiscard]] Result<CommitOutcome> recordMany(std::span<const ReviewItemId> items,
                                                   Step step,
                                                   const Decision& decision);
    /// Nothing when there is nothing to take back, or to put back.
    [[nodiscard]] Result<std::optional<TakenBack>> undo();
    [[nodiscard]] Result<std::optional<TakenBack>> redo();
    /// My last steps that count, newest first.
    [[nodiscard]] Result<std::vector<OwnStep>> ownSteps(std::size_t limit);
    /// Oldest first.
    [[nodiscard]] Result<std::vector<ItemMoment>> itemHistory(ReviewItemId item);

    [[nodiscard]] ReviewSession& session() { return m_session; }

private:
    explicit ReviewDesk(ReviewSession session) : m_session(std::move(session)) {}
    [[nodiscard]] Result<DeskTask> ready(ReviewTask task, const Queue& queue);
    [[nodiscard]] std::vector<PictureToCome> picturesAhead(ReviewItemId inFront, const Queue& queue);
    [[nodiscard]] Result<TakenBack> named(const ReviewEvent& event);
    [[nodiscard]] Result<std::optional<TakenBack>> takeBackParting(const ReviewEvent& parting);
    /// As OwnStep::changedAfter, of a decision.
    [[nodiscard]] Result<TimeMs> changedAfter(const OwnStep& step);

    ReviewSession m_session;
    std::unordered_map<EventSeq, TimeMs> m_changedAfter; ///< what is known of it: a decision's own past stays as it is
    double m_severeFrom = ReviewRules().severeFrom;      ///< as facts() read it last
};

/// A member of an item's group, as the store has it.
struct DuplicateFacts {
    ItemContent content;
    ItemStatus status;
};

/// What the page may show of a task.
[[nodiscard]] ReviewTaskView makeTaskView(const ReviewTask& task,
                                          const std::vector<DuplicateFacts>& group,
                                          const Project& project,
                                          const std::vector<ScoringModel>& models,
                                          double severeFrom);

/// How strongly a picture is covered before its item is in front. Normal where the item would be blind.
[[nodiscard]] CoverBand coverBandAhead(const ItemContent& content,
                                       const ItemStatus& status,
                                       const std::vector<ScoringModel>& models,
                                       double severeFrom);
/// Whether whoever is given an item in this standing may not see its scores.
[[nodiscard]] bool isAnsweredBlind(const ItemStatus& status);

} // namespace modscope::ui
