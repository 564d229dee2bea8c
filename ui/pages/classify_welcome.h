#pragma once

#include "ui/controllers/sample_gallery.h"

#include <QPixmap>
#include <QScrollArea>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace modscope::ui {

class ActionRegistry;
class DropZone;
class Settings;
class Theme;

/// The Classify page without items: ways in, the sample memes, and three things worth knowing.
class ClassifyWelcome final : public QScrollArea {
    Q_OBJECT
public:
    ClassifyWelcome(const Theme* theme,
                    const ActionRegistry* registry,
                    Settings* settings,
                    SampleGallery* samples,
                    QWidget* parent = nullptr);

Q_SIGNALS:
    void sampleChosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildSamples();
    QWidget* buildFacts() const;
    void showSamples();
    /// Shows as much as the window has room for.
    void arrange();
    void showForm(int rowsOfTiles, bool withFan);

    const Theme* m_theme;
    Settings* m_settings;
    SampleGallery* m_samples;
    DropZone* m_zone;
    QPushButton* m_scoreSamples;
    QWidget* m_gallery;
    QWidget* m_tilesHost = nullptr;
    QGridLayout* m_tiles = nullptr;
    QLabel* m_shown = nullptr;
    std::vector<QPixmap> m_fan;
    QPushButton* m_hide = nullptr;
};

} // namespace modscope::ui
