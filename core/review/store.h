#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/event.h"
#include "core/review/item.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

inline constexpr std::chrono::minutes kLeaseLength{10};
inline constexpr std::chrono::seconds kHeartbeat{30};

/// An item that is mine until the lease ends. Heartbeats lengthen it; close, idle or crash lets it run out.
struct Lease {
    ItemId item = 0;
    ReviewerId holder = 0;
    std::string token;    ///< of this claim: another claim by the same person on the same item has another one
    EventSeq version = 0; ///< the item's version when it was claimed
    std::chrono::milliseconds left{0};

    bool operator==(const Lease&) const = default;
};

/// A row to import. `content.id`, `key` are the store's to give unless `content.key` is set (re-import, by a lead).
struct NewItem {
    ItemContent content;
    std::uint64_t row = 0; ///< of the table it came from, for messages; 0 when there is none
    /// How it stood in the store that an export is of. Only a lead may bring it, and only new items get it.
    std::optional<ItemStatus> standing;
};

struct ImportOutcome {
    std::size_t added = 0;
    /// Known already: same picture bytes (or path) and text; scores were added to the known item. Removed items are
    /// forgotten here: what was taken back can be brought again.
    std::size_t joined = 0;
    std::vector<ItemId> ids; ///< parallel to the rows given: new or known
    EventSeq event = 0;      ///< 0 when nothing was added
};

/// Where a chain of events ended at some moment.
struct ChainEnd {
    EventSeq seq = 0;
    std::string hash = std::string(kChainStart);

    bool operator==(const ChainEnd&) const = default;
};

/// What is known of an item's picture without looking at it.
struct StoredPicture {
    ItemId item = 0;
    std::string sha256; ///< empty when it is not known
    PictureHash hash;
    std::int64_t group = 0; ///< 0 when it has no duplicates
};

/// What somebody wants to record. The store gives it a number, a time and a place in the chain.
struct EventDraft {
    EventKind kind = EventKind::Step;
    Step step = Step::Decide;
    std::vector<ItemId> items;
    EventSeq refersTo = 0;
    Decision decision;
    std::map<std::string, std::string> detail;
};

/// An item that an event did not touch, and why.
struct LeftOut {
    ItemId item = 0;
    Error error;
};

struct CommitOutcome {
    EventSeq event = 0; ///< 0 when every item was left out
    std::vector<ItemId> changed;
    std::vector<LeftOut> leftOut; ///< changed meanwhile, held by somebody else, not allowed
};

/// One of my steps, and what can be done about it now.
struct LastStep {
    ReviewEvent event;
    std::vector<ItemId> items; ///< of the event, those that it can be done to; ascending
    /// Of undoable(): others built on it, so that it cannot be taken back, but a re-review of `items` can be asked for
    /// (Step::AskReReview).
    bool onlyReReview = false;
};

/// What a queue is chosen and ordered by, small enough for a million in memory (core/review/queue_index.h).
struct ItemFacts {
    ItemId id = 0;
    EventSeq version = 0;
    ItemState state = ItemState::New;
    bool escalated = false;
    bool audit = false;
    bool golden = false;
    int skips = 0;
    std::int64_t sourceId = 0; ///< sources()
    std::int64_t groupId = 0;  ///< 0 when it has no duplicates
    ReviewerId firstBy = 0;    ///< who gave the first opinion; 0 while there is none
    TimeMs created = 0;
    bool hasText = false;
    bool hasPicture = false;
    std::vector<ItemScores> scores;
};

/// Which events to read, newest first when `newestFirst`.
struct EventQuery {
    EventSeq after = 0;
    EventSeq before = 0; ///< 0: no end
    std::optional<ItemId> item;
    std::string actor;     ///< pseudonym; empty: everybody
    std::size_t limit = 0; ///< 0: all
    bool newestFirst = false;
};

/// How work is handed out; a lead's to change, each change an event.
struct ReviewRules {
    double randomShare = 0.1;      ///< of the items handed out, drawn uniformly: keeps evaluation unbiased
    double goldenShare = 0.02;     ///< known items among them
    double secondOpinionShare = 0; ///< of decided items, sent to somebody else
    double hiddenShare = 0.1;      ///< of items, shown without the model's suggestion: measures anchoring
    int maxSevereInARow = 3;       ///< then something benign, if there is any
    double severeFrom = 0.8;       ///< risk from which an item counts as severe

    bool operator==(const ReviewRules&) const = default;
};

