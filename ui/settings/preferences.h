#pragma once

#include <QKeySequence>
#include <QMap>
#include <QString>
#include <QStringList>

namespace modscope::ui {

enum class ThemeChoice { System, Light, Dark, HighContrast };
enum class KeyPreset { Standard, LeftHand, NumericPad };
enum class BlurLevel { Light, Standard, Strong };
/// When the text of a picture on Classify is read.
enum class OcrWhen { Never, WithoutText, Always };

/// The blur's sigma as a share of the picture's longer side: 0.02, 0.04 or 0.05.
[[nodiscard]] double blurSigma(BlurLevel level);

struct AppearancePreferences {
    static constexpr int kMinScalePercent = 80;
    static constexpr int kMaxScalePercent = 200;

    ThemeChoice theme = ThemeChoice::System;
    int scalePercent = 100;
    bool reduceMotion = false;
    bool menuBarPinned = false; ///< otherwise the menu bar shows with Alt or F10

    bool operator==(const AppearancePreferences&) const = default;
};

struct KeyPreferences {
    KeyPreset preset = KeyPreset::Standard;
    QMap<QString, QKeySequence> remaps; ///< by action id; an empty sequence means: no key

    bool operator==(const KeyPreferences&) const = default;
};

struct ComfortPreferences {
    bool coverOnClassify = false;         ///< pictures dropped on Classify start covered, as in Review
    BlurLevel blur = BlurLevel::Standard; ///< on Classify, and on Review of items in no other band
    bool grey = true;                     ///< a covered picture has no colour
    bool sameBlur = false;                ///< `blur` for every item, whatever the models say of it
    BlurLevel blurLow = BlurLevel::Light; ///< lighter, so that people keep it on
    BlurLevel blurTop = BlurLevel::Strong;

    bool operator==(const ComfortPreferences&) const = default;
};

/// When the Review page suggests a break.
struct BreakPreferences {
    static constexpr int kMaxMinutes = 480;

    bool suggest = true;
    int afterMinutes = 45;         ///< of work
    int afterRevealedMinutes = 15; ///< of uncovered pictures

    bool operator==(const BreakPreferences&) const = default;
};

struct ReviewPreferences {
    QString store;           ///< a file or a database's URL; empty: a file in the person's data folder
    QString reviewer;        ///< the name in the store; empty: the account's name
    bool pressTwice = false; ///< a press uncovers, another covers, for people who cannot hold a key
    bool keepSmall = false;  ///< a picture does not grow while it is uncovered
    bool maskText = true;    ///< targeted terms are covered until a key is held
    QStringList maskedTerms; ///< added to the built-in ones
    QStringList optOuts;     ///< classes this person does not want to be given
    BreakPreferences breaks;

    bool operator==(const ReviewPreferences&) const = default;
};

struct OcrPreferences {
    OcrWhen when = OcrWhen::WithoutText;
    QString languages; ///< Tesseract's names joined by "+": "eng+deu"; empty: English, or else what is there

    bool operator==(const OcrPreferences&) const = default;
};

struct ComputePreferences {
    static constexpr int kMaxThreads = 256;
    static constexpr int kMaxBatchSize = 1024;

    QString device = QStringLiteral("auto");    ///< auto, cpu, cuda, cuda:N
    QString precision = QStringLiteral("auto"); ///< auto, fp32, bf16, fp16, int8
    int threads = 0;                            ///< 0 = all cores
    int batchSize = 0;                          ///< 0 = chosen for the device

    bool operator==(const ComputePreferences&) const = default;
};

struct PrivacyPreferences {
    bool keepList = false;      ///< the Classify list survives the end of the program
    bool samplesHidden = false; ///< the sample memes are not offered on the empty Classify page

    bool operator==(const PrivacyPreferences&) const = default;
};

/// Everything a person chooses in the settings dialog, as one value: comparing, restoring and undoing it is an
/// assignment.
struct Preferences {
    AppearancePreferences appearance;
    KeyPreferences keys;
    ComfortPreferences comfort;
    OcrPreferences ocr;
    ReviewPreferences review;
    ComputePreferences compute;
    PrivacyPreferences privacy;

    bool operator==(const Preferences&) const = default;
};

} // namespace modscope::ui
