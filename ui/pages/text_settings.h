#pragma once

#include "ui/pages/settings_section.h"

#include <QList>

class QCheckBox;

namespace modscope::ui {

class Notice;
class SegmentedControl;
class Theme;

/// When the text of pictures is read, and in which languages.
class TextSection final : public SettingsSection {
    Q_OBJECT
public:
    TextSection(const Theme* theme, const Settings* settings, QWidget* parent = nullptr);
    void refresh() override;

private:
    void chooseLanguages();
    void showLanguages();

    SegmentedControl* m_when;
    QWidget* m_languages;
    QList<QCheckBox*> m_boxes; ///< one a language, its name as the object's name
    Notice* m_problem;
};

} // namespace modscope::ui
