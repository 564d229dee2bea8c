#include "core/review/status_json.h"
#include "core/store/content_digest.h"
#include "core/store/event_log.h"
#include "core/store/item_rows.h"
#include "core/store/score_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace modscope {

namespace {

std::string rowName(const NewItem& row)
{
    return row.row > 0 ? "row " + std::to_string(row.row) : "item '" + row.content.externalId + "'";
}

Result<void> checkScores(const NewItem& row, const std::vector<ScoringModel>& models)
{
    for (const ItemScores& scores : row.content.scores) {
        const auto model =
            std::find_if(models.begin(), models.end(), [&](const ScoringModel& one) { return one.id == scores.model; });
        if (model == models.end()) {
            return fail(ErrorCode::NotFound,
                        rowName(row) + ": scores of model " + std::to_string(scores.model) + ", which is not there");
        }
        for (const auto* part : {&scores.probabilities, &scores.textOnly, &scores.imageOnly}) {
            const bool whole = part->size() == model->labels.size();
            const bool absent = part->empty() && part != &scores.probabilities;
            const bool sound = std::all_of(part->begin(), part->end(), [](float p) { return p >= 0 && p <= 1; });
            if (!(whole || absent) || !sound) {
                return fail(ErrorCode::InvalidArgument, rowName(row) + ": '" + model->name + "' needs " +
                                                            std::to_string(model->labels.size()) +
                                                            " probabilities from 0 to 1");
            }
        }
    }
    return {};
}

Result<void> checkRow(const NewItem& row, const std::vector<ScoringModel>& models)
{
    const ItemContent& item = row.content;
    const std::string name = rowName(row);
    for (const auto& [text, what] :
         std::initializer_list<std::pair<const std::string&, const char*>>{{item.key, "key"},
                                                                           {item.text, "text"},
                                                                           {item.ocrText, "OCR text"},
                                                                           {item.imagePath, "picture path"},
                                                                           {item.imageSha256, "picture hash"},
                                                                           {item.source, "source"},
                                                                           {item.externalId, "id"},
                                                                           {item.hash.pdq, "PDQ hash"}}) {
        if (auto sound = checkText(text, name + ": its " + what); !sound) {
            return sound;
        }
    }
    if (item.text.empty() && item.imagePath.empty()) {
        return fail(ErrorCode::NoContent, name + " has neither text nor picture");
    }
    return checkScores(row, models);
}

/// The rows of one import, on their way into the store.
class Importer {
public:
    Importer(Connection& connection, std::span<const NewItem> rows) : m_connection(connection), m_rows(rows) {}

    /// Finds out which rows are known and gives the others their ids and keys.
    Result<void> sort()
    {
        m_connection.dialect().lockNumbering(m_connection.sql());
        m_connection.sql() << "SELECT coalesce(max(id), 0) FROM item", soci::into(m_lastId);
        const TimeMs now = m_connection.dialect().now(m_connection.sql());
        noteBroughtKeys();
        readKnown();
        for (const NewItem& row : m_rows) {
            auto id = place(row, now);
            if (!id) {
                return fail(id.error());
            }
            ids.push_back(*id);
            for (const ItemScores& scores : row.content.scores) {
                auto& target = *id > m_lastId ? scoresOfAdded : scoresOfJoined;
                target.push_back({*id, scores});
            }
        }
        return {};
    }

    /// Ids of the rows that are known, 0 of the others.
    std::vector<ItemId> known()
    {
        readKnown();
        std::vector<ItemId> found;
        found.reserve(m_rows.size());
        for (const NewItem& row : m_rows) {
            const std::vector<ItemContent>& alike = m_known[joinHash(row.content)];
            const auto same = sameAs(alike, row);
            found.push_back(same == alike.end() ? 0 : same->id);
        }
        return found;
    }

    std::vector<ItemId> ids;
    std::vector<ItemContent> added;
    std::vector<ScoreRow> scoresOfAdded;
    std::vector<ScoreRow> scoresOfJoined;

private:
    void readKnown()
    {
        std::vector<std::int64_t> hashes;
        hashes.reserve(m_rows.size());
        for (const NewItem& row : m_rows) {
            hashes.push_back(joinHash(row.content));
        }
        const std::string list = m_connection.dialect().idList(hashes);
        const int removed = static_cast<int>(ItemState::Removed);
        ItemContent known;
        std::int64_t hash = 0;
        soci::statement rows =
            (m_connection.sql().prepare << "SELECT content.join_hash, content.item, content.item_key, content.text,"
                                           " content.image_path, content.image_sha256 FROM "
                                        << m_connection.dialect().idTable()
                                        << " JOIN content ON content.join_hash = ids.value"
                                           " JOIN item ON item.id = content.item AND item.state <> :removed",
             soci::use(list, "ids"), soci::use(removed, "removed"), soci::into(hash), soci::into(known.id),
             soci::into(known.key), soci::into(known.text), soci::into(known.imagePath), soci::into(known.imageSha256));
        rows.execute();
        while (rows.fetch()) {
            m_known[hash].push_back(known);
        }
    }

