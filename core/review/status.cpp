#include "core/review/status.h"

#include "core/review/status_json.h"

#include <algorithm>

namespace modscope {

namespace {

constexpr TimeMs kSkipRestMs = 24LL * 60 * 60 * 1000; ///< a skipped item stays out of its reviewer's way for a day

tl::unexpected<Error> refuse(std::string message)
{
    return fail(ErrorCode::InvalidArgument, std::move(message));
}

void decline(ItemStatus& status, ReviewerId reviewer, TimeMs until)
{
    const auto place = std::lower_bound(status.declined.begin(), status.declined.end(), reviewer,
                                        [](const Declined& one, ReviewerId id) { return one.reviewer < id; });
    if (place != status.declined.end() && place->reviewer == reviewer) {
        place->until = std::max(place->until, until);
    } else {
        status.declined.insert(place, {reviewer, until});
    }
}

/// One step on its way into a status.
class StepPlayer {
public:
    StepPlayer(ItemStatus status, const ReviewEvent& event, const Reviewer& actor, std::size_t labels)
        : m_status(std::move(status)), m_event(event), m_actor(actor), m_labels(labels)
    {}

    Result<ItemStatus> play()
    {
        if (auto fits = check(); !fits) {
            return fail(fits.error());
        }
        if (auto taken = take(); !taken) {
            return fail(taken.error());
        }
        m_status.version = m_event.seq;
        return std::move(m_status);
    }

private:
    [[nodiscard]] Result<void> check() const
    {
        if (m_actor.role == Role::Auditor) {
            return fail(ErrorCode::PermissionDenied, "an auditor reads and changes nothing");
        }
        if (!allowed(m_status.state, m_event.step)) {
            return refuse("the step '" + std::string(name(m_event.step)) + "' is not possible in the state '" +
                          std::string(name(m_status.state)) + "'");
        }
        const Step step = m_event.step;
        const bool answers =
            step == Step::Decide || step == Step::Adjudicate || step == Step::MarkGolden || step == Step::AnswerGolden;
        if (answers && m_event.decision.answers.size() != m_labels) {
            return refuse("the decision has " + std::to_string(m_event.decision.answers.size()) + " answers for " +
                          std::to_string(m_labels) + " classes");
        }
        const bool needsReason = step == Step::Escalate || step == Step::Adjudicate;
        if (needsReason && m_event.decision.reason.find_first_not_of(" \t\r\n") == std::string::npos) {
            return refuse("'" + std::string(name(step)) + "' needs a reason");
        }
        if (step == Step::AnswerGolden && !m_status.golden) {
            return refuse("the item is not a golden one");
        }
        const bool leadOnly =
            step == Step::MarkGolden || step == Step::UnmarkGolden || step == Step::Finalise || step == Step::Restore;
        if (leadOnly && m_actor.role != Role::Lead) {
            return fail(ErrorCode::PermissionDenied, "'" + std::string(name(step)) + "' is for a lead");
        }
        return {};
    }

    Result<void> take()
    {
        switch (m_event.step) {
        case Step::Decide:
            return decide();
        case Step::AskSecondOpinion:
            m_status.state = ItemState::SecondOpinion;
            return {};
        case Step::Skip:
            skip();
            return {};
        case Step::HandOver:
            decline(m_status, m_actor.id, Declined::kForever);
            return {};
        case Step::Escalate:
            m_status.escalated = true;
            return {};
        case Step::Adjudicate:
            return adjudicate();
        case Step::Withdraw:
        case Step::AskReReview:
            reopen();
            return {};
        case Step::Finalise:
            finish();
            return {};
        case Step::Remove:
            m_status.state = ItemState::Removed;
            return {};
        case Step::MarkGolden:
            m_status.golden = true;
            m_status.goldenAnswers = m_event.decision.answers;
            return {};
        case Step::UnmarkGolden:
            m_status.golden = false;
            m_status.goldenAnswers.clear();
            return {};
        case Step::MarkAudit:
            m_status.audit = true;
            return {};
        case Step::AnswerGolden:
            decline(m_status, m_actor.id, Declined::kForever);
            return {};
        case Step::Restore:
            return restore();
        }
        return refuse("unknown step");
    }

    [[nodiscard]] Opinion opinion() const { return {m_actor.id, m_event.seq, m_event.time, m_event.decision}; }

    Result<void> decide()
    {
        if (m_status.state == ItemState::SecondOpinion) {
            if (m_status.first && m_status.first->reviewer == m_actor.id) {
                return refuse("a second opinion must be another person's");
            }
            m_status.second = opinion();
            const bool agree = m_status.first && m_status.first->decision.answers == m_event.decision.answers;
            m_status.state = agree ? ItemState::Final : ItemState::Adjudication;
            if (agree) {
                m_status.escalated = false;
            }
        } else {
            if (m_status.state == ItemState::Decided && m_status.first->reviewer != m_actor.id) {
                return refuse("somebody else decided this item; ask for a re-review instead");
            }
            m_status.first = opinion();
            const bool drawn = m_event.detail.contains(std::string(kSecondOpinionDrawn));
            m_status.state = drawn ? ItemState::SecondOpinion : ItemState::Decided;
            m_status.escalated = m_status.escalated && m_actor.role != Role::Lead;
        }
        decline(m_status, m_actor.id, Declined::kForever);
        return {};
    }

