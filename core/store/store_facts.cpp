#include "core/store/sql_store.h"
#include "core/store/text.h"

namespace modscope {

namespace {

constexpr std::int64_t kStopEvery = 10'000; ///< items between two looks at the stop token

/// Scores in the order of items, taken item by item.
class ScoreCursor {
public:
    ScoreCursor(soci::session& sql, EventSeq after)
        : m_after(after),
          // All scores, or those of few items: another plan, so another statement.
          m_rows((sql.prepare << (after == 0 ? "SELECT item, model, probabilities, text_only, image_only FROM score"
                                               " WHERE item > :after ORDER BY item, model"
                                             : "SELECT score.item, score.model, score.probabilities, score.text_only,"
                                               " score.image_only FROM item JOIN score ON score.item = item.id"
                                               " WHERE item.touched > :after ORDER BY score.item, score.model"),
                  soci::use(m_after),
                  soci::into(m_item),
                  soci::into(m_model),
                  soci::into(m_probabilities),
                  soci::into(m_textOnly),
                  soci::into(m_imageOnly)))
    {
        m_rows.execute();
        m_more = m_rows.fetch();
    }

    Result<void> take(ItemId item, std::vector<ItemScores>& scores)
    {
        scores.clear();
        for (; m_more && m_item <= item; m_more = m_rows.fetch()) {
            if (m_item < item) {
                continue; // of an item that came after the items were read
            }
            auto all = unpackFloats(m_probabilities);
            auto text = unpackFloats(m_textOnly);
            auto image = unpackFloats(m_imageOnly);
            if (!all || !text || !image) {
                return fail(ErrorCode::ParseError, "item " + std::to_string(item) + ": its scores are damaged");
            }
            scores.push_back({m_model, std::move(*all), std::move(*text), std::move(*image)});
        }
        return {};
    }

private:
    EventSeq m_after;
    ItemId m_item = 0;
    ModelId m_model = 0;
    std::string m_probabilities;
    std::string m_textOnly;
    std::string m_imageOnly;
    soci::statement m_rows;
    bool m_more = false;
};

Result<void> streamFacts(soci::session& sql,
                         EventSeq after,
                         const std::stop_token& stop,
                         const std::function<void(const ItemFacts&)>& each)
{
    ItemFacts facts;
    int state = 0;
    int escalated = 0;
    int audit = 0;
    int golden = 0;
    int hasText = 0;
    int hasPicture = 0;
    soci::statement rows =
        (sql.prepare << "SELECT id, touched, state, escalated, audit, golden, skips, source, duplicates, first_by,"
                        " created, has_text, has_picture FROM item WHERE touched > :after ORDER BY id",
         soci::use(after), soci::into(facts.id), soci::into(facts.version), soci::into(state), soci::into(escalated),
         soci::into(audit), soci::into(golden), soci::into(facts.skips), soci::into(facts.sourceId),
         soci::into(facts.groupId), soci::into(facts.firstBy), soci::into(facts.created), soci::into(hasText),
         soci::into(hasPicture));
    rows.execute();
    ScoreCursor scores(sql, after);
    for (std::int64_t read = 0; rows.fetch(); ++read) {
        if (read % kStopEvery == 0 && stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "reading the queue was stopped");
        }
        if (auto taken = scores.take(facts.id, facts.scores); !taken) {
            return taken;
        }
        facts.state = static_cast<ItemState>(state);
        facts.escalated = escalated != 0;
        facts.audit = audit != 0;
        facts.golden = golden != 0;
        facts.hasText = hasText != 0;
        facts.hasPicture = hasPicture != 0;
        each(facts);
    }
    return {};
}

} // namespace

Result<EventSeq> SqlStore::readFacts(EventSeq after,
                                     std::stop_token stop,
                                     const std::function<void(const ItemFacts&)>& each)
{
    return m_connection->read([&]() -> Result<EventSeq> {
        EventSeq last = 0;
        m_connection->sql() << "SELECT seq FROM chain WHERE id = 1", soci::into(last);
        if (after > 0 && after >= last) {
            return last;
        }
        auto read = streamFacts(m_connection->sql(), after, stop, each);
        return read ? Result<EventSeq>(last) : fail(read.error());
    });
}

Result<std::vector<ItemId>> SqlStore::search(std::string_view words)
{
    if (auto sound = checkText(words, "the search"); !sound) {
        return fail(sound.error());
    }
    const std::vector<std::string> split = wordsOf(words);
    if (split.empty()) {
        return std::vector<ItemId>();
    }
    const std::string query = m_connection->dialect().searchWords(split);
    return m_connection->read([&]() -> Result<std::vector<ItemId>> {
        std::vector<ItemId> found;
        ItemId id = 0;
        soci::statement rows = (m_connection->sql().prepare << std::string(m_connection->dialect().searchStatement()),
                                soci::use(query), soci::into(id));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(id);
        }
        return found;
    });
}

} // namespace modscope
