#include "ui/pages/settings_sections.h"

#include "ui/controllers/model_controller.h"
#include "ui/models/device_choice.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/cover_preview.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/segmented_control.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kScaleStep = 10;

QSpinBox* makeNumber(int lowest, int highest, const QString& wordForLowest)
{
    auto* number = new QSpinBox;
    number->setRange(lowest, highest);
    number->setSpecialValueText(wordForLowest);
    number->setKeyboardTracking(false); // "200" is not first 2, then 20
    number->setMinimumWidth(120);
    return number;
}

} // namespace

AppearanceSection::AppearanceSection(const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Appearance"), settings, parent), m_theme(new SegmentedControl(tr("Theme"))),
      m_scale(new QSpinBox)
{
    for (const QString& name : {tr("System"), tr("Light"), tr("Dark"), tr("High contrast")}) {
        m_theme->addSegment(name);
    }
    addRow(tr("Theme"), m_theme, tr("System follows the colours of your desktop."));
    m_scale->setRange(AppearancePreferences::kMinScalePercent, AppearancePreferences::kMaxScalePercent);
    m_scale->setSingleStep(kScaleStep);
    m_scale->setSuffix(tr(" %", "percent"));
    m_scale->setKeyboardTracking(false);
    m_scale->setMinimumWidth(120);
    addRow(tr("Interface scale"), m_scale, tr("Also Ctrl+= and Ctrl+- on every page."));
    m_reduceMotion = addCheckBox(tr("Reduce motion"), tr("What opens, opens without fading."));
    m_menuBar = addCheckBox(tr("Always show the menu bar"), tr("Otherwise Alt or F10 shows it."));
    column()->addStretch();
    connect(m_theme, &SegmentedControl::chosen, this, [this](int index) {
        Preferences after = preferences();
        after.appearance.theme = static_cast<ThemeChoice>(index);
        Q_EMIT wanted(tr("Theme"), after);
    });
    connect(m_scale, &QSpinBox::valueChanged, this, [this](int percent) {
        Preferences after = preferences();
        after.appearance.scalePercent = percent;
        Q_EMIT wanted(tr("Interface scale"), after);
    });
    connect(m_reduceMotion, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.appearance.reduceMotion = on;
        Q_EMIT wanted(tr("Reduce motion"), after);
    });
    connect(m_menuBar, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.appearance.menuBarPinned = on;
        Q_EMIT wanted(tr("Menu bar"), after);
    });
    refresh();
}

void AppearanceSection::refresh()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_scale), QSignalBlocker(m_reduceMotion), QSignalBlocker(m_menuBar)};
    const AppearancePreferences& appearance = preferences().appearance;
    m_theme->setCurrentIndex(static_cast<int>(appearance.theme));
    m_scale->setValue(appearance.scalePercent);
    m_reduceMotion->setChecked(appearance.reduceMotion);
    m_menuBar->setChecked(appearance.menuBarPinned);
}

ComfortSection::ComfortSection(const Theme* theme, const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Comfort"), settings, parent), m_theme(theme), m_blur(new SegmentedControl(tr("Blur"))),
      m_blurLow(new SegmentedControl(tr("Blur of low-risk items"))),
      m_blurTop(new SegmentedControl(tr("Blur of severe items"))), m_preview(new QLabel)
{
    m_cover = addCheckBox(tr("Cover pictures on Classify too"),
                          tr("Pictures you drop start covered; a key shows them for as long as you hold it."));
    addRow(tr("Blur"), m_blur);
    m_sameBlur = addCheckBox(tr("The same for every item"));
    addRow(tr("Low-risk items"), m_blurLow);
    addRow(tr("Severe items"), m_blurTop,
           tr("On Review, by what the models say. Items whose scores are hidden from you, or unknown, have the first "
              "blur, so that it tells you nothing."));
    chooseBlur(m_blur, &ComfortPreferences::blur);
    chooseBlur(m_blurLow, &ComfortPreferences::blurLow);
    chooseBlur(m_blurTop, &ComfortPreferences::blurTop);
    m_grey = addCheckBox(tr("Grey while covered"));
    m_preview->setAccessibleName(tr("Examples of covered pictures, from low-risk to severe"));
    column()->addWidget(m_preview);
    column()->addWidget(makeHint(tr("Filters give you control; evidence that they reduce harm is mixed.")));
    column()->addStretch();
    connect(m_cover, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.comfort.coverOnClassify = on;
        Q_EMIT wanted(tr("Cover pictures on Classify"), after);
    });
    connect(m_sameBlur, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.comfort.sameBlur = on;
        Q_EMIT wanted(tr("Blur"), after);
    });
    connect(m_grey, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.comfort.grey = on;
        Q_EMIT wanted(tr("Grey while covered"), after);
    });
    connect(theme, &Theme::changed, this, &ComfortSection::refresh);
    refresh();
}

