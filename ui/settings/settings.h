#pragma once

#include "ui/settings/preferences.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <vector>

namespace modscope::ui {

/// What a slot held when the program ended, to open it again.
struct SlotChoice {
    QString path; ///< "demo" for the built-in one
    QString device = QStringLiteral("auto");
    QString precision = QStringLiteral("auto");

    bool operator==(const SlotChoice&) const = default;
};

struct RecentModel {
    QString path;
    QString name;
    QString sha256; ///< of its weights when it was last seen

    bool operator==(const RecentModel&) const = default;
};

/// The person's choices and what the window remembers, in one INI file. Every value is checked when it is read: what
/// the file has wrong falls back to its default and is listed in problems(). Each change is written at once and
/// announced. Lives on the GUI thread.
class Settings : public QObject {
    Q_OBJECT
public:
    static constexpr int kMaxRecentModels = 20;

    /// @param file  the INI file, made at the first change; tests pass one of their own
    explicit Settings(const QString& file, QObject* parent = nullptr);

    /// Where the desktop keeps its settings: the user's configuration folder.
    [[nodiscard]] static QString defaultFile();
    [[nodiscard]] QString file() const { return m_store.fileName(); }
    /// One sentence for each value of the file that could not be used.
    [[nodiscard]] const QStringList& problems() const { return m_problems; }

    [[nodiscard]] const Preferences& preferences() const { return m_preferences; }
    /// Writes what differs and emits the signal of each group that changed. Numbers out of range are clamped.
    void setPreferences(const Preferences& preferences);
    void setAppearance(const AppearancePreferences& appearance);
    void setKeys(const KeyPreferences& keys);
    void setComfort(const ComfortPreferences& comfort);
    void setReview(const ReviewPreferences& review);
    void setOcr(const OcrPreferences& ocr);
    void setCompute(const ComputePreferences& compute);
    void setPrivacy(const PrivacyPreferences& privacy);

    /// The models that were open, in slot order; empty when nothing was remembered.
    [[nodiscard]] const std::vector<SlotChoice>& modelSlots() const { return m_slots; }
    void setModelSlots(const std::vector<SlotChoice>& choices);

    /// Newest first, each path once.
    [[nodiscard]] const std::vector<RecentModel>& recentModels() const { return m_recentModels; }
    void addRecentModel(const RecentModel& model);
    void removeRecentModel(const QString& path);
    void setRecentModels(const std::vector<RecentModel>& models);

    /// Opaque layout of a window, splitter or header ("window/geometry"): what saveGeometry() and saveState() return.
    [[nodiscard]] QByteArray layout(const QString& name) const;
    void setLayout(const QString& name, const QByteArray& bytes);
    void forgetLayouts();
    /// A short remembered word ("page": "classify"). Empty when nothing was remembered.
    [[nodiscard]] QString remembered(const QString& name) const;
    void remember(const QString& name, const QString& value);

Q_SIGNALS:
    void appearanceChanged(const modscope::ui::AppearancePreferences& appearance);
    void keysChanged(const modscope::ui::KeyPreferences& keys);
    void comfortChanged(const modscope::ui::ComfortPreferences& comfort);
    void reviewChanged(const modscope::ui::ReviewPreferences& review);
    void ocrChanged(const modscope::ui::OcrPreferences& ocr);
    void computeChanged(const modscope::ui::ComputePreferences& compute);
    void privacyChanged(const modscope::ui::PrivacyPreferences& privacy);
    void recentModelsChanged();
    /// The file could not be written: the choice holds until the program ends.
    void writeFailed(const QString& reason);

private:
    template <typename Section>
    void set(Section Preferences::*section, const Section& value);
    void read();
    void readModels();
    void sync();

    QSettings m_store;
    Preferences m_preferences;
    std::vector<SlotChoice> m_slots;
    std::vector<RecentModel> m_recentModels;
    QStringList m_problems;
    bool m_writeFailureTold = false;
};

} // namespace modscope::ui