    static std::vector<ItemContent>::const_iterator sameAs(const std::vector<ItemContent>& alike, const NewItem& row)
    {
        return std::find_if(alike.begin(), alike.end(), [&](const ItemContent& one) {
            return sameContent(one, row.content) && (row.content.key.empty() || row.content.key == one.key);
        });
    }

    Result<ItemId> place(const NewItem& row, TimeMs now)
    {
        std::vector<ItemContent>& alike = m_known[joinHash(row.content)];
        const auto same = sameAs(alike, row);
        if (same != alike.end()) {
            return same->id;
        }
        ItemContent item = row.content;
        item.id = m_lastId + static_cast<ItemId>(added.size()) + 1;
        item.scores.clear();
        item.created = item.created == 0 ? now : item.created;
        if (item.key.empty()) {
            item.key = keyOf(item.id);
            while (keyTaken(item.key)) { // by an import that brought its own keys
                item.key += "-" + std::to_string(item.id);
            }
        } else if (keyTaken(item.key)) {
            return fail(ErrorCode::Mismatch,
                        rowName(row) + ": the key '" + item.key + "' belongs to another text or picture");
        }
        m_newKeys.insert(item.key);
        alike.push_back(item);
        added.push_back(std::move(item));
        return added.back().id;
    }

    bool keyTaken(const std::string& key)
    {
        if (m_newKeys.contains(key)) {
            return true;
        }
        if (!m_keysWereBrought) {
            return false; // keys that are given by keyOf() differ as their ids do
        }
        int owners = 0;
        m_connection.sql() << "SELECT count(*) FROM content WHERE item_key = :key", soci::use(key), soci::into(owners);
        return owners > 0;
    }

    void noteBroughtKeys()
    {
        soci::session& sql = m_connection.sql();
        if (std::any_of(m_rows.begin(), m_rows.end(), [](const NewItem& row) { return !row.content.key.empty(); })) {
            sql << "INSERT INTO setting(name, value) VALUES ('keys_brought', 'yes') ON CONFLICT (name) DO NOTHING";
        }
        int brought = 0;
        sql << "SELECT count(*) FROM setting WHERE name = 'keys_brought'", soci::into(brought);
        m_keysWereBrought = brought > 0;
    }

    Connection& m_connection;
    std::span<const NewItem> m_rows;
    ItemId m_lastId = 0;
    std::unordered_map<std::int64_t, std::vector<ItemContent>> m_known;
    std::unordered_set<std::string> m_newKeys;
    bool m_keysWereBrought = false;
};

/// How far the import came: to the last row, so that unusable rows ahead of it count as read.
void noteImported(soci::session& sql, const std::string& name, std::span<const NewItem> rows)
{
    const bool numbered = !rows.empty() && rows.back().row > 0;
    const auto count = static_cast<std::int64_t>(numbered ? rows.back().row : rows.size());
    sql << std::string("INSERT INTO import(name, row_count) VALUES (:name, :count) ON CONFLICT (name) DO UPDATE SET"
                       " row_count = excluded.row_count") +
               (numbered ? "" : " + import.row_count"),
        soci::use(name), soci::use(count);
}

} // namespace

Result<ImportOutcome> SqlStore::import(std::span<const NewItem> rows, std::string_view importName)
{
    const auto may = mayWrite();
    const auto known = models();
    if (!may || !known) {
        return fail(may ? known.error() : may.error());
    }
    auto sound = checkText(importName, "the import's name");
    for (auto row = rows.begin(); sound && row != rows.end(); ++row) {
        sound = checkRow(*row, *known);
    }
    if (!sound) {
        return fail(sound.error());
    }
    const bool bringsKeys =
        std::any_of(rows.begin(), rows.end(), [](const NewItem& row) { return !row.content.key.empty(); });
    if (const auto lead = bringsKeys ? mayLead() : Result<void>(); !lead) {
        return fail(lead.error().code, "items that bring their own keys: " + lead.error().message);
    }
    const std::string name(importName);
    return m_connection->write([&]() -> Result<ImportOutcome> {
        Importer importer(*m_connection, rows);
        if (auto sorted = importer.sort(); !sorted) {
            return fail(sorted.error());
        }
        ImportOutcome outcome{importer.added.size(), rows.size() - importer.added.size(), importer.ids, 0};
        if (!importer.added.empty()) {
            std::vector<ItemId> ids;
            for (const ItemContent& item : importer.added) {
                ids.push_back(item.id);
            }
            ReviewEvent event = placedEvent(EventKind::Imported, std::move(ids));
            event.detail = {{"digest", contentDigest(importer.added)}, {"name", name}};
            insertItems(*m_connection, importer.added, event.seq);
            saveScores(*m_connection, importer.scoresOfAdded);
            appendEvent(*m_connection, event, randomToken());
            outcome.event = event.seq;
        }
        if (auto restored = restore(rows, importer.ids, importer.added); !restored) {
            return fail(restored.error());
        }
        if (!importer.scoresOfJoined.empty()) {
            recordScores(importer.scoresOfJoined);
        }
        noteImported(m_connection->sql(), name, rows);
        return outcome;
    });
}

