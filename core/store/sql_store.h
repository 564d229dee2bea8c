#pragma once

#include "core/review/store.h"
#include "core/store/connection.h"
#include "core/store/open_store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Private to this room.

namespace modscope {

struct ScoreRow;

/// ReviewStore over one SQL connection. Its members are in a file per subject, store_<subject>.cpp.
class SqlStore final : public ReviewStore {
public:
    [[nodiscard]] static Result<std::unique_ptr<SqlStore>> open(const StoreOptions& options);

    [[nodiscard]] const Project& project() const override { return m_project; }
    [[nodiscard]] const Reviewer& me() const override { return m_me; }
    [[nodiscard]] bool readOnly() const override { return m_readOnly; }
    [[nodiscard]] std::string where() const override { return m_connection->location().shown; }

    [[nodiscard]] Result<std::vector<Reviewer>> reviewers() override;
    [[nodiscard]] Result<Reviewer> addReviewer(const std::string& name, Role role) override;
    [[nodiscard]] Result<std::vector<ScoringModel>> models() override;
    [[nodiscard]] Result<ScoringModel> model(const ScoringModel& model) override;
    [[nodiscard]] Result<std::vector<std::string>> sources() override;

    [[nodiscard]] Result<ImportOutcome> import(std::span<const NewItem> rows, std::string_view importName) override;
    [[nodiscard]] Result<std::vector<ItemId>> known(std::span<const NewItem> rows) override;
    [[nodiscard]] Result<std::uint64_t> importedRows(std::string_view importName) override;
    [[nodiscard]] Result<std::vector<ItemContent>> contents(std::span<const ItemId> ids) override;
    [[nodiscard]] Result<std::vector<ItemStatus>> statuses(std::span<const ItemId> ids) override;
    [[nodiscard]] Result<std::optional<ItemId>> findKey(std::string_view key) override;
    [[nodiscard]] Result<void> addScores(ModelId model,
                                         std::span<const ItemId> ids,
                                         std::span<const std::vector<float>> probabilities) override;
    [[nodiscard]] Result<void> setOcrText(ItemId id, const std::string& text) override;
    [[nodiscard]] Result<void> setPictureHash(ItemId id, const PictureHash& hash) override;
    [[nodiscard]] Result<ChainEnd> readItems(
        std::stop_token stop, const std::function<Result<void>(const ItemContent&, const ItemStatus&)>& each) override;
    [[nodiscard]] Result<void> readPictures(std::stop_token stop,
                                            const std::function<void(const StoredPicture&)>& each) override;

    [[nodiscard]] Result<EventSeq> readFacts(EventSeq after,
                                             std::stop_token stop,
                                             const std::function<void(const ItemFacts&)>& each) override;
    [[nodiscard]] Result<std::vector<ItemId>> search(std::string_view words) override;

    [[nodiscard]] Result<std::optional<Lease>> claim(std::span<const ItemId> candidates) override;
    [[nodiscard]] Result<Lease> heartbeat(const Lease& lease) override;
    [[nodiscard]] Result<void> release(const Lease& lease) override;
    [[nodiscard]] Result<std::vector<Lease>> leases() override;

    [[nodiscard]] Result<CommitOutcome> commit(const EventDraft& draft, const std::optional<Lease>& lease) override;
    [[nodiscard]] Result<std::optional<LastStep>> undoable(EventSeq before) override;
    [[nodiscard]] Result<std::optional<LastStep>> redoable() override;
    [[nodiscard]] Result<void> readEvents(const EventQuery& query,
                                          const std::function<Result<void>(const ReviewEvent&)>& each) override;
    [[nodiscard]] Result<EventSeq> lastEvent() override;
    [[nodiscard]] Result<bool> changed() override;

    [[nodiscard]] Result<ReviewRules> rules() override;
    [[nodiscard]] Result<void> setRules(const ReviewRules& rules) override;
    [[nodiscard]] Result<std::vector<SavedQueue>> queues() override;
    [[nodiscard]] Result<void> saveQueue(const SavedQueue& queue) override;
    [[nodiscard]] Result<void> deleteQueue(const std::string& name) override;
    [[nodiscard]] Result<std::vector<Policy>> policies() override;
    [[nodiscard]] Result<void> publishPolicy(const Policy& policy) override;
    [[nodiscard]] Result<void> setGroup(std::span<const ItemId> items, std::string_view relation) override;
    [[nodiscard]] Result<std::vector<ItemId>> group(ItemId item) override;
    [[nodiscard]] Result<void> markNotDuplicates(ItemId one, ItemId other) override;
    [[nodiscard]] Result<void> splitGroup(std::span<const ItemId> apart) override;
    [[nodiscard]] Result<void> takeBackParting(EventSeq parting) override;
    [[nodiscard]] Result<std::vector<std::pair<ItemId, ItemId>>> notDuplicates() override;

    [[nodiscard]] Result<void> addExposure(const Exposure& more) override;
    [[nodiscard]] Result<std::vector<Exposure>> myExposure(std::string_view fromDay) override;
    [[nodiscard]] Result<std::optional<Exposure>> teamExposure(std::string_view fromDay) override;

    /// For this room's checks.
    [[nodiscard]] Connection& connection() { return *m_connection; }

private:
    /// A commit whose answer was lost with the connection.
    struct Unsettled {
        std::string token;
        std::string draft;
        CommitOutcome outcome;
    };

    explicit SqlStore(std::unique_ptr<Connection> connection);
    [[nodiscard]] Result<void> create(const Project& project, const std::string& reviewerName);
    [[nodiscard]] Result<void> readProject();
    [[nodiscard]] Result<void> findMe(const std::string& reviewerName);

    /// Errors: PermissionDenied.
    [[nodiscard]] Result<void> mayWrite() const;
    [[nodiscard]] Result<void> mayLead() const;
    /// An event by me, with its place in the chain.
    [[nodiscard]] ReviewEvent placedEvent(EventKind kind, std::vector<ItemId> items = {});
    /// Records an event that needs no item's status. Inside a transaction.
    void record(EventKind kind, std::vector<ItemId> items, std::map<std::string, std::string> detail);
    /// Gives new items the standing that their rows bring, one event an item. Inside a transaction.
    [[nodiscard]] Result<void> restore(std::span<const NewItem> rows,
                                       std::span<const ItemId> ids,
                                       const std::vector<ItemContent>& added);
    /// Writes scores of items that are there, one event a model. Inside a transaction.
    void recordScores(const std::vector<ScoreRow>& rows);
    /// Undoes what a CannotLink did. Inside a transaction.
    [[nodiscard]] Result<void> rejoin(const ReviewEvent& parting);
    /// The first of the steps that `candidates` finds, newest first, about which something can be done.
    [[nodiscard]] Result<std::optional<LastStep>> lastStep(const std::string& candidates,
                                                           EventKind kind,
                                                           EventSeq before = 0);
    /// What can be done about one step. Inside a transaction.
    [[nodiscard]] Result<LastStep> weigh(EventSeq seq, EventKind kind);
    /// What became of the last commit whose answer was lost. Nothing when it never came to be.
    [[nodiscard]] Result<std::optional<EventSeq>> settle(const std::string& token);

    std::unique_ptr<Connection> m_connection;
    Project m_project;
    Reviewer m_me;
    bool m_readOnly = false;
    std::map<std::string, Reviewer> m_reviewers; ///< by pseudonym, as of the last look
    std::optional<Unsettled> m_unsettled;
};

} // namespace modscope
