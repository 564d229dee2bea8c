#pragma once

#include "ui/settings/settings.h"

#include <QDialog>
#include <QUndoStack>

#include <vector>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace modscope::ui {

class ActionRegistry;
class ModelController;
class SettingsSection;
class Theme;

/// Preferences in sections. A change acts at once and can be undone with Ctrl+Z while the dialog is open; there is
/// nothing to apply. Not modal, so that the window shows what a change does.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(const Theme* theme,
                   const ActionRegistry* registry,
                   Settings* settings,
                   const ModelController* models,
                   QWidget* parent = nullptr);

    /// Brings a section to the front: "appearance", "keys", "comfort", "compute", "privacy".
    void showSection(const QString& id);

private:
    void addSection(const QString& id, const QString& title, const char* icon, SettingsSection* section);
    void addButtons();
    void change(const QString& what, const Preferences& after);
    void forgetModels();
    void refresh();

    const Theme* m_theme;
    Settings* m_settings;
    QUndoStack m_undo;
    QListWidget* m_list;
    QStackedWidget* m_pages;
    QPushButton* m_undoButton;
    std::vector<SettingsSection*> m_sections;
};

} // namespace modscope::ui
