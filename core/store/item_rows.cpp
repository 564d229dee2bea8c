#include "core/store/item_rows.h"

#include "core/base/sha256.h"
#include "core/store/id_places.h"
#include "core/store/text.h"

#include <cstring>
#include <map>

namespace modscope {

namespace {

std::string pictureOf(const ItemContent& item)
{
    return item.imageSha256.empty() ? item.imagePath : item.imageSha256;
}

struct ContentLoading {
    Connection& connection;
    std::string list;
    std::unordered_map<ItemId, std::size_t> places;
    std::vector<ItemContent> contents;
};

void loadRows(ContentLoading& loading)
{
    ItemContent row;
    soci::statement rows =
        (loading.connection.sql().prepare
             << "SELECT item.id, content.item_key, content.text, content.ocr_text, content.image_path,"
                " content.image_sha256, source.name, content.external_id, item.created, content.pdq,"
                " content.pdq_quality FROM "
             << loading.connection.dialect().idTable()
             << " JOIN item ON item.id = ids.value JOIN content ON content.item = item.id"
                " JOIN source ON source.id = item.source",
         soci::use(loading.list, "ids"), soci::into(row.id), soci::into(row.key), soci::into(row.text),
         soci::into(row.ocrText), soci::into(row.imagePath), soci::into(row.imageSha256), soci::into(row.source),
         soci::into(row.externalId), soci::into(row.created), soci::into(row.hash.pdq), soci::into(row.hash.quality));
    rows.execute();
    while (rows.fetch()) {
        loading.contents[loading.places.at(row.id)] = row;
    }
}

Result<void> loadScores(ContentLoading& loading)
{
    ItemId id = 0;
    ModelId model = 0;
    std::string probabilities;
    std::string textOnly;
    std::string imageOnly;
    soci::statement rows =
        (loading.connection.sql().prepare << "SELECT item, model, probabilities, text_only, image_only FROM "
                                          << loading.connection.dialect().idTable()
                                          << " JOIN score ON score.item = ids.value ORDER BY item, model",
         soci::use(loading.list, "ids"), soci::into(id), soci::into(model), soci::into(probabilities),
         soci::into(textOnly), soci::into(imageOnly));
    rows.execute();
    while (rows.fetch()) {
        auto all = unpackFloats(probabilities);
        auto text = unpackFloats(textOnly);
        auto image = unpackFloats(imageOnly);
        if (!all || !text || !image) {
            return fail(ErrorCode::ParseError, "item " + std::to_string(id) + ": its scores are damaged");
        }
        loading.contents[loading.places.at(id)].scores.push_back(
            {model, std::move(*all), std::move(*text), std::move(*image)});
    }
    return {};
}

/// Numbers of source names, those that are new added.
std::map<std::string, std::int64_t> sourceNumbers(soci::session& sql, const std::vector<ItemContent>& items)
{
    std::map<std::string, std::int64_t> numbers;
    std::int64_t last = 0;
    std::string name;
    std::int64_t id = 0;
    soci::statement rows = (sql.prepare << "SELECT id, name FROM source", soci::into(id), soci::into(name));
    rows.execute();
    while (rows.fetch()) {
        numbers[name] = id;
        last = std::max(last, id);
    }
    for (const ItemContent& item : items) {
        if (numbers.try_emplace(item.source, last + 1).second) {
            ++last;
            sql << "INSERT INTO source(id, name) VALUES (:id, :name)", soci::use(last), soci::use(item.source);
        }
    }
    return numbers;
}

template <typename Value, typename Read>
Column column(const char* name, const std::vector<ItemContent>& items, const Read& read)
{
    std::vector<Value> values;
    values.reserve(items.size());
    for (const ItemContent& item : items) {
        values.push_back(read(item));
    }
    return {name, std::move(values)};
}

} // namespace

Result<std::vector<ItemContent>> loadContents(Connection& connection, std::span<const ItemId> ids)
{
    ContentLoading loading{connection, connection.dialect().idList(ids), placesOf(ids),
                           std::vector<ItemContent>(ids.size())};
    loadRows(loading);
    if (auto scores = loadScores(loading); !scores) {
        return fail(scores.error());
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::size_t place = loading.places.at(ids[i]);
        if (loading.contents[place].id == 0) {
            return noSuchItem(ids[i]);
        }
        if (place != i) {
            loading.contents[i] = loading.contents[place];
        }
    }
    return std::move(loading.contents);
}

std::vector<ItemId> nextIds(Connection& connection, ItemId after)
{
    std::vector<ItemId> ids;
    ItemId id = 0;
    soci::statement rows = (connection.sql().prepare << "SELECT id FROM item WHERE id > :after ORDER BY id LIMIT 1000",
                            soci::use(after), soci::into(id));
    rows.execute();
    while (rows.fetch()) {
        ids.push_back(id);
    }
    return ids;
}

void insertItems(Connection& connection, const std::vector<ItemContent>& items, EventSeq imported)
{
    using Text = std::string;
    using Number = std::int64_t;
    using Item = const ItemContent&;
    const auto sources = sourceNumbers(connection.sql(), items);
    const auto id = [](Item item) { return item.id; };
    const auto event = [&](Item) { return imported; };
    connection.dialect().insert(
        connection.sql(), "item",
        {column<Number>("id", items, id),
         column<Number>("source", items, [&](Item item) { return sources.at(item.source); }),
         column<Number>("created", items, [](Item item) { return item.created; }),
         column<Number>("imported", items, event),
         column<Number>("has_text", items, [](Item item) { return item.text.empty() && item.ocrText.empty() ? 0 : 1; }),
         column<Number>("has_picture", items, [](Item item) { return item.imagePath.empty() ? 0 : 1; }),
         column<Number>("touched", items, event)});
    connection.dialect().insert(connection.sql(), "content",
                                {column<Number>("item", items, id),
                                 column<Text>("item_key", items, [](Item item) { return item.key; }),
                                 column<Text>("text", items, [](Item item) { return item.text; }),
                                 column<Text>("ocr_text", items, [](Item item) { return item.ocrText; }),
                                 column<Text>("image_path", items, [](Item item) { return item.imagePath; }),
                                 column<Text>("image_sha256", items, [](Item item) { return item.imageSha256; }),
                                 column<Text>("external_id", items, [](Item item) { return item.externalId; }),
                                 column<Text>("pdq", items, [](Item item) { return item.hash.pdq; }),
                                 column<Number>("pdq_quality", items, [](Item item) { return item.hash.quality; }),
                                 column<Number>("join_hash", items, joinHash)});
}

std::int64_t joinHash(const ItemContent& item)
{
    const std::string identity = pictureOf(item) + "\n" + item.text;
    Sha256 hash;
    hash.update(std::as_bytes(std::span(identity)));
    const auto digest = hash.finish();
    std::int64_t number = 0;
    std::memcpy(&number, digest.data(), sizeof number);
    return number;
}

bool sameContent(const ItemContent& one, const ItemContent& other)
{
    return one.text == other.text && pictureOf(one) == pictureOf(other);
}

std::string keyOf(ItemId id)
{
    constexpr std::uint32_t kOdd = 0x9E3779B1U; // any odd factor maps the 32-bit numbers onto themselves
    std::uint32_t mixed = static_cast<std::uint32_t>(id) * kOdd;
    mixed ^= mixed >> 15U;
    std::string digits;
    for (int shift = 24; shift >= 0; shift -= 8) {
        digits += hexByte(static_cast<unsigned char>(mixed >> static_cast<unsigned>(shift)));
    }
    const auto above = static_cast<std::uint64_t>(id) >> 32U;
    return digits.substr(0, 4) + "-" + digits.substr(4) + (above == 0 ? "" : "-" + std::to_string(above));
}

void touchItems(Connection& connection, std::span<const ItemId> ids, EventSeq event)
{
    const std::string list = connection.dialect().idList(ids);
    connection.sql() << "UPDATE item SET touched = :event WHERE id IN (SELECT value FROM " +
                            std::string(connection.dialect().idTable()) + ")",
        soci::use(event, "event"), soci::use(list, "ids");
}

} // namespace modscope
