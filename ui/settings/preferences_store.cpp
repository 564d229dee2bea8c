#include "ui/settings/preferences_store.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <optional>

namespace modscope::ui {

namespace {

const auto kRemapGroup = QStringLiteral("remaps");

struct Range {
    int lowest;
    int highest;
};

/// A text of a certain form.
struct NameRule {
    bool (*check)(const QString&);
    QLatin1String expected; ///< for people
    QLatin1String fallback; ///< in place of a name that fails the check
};

const NameRule kDeviceName{isDeviceName, QLatin1String("auto, cpu, cuda, cuda:N"), QLatin1String("auto")};
const NameRule kPrecisionName{isPrecisionName, QLatin1String("auto, fp32, bf16, fp16, int8"), QLatin1String("auto")};
const NameRule kOcrLanguages{isOcrLanguageList, QLatin1String("eng+deu"), QLatin1String("")};

/// Marks a text that may be anything.
struct FreeText {};

/// The words an enum's values are stored as, in the order of the values.
QStringList wordsOf(ThemeChoice)
{
    return {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("high-contrast")};
}

QStringList wordsOf(KeyPreset)
{
    return {QStringLiteral("standard"), QStringLiteral("left-hand"), QStringLiteral("numeric-pad")};
}

QStringList wordsOf(BlurLevel)
{
    return {QStringLiteral("light"), QStringLiteral("standard"), QStringLiteral("strong")};
}

QStringList wordsOf(OcrWhen)
{
    return {QStringLiteral("never"), QStringLiteral("without-text"), QStringLiteral("always")};
}

/// Names every field once: reading, writing and clamping are three visitors.
template <typename Values, typename Visitor>
void visitFields(Values& values, Visitor&& visit)
{
    visit("appearance/theme", values.appearance.theme);
    visit("appearance/scale", values.appearance.scalePercent,
          Range{AppearancePreferences::kMinScalePercent, AppearancePreferences::kMaxScalePercent});
    visit("appearance/reduceMotion", values.appearance.reduceMotion);
    visit("appearance/menuBarPinned", values.appearance.menuBarPinned);
    visit("keys/preset", values.keys.preset);
    visit("comfort/coverOnClassify", values.comfort.coverOnClassify);
    visit("comfort/blur", values.comfort.blur);
    visit("comfort/grey", values.comfort.grey);
    visit("comfort/sameBlur", values.comfort.sameBlur);
    visit("comfort/blurLow", values.comfort.blurLow);
    visit("comfort/blurTop", values.comfort.blurTop);
    visit("review/store", values.review.store, FreeText());
    visit("review/reviewer", values.review.reviewer, FreeText());
    visit("review/pressTwice", values.review.pressTwice);
    visit("review/keepSmall", values.review.keepSmall);
    visit("review/maskText", values.review.maskText);
    visit("review/maskedTerms", values.review.maskedTerms, FreeText());
    visit("review/optOuts", values.review.optOuts, FreeText());
    visit("review/suggestBreaks", values.review.breaks.suggest);
    visit("review/breakAfterMinutes", values.review.breaks.afterMinutes, Range{1, BreakPreferences::kMaxMinutes});
    visit("review/breakAfterRevealedMinutes", values.review.breaks.afterRevealedMinutes,
          Range{1, BreakPreferences::kMaxMinutes});
    visit("ocr/when", values.ocr.when);
    visit("ocr/languages", values.ocr.languages, kOcrLanguages);
    visit("compute/device", values.compute.device, kDeviceName);
    visit("compute/precision", values.compute.precision, kPrecisionName);
    visit("compute/threads", values.compute.threads, Range{0, ComputePreferences::kMaxThreads});
    visit("compute/batchSize", values.compute.batchSize, Range{0, ComputePreferences::kMaxBatchSize});
    visit("privacy/keepList", values.privacy.keepList);
    visit("privacy/samplesHidden", values.privacy.samplesHidden);
}

class FieldReader {
public:
    FieldReader(QSettings& store, QStringList& problems) : m_store(store), m_problems(problems) {}

    void operator()(const char* key, bool& field)
    {
        const std::optional<QString> text = textOf(key);
        if (!text) {
            return;
        }
        if (*text != QLatin1String("true") && *text != QLatin1String("false")) {
            tell(key, *text, QStringLiteral("true, false"));
            return;
        }
        field = *text == QLatin1String("true");
    }

    void operator()(const char* key, int& field, Range range)
    {
        const std::optional<QString> text = textOf(key);
        if (!text) {
            return;
        }
        bool isNumber = false;
        const int value = text->toInt(&isNumber);
        if (!isNumber || value < range.lowest || value > range.highest) {
            tell(key, *text, QStringLiteral("%1 … %2").arg(range.lowest).arg(range.highest));
            return;
        }
        field = value;
    }

    void operator()(const char* key, QString& field, const NameRule& rule)
    {
        const std::optional<QString> text = textOf(key);
        if (!text) {
            return;
        }
        if (!rule.check(*text)) {
            tell(key, *text, rule.expected);
            return;
        }
        field = *text;
    }

