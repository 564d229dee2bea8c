#include "core/review/event.h"

#include "core/base/sha256.h"
#include "core/review/words.h"

namespace modscope {

namespace {

constexpr std::array<std::string_view, kEventKinds> kKindNames = {
    "step",          "undone",      "redone",           "imported",    "scored",
    "grouped",       "cannot_link", "policy_published", "queue_saved", "reviewer_added",
    "rules_changed", "text_read",   "exported"};

Error brokenAt(EventSeq seq, const std::string& what)
{
    return {ErrorCode::Mismatch, "event " + std::to_string(seq) + ": " + what};
}

} // namespace

std::string_view name(EventKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)];
}

Result<EventKind> eventKindNamed(std::string_view word)
{
    return valueNamed<EventKind>(kKindNames, word, "a kind of event");
}

std::string chainHash(std::string_view previousHash, std::string_view canonicalJson)
{
    Sha256 hash;
    hash.update(std::as_bytes(std::span(previousHash)));
    hash.update(std::as_bytes(std::span(canonicalJson)));
    return toHex(hash.finish());
}

Result<void> ChainVerifier::next(const ReviewEvent& event)
{
    if (event.seq != m_seq + 1) {
        return fail(brokenAt(m_seq + 1, "is missing; the next one found is " + std::to_string(event.seq)));
    }
    if (event.previousHash != m_head) {
        return fail(brokenAt(event.seq, "does not follow the event ahead of it"));
    }
    if (event.hash != chainHash(event.previousHash, canonicalJson(event))) {
        return fail(brokenAt(event.seq, "was changed after it was written"));
    }
    if (event.time < m_time) {
        return fail(brokenAt(event.seq, "is earlier than the event ahead of it"));
    }
    m_seq = event.seq;
    m_head = event.hash;
    m_time = event.time;
    return {};
}

} // namespace modscope
