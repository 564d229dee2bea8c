#include "core/store/sql_store.h"
#include "core/store/text.h"

#include <algorithm>

namespace modscope {

namespace {

constexpr std::int64_t kStopEvery = 10'000; ///< items between two looks at the stop token

/// A row for each item and model; the model is 0 where nobody scored the item.
std::string factsStatement(EventSeq after)
{
    // What is small goes in one column: PostgreSQL takes longer to send seven than to put them together.
    // With "+" SQLite finds the few items that changed by their index, and does not pass through all in order.
    return "SELECT item.id, item.touched, item.escalated | (item.audit << 1) | (item.golden << 2)"
           " | (item.has_text << 3) | (item.has_picture << 4) | (item.skips << 5) | (item.state << 24),"
           " item.source, item.duplicates, item.first_by, item.created,"
           " score.model, score.probabilities, score.text_only, score.image_only"
           " FROM item LEFT JOIN score ON score.item = item.id WHERE item.touched > " +
           std::to_string(after) + " ORDER BY " + (after == 0 ? "item.id" : "+item.id");
}

/// Puts the rows of one item together, one item after the other.
class FactsReader {
public:
    FactsReader(Connection& connection, EventSeq after)
        : m_rows(connection.dialect().stream(connection.sql(), factsStatement(after))), m_more(m_rows->next())
    {}

    [[nodiscard]] bool more() const { return m_more; }

    /// Precondition: more(). The facts are good until the next call.
    Result<const ItemFacts*> next()
    {
        if (auto read = readItem(); !read) {
            return fail(read.error());
        }
        std::size_t models = 0;
        do {
            if (m_rows->number(Model) != 0) {
                m_facts.scores.resize(std::max(m_facts.scores.size(), ++models)); // the last item's memory serves again
                if (!readScores(m_facts.scores[models - 1])) {
                    return fail(ErrorCode::ParseError,
                                "item " + std::to_string(m_facts.id) + ": its scores are damaged");
                }
            }
            m_more = m_rows->next();
        } while (m_more && m_rows->number(Id) == m_facts.id);
        m_facts.scores.resize(models);
        std::sort(m_facts.scores.begin(), m_facts.scores.end(),
                  [](const ItemScores& one, const ItemScores& other) { return one.model < other.model; });
        return &m_facts;
    }

private:
    enum Column : int { // of factsStatement()
        Id,
        Touched,
        Small,
        Source,
        Duplicates,
        FirstBy,
        Created,
        Model,
        Probabilities,
        TextOnly,
        ImageOnly,
    };

    Result<void> readItem()
    {
        m_facts.id = m_rows->number(Id);
        m_facts.version = m_rows->number(Touched);
        constexpr std::uint64_t kMostSkips = 0x7'FFFF;
        const auto small = static_cast<std::uint64_t>(m_rows->number(Small));
        const auto bit = [small](unsigned place) { return (small >> place & 1U) != 0; };
        const std::uint64_t state = small >> 24U;
        if (state >= kItemStates) {
            return fail(ErrorCode::ParseError,
                        "item " + std::to_string(m_facts.id) + ": its row holds what no version wrote");
        }
        m_facts.state = static_cast<ItemState>(state);
        m_facts.escalated = bit(0);
        m_facts.audit = bit(1);
        m_facts.golden = bit(2);
        m_facts.hasText = bit(3);
        m_facts.hasPicture = bit(4);
        m_facts.skips = static_cast<int>(small >> 5U & kMostSkips);
        m_facts.sourceId = m_rows->number(Source);
        m_facts.groupId = m_rows->number(Duplicates);
        m_facts.firstBy = m_rows->number(FirstBy);
        m_facts.created = m_rows->number(Created);
        return {};
    }

    [[nodiscard]] bool readScores(ItemScores& scores) const
    {
        scores.model = m_rows->number(Model);
        return unpackFloats(m_rows->text(Probabilities), scores.probabilities) &&
               unpackFloats(m_rows->text(TextOnly), scores.textOnly) &&
               unpackFloats(m_rows->text(ImageOnly), scores.imageOnly);
    }

    std::unique_ptr<RowStream> m_rows;
    bool m_more;
    ItemFacts m_facts;
};

Result<void> streamFacts(Connection& connection,
                         EventSeq after,
                         const std::stop_token& stop,
                         const std::function<void(const ItemFacts&)>& each)
{
    FactsReader reader(connection, after);
    for (std::int64_t read = 0; reader.more(); ++read) {
        if (read % kStopEvery == 0 && stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "reading the queue was stopped");
        }
        const auto facts = reader.next();
        if (!facts) {
            return fail(facts.error());
        }
        each(**facts);
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
        auto read = streamFacts(*m_connection, after, stop, each);
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
