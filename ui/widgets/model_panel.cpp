#include "ui/widgets/model_panel.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/thresholds_table.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kWidth = 372;
constexpr int kIconSize = 14;
constexpr int kHashHalf = 32;

QLabel* plainLabel(const char* role)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setRole(label, role);
    return label;
}

struct StateLook {
    const char* icon;
    Token token;
};

StateLook lookOf(ModelRow::State state)
{
    switch (state) {
    case ModelRow::State::Busy:
        return {"hourglass-split", Token::Info};
    case ModelRow::State::Open:
        return {"check-circle", Token::Clear};
    case ModelRow::State::Failed:
        return {"exclamation-triangle", Token::Flag};
    case ModelRow::State::Idle:
        break;
    }
    return {"circle", Token::Text3};
}

} // namespace

ModelPanel::ModelPanel(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QScrollArea(parent), m_theme(theme), m_registry(registry)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Model"));
    auto* body = new QWidget;
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(16, 16, 16, 16);
    m_column->setSpacing(12);
    setWidget(body);
    setDevices(deviceChoices(std::nullopt));
    buildHead();
    m_error = new Notice(theme, NoticeKind::Error);
    m_warnings = new Notice(theme, NoticeKind::Attention);
    m_column->addWidget(m_error);
    m_column->addWidget(m_warnings);
    buildPlace();
    buildHash();
    buildCards();
    m_column->addStretch();
}

QSize ModelPanel::sizeHint() const
{
    return {m_theme->px(kWidth), m_theme->px(600)};
}

void ModelPanel::buildHead()
{
    auto* card = new Card(QString());
    m_name = plainLabel("title");
    m_note = plainLabel("secondary");
    m_path = plainLabel("monoSmall");
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_stateIcon = new IconLabel(m_theme, kIconSize);
    m_state = plainLabel("value");
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_cancel = new QPushButton(tr("Cancel"));
    connect(m_cancel, &QPushButton::clicked, this, &ModelPanel::cancelRequested);
    auto* state = new QHBoxLayout;
    state->setSpacing(7);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    state->addWidget(m_cancel);
    const auto button = [this](const char* id) {
        return new ActionButton(m_theme, m_registry->action(QLatin1String(id)));
    };
    auto* useA = button("models.useA");
    setVariant(useA, "primary");
    m_useAs = button("models.useAs");
    auto* use = new QHBoxLayout;
    use->setSpacing(8);
    use->addWidget(useA, 1);
    use->addWidget(m_useAs, 1);
    auto* leave = new QHBoxLayout;
    leave->setSpacing(8);
    leave->addWidget(button("models.unload"), 1);
    leave->addWidget(button("models.remove"), 1);
    card->body()->addWidget(m_name);
    card->body()->addWidget(m_note);
    card->body()->addWidget(m_path);
    card->body()->addLayout(state);
    card->body()->addWidget(m_progress);
    card->body()->addLayout(use);
    card->body()->addLayout(leave);
    m_column->addWidget(card);
}

void ModelPanel::buildPlace()
{
    auto* card = new Card(tr("Where it runs"));
    m_device = new ChoiceBox;
    m_device->setAccessibleName(tr("Device"));
    m_precision = new ChoiceBox;
    m_precision->setAccessibleName(tr("Precision"));
    auto* form = new QFormLayout;
    form->setSpacing(8);
    form->addRow(tr("Device"), m_device);
    form->addRow(tr("Precision"), m_precision);
    card->body()->addLayout(form);
    auto* hint = plainLabel("hint");
    hint->setText(tr("Auto takes what Settings say. A model in use is loaded again."));
    card->body()->addWidget(hint);
    connect(m_device, &QComboBox::activated, this, &ModelPanel::choosePlace);
    connect(m_precision, &QComboBox::activated, this, &ModelPanel::choosePlace);
    m_column->addWidget(card);
}

void ModelPanel::buildHash()
{
    auto* card = new Card(tr("Weights"));
    card->setSubtitle(tr("SHA-256"));
    m_hash = plainLabel("mono");
    m_hash->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_checkResult = plainLabel("secondary");
    card->body()->addWidget(m_hash);
    card->body()->addWidget(m_checkResult);
    card->body()->addWidget(new ActionButton(m_theme, m_registry->action(QStringLiteral("models.verify"))), 0,
                            Qt::AlignLeft);
    m_column->addWidget(card);
}

FactList* ModelPanel::addFacts(Card*& card, const QString& title)
{
    card = new Card(title);
    auto* facts = new FactList;
    card->body()->addWidget(facts);
    m_column->addWidget(card);
    return facts;
}

void ModelPanel::buildCards()
{
    m_thresholdsCard = new Card(tr("Thresholds"));
    m_thresholds = new ThresholdsTable(m_theme);
    m_thresholdsCard->body()->addWidget(m_thresholds);
    m_column->addWidget(m_thresholdsCard);
    m_metrics = addFacts(m_metricsCard, tr("Measured by the run"));
    m_training = addFacts(m_trainingCard, tr("Training"));
    m_preprocessing = addFacts(m_preprocessingCard, tr("Preprocessing"));
    m_details = addFacts(m_detailsCard, tr("Details"));
}

