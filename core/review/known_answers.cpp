#include "core/review/known_answers.h"

#include <set>

namespace modscope {

namespace {

constexpr std::size_t kEventsAtOnce = 256;

/// Reads one person's events backwards until one is too old.
class AnswerReader {
public:
    AnswerReader(ReviewStore& store, TimeMs since) : m_store(store), m_since(since)
    {
        m_query.actor = store.me().pseudonym;
        m_query.newestFirst = true;
        m_query.limit = kEventsAtOnce;
    }

    Result<std::vector<KnownAnswer>> read(const std::stop_token& stop)
    {
        for (std::size_t read = kEventsAtOnce; read == kEventsAtOnce && !m_tooOld;) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "the answers to known items were not needed any more");
            }
            read = 0;
            const auto page = m_store.readEvents(m_query, [&](const ReviewEvent& event) -> Result<void> {
                ++read;
                m_query.before = event.seq;
                take(event);
                return {};
            });
            if (!page) {
                return fail(page.error());
            }
        }
        return withItems();
    }

private:
    // Newest first: whatever is said of an event later is met before the event itself, the last word first.
    void take(const ReviewEvent& event)
    {
        m_tooOld = m_tooOld || event.time < m_since;
        if (m_tooOld) {
            return;
        }
        if (event.kind == EventKind::Redone && !m_undone.contains(event.refersTo)) {
            m_redone.insert(event.refersTo);
        } else if (event.kind == EventKind::Undone && !m_redone.contains(event.refersTo)) {
            m_undone.insert(event.refersTo);
        } else if (event.kind == EventKind::Step && event.step == Step::AnswerGolden && !m_undone.contains(event.seq)) {
            for (const ItemId item : event.items) {
                m_answers.push_back({event.seq, item, {}, {}, event.decision.answers, {}});
            }
        }
    }

    Result<std::vector<KnownAnswer>> withItems()
    {
        std::vector<ItemId> ids;
        for (const KnownAnswer& answer : m_answers) {
            ids.push_back(answer.item);
        }
        auto contents = m_store.contents(ids);
        auto statuses = m_store.statuses(ids);
        if (!contents || !statuses) {
            return fail(contents ? statuses.error() : contents.error());
        }
        std::vector<KnownAnswer> known;
        for (std::size_t i = 0; i < m_answers.size(); ++i) {
            if ((*statuses)[i].golden) {
                KnownAnswer& answer = known.emplace_back(std::move(m_answers[i]));
                const ItemContent& content = (*contents)[i];
                answer.key = content.key;
                answer.text = content.text.empty() ? content.ocrText : content.text;
                answer.agreed = (*statuses)[i].goldenAnswers;
            }
        }
        return known;
    }

    ReviewStore& m_store;
    TimeMs m_since;
    EventQuery m_query;
    bool m_tooOld = false;
    std::set<EventSeq> m_undone;
    std::set<EventSeq> m_redone;
    std::vector<KnownAnswer> m_answers;
};

} // namespace

Result<std::vector<KnownAnswer>> knownAnswers(ReviewStore& store, TimeMs since, const std::stop_token& stop)
{
    return AnswerReader(store, since).read(stop);
}

} // namespace modscope
