#include "core/store/status_rows.h"

#include "core/store/id_places.h"

#include <algorithm>
#include <array>

namespace modscope {

namespace {

constexpr double kNoConfidence = -1;

/// The three opinions of a status by their place in the table.
std::array<std::optional<Opinion>*, 3> opinionsOf(ItemStatus& status)
{
    return {&status.first, &status.second, &status.settled};
}

std::array<const std::optional<Opinion>*, 3> opinionsOf(const ItemStatus& status)
{
    return {&status.first, &status.second, &status.settled};
}

struct StatusLoading {
    Connection& connection;
    std::string list;
    std::unordered_map<ItemId, std::size_t> places;
    std::vector<ItemStatus> statuses;
    std::vector<bool> found;
};

Result<void> loadItems(StatusLoading& loading, RowLock lock)
{
    ItemId id = 0;
    int state = 0;
    int escalated = 0;
    int audit = 0;
    int golden = 0;
    int skips = 0;
    std::string letters;
    EventSeq version = 0;
    const Dialect& dialect = loading.connection.dialect();
    soci::statement rows =
        (loading.connection.sql().prepare << "SELECT item.id, item.state, item.escalated, item.audit, item.golden,"
                                             " item.golden_answers, item.skips, item.version FROM "
                                          << dialect.idTable()
                                          << " JOIN item ON item.id = ids.value ORDER BY item.id" +
                                                 (lock == RowLock::ForChange ? dialect.lockRows("item") : ""),
         soci::use(loading.list, "ids"), soci::into(id), soci::into(state), soci::into(escalated), soci::into(audit),
         soci::into(golden), soci::into(letters), soci::into(skips), soci::into(version));
    rows.execute();
    while (rows.fetch()) {
        const std::size_t place = loading.places.at(id);
        auto goldenAnswers = answersFromLetters(letters);
        if (!goldenAnswers || state < 0 || state >= static_cast<int>(kItemStates)) {
            return fail(ErrorCode::ParseError, "item " + std::to_string(id) + ": its row holds what no version wrote");
        }
        ItemStatus& status = loading.statuses[place];
        status.state = static_cast<ItemState>(state);
        status.escalated = escalated != 0;
        status.audit = audit != 0;
        status.golden = golden != 0;
        status.goldenAnswers = std::move(*goldenAnswers);
        status.skips = skips;
        status.version = version;
        loading.found[place] = true;
    }
    return {};
}

Result<void> loadOpinions(StatusLoading& loading)
{
    ItemId id = 0;
    int place = 0;
    Opinion one;
    Decision& decision = one.decision;
    std::string letters;
    double confidence = 0;
    int disclosure = 0;
    int blind = 0;
    int shown = 0;
    soci::statement rows =
        (loading.connection.sql().prepare
             << "SELECT item, place, reviewer, event, time, answers, reason, note, policy, confidence,"
                " seconds_visible, seconds_revealed, disclosure, blind, suggestion_shown FROM "
             << loading.connection.dialect().idTable() << " JOIN opinion ON opinion.item = ids.value",
         soci::use(loading.list, "ids"), soci::into(id), soci::into(place), soci::into(one.reviewer),
         soci::into(one.event), soci::into(one.time), soci::into(letters), soci::into(decision.reason),
         soci::into(decision.note), soci::into(decision.policyVersion), soci::into(confidence),
         soci::into(decision.secondsVisible), soci::into(decision.secondsRevealed), soci::into(disclosure),
         soci::into(blind), soci::into(shown));
    rows.execute();
    while (rows.fetch()) {
        auto answers = answersFromLetters(letters);
        if (!answers || place < 1 || place > 3 || disclosure < 0 || disclosure > 2) {
            return fail(ErrorCode::ParseError,
                        "item " + std::to_string(id) + ": an opinion's row holds what no version wrote");
        }
        decision.answers = std::move(*answers);
        decision.confidence = confidence == kNoConfidence ? std::nullopt : std::optional(confidence);
        decision.disclosure = static_cast<Disclosure>(disclosure);
        decision.blind = blind != 0;
        decision.suggestionShown = shown != 0;
        *opinionsOf(loading.statuses[loading.places.at(id)])[static_cast<std::size_t>(place - 1)] = one;
    }
    return {};
}

void loadDeclined(StatusLoading& loading)
{
    ItemId id = 0;
    Declined one;
    soci::statement rows =
        (loading.connection.sql().prepare << "SELECT item, reviewer, until FROM "
                                          << loading.connection.dialect().idTable()
                                          << " JOIN declined ON declined.item = ids.value ORDER BY item, reviewer",
         soci::use(loading.list, "ids"), soci::into(id), soci::into(one.reviewer), soci::into(one.until));
    rows.execute();
    while (rows.fetch()) {
        loading.statuses[loading.places.at(id)].declined.push_back(one);
    }
}

void saveOpinion(soci::session& sql, ItemId item, int place, const Opinion& one)
{
    const Decision& decision = one.decision;
    const std::string letters = answerLetters(decision.answers);
    const double confidence = decision.confidence.value_or(kNoConfidence);
    const int disclosure = static_cast<int>(decision.disclosure);
    const int blind = decision.blind ? 1 : 0;
    const int shown = decision.suggestionShown ? 1 : 0;
    sql << "INSERT INTO opinion(item, place, reviewer, event, time, answers, reason, note, policy, confidence,"
           " seconds_visible, seconds_revealed, disclosure, blind, suggestion_shown) VALUES (:item, :place, :reviewer,"
           " :event, :time, :answers, :reason, :note, :policy, :confidence, :visible, :revealed, :disclosure, :blind,"
           " :shown)",
        soci::use(item), soci::use(place), soci::use(one.reviewer), soci::use(one.event), soci::use(one.time),
        soci::use(letters), soci::use(decision.reason), soci::use(decision.note), soci::use(decision.policyVersion),
        soci::use(confidence), soci::use(decision.secondsVisible), soci::use(decision.secondsRevealed),
        soci::use(disclosure), soci::use(blind), soci::use(shown);
}

void saveOpinions(soci::session& sql, ItemId item, const ItemStatus& before, const ItemStatus& after)
{
    const auto old = opinionsOf(before);
    const auto now = opinionsOf(after);
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (*old[i] == *now[i]) {
            continue;
        }
        const int place = static_cast<int>(i) + 1;
        if (*old[i]) {
            sql << "DELETE FROM opinion WHERE item = :item AND place = :place", soci::use(item), soci::use(place);
        }
        if (*now[i]) {
            saveOpinion(sql, item, place, **now[i]);
        }
    }
}

void saveDeclined(soci::session& sql, ItemId item, const ItemStatus& before, const ItemStatus& after)
{
    const auto has = [](const std::vector<Declined>& all, const auto& matches) {
        return std::any_of(all.begin(), all.end(), matches);
    };
    for (const Declined& one : before.declined) {
        if (!has(after.declined, [&](const Declined& other) { return other.reviewer == one.reviewer; })) {
            sql << "DELETE FROM declined WHERE item = :item AND reviewer = :reviewer", soci::use(item),
                soci::use(one.reviewer);
        }
    }
    for (const Declined& one : after.declined) {
        if (!has(before.declined, [&](const Declined& other) { return other == one; })) {
            sql << "INSERT INTO declined(item, reviewer, until) VALUES (:item, :reviewer, :until)"
                   " ON CONFLICT (item, reviewer) DO UPDATE SET until = excluded.until",
                soci::use(item), soci::use(one.reviewer), soci::use(one.until);
        }
    }
}

} // namespace

