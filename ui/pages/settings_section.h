#pragma once

#include "ui/settings/settings.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace modscope::ui {

/// A page of the settings dialog. It shows the preferences and says what the person wants instead; the dialog makes the
/// change, so that it can be undone.
class SettingsSection : public QWidget {
    Q_OBJECT
public:
    SettingsSection(const QString& title, const Settings* settings, QWidget* parent = nullptr);

    /// Shows the preferences as they are now; emits nothing.
    virtual void refresh() = 0;

Q_SIGNALS:
    /// @param what  names the change for Undo: "Theme"
    void wanted(const QString& what, const modscope::ui::Preferences& preferences);

protected:
    [[nodiscard]] const Preferences& preferences() const { return m_settings->preferences(); }
    [[nodiscard]] const Settings& settings() const { return *m_settings; }
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    /// A labelled control; the hint stands below it in grey.
    void addRow(const QString& label, QWidget* control, const QString& hint = {});
    QCheckBox* addCheckBox(const QString& text, const QString& hint = {});
    [[nodiscard]] static QLabel* makeHint(const QString& text);

private:
    const Settings* m_settings;
    QVBoxLayout* m_column;
    QFormLayout* m_form;
};

} // namespace modscope::ui
