#include "ui/settings/settings.h"

#include "ui/settings/preferences_store.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

const auto kRecentArray = QStringLiteral("recentModels");
const auto kSlotArray = QStringLiteral("modelSlots");
const auto kLayoutGroup = QStringLiteral("layout");
const auto kRememberedGroup = QStringLiteral("remembered");
constexpr int kMaxSlots = 4;

/// The settings library itself would write a file it could not read anew, without what it did not understand.
QString setAside(const QString& file)
{
    const QString copy = file + QStringLiteral(".unreadable");
    QFile::remove(copy);
    return QFile::copy(file, copy) ? copy : QString();
}

} // namespace

Settings::Settings(const QString& file, QObject* parent) : QObject(parent), m_store(file, QSettings::IniFormat)
{
    read();
}

QString Settings::defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/settings.ini");
}

void Settings::read()
{
    const QString name = QFileInfo(file()).fileName();
    static_cast<void>(m_store.allKeys()); // parses every section, so that status() knows about all of them
    if (m_store.status() == QSettings::FormatError) {
        const QString copy = setAside(file());
        m_problems
            << (copy.isEmpty()
                    ? tr("%1: has lines that are not settings. They are ignored.").arg(name)
                    : tr("%1: has lines that are not settings. They are ignored; a copy is in %2.").arg(name, copy));
    } else if (m_store.status() == QSettings::AccessError) {
        m_problems << tr("%1: cannot be read. The defaults are used.").arg(file());
    }
    m_preferences = readPreferences(m_store, m_problems);
    readModels();
}

void Settings::readModels()
{
    static const QRegularExpression hashPattern(QStringLiteral("\\A(?:[0-9a-f]{64})?\\z"));
    const QString name = QFileInfo(file()).fileName();
    // The array's size is a number in the file: never trust it with a loop.
    const int recentCount = std::clamp(m_store.beginReadArray(kRecentArray), 0, kMaxRecentModels);
    for (int i = 0; i < recentCount; ++i) {
        m_store.setArrayIndex(i);
        RecentModel model{m_store.value(QStringLiteral("path")).toString(),
                          m_store.value(QStringLiteral("name")).toString(),
                          m_store.value(QStringLiteral("sha256")).toString()};
        if (model.path.isEmpty() || !hashPattern.match(model.sha256).hasMatch()) {
            m_problems << tr("%1: entry %2 of the recent models has no path or no valid SHA-256. It is left out.")
                              .arg(name)
                              .arg(i + 1);
            continue;
        }
        m_recentModels.push_back(std::move(model));
    }
    m_store.endArray();
    const int slotCount = std::clamp(m_store.beginReadArray(kSlotArray), 0, kMaxSlots);
    for (int i = 0; i < slotCount; ++i) {
        m_store.setArrayIndex(i);
        SlotChoice choice{m_store.value(QStringLiteral("path")).toString(),
                          m_store.value(QStringLiteral("device"), QStringLiteral("auto")).toString(),
                          m_store.value(QStringLiteral("precision"), QStringLiteral("auto")).toString()};
        if (choice.path.isEmpty() || !isDeviceName(choice.device) || !isPrecisionName(choice.precision)) {
            m_problems << tr("%1: model %2 has no path, or a device or precision that does not exist. It is left out.")
                              .arg(name, QChar(u'A' + i));
            continue;
        }
        m_slots.push_back(std::move(choice));
    }
    m_store.endArray();
}

void Settings::setPreferences(const Preferences& preferences)
{
    const Preferences before = std::exchange(m_preferences, clamped(preferences));
    if (m_preferences == before) {
        return;
    }
    writePreferences(m_preferences, m_store);
    sync();
    const auto tell = [&](auto section, auto changed) {
        if (m_preferences.*section != before.*section) {
            Q_EMIT(this->*changed)(m_preferences.*section);
        }
    };
    tell(&Preferences::appearance, &Settings::appearanceChanged);
    tell(&Preferences::keys, &Settings::keysChanged);
    tell(&Preferences::comfort, &Settings::comfortChanged);
    tell(&Preferences::review, &Settings::reviewChanged);
    tell(&Preferences::ocr, &Settings::ocrChanged);
    tell(&Preferences::compute, &Settings::computeChanged);
    tell(&Preferences::privacy, &Settings::privacyChanged);
}