Result<std::vector<ItemStatus>> loadStatuses(Connection& connection, std::span<const ItemId> ids, RowLock lock)
{
    StatusLoading loading{connection, connection.dialect().idList(ids), placesOf(ids),
                          std::vector<ItemStatus>(ids.size()), std::vector<bool>(ids.size())};
    if (auto items = loadItems(loading, lock); !items) {
        return fail(items.error());
    }
    for (const ItemId id : ids) {
        if (!loading.found[loading.places.at(id)]) {
            return noSuchItem(id);
        }
    }
    if (auto opinions = loadOpinions(loading); !opinions) {
        return fail(opinions.error());
    }
    loadDeclined(loading);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (const std::size_t place = loading.places.at(ids[i]); place != i) {
            loading.statuses[i] = loading.statuses[place];
        }
    }
    return std::move(loading.statuses);
}

void saveStatus(
    Connection& connection, ItemId item, const ItemStatus& before, const ItemStatus& after, EventSeq touched)
{
    soci::session& sql = connection.sql();
    const int state = static_cast<int>(after.state);
    const int escalated = after.escalated ? 1 : 0;
    const int audit = after.audit ? 1 : 0;
    const int golden = after.golden ? 1 : 0;
    const std::string letters = answerLetters(after.goldenAnswers);
    const ReviewerId firstBy = after.first ? after.first->reviewer : 0;
    sql << "UPDATE item SET state = :state, escalated = :escalated, audit = :audit, golden = :golden,"
           " golden_answers = :letters, skips = :skips, first_by = :first, version = :version, touched = :touched"
           " WHERE id = :item",
        soci::use(state), soci::use(escalated), soci::use(audit), soci::use(golden), soci::use(letters),
        soci::use(after.skips), soci::use(firstBy), soci::use(after.version), soci::use(touched), soci::use(item);
    saveOpinions(sql, item, before, after);
    saveDeclined(sql, item, before, after);
}

} // namespace modscope
