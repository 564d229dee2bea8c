#pragma once

#include "core/review/decision.h"
#include "core/review/state.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace modscope {

using ItemId = std::int64_t;     ///< a row of the store, from 1
using ReviewerId = std::int64_t; ///< from 1
using ModelId = std::int64_t;    ///< from 1
using EventSeq = std::int64_t;   ///< from 1, without gaps
using TimeMs = std::int64_t;     ///< milliseconds since 1970-01-01T00:00:00Z

/// What a store's work is about. Answers are parallel to `labels`, which never change once items exist.
struct Project {
    std::string name;
    std::vector<std::string> labels;

    bool operator==(const Project&) const = default;
};

enum class Role : std::uint8_t { Reviewer, Lead, Auditor };
[[nodiscard]] std::string_view name(Role role); ///< "reviewer", "lead", "auditor"
[[nodiscard]] Result<Role> roleNamed(std::string_view word);

struct Reviewer {
    ReviewerId id = 0;
    std::string pseudonym; ///< what events and exports carry: "reviewer-3"
    std::string name;      ///< stays in the store
    Role role = Role::Reviewer;

    bool operator==(const Reviewer&) const = default;
};

/// A checkpoint that scored items. Its labels may be fewer than the project's, in any order.
struct ScoringModel {
    ModelId id = 0;
    std::string name;
    std::string sha256;
    std::vector<std::string> labels;
    std::vector<float> thresholds; ///< parallel to labels

    bool operator==(const ScoringModel&) const = default;
};

/// One model's probabilities of one item, parallel to the model's labels. The last two say what the score would be with
/// only the text, or only the picture (core/explain, modality split); empty when nobody asked or one of them is absent.
struct ItemScores {
    ModelId model = 0;
    std::vector<float> probabilities;
    std::vector<float> textOnly;
    std::vector<float> imageOnly;

    bool operator==(const ItemScores&) const = default;
};

/// The bits of an item's perceptual hash and how much they can be trusted (core/similarity). Hex, as PDQ prints it.
struct PictureHash {
    std::string pdq; ///< 64 hexadecimal digits; empty when there is no picture
    int quality = 0; ///< 0..100

    bool operator==(const PictureHash&) const = default;
};

/// What an item is: written once by its import; only ocrText, the hash and scores may be added later.
struct ItemContent {
    ItemId id = 0;
    std::string key; ///< shown to people and exported: "4f2a-91c0"
    std::string text;
    std::string ocrText;
    std::string imagePath;   ///< as imported, absolute; empty without a picture
    std::string imageSha256; ///< of the file's bytes when it was imported
    std::string source;      ///< "user report", "memes.csv"
    std::string externalId;  ///< the id column of the import
    TimeMs created = 0;
    PictureHash hash;
    std::vector<ItemScores> scores;

    bool operator==(const ItemContent&) const = default;
};

/// A person's word on an item, and the event that brought it.
struct Opinion {
    ReviewerId reviewer = 0;
    EventSeq event = 0;
    TimeMs time = 0;
    Decision decision;

    bool operator==(const Opinion&) const = default;
};

/// Somebody who does not get an item again before `until`.
struct Declined {
    ReviewerId reviewer = 0;
    TimeMs until = kForever;

    static constexpr TimeMs kForever = std::numeric_limits<TimeMs>::max();
    bool operator==(const Declined&) const = default;
};

/// How an item stands: the sum of its events, nothing else (core/review/status.h).
struct ItemStatus {
    ItemState state = ItemState::New;
    std::optional<Opinion> first;
    std::optional<Opinion> second;
    std::optional<Opinion> settled; ///< an adjudication
    int skips = 0;
    bool escalated = false;
    bool audit = false;                ///< drawn at random to check what the model lets pass
    bool golden = false;               ///< its answers are known; measures reviewers and guides
    std::vector<Answer> goldenAnswers; ///< of a golden item
    std::vector<Declined> declined;    ///< who decided, skipped or handed it over, ascending by reviewer
    EventSeq version = 0;              ///< of the last event that touched it

    /// The answers that count now: the settled ones, else those of two that agree or of the first; nothing while open.
    [[nodiscard]] std::optional<std::vector<Answer>> consensus() const;
    bool operator==(const ItemStatus&) const = default;
};

} // namespace modscope