    void operator()(const char* key, QString& field, FreeText) { field = textOf(key).value_or(QString()); }

    void operator()(const char* key, QStringList& field, FreeText)
    {
        field = m_store.value(QLatin1String(key)).toStringList();
    }

    template <typename Enum>
    void operator()(const char* key, Enum& field)
    {
        const std::optional<QString> text = textOf(key);
        if (!text) {
            return;
        }
        const QStringList words = wordsOf(field);
        const qsizetype index = words.indexOf(*text);
        if (index < 0) {
            tell(key, *text, words.join(QStringLiteral(", ")));
            return;
        }
        field = static_cast<Enum>(index);
    }

    void readRemaps(QMap<QString, QKeySequence>& remaps)
    {
        m_store.beginGroup(kRemapGroup);
        const QStringList ids = m_store.childKeys();
        m_store.endGroup();
        for (const QString& id : ids) {
            const QString key = kRemapGroup + QLatin1Char('/') + id;
            const QString text = m_store.value(key).toString();
            const QKeySequence sequence = QKeySequence::fromString(text, QKeySequence::PortableText);
            // An unreadable sequence turns into "" or Key_unknown; an empty text is meant: this action has no key.
            if (!text.isEmpty() && sequence.toString(QKeySequence::PortableText).isEmpty()) {
                tell(qPrintable(key), text, QStringLiteral("Ctrl+Shift+R"));
                continue;
            }
            remaps.insert(id, sequence);
        }
    }

private:
    std::optional<QString> textOf(const char* key) const
    {
        const QVariant value = m_store.value(QLatin1String(key));
        return value.isValid() ? std::optional(value.toString()) : std::nullopt;
    }

    void tell(const char* key, const QString& found, const QString& expected)
    {
        m_problems << QCoreApplication::translate("Settings", "%1: %2 is \"%3\", expected %4. The default is used.")
                          .arg(QFileInfo(m_store.fileName()).fileName(), QLatin1String(key), found.left(80), expected);
    }

    QSettings& m_store;
    QStringList& m_problems;
};

struct FieldWriter {
    QSettings& store;

    void operator()(const char* key, bool field) const { store.setValue(QLatin1String(key), field); }
    void operator()(const char* key, int field, Range) const { store.setValue(QLatin1String(key), field); }
    void operator()(const char* key, const QString& field, const NameRule&) const
    {
        store.setValue(QLatin1String(key), field);
    }
    void operator()(const char* key, const QString& field, FreeText) const
    {
        store.setValue(QLatin1String(key), field);
    }
    void operator()(const char* key, const QStringList& field, FreeText) const
    {
        store.setValue(QLatin1String(key), field);
    }
    template <typename Enum>
    void operator()(const char* key, Enum field) const
    {
        store.setValue(QLatin1String(key), wordsOf(field).at(static_cast<int>(field)));
    }
};

struct FieldClamp {
    void operator()(const char*, int& field, Range range) const
    {
        field = std::clamp(field, range.lowest, range.highest);
    }
    void operator()(const char*, QString& field, const NameRule& rule) const
    {
        if (!rule.check(field)) {
            field = rule.fallback;
        }
    }
    template <typename Text>
    void operator()(const char*, Text&, FreeText) const
    {}
    template <typename Other>
    void operator()(const char*, Other&) const
    {}
};

} // namespace

double blurSigma(BlurLevel level)
{
    switch (level) {
    case BlurLevel::Light:
        return 0.02;
    case BlurLevel::Standard:
        break;
    case BlurLevel::Strong:
        return 0.05;
    }
    return 0.04;
}

bool isDeviceName(const QString& device)
{
    static const QRegularExpression pattern(QStringLiteral("\\A(?:auto|cpu|cuda(?::\\d{1,3})?)\\z"));
    return pattern.match(device).hasMatch();
}

bool isPrecisionName(const QString& precision)
{
    static const QStringList known{QStringLiteral("auto"), QStringLiteral("fp32"), QStringLiteral("bf16"),
                                   QStringLiteral("fp16"), QStringLiteral("int8")};
    return known.contains(precision);
}

bool isOcrLanguageList(const QString& languages)
{
    static const QRegularExpression pattern(QStringLiteral("\\A(?:[A-Za-z_]+(?:\\+[A-Za-z_]+)*)?\\z"));
    return pattern.match(languages).hasMatch();
}

Preferences readPreferences(QSettings& store, QStringList& problems)
{
    Preferences preferences;
    FieldReader reader(store, problems);
    visitFields(preferences, reader);
    reader.readRemaps(preferences.keys.remaps);
    return preferences;
}

void writePreferences(const Preferences& preferences, QSettings& store)
{
    visitFields(preferences, FieldWriter{store});
    store.remove(kRemapGroup);
    for (auto remap = preferences.keys.remaps.cbegin(); remap != preferences.keys.remaps.cend(); ++remap) {
        store.setValue(kRemapGroup + QLatin1Char('/') + remap.key(), remap->toString(QKeySequence::PortableText));
    }
}

Preferences clamped(Preferences preferences)
{
    visitFields(preferences, FieldClamp{});
    return preferences;
}

} // namespace modscope::ui
