#include "core/review/team_report.h"

#include "core/review/iso_time.h"
#include "core/review/status.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace modscope {

namespace {

constexpr std::uint64_t kEventsPerTick = 4096; ///< between two looks at the stop token

/// What an item is while a record is played.
struct PlayedItem {
    ItemStatus status;
    TimeMs came = 0;
};

class TeamPlayer {
public:
    TeamPlayer(std::size_t labels, const std::vector<Reviewer>& reviewers, const std::set<EventSeq>& undone)
        : m_labels(labels), m_undone(undone)
    {
        for (const Reviewer& reviewer : reviewers) {
            m_reviewers[reviewer.pseudonym] = reviewer;
        }
    }

    Result<void> play(const ReviewEvent& event)
    {
        m_report.chain = {event.seq, event.hash};
        if (event.kind == EventKind::Imported) {
            for (const ItemId item : event.items) {
                m_items[item].came = event.time;
            }
        }
        if (event.kind != EventKind::Step || m_undone.contains(event.seq)) {
            return {};
        }
        for (const ItemId item : event.items) {
            PlayedItem& played = m_items[item];
            if (event.step == Step::AnswerGolden && played.status.golden) {
                ++m_report.golden.of;
                m_report.golden.yes += event.decision.answers == played.status.goldenAnswers ? 1 : 0;
            }
            auto after = applyStep(played.status, event, m_reviewers[event.actor], m_labels);
            if (!after) {
                return fail(ErrorCode::Mismatch,
                            "event " + std::to_string(event.seq) + " does not fit: " + after.error().message);
            }
            played.status = std::move(*after);
        }
        count(event);
        return {};
    }

    Result<TeamReport> finish(TimeMs moment, const std::stop_token& stop)
    {
        m_report.moment = moment;
        m_report.yes.resize(m_labels);
        OpinionPairs pairs(m_labels);
        for (const auto& [id, item] : m_items) {
            ++m_report.states[static_cast<std::size_t>(item.status.state)];
            if (item.status.state == ItemState::Removed) {
                continue;
            }
            ++m_report.items;
            m_report.escalated += item.status.escalated ? 1 : 0;
            if (claimable(item.status.state)) {
                ++m_report.openByAge[ageBand(moment - item.came)];
            }
            if (const auto consensus = item.status.consensus()) {
                for (std::size_t label = 0; label < m_labels; ++label) {
                    m_report.yes[label] += (*consensus)[label] == Answer::Yes ? 1 : 0;
                }
            }
            pairs.add(item.status);
        }
        auto agreement = pairs.agreement(BootstrapOptions(), stop);
        if (!agreement) {
            return fail(agreement.error());
        }
        m_report.agreement = std::move(*agreement);
        return std::move(m_report);
    }

private:
    void count(const ReviewEvent& event)
    {
        constexpr std::size_t kDayDigits = 10; // of "2026-11-25T14:20:32Z"
        if (event.step == Step::Skip) {
            ++m_report.skipReasons[event.decision.reason];
        } else if (event.step == Step::Decide || event.step == Step::AnswerGolden) {
            m_report.decisionsByDay[isoTime(event.time).substr(0, kDayDigits)] += event.items.size();
            ++m_report.revealed.of;
            m_report.revealed.yes += event.decision.disclosure == Disclosure::Revealed ? 1 : 0;
        }
    }

    std::size_t m_labels;
    const std::set<EventSeq>& m_undone;
    std::map<std::string, Reviewer> m_reviewers;
    std::unordered_map<ItemId, PlayedItem> m_items;
    TeamReport m_report;
};

/// Calls `each` for the events up to a moment, in order.
Result<void> readUntil(ReviewStore& store,
                       std::optional<TimeMs> moment,
                       const std::stop_token& stop,
                       const std::function<Result<void>(const ReviewEvent&)>& each)
{
    std::uint64_t read = 0;
    return store.readEvents({}, [&](const ReviewEvent& event) -> Result<void> {
        if (++read % kEventsPerTick == 0 && stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "the report was not needed any more");
        }
        // Times never go back along the chain, so all that follows is later as well.
        return moment && event.time > *moment ? Result<void>() : each(event);
    });
}

} // namespace

Result<TeamReport> teamReport(ReviewStore& store,
                              std::optional<TimeMs> moment,
                              std::stop_token stop,
                              const ProgressFn& progress)
{
    const auto reviewers = store.reviewers();
    const auto last = store.lastEvent();
    if (!reviewers || !last) {
        return fail(reviewers ? last.error() : reviewers.error());
    }
    // First what was taken back by then, then everything else in order.
    std::set<EventSeq> undone;
    const auto looked = readUntil(store, moment, stop, [&undone](const ReviewEvent& event) -> Result<void> {
        if (event.kind == EventKind::Undone) {
            undone.insert(event.refersTo);
        } else if (event.kind == EventKind::Redone) {
            undone.erase(event.refersTo);
        }
        return {};
    });
    if (!looked) {
        return fail(looked.error());
    }
    TeamPlayer player(store.project().labels.size(), *reviewers, undone);
    TimeMs latest = 0;
    const auto played = readUntil(store, moment, stop, [&](const ReviewEvent& event) {
        latest = event.time;
        if (progress && event.seq % static_cast<EventSeq>(kEventsPerTick) == 0) {
            progress({static_cast<std::uint64_t>(event.seq), static_cast<std::uint64_t>(*last)});
        }
        return player.play(event);
    });
    return played ? player.finish(moment.value_or(latest), stop) : fail(played.error());
}

Result<std::optional<RecordSpan>> recordSpan(ReviewStore& store)
{
    std::optional<RecordSpan> span;
    const auto note = [&span](const ReviewEvent& event) -> Result<void> {
        span = span ? RecordSpan{std::min(span->first, event.time), std::max(span->last, event.time)}
                    : RecordSpan{event.time, event.time};
        return {};
    };
    EventQuery first;
    first.limit = 1;
    EventQuery last = first;
    last.newestFirst = true;
    for (const EventQuery& query : {first, last}) {
        if (auto read = store.readEvents(query, note); !read) {
            return fail(read.error());
        }
    }
    return span;
}

} // namespace modscope
