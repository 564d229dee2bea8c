#include "core/store/verify_store.h"

#include "core/base/sha256.h"
#include "core/store/content_digest.h"
#include "core/store/event_log.h"
#include "core/store/item_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"

namespace modscope {

namespace {

/// One check of one store. Each step stops at the first difference, which is an Error here.
class StoreVerifier {
public:
    StoreVerifier(SqlStore& store, std::stop_token stop, const ProgressFn& progress)
        : m_store(store), m_connection(store.connection()), m_stop(std::move(stop)), m_progress(progress)
    {}

    Result<StoreReport> run(const std::map<std::string, Reviewer>& reviewers)
    {
        auto checked = checkEvents();
        if (checked) {
            checked = checkItems(reviewers);
        }
        if (!checked && checked.error().code == ErrorCode::Cancelled) {
            return fail(checked.error());
        }
        if (!checked) {
            m_report.firstDifference = checked.error();
        }
        return m_report;
    }

private:
    Result<void> tick()
    {
        if (m_stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "the check was stopped");
        }
        if (m_progress) {
            m_progress({static_cast<std::uint64_t>(m_report.events) + m_report.items, 0});
        }
        return {};
    }

    Result<void> checkEvents()
    {
        ChainVerifier chain;
        auto read = readEventRows(m_connection, {}, [&](const ReviewEvent& event) -> Result<void> {
            if (auto going = tick(); !going) {
                return going;
            }
            if (auto linked = chain.next(event); !linked) {
                return linked;
            }
            m_report.events = event.seq;
            m_report.chainHead = event.hash;
            if (event.kind == EventKind::Imported) {
                return checkImport(event);
            }
            return event.kind == EventKind::PolicyPublished ? checkPolicy(event) : Result<void>();
        });
        if (!read) {
            return read;
        }
        EventSeq last = 0;
        std::string head;
        m_connection.sql() << "SELECT seq, hash FROM chain WHERE id = 1", soci::into(last), soci::into(head);
        return last == chain.seq() && head == chain.head()
                   ? Result<void>()
                   : fail(ErrorCode::Mismatch, "event " + std::to_string(chain.seq() + 1) +
                                                   ": the record ends before it, but the store had " +
                                                   std::to_string(last) + " events");
    }

    Result<void> checkImport(const ReviewEvent& event)
    {
        const std::string where = "event " + std::to_string(event.seq) + ": ";
        const auto contents = loadContents(m_connection, event.items);
        if (!contents) {
            return fail(ErrorCode::Mismatch, where + contents.error().message + " any more");
        }
        const auto digest = event.detail.find("digest");
        return digest != event.detail.end() && digest->second == contentDigest(*contents)
                   ? Result<void>()
                   : fail(ErrorCode::Mismatch, where + "the items it imported were changed afterwards");
    }

    Result<void> checkPolicy(const ReviewEvent& event)
    {
        const auto version = event.detail.find("version");
        const auto digest = event.detail.find("sha256");
        if (version == event.detail.end() || digest == event.detail.end()) {
            return fail(ErrorCode::Mismatch, "event " + std::to_string(event.seq) + ": it names no policy");
        }
        std::string markdown;
        m_connection.sql() << "SELECT markdown FROM policy WHERE version = :version", soci::use(version->second),
            soci::into(markdown);
        const bool there = m_connection.sql().got_data();
        return there && sha256Hex(std::as_bytes(std::span(markdown))) == digest->second
                   ? Result<void>()
                   : fail(ErrorCode::Mismatch, "event " + std::to_string(event.seq) + ": the policy '" +
                                                   version->second + "' that it published was " +
                                                   (there ? "changed" : "deleted") + " afterwards");
    }

    Result<void> checkItems(const std::map<std::string, Reviewer>& reviewers)
    {
        for (std::vector<ItemId> ids = nextIds(m_connection, 0); !ids.empty();
             ids = nextIds(m_connection, ids.back())) {
            if (auto going = tick(); !going) {
                return going;
            }
            const auto contents = loadContents(m_connection, ids);
            const auto statuses = loadStatuses(m_connection, ids);
            const auto histories = readHistories(m_connection, ids, reviewers);
            if (!contents || !statuses || !histories) {
                return fail(!contents ? contents.error() : !statuses ? statuses.error() : histories.error());
            }
            for (std::size_t i = 0; i < ids.size(); ++i) {
                const auto replayed = replay((*histories)[i], m_store.project().labels.size());
                if (!replayed || *replayed != (*statuses)[i]) {
                    return fail(ErrorCode::Mismatch, "item '" + (*contents)[i].key + "': " +
                                                         (replayed ? "its row is not what its events make of it"
                                                                   : replayed.error().message));
                }
                ++m_report.items;
            }
        }
        return {};
    }

    SqlStore& m_store;
    Connection& m_connection;
    std::stop_token m_stop;
    const ProgressFn& m_progress;
    StoreReport m_report;
};

} // namespace

Result<StoreReport> verifyStore(const StoreOptions& options, std::stop_token stop, const ProgressFn& progress)
{
    StoreOptions reading = options;
    reading.readOnly = true;
    reading.create.reset();
    auto store = SqlStore::open(reading);
    if (!store) {
        return fail(store.error());
    }
    const auto all = (*store)->reviewers();
    if (!all) {
        return fail(all.error());
    }
    std::map<std::string, Reviewer> reviewers;
    for (const Reviewer& one : *all) {
        reviewers[one.pseudonym] = one;
    }
    return (*store)->connection().read([&] { return StoreVerifier(**store, stop, progress).run(reviewers); });
}

} // namespace modscope
