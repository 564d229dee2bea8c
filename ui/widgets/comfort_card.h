#pragma once

#include <QWidget>

namespace modscope::ui {

class SegmentedControl;
class Settings;

/// The choices that matter in the first minute: theme, keys, covered pictures. They act at once.
class ComfortCard final : public QWidget {
    Q_OBJECT
public:
    explicit ComfortCard(Settings* settings, QWidget* parent = nullptr);

private:
    void refresh();

    Settings* m_settings;
    SegmentedControl* m_theme;
    SegmentedControl* m_keys;
    SegmentedControl* m_cover;
};

} // namespace modscope::ui
