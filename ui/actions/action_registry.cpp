#include "ui/actions/action_registry.h"

#include "ui/theme/theme.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

/// A key that a text field keeps to itself: no Ctrl, Alt or Meta, no function key, not Esc.
bool belongsToText(const QKeyEvent& event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        return false;
    }
    const bool functionKey = event.key() >= Qt::Key_F1 && event.key() <= Qt::Key_F35;
    return !functionKey && event.key() != Qt::Key_Escape;
}

bool contextsOverlap(ActionContext first, ActionContext second)
{
    return first == second || first == ActionContext::Global || second == ActionContext::Global;
}

} // namespace

PresetKeys presetKeys(const char* standard, const char* left, const char* pad)
{
    return {QString::fromLatin1(standard), QString::fromLatin1(left), QString::fromLatin1(pad)};
}

ActionSpec actionSpec(
    ActionContext context, const char* id, ActionGroup group, const QString& label, const char* icon, PresetKeys keys)
{
    ActionSpec made;
    made.id = QString::fromLatin1(id);
    made.context = context;
    made.group = group;
    made.label = label;
    made.icon = QString::fromLatin1(icon);
    made.keys = std::move(keys);
    return made;
}

bool isTextField(const QObject* object)
{
    if (const auto* line = qobject_cast<const QLineEdit*>(object)) {
        return !line->isReadOnly();
    }
    if (const auto* text = qobject_cast<const QTextEdit*>(object)) {
        return !text->isReadOnly();
    }
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(object)) {
        return !text->isReadOnly();
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(object)) {
        return combo->isEditable();
    }
    return qobject_cast<const QAbstractSpinBox*>(object) != nullptr;
}

ActionRegistry::ActionRegistry(const Theme* theme, QObject* parent) : QObject(parent), m_theme(theme)
{
    QCoreApplication::instance()->installEventFilter(this);
}

ActionRegistry::~ActionRegistry() = default;

QAction* ActionRegistry::add(ActionSpec spec)
{
    Q_ASSERT_X(!m_index.contains(spec.id), "ActionRegistry::add", qUtf8Printable(spec.id));
    auto* action = new QAction(spec.label, this);
    action->setObjectName(spec.id);
    action->setCheckable(spec.checkable);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setProperty("iconName", spec.icon); // for what paints it itself, in a colour of its own
    if (!spec.icon.isEmpty()) {
        action->setIcon(m_theme->icon(spec.icon, Token::Text2, Token::Accent));
    }
    connect(action, &QAction::triggered, this, [this, id = spec.id] {
        const ActionSpec& triggered = this->spec(id);
        if (triggered.run && blockedReason(triggered).isEmpty()) {
            triggered.run();
        }
    });
    m_index.insert(spec.id, m_specs.size());
    m_actions.insert(spec.id, action);
    m_specs.push_back(std::move(spec));
    updateAction(m_specs.back());
    if (m_window != nullptr) {
        m_window->addAction(action);
    }
    Q_EMIT changed();
    return action;
}

void ActionRegistry::attach(QWidget* window)
{
    m_window = window;
    for (const ActionSpec& spec : m_specs) {
        window->addAction(m_actions.value(spec.id));
    }
}

const ActionSpec& ActionRegistry::spec(const QString& id) const
{
    const auto found = m_index.constFind(id);
    Q_ASSERT_X(found != m_index.constEnd(), "ActionRegistry::spec", qUtf8Printable(id));
    return m_specs.at(*found);
}

QAction* ActionRegistry::action(const QString& id) const
{
    QAction* action = m_actions.value(id);
    Q_ASSERT_X(action != nullptr, "ActionRegistry::action", qUtf8Printable(id));
    return action;
}

void ActionRegistry::setContext(ActionContext context)
{
    if (m_context != context) {
        m_context = context;
        refresh();
    }
}

void ActionRegistry::refresh()
{
    for (const ActionSpec& spec : m_specs) {
        updateAction(spec);
    }
    Q_EMIT changed();
}

QString ActionRegistry::blockedReason(const ActionSpec& spec) const
{
    if (!isActive(spec)) {
        return spec.context == ActionContext::Classify ? tr("only on Classify")
               : spec.context == ActionContext::Review ? tr("only on Review")
                                                       : tr("only on Models");
    }
    return spec.blocked ? spec.blocked() : QString();
}