void ComfortSection::chooseBlur(SegmentedControl* control, BlurLevel ComfortPreferences::*level)
{
    for (const QString& name : {tr("Light"), tr("Standard"), tr("Strong")}) {
        control->addSegment(name);
    }
    connect(control, &SegmentedControl::chosen, this, [this, level](int index) {
        Preferences after = preferences();
        after.comfort.*level = static_cast<BlurLevel>(index);
        Q_EMIT wanted(tr("Blur"), after);
    });
}

void ComfortSection::refresh()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_cover), QSignalBlocker(m_grey), QSignalBlocker(m_sameBlur)};
    const ComfortPreferences& comfort = preferences().comfort;
    m_cover->setChecked(comfort.coverOnClassify);
    m_blur->setCurrentIndex(static_cast<int>(comfort.blur));
    m_sameBlur->setChecked(comfort.sameBlur);
    m_blurLow->setCurrentIndex(static_cast<int>(comfort.blurLow));
    m_blurTop->setCurrentIndex(static_cast<int>(comfort.blurTop));
    m_blurLow->setEnabled(!comfort.sameBlur);
    m_blurTop->setEnabled(!comfort.sameBlur);
    m_grey->setChecked(comfort.grey);
    QList<double> sigmas{blurSigma(comfort.blur)};
    if (!comfort.sameBlur) {
        sigmas = {blurSigma(comfort.blurLow), blurSigma(comfort.blur), blurSigma(comfort.blurTop)};
    }
    m_preview->setPixmap(coverPreview(*m_theme, sigmas, comfort.grey, devicePixelRatioF()));
}

ComputeSection::ComputeSection(const Theme* theme,
                               const Settings* settings,
                               const ModelController* models,
                               QWidget* parent)
    : SettingsSection(tr("Devices and threads"), settings, parent), m_models(models), m_device(new ChoiceBox),
      m_precision(new ChoiceBox), m_threads(makeNumber(0, ComputePreferences::kMaxThreads, tr("All cores"))),
      m_batchSize(makeNumber(0, ComputePreferences::kMaxBatchSize, tr("Automatic"))), m_machine(new QLabel),
      m_problem(new Notice(theme, NoticeKind::Info))
{
    addRow(tr("Device"), m_device);
    addRow(tr("Precision"), m_precision, tr("For models that are not told otherwise on the Models page."));
    addRow(tr("Threads"), m_threads);
    addRow(tr("Items in a batch"), m_batchSize, tr("Open models are loaded again when one of these changes."));
    auto* machine = new Card(tr("This computer"));
    m_machine->setTextFormat(Qt::PlainText);
    m_machine->setWordWrap(true);
    m_machine->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    machine->body()->addWidget(m_machine);
    column()->addWidget(machine);
    column()->addWidget(m_problem);
    column()->addStretch();
    connect(models, &ModelController::devicesChanged, this, &ComputeSection::refresh);
    connect(m_device, &QComboBox::activated, this, &ComputeSection::choosePlace);
    connect(m_precision, &QComboBox::activated, this, &ComputeSection::choosePlace);
    connect(m_threads, &QSpinBox::valueChanged, this, [this](int threads) {
        Preferences after = preferences();
        after.compute.threads = threads;
        Q_EMIT wanted(tr("Threads"), after);
    });
    connect(m_batchSize, &QSpinBox::valueChanged, this, [this](int items) {
        Preferences after = preferences();
        after.compute.batchSize = items;
        Q_EMIT wanted(tr("Items in a batch"), after);
    });
    refresh();
}

