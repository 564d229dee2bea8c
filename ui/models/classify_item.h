#pragma once

#include "core/base/error.h"
#include "core/data/prediction.h"
#include "core/data/sample.h"
#include "core/ocr/ocr_text.h"

#include <QString>
#include <QtGlobal>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace modscope::ui {

/// Names a row of the Classify list for as long as it lives, wherever sorting moves it. 0 names none.
using ItemId = quint64;

/// What people see of an open model; its order is its letter: A, B, C, D.
struct ModelSummary {
    QString letter;
    QString name;
    QString key;    ///< same key, same answers: hash, device and precision
    QString sha256; ///< of the weights
    QString hash;   ///< its first eight digits
    QString device; ///< "CPU, bf16"
    std::vector<std::string> labels;
    std::vector<float> thresholds; ///< parallel to labels
    bool calibrated = true;        ///< false: thresholds are the default 0.5
    bool bundled = false;          ///< the demo model that comes with the program

    bool operator==(const ModelSummary&) const = default;
};

enum class ItemState { Waiting, Scoring, Scored, Failed, Stopped };
enum class Verdict { None, Flag, Review, Clear };

/// What one model said about one item; null while it has not been asked. Shared by rows, duplicates and exports.
using Outcome = std::shared_ptr<const Result<Prediction>>;

/// What OCR said about an item's picture; null while it was not read.
using OcrReading = std::shared_ptr<const Result<OcrText>>;

/// Whose words an item's text is.
enum class TextOrigin {
    Unset,  ///< nobody's: OCR may fill it
    Person, ///< typed, pasted or emptied here: only the person replaces it
    Table,
    Ocr,
};

/// What the scores of all models mean together (verdict.h).
struct Assessment {
    Verdict verdict = Verdict::None;
    bool disagree = false; ///< models stand on different sides of a threshold
    std::string topClass;  ///< the class that decided
    float topProbability = 0;
    float margin = -1; ///< best distance above a threshold, for sorting

    bool operator==(const Assessment&) const = default;
};

/// One row of the Classify list.
struct ClassifyItem {
    ItemId id = 0;
    Sample sample;
    QString name;
    QString origin; ///< "captions.csv, row 12"; empty when dropped directly
    TextOrigin textOrigin = TextOrigin::Unset;
    OcrReading reading;              ///< stands beside the text, whosever that is
    bool beingRead = false;          ///< waits for OCR, or is with it
    std::optional<Error> inputError; ///< the item never reaches a model: a table row's own error, an unreadable folder
    std::vector<Outcome> outcomes;   ///< parallel to the open models
    ItemState state = ItemState::Waiting;
    ItemId duplicateOf = 0; ///< identical bytes and text: scored once
    Assessment assessment;
};

} // namespace modscope::ui
