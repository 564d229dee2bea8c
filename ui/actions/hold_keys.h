#pragma once

#include <QHash>
#include <QKeyCombination>
#include <QObject>
#include <QStringList>

class QKeyEvent;
class QWidget;

namespace modscope::ui {

class ActionRegistry;

/// Tells when the key of a hold action goes down and comes up again while its page is in front. Automatic repeats count
/// for nothing; a text field and, for Space, a focused button keep their keys. Whatever takes the keyboard away lets
/// go of every key.
class HoldKeys final : public QObject {
    Q_OBJECT
public:
    /// @param ids   hold actions of the registry
    /// @param page  must be visible in the active window
    HoldKeys(const ActionRegistry* registry, QStringList ids, QWidget* page);

    [[nodiscard]] bool isDown(const QString& id) const { return m_down.values().contains(id); }
    void releaseAll();

Q_SIGNALS:
    void pressed(const QString& id);
    void released(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool press(QObject* target, const QKeyEvent& event);
    [[nodiscard]] bool release(const QKeyEvent& event);

    const ActionRegistry* m_registry;
    QStringList m_ids;
    QWidget* m_page;
    QHash<int, QString> m_down; ///< by Qt::Key
};

} // namespace modscope::ui
