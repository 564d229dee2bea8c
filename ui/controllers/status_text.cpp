#include "ui/controllers/status_text.h"

#include "ui/controllers/model_controller.h"
#include "ui/controllers/open_models.h"
#include "ui/models/device_choice.h"
#include "ui/models/model_card.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace modscope::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(StatusText)
};

QString shown(const std::string& text)
{
    return visibleText(QString::fromStdString(text));
}

QString nameOfPath(const QString& path)
{
    return visibleText(QFileInfo(path).fileName());
}

QString loadingText(const ModelSlot& slot)
{
    const QString name = nameOfPath(slot.request.path);
    if (slot.stopping) {
        return Text::tr("Stopping to read %1").arg(name);
    }
    if (slot.progress.total == 0) {
        return Text::tr("Reading %1").arg(name);
    }
    return Text::tr("Reading %1, %2 of %3").arg(name, sizeText(slot.progress.done), sizeText(slot.progress.total));
}

QString openText(const ModelSlot& slot)
{
    return Text::tr("%1 · %2").arg(modelName(slot), QString::fromStdString(slot.classifier->info().sha256).left(8));
}

QString slotLine(const ModelSlot& slot)
{
    if (slot.loading) {
        return Text::tr("%1: %2").arg(QString(slot.letter), loadingText(slot));
    }
    if (!slot.classifier) {
        return Text::tr("%1: %2 could not be loaded").arg(QString(slot.letter), nameOfPath(slot.path));
    }
    const EngineFacts& engine = slot.classifier->engine();
    return Text::tr("%1: %2, %3, %4, %5 in memory")
        .arg(QString(slot.letter), openText(slot), shown(engine.device), shown(engine.precision),
             sizeText(engine.weightBytes));
}

} // namespace

StatusText deviceStatus(const ModelController& models)
{
    if (!models.engineError().isEmpty()) {
        return {Text::tr("No engine"), {visibleText(models.engineError())}};
    }
    if (!models.diagnosis()) {
        return {Text::tr("Looking for devices"), {}};
    }
    StatusText status{machineSummary(*models.diagnosis()), machineFacts(*models.diagnosis())};
    if (const QString reason = noGpuReason(*models.diagnosis()); !reason.isEmpty()) {
        status.details << reason;
    }
    quint64 held = 0;
    for (const ModelSlot& slot : models.models()) {
        held += slot.classifier ? slot.classifier->engine().weightBytes : 0;
    }
    status.details << Text::tr("Open models hold %1").arg(sizeText(held));
    return status;
}

StatusText modelStatus(const ModelController& models)
{
    StatusText status{Text::tr("No model"), {}};
    bool first = true;
    for (const ModelSlot& slot : models.models()) {
        if (slot.path.isEmpty()) {
            continue;
        }
        if (first || slot.loading) {
            status.text = slot.loading      ? loadingText(slot)
                          : slot.classifier ? openText(slot)
                                            : Text::tr("%1 could not be loaded").arg(nameOfPath(slot.path));
        }
        first = false;
        status.details << slotLine(slot);
    }
    return status;
}

} // namespace modscope::ui