void ActionRegistry::updateAction(const ActionSpec& spec)
{
    QAction* action = m_actions.value(spec.id);
    const QString reason = blockedReason(spec);
    const QKeySequence sequence = key(spec.id);
    action->setEnabled(reason.isEmpty());
    action->setShortcut(isActive(spec) && !spec.hold ? sequence : QKeySequence());
    QString tip = spec.label;
    if (!sequence.isEmpty()) {
        tip = tr("%1 (%2)", "label and key").arg(spec.label, keyText(sequence));
    }
    if (!reason.isEmpty()) {
        tip = tr("%1: %2", "label and key, then why it cannot run").arg(tip, reason);
    }
    action->setToolTip(tip);
}

void ActionRegistry::updateKeys()
{
    refresh();
    Q_EMIT keysChanged();
}

void ActionRegistry::setPreset(KeyPreset preset)
{
    if (m_preset != preset) {
        m_preset = preset;
        updateKeys();
    }
}

QKeySequence ActionRegistry::presetKey(const ActionSpec& spec, KeyPreset preset)
{
    const PresetKeys& keys = spec.keys;
    const QString& own = preset == KeyPreset::LeftHand ? keys.left : keys.pad;
    const bool standard = preset == KeyPreset::Standard || own.isEmpty();
    return {standard ? keys.standard : own, QKeySequence::PortableText};
}

QKeySequence ActionRegistry::key(const QString& id) const
{
    const auto remapped = m_remaps.constFind(id);
    return remapped != m_remaps.constEnd() ? *remapped : presetKey(spec(id), m_preset);
}

std::optional<QString> ActionRegistry::conflict(const QString& id, const QKeySequence& key) const
{
    if (key.isEmpty()) {
        return std::nullopt;
    }
    const ActionContext context = spec(id).context;
    const auto found = std::find_if(m_specs.begin(), m_specs.end(), [&](const ActionSpec& other) {
        return other.id != id && contextsOverlap(context, other.context) && this->key(other.id) == key;
    });
    return found != m_specs.end() ? std::optional(found->id) : std::nullopt;
}

void ActionRegistry::remap(const QString& id, const QKeySequence& key)
{
    while (const std::optional<QString> other = conflict(id, key)) {
        m_remaps.insert(*other, QKeySequence());
    }
    m_remaps.insert(id, key);
    updateKeys();
}

void ActionRegistry::resetRemap(const QString& id)
{
    if (m_remaps.remove(id) > 0) {
        updateKeys();
    }
}

void ActionRegistry::resetAllRemaps()
{
    setRemaps({});
}

void ActionRegistry::setRemaps(const QMap<QString, QKeySequence>& remaps)
{
    if (m_remaps != remaps) {
        m_remaps = remaps;
        updateKeys();
    }
}

bool ActionRegistry::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride || watched != QApplication::focusWidget() || !isTextField(watched)) {
        return QObject::eventFilter(watched, event);
    }
    if (belongsToText(*static_cast<QKeyEvent*>(event))) {
        event->accept(); // so it reaches the field as a key press and never a shortcut
        return true;
    }
    return QObject::eventFilter(watched, event);
}

QString groupTitle(ActionGroup group)
{
    switch (group) {
    case ActionGroup::Item:
        return ActionRegistry::tr("On this item");
    case ActionGroup::List:
        return ActionRegistry::tr("List");
    case ActionGroup::Model:
        return ActionRegistry::tr("Models");
    case ActionGroup::View:
        return ActionRegistry::tr("View");
    case ActionGroup::Go:
        return ActionRegistry::tr("Go to");
    case ActionGroup::Application:
        break;
    }
    return ActionRegistry::tr("Application");
}

QString keyText(const QKeySequence& key)
{
    return key.toString(QKeySequence::NativeText);
}

QStringList keyCaps(const QKeySequence& key)
{
    QStringList caps;
    for (int index = 0; index < key.count(); ++index) {
        const QKeyCombination chord = key[static_cast<uint>(index)];
        const Qt::KeyboardModifiers modifiers = chord.keyboardModifiers();
        for (const auto& [modifier, name] : {std::pair(Qt::ControlModifier, ActionRegistry::tr("Ctrl", "key")),
                                             std::pair(Qt::AltModifier, ActionRegistry::tr("Alt", "key")),
                                             std::pair(Qt::ShiftModifier, ActionRegistry::tr("Shift", "key")),
                                             std::pair(Qt::MetaModifier, ActionRegistry::tr("Meta", "key"))}) {
            if (modifiers & modifier) {
                caps << name;
            }
        }
        const bool enter = chord.key() == Qt::Key_Return || chord.key() == Qt::Key_Enter;
        const QString name = enter ? QStringLiteral("\u23CE") : keyText(QKeySequence(chord.key()));
        caps << (modifiers & Qt::KeypadModifier ? ActionRegistry::tr("Num %1", "key of the number pad").arg(name)
                                                : name);
    }
    return caps;
}

} // namespace modscope::ui