void ModelPanel::setDevices(const QList<DeviceChoice>& devices)
{
    m_devices = devices;
}

void ModelPanel::clear()
{
    widget()->hide();
}

void ModelPanel::setEntry(const CatalogEntry& entry, const ModelRow& row)
{
    widget()->show();
    if (m_path->text() != entry.path) {
        verticalScrollBar()->setValue(0);
    }
    m_name->setText(entry.name);
    m_note->setText(entry.note);
    m_note->setVisible(!entry.note.isEmpty());
    m_path->setText(entry.path);
    m_path->setVisible(!entry.bundled);
    showBusy(row);
    showMessages(entry);
    showPlace(entry);
    showHash(entry, row);
    showCard(entry.card.value_or(ModelCard()));
}

void ModelPanel::showBusy(const ModelRow& row)
{
    const StateLook look = lookOf(row.state);
    m_stateIcon->setIcon(QLatin1String(look.icon), look.token);
    m_state->setText(row.stateText);
    const bool busy = row.state == ModelRow::State::Busy;
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    constexpr int kSteps = 1000;
    m_progress->setRange(0, row.progress < 0 ? 0 : kSteps);
    m_progress->setValue(static_cast<int>(row.progress * kSteps));
}

void ModelPanel::showMessages(const CatalogEntry& entry)
{
    m_error->setVisible(!entry.error.isEmpty());
    const bool unusable = entry.state == CatalogEntry::State::Failed;
    m_error->setText(unusable ? tr("This checkpoint cannot be used") : tr("The model could not be loaded"),
                     entry.error);
    const QStringList warnings = entry.card ? entry.card->warnings : QStringList();
    m_warnings->setVisible(!warnings.isEmpty());
    m_warnings->setText(tr("%n thing(s) to know", nullptr, static_cast<int>(warnings.size())),
                        warnings.join(QLatin1Char('\n')));
}

void ModelPanel::showPlace(const CatalogEntry& entry)
{
    const QSignalBlocker quiet(m_device);
    m_device->clear();
    m_precision->clear();
    const DeviceChoice* chosen = nullptr;
    for (const DeviceChoice& device : m_devices) {
        m_device->addItem(device.label, device.id);
        if (device.id == entry.device) {
            chosen = &device;
        }
    }
    m_device->choose(entry.device, tr("%1 (not found)").arg(deviceName(entry.device)));
    for (const QString& precision : chosen != nullptr ? chosen->precisions : QStringList{entry.precision}) {
        m_precision->addItem(precisionLabel(precision), precision);
    }
    m_precision->choose(entry.precision, tr("%1 (not offered here)").arg(entry.precision));
}

void ModelPanel::choosePlace()
{
    const QString device = m_device->currentData().toString();
    QString precision = m_precision->currentData().toString();
    const auto offered = std::ranges::find(m_devices, device, &DeviceChoice::id);
    if (offered != m_devices.end() && !offered->precisions.contains(precision)) {
        precision = QStringLiteral("auto");
    }
    Q_EMIT placeChosen(device, precision);
}

void ModelPanel::showHash(const CatalogEntry& entry, const ModelRow& row)
{
    m_hash->setText(row.sha256.isEmpty() ? tr("not known yet")
                                         : row.sha256.left(kHashHalf) + QLatin1Char('\n') + row.sha256.mid(kHashHalf));
    m_checkResult->setText(entry.checkText);
    m_checkResult->setVisible(!entry.checkText.isEmpty());
    using Check = CatalogEntry::Check;
    const char* role = entry.check == Check::Matches                                   ? "clear"
                       : entry.check == Check::Differs || entry.check == Check::Failed ? "flag"
                                                                                       : "secondary";
    if (m_checkResult->property("role").toString() != QLatin1String(role)) {
        setRole(m_checkResult, role);
        restyle(m_checkResult);
    }
}

void ModelPanel::showCard(const ModelCard& card)
{
    m_thresholdsCard->setVisible(!card.labels.isEmpty());
    m_thresholdsCard->setSubtitle(card.thresholdsCalibrated ? tr("calibrated by the run")
                                                            : tr("none in the run: 0.5 for all"));
    m_thresholds->setThresholds(card.labels, card.thresholds);
    m_metrics->setFacts(card.metrics);
    m_metricsCard->setVisible(!card.metrics.empty());
    m_training->setFacts(card.training);
    m_trainingCard->setVisible(!card.training.empty());
    m_preprocessing->setFacts(card.preprocessing);
    m_preprocessingCard->setVisible(!card.preprocessing.empty());
    m_details->setFacts(card.facts);
    m_detailsCard->setVisible(!card.facts.empty());
}

} // namespace modscope::ui
