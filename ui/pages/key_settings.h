#pragma once

#include "ui/pages/settings_section.h"

class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace modscope::ui {

class ActionRegistry;
class KeyTableModel;
class SegmentedControl;

/// Every action with its key: search, press a key to give it, presets, back to the preset. A key that another action
/// has is given only after asking, in the section itself.
class KeySection final : public SettingsSection {
    Q_OBJECT
public:
    KeySection(const ActionRegistry* registry, const Settings* settings, QWidget* parent = nullptr);

    void refresh() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void startRecording();
    void stopRecording();
    void offer(const QKeySequence& key);
    void give(const QKeySequence& key);
    void setRemap(const QString& id, const std::optional<QKeySequence>& key, const QString& takenFrom);
    void showButtons();
    [[nodiscard]] QString currentId() const;

    const ActionRegistry* m_registry;
    KeyTableModel* m_model;
    QSortFilterProxyModel* m_found;
    SegmentedControl* m_preset = nullptr;
    QLineEdit* m_search = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_record = nullptr;
    QPushButton* m_replace = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_resetAll = nullptr;
    QString m_recordingId;  ///< empty: no key is waited for
    QKeySequence m_offered; ///< taken by another action; the person has to decide
};

} // namespace modscope::ui
