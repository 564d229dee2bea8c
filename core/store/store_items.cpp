#include "core/base/sha256.h"
#include "core/store/event_log.h"
#include "core/store/item_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

namespace modscope {

Result<std::vector<ItemContent>> SqlStore::contents(std::span<const ItemId> ids)
{
    return m_connection->read([&] { return loadContents(*m_connection, ids); });
}

Result<std::vector<ItemStatus>> SqlStore::statuses(std::span<const ItemId> ids)
{
    return m_connection->read([&] { return loadStatuses(*m_connection, ids); });
}

Result<std::optional<ItemId>> SqlStore::findKey(std::string_view key)
{
    if (!checkText(key, "the key")) {
        return std::nullopt; // nothing that is stored can have it
    }
    const std::string wanted(key);
    return m_connection->read([&]() -> Result<std::optional<ItemId>> {
        ItemId id = 0;
        m_connection->sql() << "SELECT coalesce(max(item), 0) FROM content WHERE item_key = :key", soci::use(wanted),
            soci::into(id);
        return id > 0 ? std::optional(id) : std::nullopt;
    });
}

Result<void> SqlStore::setOcrText(ItemId id, const std::string& text)
{
    const auto may = mayWrite();
    const auto sound = checkText(text, "the OCR text of item " + std::to_string(id));
    if (!may || !sound) {
        return may ? sound : may;
    }
    return m_connection->write([&]() -> Result<void> {
        if (auto there = loadStatuses(*m_connection, std::span(&id, 1), RowLock::ForChange); !there) {
            return fail(there.error());
        }
        soci::session& sql = m_connection->sql();
        ReviewEvent event = placedEvent(EventKind::TextRead, {id});
        event.detail["sha256"] = sha256Hex(std::as_bytes(std::span(text)));
        sql << "UPDATE content SET ocr_text = :text WHERE item = :id", soci::use(text), soci::use(id);
        const int some = text.empty() ? 0 : 1;
        sql << "UPDATE item SET touched = :event, has_text = CASE WHEN :some = 1 THEN 1 ELSE"
               " (SELECT CASE WHEN content.text = '' THEN 0 ELSE 1 END FROM content WHERE content.item = item.id) END"
               " WHERE id = :id",
            soci::use(event.seq, "event"), soci::use(some, "some"), soci::use(id, "id");
        appendEvent(*m_connection, event, randomToken());
        return {};
    });
}

Result<void> SqlStore::setPictureHash(ItemId id, const PictureHash& hash)
{
    const auto may = mayWrite();
    const auto sound = checkText(hash.pdq, "the PDQ hash of item " + std::to_string(id));
    if (!may || !sound) {
        return may ? sound : may;
    }
    return m_connection->write([&]() -> Result<void> {
        if (auto there = loadStatuses(*m_connection, std::span(&id, 1)); !there) {
            return fail(there.error());
        }
        // No event: it follows from the picture, whose own hash is in the record.
        m_connection->sql() << "UPDATE content SET pdq = :pdq, pdq_quality = :quality WHERE item = :id",
            soci::use(hash.pdq), soci::use(hash.quality), soci::use(id);
        return {};
    });
}

Result<ChainEnd> SqlStore::readItems(std::stop_token stop,
                                     const std::function<Result<void>(const ItemContent&, const ItemStatus&)>& each)
{
    return m_connection->read([&]() -> Result<ChainEnd> {
        ChainEnd end;
        m_connection->sql() << "SELECT seq, hash FROM chain WHERE id = 1", soci::into(end.seq), soci::into(end.hash);
        std::vector<ItemId> ids = nextIds(*m_connection, 0);
        for (; !ids.empty(); ids = nextIds(*m_connection, ids.back())) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "reading the items was stopped");
            }
            const auto contents = loadContents(*m_connection, ids);
            const auto statuses = loadStatuses(*m_connection, ids);
            if (!contents || !statuses) {
                return fail(contents ? statuses.error() : contents.error());
            }
            for (std::size_t i = 0; i < ids.size(); ++i) {
                if (auto taken = each((*contents)[i], (*statuses)[i]); !taken) {
                    return fail(taken.error());
                }
            }
        }
        return end;
    });
}

} // namespace modscope