template <typename Section>
void Settings::set(Section Preferences::*section, const Section& value)
{
    Preferences changed = m_preferences;
    changed.*section = value;
    setPreferences(changed);
}

void Settings::setAppearance(const AppearancePreferences& appearance)
{
    set(&Preferences::appearance, appearance);
}

void Settings::setKeys(const KeyPreferences& keys)
{
    set(&Preferences::keys, keys);
}

void Settings::setComfort(const ComfortPreferences& comfort)
{
    set(&Preferences::comfort, comfort);
}

void Settings::setReview(const ReviewPreferences& review)
{
    set(&Preferences::review, review);
}

void Settings::setOcr(const OcrPreferences& ocr)
{
    set(&Preferences::ocr, ocr);
}

void Settings::setCompute(const ComputePreferences& compute)
{
    set(&Preferences::compute, compute);
}

void Settings::setPrivacy(const PrivacyPreferences& privacy)
{
    set(&Preferences::privacy, privacy);
}

void Settings::setModelSlots(const std::vector<SlotChoice>& choices)
{
    if (choices == m_slots) {
        return;
    }
    m_slots = choices;
    m_store.remove(kSlotArray);
    m_store.beginWriteArray(kSlotArray, static_cast<int>(choices.size()));
    for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
        const SlotChoice& choice = choices.at(static_cast<std::size_t>(i));
        m_store.setArrayIndex(i);
        m_store.setValue(QStringLiteral("path"), choice.path);
        m_store.setValue(QStringLiteral("device"), choice.device);
        m_store.setValue(QStringLiteral("precision"), choice.precision);
    }
    m_store.endArray();
    sync();
}

void Settings::addRecentModel(const RecentModel& model)
{
    std::vector<RecentModel> models = m_recentModels;
    std::erase_if(models, [&model](const RecentModel& known) { return known.path == model.path; });
    models.insert(models.begin(), model);
    if (models.size() > kMaxRecentModels) {
        models.resize(kMaxRecentModels);
    }
    setRecentModels(models);
}

void Settings::removeRecentModel(const QString& path)
{
    std::vector<RecentModel> models = m_recentModels;
    std::erase_if(models, [&path](const RecentModel& known) { return known.path == path; });
    setRecentModels(models);
}

void Settings::setRecentModels(const std::vector<RecentModel>& models)
{
    if (models == m_recentModels) {
        return;
    }
    m_recentModels = models;
    m_store.remove(kRecentArray);
    m_store.beginWriteArray(kRecentArray, static_cast<int>(models.size()));
    for (int i = 0; i < static_cast<int>(models.size()); ++i) {
        const RecentModel& model = models.at(static_cast<std::size_t>(i));
        m_store.setArrayIndex(i);
        m_store.setValue(QStringLiteral("path"), model.path);
        m_store.setValue(QStringLiteral("name"), model.name);
        m_store.setValue(QStringLiteral("sha256"), model.sha256);
    }
    m_store.endArray();
    sync();
    Q_EMIT recentModelsChanged();
}

QByteArray Settings::layout(const QString& name) const
{
    const QString text = m_store.value(kLayoutGroup + QLatin1Char('/') + name).toString();
    return QByteArray::fromBase64(text.toLatin1());
}

void Settings::setLayout(const QString& name, const QByteArray& bytes)
{
    // As text: a damaged QByteArray literal would be decoded by the settings library before we could check it.
    m_store.setValue(kLayoutGroup + QLatin1Char('/') + name, QString::fromLatin1(bytes.toBase64()));
    sync();
}

void Settings::forgetLayouts()
{
    m_store.remove(kLayoutGroup);
    sync();
}

QString Settings::remembered(const QString& name) const
{
    return m_store.value(kRememberedGroup + QLatin1Char('/') + name).toString();
}

void Settings::remember(const QString& name, const QString& value)
{
    m_store.setValue(kRememberedGroup + QLatin1Char('/') + name, value);
    sync();
}

void Settings::sync()
{
    m_store.sync();
    if (m_store.status() == QSettings::AccessError && !m_writeFailureTold) {
        m_writeFailureTold = true;
        Q_EMIT writeFailed(tr("%1 cannot be written. What you change holds until the program ends.").arg(file()));
    }
}

} // namespace modscope::ui