/// What one person has looked at on one day. Private: others see only sums over five people or more.
struct Exposure {
    std::string day; ///< "2026-11-25", the reviewer's own calendar
    double secondsRevealed = 0;
    double severitySeconds = 0; ///< seconds weighted by the item's risk
    double megapixelSeconds = 0;
    int items = 0;    ///< decided
    int revealed = 0; ///< of them, uncovered

    bool operator==(const Exposure&) const = default;
};

/// Text that reviewers decide by; never changed, only followed by a later version.
struct Policy {
    std::string version;
    std::string markdown;
    TimeMs published = 0;

    bool operator==(const Policy&) const = default;
};

struct SavedQueue {
    std::string name;
    std::string filter; ///< core/review/filter.h
    std::string order;  ///< core/review/queue_order.h

    bool operator==(const SavedQueue&) const = default;
};

/// Where review work is kept: one desk's file or a team's database. It checks rules with core/review, never with SQL,
/// and tells success only when the work is on disk. Threads: one; open another store for another thread. Several
/// processes may work on one database at once.
class ReviewStore {
public:
    virtual ~ReviewStore() = default;

    [[nodiscard]] virtual const Project& project() const = 0;
    [[nodiscard]] virtual const Reviewer& me() const = 0;
    [[nodiscard]] virtual bool readOnly() const = 0;     ///< an auditor, or a file that cannot be written
    [[nodiscard]] virtual std::string where() const = 0; ///< for people, without a password

    // People and models.
    [[nodiscard]] virtual Result<std::vector<Reviewer>> reviewers() = 0;
    [[nodiscard]] virtual Result<Reviewer> addReviewer(const std::string& name, Role role) = 0;
    [[nodiscard]] virtual Result<std::vector<ScoringModel>> models() = 0;
    /// Finds the model by its hash, or adds it. Errors: Mismatch when a label is not the project's.
    [[nodiscard]] virtual Result<ScoringModel> model(const ScoringModel& model) = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> sources() = 0; ///< index + 1 = ItemFacts::sourceId

    // Content. One call is one transaction and one event.
    [[nodiscard]] virtual Result<ImportOutcome> import(std::span<const NewItem> rows, std::string_view importName) = 0;
    /// Which items have the rows' content already; 0 where none has. Parallel to `rows`; nothing is written.
    [[nodiscard]] virtual Result<std::vector<ItemId>> known(std::span<const NewItem> rows) = 0;
    /// How far an import of this name came: the last row's number, or how many rows where they have none.
    [[nodiscard]] virtual Result<std::uint64_t> importedRows(std::string_view importName) = 0;
    [[nodiscard]] virtual Result<std::vector<ItemContent>> contents(std::span<const ItemId> ids) = 0;
    [[nodiscard]] virtual Result<std::vector<ItemStatus>> statuses(std::span<const ItemId> ids) = 0;
    [[nodiscard]] virtual Result<std::optional<ItemId>> findKey(std::string_view key) = 0;
    [[nodiscard]] virtual Result<void> addScores(ModelId model,
                                                 std::span<const ItemId> ids,
                                                 std::span<const std::vector<float>> probabilities) = 0;
    [[nodiscard]] virtual Result<void> setOcrText(ItemId id, const std::string& text) = 0;
    [[nodiscard]] virtual Result<void> setPictureHash(ItemId id, const PictureHash& hash) = 0;
    /// Whole items in id order, for exports and checks; memory stays flat. All of them are of one moment.
    /// @return the end of the chain at that moment
    [[nodiscard]] virtual Result<ChainEnd> readItems(
        std::stop_token stop, const std::function<Result<void>(const ItemContent&, const ItemStatus&)>& each) = 0;
    /// The pictures of all items that are not removed, in id order.
    [[nodiscard]] virtual Result<void> readPictures(std::stop_token stop,
                                                    const std::function<void(const StoredPicture&)>& each) = 0;

    // Choosing.
    /// Facts of items that changed after `after` (0: all) in id order; `each` may not call the store. @return how far
    [[nodiscard]] virtual Result<EventSeq> readFacts(EventSeq after,
                                                     std::stop_token stop,
                                                     const std::function<void(const ItemFacts&)>& each) = 0;
    /// Items whose text, OCR text or key has all these words. `words` is data, whatever it contains.
    [[nodiscard]] virtual Result<std::vector<ItemId>> search(std::string_view words) = 0;

