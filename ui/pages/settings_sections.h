#pragma once

#include "ui/pages/settings_section.h"

class QCheckBox;
class QSpinBox;

namespace modscope::ui {

class ChoiceBox;
class FactList;
class ModelController;
class Notice;
class SegmentedControl;
class Theme;

class AppearanceSection final : public SettingsSection {
    Q_OBJECT
public:
    AppearanceSection(const Settings* settings, QWidget* parent = nullptr);
    void refresh() override;

private:
    SegmentedControl* m_theme;
    QSpinBox* m_scale;
    QCheckBox* m_reduceMotion;
    QCheckBox* m_menuBar;
};

class ComfortSection final : public SettingsSection {
    Q_OBJECT
public:
    ComfortSection(const Theme* theme, const Settings* settings, QWidget* parent = nullptr);
    void refresh() override;

private:
    const Theme* m_theme;
    QCheckBox* m_cover;
    void chooseBlur(SegmentedControl* control, BlurLevel ComfortPreferences::*level);

    SegmentedControl* m_blur;
    SegmentedControl* m_blurLow;
    SegmentedControl* m_blurTop;
    QCheckBox* m_sameBlur;
    QCheckBox* m_grey;
    QLabel* m_preview;
};

/// Defaults for models that are not told otherwise, and what this machine offers.
class ComputeSection final : public SettingsSection {
    Q_OBJECT
public:
    ComputeSection(const Theme* theme,
                   const Settings* settings,
                   const ModelController* models,
                   QWidget* parent = nullptr);
    void refresh() override;

private:
    void showMachine();
    void choosePlace();

    const ModelController* m_models;
    ChoiceBox* m_device;
    ChoiceBox* m_precision;
    QSpinBox* m_threads;
    QSpinBox* m_batchSize;
    QLabel* m_machine;
    Notice* m_problem;
};

/// What is kept on this computer, where, and how to be rid of it.
class PrivacySection final : public SettingsSection {
    Q_OBJECT
public:
    PrivacySection(const Theme* theme, const Settings* settings, QWidget* parent = nullptr);
    void refresh() override;

Q_SIGNALS:
    void forgetModelsWanted();
    void forgetLayoutWanted();

private:
    QCheckBox* m_samples;
    FactList* m_kept;
    Notice* m_problems;
};

} // namespace modscope::ui