void ComputeSection::choosePlace()
{
    Preferences after = preferences();
    const bool otherDevice = after.compute.device != m_device->currentData().toString();
    after.compute.device = m_device->currentData().toString();
    after.compute.precision = otherDevice ? QStringLiteral("auto") : m_precision->currentData().toString();
    Q_EMIT wanted(otherDevice ? tr("Device") : tr("Precision"), after);
}

void ComputeSection::refresh()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_threads), QSignalBlocker(m_batchSize)};
    const ComputePreferences& compute = preferences().compute;
    const QList<DeviceChoice> devices = deviceChoices(m_models->diagnosis());
    m_device->clear();
    m_precision->clear();
    QStringList offered{QStringLiteral("auto")};
    for (const DeviceChoice& device : devices) {
        m_device->addItem(device.label, device.id);
        offered = device.id == compute.device ? device.precisions : offered;
    }
    m_device->choose(compute.device, tr("%1 (not found)").arg(deviceName(compute.device)));
    for (const QString& precision : offered) {
        m_precision->addItem(precisionLabel(precision), precision);
    }
    m_precision->choose(compute.precision, tr("%1 (not offered here)").arg(compute.precision));
    m_threads->setValue(compute.threads);
    m_batchSize->setValue(compute.batchSize);
    showMachine();
}

void ComputeSection::showMachine()
{
    const auto& diagnosis = m_models->diagnosis();
    m_problem->hide();
    if (!m_models->engineError().isEmpty()) {
        m_machine->setText(tr("The engine could not be opened, so nothing can be scored."));
        m_problem->setText(QString(), m_models->engineError());
        m_problem->show();
        return;
    }
    if (!diagnosis) {
        m_machine->setText(tr("Looking for devices"));
        return;
    }
    const QStringList facts = machineFacts(*diagnosis);
    m_machine->setText(facts.join(QLatin1Char('\n')));
    if (const QString reason = noGpuReason(*diagnosis); !reason.isEmpty()) {
        m_problem->setText(tr("No GPU is used"), reason);
        m_problem->show();
    }
}

PrivacySection::PrivacySection(const Theme* theme, const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Data and privacy"), settings, parent), m_kept(new FactList),
      m_problems(new Notice(theme, NoticeKind::Attention))
{
    m_samples = addCheckBox(tr("Offer the sample memes"), tr("On the empty Classify page."));
    auto* kept = new Card(tr("Kept on this computer"));
    kept->body()->addWidget(m_kept);
    auto* models = new QPushButton(tr("Forget the recent models"));
    auto* layout = new QPushButton(tr("Forget the window's layout"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(models);
    buttons->addWidget(layout);
    buttons->addStretch();
    kept->body()->addLayout(buttons);
    column()->addWidget(kept);
    column()->addWidget(m_problems);
    column()->addWidget(
        makeHint(tr("Pictures, texts and scores are written nowhere unless you export them or send them to "
                    "review. Nothing is sent over a network unless you choose a team's review database.")));
    column()->addStretch();
    connect(m_samples, &QCheckBox::toggled, this, [this](bool on) {
        Preferences after = preferences();
        after.privacy.samplesHidden = !on;
        Q_EMIT wanted(tr("Sample memes"), after);
    });
    connect(models, &QPushButton::clicked, this, &PrivacySection::forgetModelsWanted);
    connect(layout, &QPushButton::clicked, this, &PrivacySection::forgetLayoutWanted);
    connect(settings, &Settings::recentModelsChanged, this, &PrivacySection::refresh);
    refresh();
}

void PrivacySection::refresh()
{
    const QSignalBlocker quiet(m_samples);
    m_samples->setChecked(!preferences().privacy.samplesHidden);
    m_kept->setFacts({{tr("Settings"), settings().file()},
                      {tr("Recent models"), tr("%n folder name(s) and hashes, in the same file", nullptr,
                                               static_cast<int>(settings().recentModels().size()))},
                      {tr("Window"), tr("size, place and open page, in the same file")}});
    m_problems->setVisible(!settings().problems().isEmpty());
    m_problems->setText(tr("Parts of the settings file could not be used"),
                        settings().problems().join(QLatin1Char('\n')));
}

} // namespace modscope::ui