    // Claims.
    /// The first of `candidates` that is free, claimable or golden, and not declined by me. Nothing when there is none.
    [[nodiscard]] virtual Result<std::optional<Lease>> claim(std::span<const ItemId> candidates) = 0;
    /// Errors: Mismatch when the lease has been lost.
    [[nodiscard]] virtual Result<Lease> heartbeat(const Lease& lease) = 0;
    [[nodiscard]] virtual Result<void> release(const Lease& lease) = 0;
    /// Items somebody holds now.
    [[nodiscard]] virtual Result<std::vector<Lease>> leases() = 0;

    // Events.
    /// Records an event, all of its items or those that can take it, and releases the leases it used. A step of
    /// `lease`'s item is refused when the lease is lost; other items of the event must not be held by somebody else.
    /// Errors: Mismatch when a lease is lost; what the rules say when no item could take it; IoError: nothing was
    /// changed.
    /// @param lease  one without a token: the item is not claimed, but must still be of the lease's version
    [[nodiscard]] virtual Result<CommitOutcome> commit(const EventDraft& draft, const std::optional<Lease>& lease) = 0;
    /// My last step that counts and can be taken back, or else asked about. Passed over are steps about which nothing
    /// can be done any more, and those that were taken back as far as could be. Nothing when there is none.
    /// @param before  only steps ahead of this event; 0: all
    [[nodiscard]] virtual Result<std::optional<LastStep>> undoable(EventSeq before = 0) = 0;
    /// The step that I took back last, unless I took another one since.
    [[nodiscard]] virtual Result<std::optional<LastStep>> redoable() = 0;
    [[nodiscard]] virtual Result<void> readEvents(const EventQuery& query,
                                                  const std::function<Result<void>(const ReviewEvent&)>& each) = 0;
    [[nodiscard]] virtual Result<EventSeq> lastEvent() = 0;
    /// Whether the database has changed since the last call, by anybody; cheap enough for ten calls a second.
    [[nodiscard]] virtual Result<bool> changed() = 0;

    // Project matters; each change is an event too.
    [[nodiscard]] virtual Result<ReviewRules> rules() = 0;
    [[nodiscard]] virtual Result<void> setRules(const ReviewRules& rules) = 0;
    [[nodiscard]] virtual Result<std::vector<SavedQueue>> queues() = 0;
    [[nodiscard]] virtual Result<void> saveQueue(const SavedQueue& queue) = 0;
    [[nodiscard]] virtual Result<void> deleteQueue(const std::string& name) = 0;
    [[nodiscard]] virtual Result<std::vector<Policy>> policies() = 0; ///< oldest first
    [[nodiscard]] virtual Result<void> publishPolicy(const Policy& policy) = 0;
    [[nodiscard]] virtual Result<void> setGroup(std::span<const ItemId> items, std::string_view relation) = 0;
    /// The item itself and its duplicates, without those that it was said to be no duplicate of.
    [[nodiscard]] virtual Result<std::vector<ItemId>> group(ItemId item) = 0;
    [[nodiscard]] virtual Result<void> markNotDuplicates(ItemId one, ItemId other) = 0;
    /// Takes items out of their group: none of them is a duplicate of one that stays, for ever. Two or more of them
    /// stay a group of their own. One event. Errors: InvalidArgument when they are not of one group, or nothing stays.
    [[nodiscard]] virtual Result<void> splitGroup(std::span<const ItemId> apart) = 0;
    /// Takes back what I said with markNotDuplicates() or splitGroup(): the pairs may be duplicates again, and a group
    /// that was split is one again. Errors: NotFound; PermissionDenied for another's; InvalidArgument for an event that
    /// parted nothing; Mismatch when it was taken back already, or a part has been grouped with others since.
    [[nodiscard]] virtual Result<void> takeBackParting(EventSeq parting) = 0;
    [[nodiscard]] virtual Result<std::vector<std::pair<ItemId, ItemId>>> notDuplicates() = 0;

    // Exposure; no event, nobody else's business.
    [[nodiscard]] virtual Result<void> addExposure(const Exposure& more) = 0; ///< added to my day
    [[nodiscard]] virtual Result<std::vector<Exposure>> myExposure(std::string_view fromDay) = 0;
    /// The sum over everybody since `fromDay`; nothing when fewer than five people are in it.
    [[nodiscard]] virtual Result<std::optional<Exposure>> teamExposure(std::string_view fromDay) = 0;
};

} // namespace modscope
