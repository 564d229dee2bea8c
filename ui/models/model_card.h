#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace modscope {
struct ModelInfo;
}

namespace modscope::ui {

/// A line of the card: a word of the field and its value.
struct CardFact {
    QString label;
    QString value;

    bool operator==(const CardFact&) const = default;
};

/// What people read about a model before and after it is loaded. All text is safe to show (visibleText).
struct ModelCard {
    QString name;
    QString kind;    ///< "Gated fusion", "Multi-task"
    QString encoder; ///< "CLIP 224/32"
    QString directory;
    QString encoderDirectory;
    QString sha256; ///< of the weights
    quint64 weightBytes = 0;
    QStringList labels;
    std::vector<float> thresholds; ///< parallel to labels
    bool thresholdsCalibrated = false;
    std::vector<CardFact> facts;         ///< size, parameters, number format, encoder
    std::vector<CardFact> preprocessing; ///< what happens between a file and the encoder
    std::vector<CardFact> training;      ///< data and settings of the run
    std::vector<CardFact> metrics;       ///< what the run measured
    QStringList warnings;
    QString licence;  ///< the licence file's text; empty when there is none
    QString markdown; ///< the model card; empty when there is none

    bool operator==(const ModelCard&) const = default;
};

/// What a run's report files say, beyond what the engine needs.
struct RunFacts {
    std::vector<CardFact> training;
    std::vector<CardFact> metrics;
    QString licence;
    QStringList warnings; ///< files that could not be read
};

[[nodiscard]] ModelCard makeModelCard(const ModelInfo& info, const RunFacts& run);

/// "1.7 GB", "6.5 MB".
[[nodiscard]] QString sizeText(quint64 bytes);

} // namespace modscope::ui
