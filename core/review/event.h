#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// What an event records. A step acts on items (state.h); the others are about the project or the record itself.
enum class EventKind : std::uint8_t {
    Step,
    Undone,   ///< takes the event `refersTo` out of the history of `items`
    Redone,   ///< puts it back
    Imported, ///< `items` appeared; detail "digest" is over their content (content_digest.h)
    Scored,   ///< `items` got a model's scores; detail "model", "digest"
    /// `items` are one duplicate group; detail "group", "relation". With detail "takes_back" they may be again what the
    /// CannotLink of that number said they are not.
    Grouped,
    /// Two `items` are not duplicates; or, with detail "apart" ("3 7"), each of those and each other of `items`, which
    /// were one group of the "relation". "known" ("3-4 3-5"): pairs of which that was said before.
    CannotLink,
    PolicyPublished, ///< detail "version", "sha256"
    QueueSaved,      ///< detail "name", "filter", "order"
    ReviewerAdded,   ///< detail "pseudonym", "role"
    RulesChanged,    ///< detail: a key a rule
    TextRead,        ///< `items` got an OCR text; detail "sha256" of it
    Exported,        ///< detail "sha256", "rows"
};
inline constexpr std::size_t kEventKinds = 13;

[[nodiscard]] std::string_view name(EventKind kind);
[[nodiscard]] Result<EventKind> eventKindNamed(std::string_view word);

/// A detail of a Decide: the rules drew its item for a second opinion, which is then waited for at once.
inline constexpr std::string_view kSecondOpinionDrawn = "second_opinion_drawn";

/// One line of the record. Append-only: nothing is ever changed or deleted, undo is another line.
struct ReviewEvent {
    EventSeq seq = 0;
    TimeMs time = 0;   ///< never before the event ahead of it, whatever the clock does
    std::string actor; ///< pseudonym
    EventKind kind = EventKind::Step;
    Step step = Step::Decide;  ///< of a Step
    std::vector<ItemId> items; ///< ascending; all of one event are decided alike and undone together
    EventSeq refersTo = 0;     ///< of Undone and Redone
    Decision decision;         ///< of Decide, Adjudicate, MarkGolden; its reason and note also serve the other steps
    std::map<std::string, std::string> detail; ///< of Restore: "status" (status_json.h)
    std::string previousHash;                  ///< 64 hexadecimal digits; zeros ahead of the first
    std::string hash;                          ///< SHA-256(previous hash in hex || canonicalJson(event))

    bool operator==(const ReviewEvent&) const = default;
};

/// The event as one line of JSON: keys sorted, no white space, numbers shortest, members at their default left out;
/// without the two hashes. Equal events give equal bytes on every machine.
[[nodiscard]] std::string canonicalJson(const ReviewEvent& event);
/// The other way round. Errors: ParseError naming the key.
[[nodiscard]] Result<ReviewEvent> eventFromJson(std::string_view json);

inline constexpr std::string_view kChainStart = "0000000000000000000000000000000000000000000000000000000000000000";
[[nodiscard]] std::string chainHash(std::string_view previousHash, std::string_view canonicalJson);

/// Follows a chain link by link. Feed events in order.
class ChainVerifier {
public:
    /// Errors: Mismatch naming the sequence number: a gap, a broken link, a changed event, a time before the last
    /// one's.
    [[nodiscard]] Result<void> next(const ReviewEvent& event);
    [[nodiscard]] const std::string& head() const { return m_head; }
    [[nodiscard]] EventSeq seq() const { return m_seq; }

private:
    std::string m_head = std::string(kChainStart);
    EventSeq m_seq = 0;
    TimeMs m_time = 0;
};

} // namespace modscope
