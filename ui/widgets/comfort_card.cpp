#include "ui/widgets/comfort_card.h"

#include "ui/settings/settings.h"
#include "ui/widgets/card.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

SegmentedControl* addRow(Card& card, const QString& name, const QStringList& choices)
{
    auto* control = new SegmentedControl(name);
    for (const auto& choice : choices) {
        control->addSegment(choice);
    }
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 2, 0, 2);
    row->addWidget(new QLabel(name));
    row->addStretch();
    row->addWidget(control);
    card.body()->addLayout(row);
    return control;
}

} // namespace

ComfortCard::ComfortCard(Settings* settings, QWidget* parent) : QWidget(parent), m_settings(settings)
{
    auto* card = new Card(tr("Comfort"));
    card->setSubtitle(tr("change any time"));
    m_theme = addRow(*card, tr("Theme"), {tr("System"), tr("Light"), tr("Dark")});
    m_keys = addRow(*card, tr("Keys"), {tr("Standard"), tr("Left"), tr("Numpad")});
    m_cover = addRow(*card, tr("Pictures here"), {tr("Open"), tr("Covered")});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card);

    connect(m_theme, &SegmentedControl::chosen, this, [this](int index) {
        auto appearance = m_settings->preferences().appearance;
        appearance.theme = static_cast<ThemeChoice>(index);
        m_settings->setAppearance(appearance);
    });
    connect(m_keys, &SegmentedControl::chosen, this, [this](int index) {
        auto keys = m_settings->preferences().keys;
        keys.preset = static_cast<KeyPreset>(index);
        m_settings->setKeys(keys);
    });
    connect(m_cover, &SegmentedControl::chosen, this, [this](int index) {
        auto comfort = m_settings->preferences().comfort;
        comfort.coverOnClassify = index == 1;
        m_settings->setComfort(comfort);
    });
    connect(settings, &Settings::appearanceChanged, this, &ComfortCard::refresh);
    connect(settings, &Settings::keysChanged, this, &ComfortCard::refresh);
    connect(settings, &Settings::comfortChanged, this, &ComfortCard::refresh);
    refresh();
}

void ComfortCard::refresh()
{
    const auto& preferences = m_settings->preferences();
    if (preferences.appearance.theme != ThemeChoice::HighContrast) { // which is chosen in the settings
        m_theme->setCurrentIndex(static_cast<int>(preferences.appearance.theme));
    }
    m_keys->setCurrentIndex(static_cast<int>(preferences.keys.preset));
    m_cover->setCurrentIndex(preferences.comfort.coverOnClassify ? 1 : 0);
}

} // namespace modscope::ui