    Result<void> adjudicate()
    {
        const auto gave = [this](const std::optional<Opinion>& one) { return one && one->reviewer == m_actor.id; };
        if (m_actor.role != Role::Lead && (gave(m_status.first) || gave(m_status.second))) {
            return refuse("an adjudication must be another person's than the two opinions");
        }
        m_status.settled = opinion();
        finish();
        return {};
    }

    Result<void> restore()
    {
        const auto detail = m_event.detail.find("status");
        auto status = detail == m_event.detail.end() ? fail(ErrorCode::InvalidArgument, "there is nothing to restore")
                                                     : statusFromJson(detail->second);
        if (!status) {
            return fail(status.error());
        }
        if (auto sound = checkStanding(*status, m_labels); !sound) {
            return sound;
        }
        for (auto* opinion : {&status->first, &status->second, &status->settled}) {
            if (*opinion) {
                (*opinion)->event = m_event.seq;
            }
        }
        m_status = std::move(*status);
        return {};
    }

    void skip()
    {
        ++m_status.skips;
        m_status.escalated = m_status.escalated || m_status.skips >= kSkipsUntilEscalated;
        decline(m_status, m_actor.id, m_event.time + kSkipRestMs);
    }

    void finish()
    {
        m_status.state = ItemState::Final;
        m_status.escalated = false;
    }

    void reopen()
    {
        m_status.state = ItemState::New;
        m_status.first.reset();
        m_status.second.reset();
        m_status.settled.reset();
    }

    ItemStatus m_status;
    const ReviewEvent& m_event;
    const Reviewer& m_actor;
    std::size_t m_labels;
};

using Entry = HistoryEntry;

/// The place of `seq`, if nobody else's event that counts stands on it.
Result<std::size_t> placeOfLast(std::span<const Entry> history, EventSeq seq, const Reviewer& actor)
{
    const auto found =
        std::find_if(history.begin(), history.end(), [&](const Entry& one) { return one.event.seq == seq; });
    if (found == history.end()) {
        return fail(ErrorCode::NotFound, "event " + std::to_string(seq) + " is not in this item's history");
    }
    if (found->actor.id != actor.id) {
        return fail(ErrorCode::PermissionDenied, "event " + std::to_string(seq) + " is somebody else's");
    }
    for (auto later = found + 1; later != history.end(); ++later) {
        if (later->live) {
            const std::string whose =
                later->actor.id == actor.id ? "a later step of yours" : "somebody else's later step";
            return fail(ErrorCode::Mismatch, whose + " (event " + std::to_string(later->event.seq) +
                                                 ") builds on event " + std::to_string(seq));
        }
    }
    return static_cast<std::size_t>(found - history.begin());
}

} // namespace

Result<ItemStatus> applyStep(const ItemStatus& before,
                             const ReviewEvent& event,
                             const Reviewer& actor,
                             std::size_t labels)
{
    return StepPlayer(before, event, actor, labels).play();
}

Result<ItemStatus> replay(std::span<const HistoryEntry> history, std::size_t labels)
{
    ItemStatus status;
    for (const HistoryEntry& entry : history) {
        if (!entry.live) {
            continue;
        }
        auto next = applyStep(status, entry.event, entry.actor, labels);
        if (!next) {
            return fail(next.error().code, "event " + std::to_string(entry.event.seq) + ": " + next.error().message);
        }
        status = std::move(*next);
    }
    return status;
}

Result<void> mayUndo(std::span<const HistoryEntry> history, EventSeq seq, const Reviewer& actor)
{
    const auto place = placeOfLast(history, seq, actor);
    if (!place) {
        return fail(place.error());
    }
    return history[*place].live ? Result<void>()
                                : fail(ErrorCode::Mismatch, "event " + std::to_string(seq) + " is undone already");
}

Result<void> mayRedo(std::span<const HistoryEntry> history, EventSeq seq, const Reviewer& actor)
{
    const auto place = placeOfLast(history, seq, actor);
    if (!place) {
        return fail(place.error());
    }
    return history[*place].live ? fail(ErrorCode::Mismatch, "event " + std::to_string(seq) + " was not undone")
                                : Result<void>();
}

bool mayAskInstead(std::span<const HistoryEntry> history, EventSeq seq, const Reviewer& actor, ItemState now)
{
    const auto found =
        std::find_if(history.begin(), history.end(), [&](const Entry& one) { return one.event.seq == seq; });
    if (found == history.end() || !found->live || found->actor.id != actor.id) {
        return false;
    }
    const Step step = found->event.step;
    const bool settles = step == Step::Decide || step == Step::Adjudicate || step == Step::Finalise;
    const bool builtOn = std::any_of(found + 1, history.end(),
                                     [&](const Entry& later) { return later.live && later.actor.id != actor.id; });
    return settles && builtOn && allowed(now, Step::AskReReview);
}

} // namespace modscope
