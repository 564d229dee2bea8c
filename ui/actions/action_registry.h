#pragma once

#include "ui/settings/preferences.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QMap>
#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace modscope::ui {

class Theme;

/// Where an action's key works: anywhere, or on one page. Two actions in Global + one page never share a key.
enum class ActionContext { Global, Classify, Review, Models };

/// Headings of the palette and the key map, and the menus of the menu bar.
enum class ActionGroup { Item, List, Model, View, Go, Application };

inline constexpr int kKeyPresets = 3;

/// The keys of an action in each preset, in portable text ("Ctrl+K", "Num+9"); an empty left or pad key is the standard
/// one.
struct PresetKeys {
    QString standard;
    QString left = {};
    QString pad = {};
};

struct ActionSpec {
    QString id; ///< "classify.next"; never shown, used to remember remaps
    ActionContext context = ActionContext::Global;
    ActionGroup group = ActionGroup::Item;
    QString label;     ///< a verb in sentence case; "…" when a dialog follows
    QString icon = {}; ///< listed in resources/icons.txt; may be empty
    PresetKeys keys = {};
    QString detail = {}; ///< a few words beside the label in the palette
    /// Actions that differ only by a digit share a family; the key map shows the family once.
    QString family = {};
    bool checkable = false;
    /// Acts from press to release of its key, which its page watches: the key is known and printed, but no shortcut.
    bool hold = false;
    std::function<void()> run = {};
    /// Empty when the action can run now, else why not, for the palette and tooltips.
    std::function<QString()> blocked = {};
};

/// The keys of an action; an empty left or pad key is the standard one.
[[nodiscard]] PresetKeys presetKeys(const char* standard, const char* left = "", const char* pad = "");
/// An action to be completed with what it runs and when it may.
/// @param icon  listed in resources/icons.txt; may be empty
[[nodiscard]] ActionSpec actionSpec(ActionContext context,
                                    const char* id,
                                    ActionGroup group,
                                    const QString& label,
                                    const char* icon,
                                    PresetKeys keys = {});

/// The one list of actions: it feeds menus, palette, key map, tooltips and the key caps on buttons.
/// Keys without Ctrl or Alt are off while a text field has focus.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(const Theme* theme, QObject* parent = nullptr);
    ~ActionRegistry() override;

    /// Adds an action; ids are unique. The QAction belongs to the registry and its text, key, tooltip and enabled state
    /// are kept up to date.
    QAction* add(ActionSpec spec);
    /// Adds every action, present and future, to the window, so that keys work while the menu bar is hidden.
    void attach(QWidget* window);

    [[nodiscard]] const std::vector<ActionSpec>& specs() const { return m_specs; }
    [[nodiscard]] bool contains(const QString& id) const { return m_index.contains(id); }
    /// Precondition: contains(id).
    [[nodiscard]] const ActionSpec& spec(const QString& id) const;
    /// Precondition: contains(id).
    [[nodiscard]] QAction* action(const QString& id) const;

    /// The page whose keys are on.
    [[nodiscard]] ActionContext context() const { return m_context; }
    void setContext(ActionContext context);
    [[nodiscard]] bool isActive(const ActionSpec& spec) const
    {
        return spec.context == ActionContext::Global || spec.context == m_context;
    }
    /// Asks every rule again: call it after anything a rule looks at has changed.
    void refresh();
    /// Why an action cannot run now; empty when it can.
    [[nodiscard]] QString blockedReason(const ActionSpec& spec) const;

    [[nodiscard]] KeyPreset preset() const { return m_preset; }
    void setPreset(KeyPreset preset);
    /// The key now: a remap, or the preset's; may be empty.
    [[nodiscard]] QKeySequence key(const QString& id) const;
    [[nodiscard]] static QKeySequence presetKey(const ActionSpec& spec, KeyPreset preset);

    /// The action that already has this key in the same context or anywhere; nothing when it is free.
    [[nodiscard]] std::optional<QString> conflict(const QString& id, const QKeySequence& key) const;
    /// Gives an action another key (an empty one takes it away). The conflicting action, if any, loses its key.
    void remap(const QString& id, const QKeySequence& key);
    void resetRemap(const QString& id);
    void resetAllRemaps();
    [[nodiscard]] const QMap<QString, QKeySequence>& remaps() const { return m_remaps; }
    void setRemaps(const QMap<QString, QKeySequence>& remaps);

Q_SIGNALS:
    /// Keys, context, rules or the set of actions changed.
    void changed();
    void keysChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateKeys();
    void updateAction(const ActionSpec& spec);

    const Theme* m_theme;
    QWidget* m_window = nullptr;
    std::vector<ActionSpec> m_specs;
    QHash<QString, std::size_t> m_index;
    QHash<QString, QAction*> m_actions;
    QMap<QString, QKeySequence> m_remaps;
    ActionContext m_context = ActionContext::Global;
    KeyPreset m_preset = KeyPreset::Standard;
};

/// Whether keys without Ctrl or Alt are the widget's own: a line, a text, a number that can be edited.
[[nodiscard]] bool isTextField(const QObject* object);
/// A heading of the palette and the key map.
[[nodiscard]] QString groupTitle(ActionGroup group);
/// Text for people, in their language and platform: "Ctrl+K", "⏎".
[[nodiscard]] QString keyText(const QKeySequence& key);
/// One cap a key: {"Ctrl", "K"}.
[[nodiscard]] QStringList keyCaps(const QKeySequence& key);

} // namespace modscope::ui