Result<void> SqlStore::restore(std::span<const NewItem> rows,
                               std::span<const ItemId> ids,
                               const std::vector<ItemContent>& added)
{
    std::vector<ReviewEvent> steps;
    ItemId next = added.empty() ? 0 : added.front().id; // new ids ascend; a later row of the same content is joined
    for (std::size_t i = 0; i < rows.size() && !added.empty(); ++i) {
        if (ids[i] != next) {
            continue;
        }
        ++next;
        if (!rows[i].standing || *rows[i].standing == ItemStatus()) {
            continue;
        }
        ReviewEvent step = steps.empty() ? placedEvent(EventKind::Step) : steps.back();
        step.seq += steps.empty() ? 0 : 1;
        step.step = Step::Restore;
        step.items = {ids[i]};
        step.detail = {{"status", statusJson(*rows[i].standing)}};
        const auto status = applyStep({}, step, m_me, m_project.labels.size());
        if (!status) {
            return fail(status.error().code, rowName(rows[i]) + ": " + status.error().message);
        }
        saveStatus(*m_connection, ids[i], {}, *status, step.seq);
        steps.push_back(std::move(step));
    }
    appendSteps(*m_connection, steps);
    return {};
}

Result<std::vector<ItemId>> SqlStore::known(std::span<const NewItem> rows)
{
    return m_connection->read([&]() -> Result<std::vector<ItemId>> { return Importer(*m_connection, rows).known(); });
}

Result<std::uint64_t> SqlStore::importedRows(std::string_view importName)
{
    const std::string name(importName);
    return m_connection->read([&]() -> Result<std::uint64_t> {
        std::int64_t count = 0;
        m_connection->sql() << "SELECT coalesce(max(row_count), 0) FROM import WHERE name = :name", soci::use(name),
            soci::into(count);
        return static_cast<std::uint64_t>(count);
    });
}

Result<void> SqlStore::addScores(ModelId model,
                                 std::span<const ItemId> ids,
                                 std::span<const std::vector<float>> probabilities)
{
    const auto may = mayWrite();
    const auto known = models();
    if (!may || !known) {
        return fail(may ? known.error() : may.error());
    }
    if (ids.size() != probabilities.size()) {
        return fail(ErrorCode::InvalidArgument,
                    std::to_string(probabilities.size()) + " scores for " + std::to_string(ids.size()) + " items");
    }
    std::vector<ScoreRow> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        rows.push_back({ids[i], {model, probabilities[i], {}, {}}});
        NewItem named;
        named.row = static_cast<std::uint64_t>(ids[i]);
        named.content.scores.push_back(rows.back().scores);
        if (auto sound = checkScores(named, *known); !sound) {
            return sound;
        }
    }
    return m_connection->write([&]() -> Result<void> {
        if (auto there = loadStatuses(*m_connection, ids); !there) {
            return fail(there.error());
        }
        recordScores(rows);
        return {};
    });
}

void SqlStore::recordScores(const std::vector<ScoreRow>& rows)
{
    std::map<ModelId, std::map<ItemId, std::vector<float>>> byModel;
    for (const ScoreRow& row : rows) {
        byModel[row.scores.model][row.item] = row.scores.probabilities;
    }
    saveScores(*m_connection, rows);
    for (auto& [model, scored] : byModel) {
        std::vector<ItemId> ids;
        std::vector<std::vector<float>> probabilities;
        for (auto& [item, values] : scored) {
            ids.push_back(item);
            probabilities.push_back(std::move(values));
        }
        ReviewEvent event = placedEvent(EventKind::Scored, ids);
        event.detail = {{"digest", scoreDigest(ids, probabilities)}, {"model", std::to_string(model)}};
        touchItems(*m_connection, ids, event.seq);
        appendEvent(*m_connection, event, randomToken());
    }
}

} // namespace modscope
