#pragma once

#include "core/review/decision.h"
#include "core/review/item.h"
#include "core/review/queue_order.h"
#include "ui/models/cover_band.h"
#include "ui/models/verdict.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// Names an item of the review store; ui::ItemId names a row of the Classify list.
using ReviewItemId = modscope::ItemId;

/// What a near-duplicate is to the item in front, in the strip's words.
enum class Kinship {
    SameText, ///< the same meme: one decision fits both
    Cropped,  ///< a part of the other, or the other in a frame
    NewText,  ///< the picture with another text: never decided along unless a person ticks it
};

struct DuplicateView {
    ReviewItemId id = 0;
    QString key; ///< "91c1-07ab"
    QString text;
    QString imagePath; ///< empty without a picture
    Kinship kinship = Kinship::NewText;
    int distance = -1;     ///< bits of 256 between the pictures; -1: not known
    bool undecided = true; ///< it can still take a decision
    CoverBand band = CoverBand::Normal;

    bool operator==(const DuplicateView&) const = default;
};

/// One of two opinions that differ, without a name.
struct OpinionView {
    Decision decision;

    bool operator==(const OpinionView&) const = default;
};

/// The item in front of a reviewer: everything the page may show. What a blind reviewer must not see is not in it.
struct ReviewTaskView {
    ReviewItemId id = 0;
    QString key;    ///< "4f2a-91c0"
    QString source; ///< "User report"; empty when blind
    QString text;
    QString ocrText;
    QString imagePath;     ///< empty: a text without a picture
    QString pictureSha256; ///< of the file when it was imported; empty: not known
    QString problem;       ///< why the picture cannot be shown: gone, changed since its import; empty: all is well
    std::vector<std::string> labels;  ///< the project's, in its order: digit 1 is the first
    std::vector<ClassScores> scores;  ///< empty when there are none, or they are hidden
    std::vector<ModelSummary> models; ///< parallel to the models in `scores`
    CoverBand band = CoverBand::Normal;
    bool scoresHidden = false; ///< blind, or drawn to measure what suggestions do
    bool adjudication = false;
    Priority priority;                     ///< why it is next; all zero when hidden
    QueueOrder order;                      ///< the weights of its parts
    std::vector<DuplicateView> duplicates; ///< empty when blind
    std::vector<OpinionView> opinions;     ///< two of an adjudication, else none

    bool operator==(const ReviewTaskView&) const = default;
};

} // namespace modscope::ui
