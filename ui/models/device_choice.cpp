#include "ui/models/device_choice.h"

#include "core/nn/engine.h"
#include "ui/models/model_card.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace modscope::ui {

namespace {

struct DeviceText {
    Q_DECLARE_TR_FUNCTIONS(DeviceChoice)
};

const auto kGpuPrefix = QStringLiteral("cuda:");

bool isGpu(const DeviceFacts& device)
{
    return QString::fromStdString(device.id).startsWith(kGpuPrefix);
}

QStringList precisionsOf(const DeviceFacts& device, const EngineDiagnosis& diagnosis)
{
    QStringList offered{QStringLiteral("auto"), QStringLiteral("fp32")};
    if (isGpu(device)) {
        offered << QStringLiteral("bf16") << QStringLiteral("fp16");
    } else if (diagnosis.instructionSets.find("BF16") != std::string::npos) {
        offered << QStringLiteral("bf16"); // without the instructions it would only be slower
    }
    return offered;
}

const DeviceFacts* firstGpu(const EngineDiagnosis& diagnosis)
{
    const auto gpu = std::ranges::find_if(diagnosis.devices, isGpu);
    return gpu == diagnosis.devices.end() ? nullptr : &*gpu;
}

QString gpuNumber(const DeviceFacts& device)
{
    return QString::fromStdString(device.id).mid(kGpuPrefix.size());
}

} // namespace

QList<DeviceChoice> deviceChoices(const std::optional<EngineDiagnosis>& diagnosis)
{
    if (!diagnosis) {
        return {{QStringLiteral("auto"), DeviceText::tr("Auto"), {QStringLiteral("auto"), QStringLiteral("fp32")}},
                {QStringLiteral("cpu"), DeviceText::tr("CPU"), {QStringLiteral("auto"), QStringLiteral("fp32")}}};
    }
    const DeviceFacts* gpu = firstGpu(*diagnosis);
    DeviceChoice automatic{QStringLiteral("auto"),
                           gpu != nullptr ? DeviceText::tr("Auto (GPU %1)").arg(gpuNumber(*gpu))
                                          : DeviceText::tr("Auto (CPU)"),
                           {}};
    QList<DeviceChoice> choices;
    for (const DeviceFacts& device : diagnosis->devices) {
        const QStringList precisions = precisionsOf(device, *diagnosis);
        if (gpu == nullptr || &device == gpu) {
            automatic.precisions = precisions;
        }
        const QString label = isGpu(device)
                                  ? DeviceText::tr("GPU %1: %2, %3")
                                        .arg(gpuNumber(device), visibleText(device.name), sizeText(device.memoryBytes))
                                  : DeviceText::tr("CPU");
        choices << DeviceChoice{QString::fromStdString(device.id), label, precisions};
    }
    choices.prepend(automatic);
    return choices;
}

QString deviceName(const QString& device)
{
    if (device == QLatin1String("auto")) {
        return DeviceText::tr("Auto");
    }
    if (device == QLatin1String("cpu")) {
        return DeviceText::tr("CPU");
    }
    return device.startsWith(kGpuPrefix) ? DeviceText::tr("GPU %1").arg(device.mid(kGpuPrefix.size()))
                                         : DeviceText::tr("GPU");
}

QString precisionLabel(const QString& precision)
{
    return precision == QLatin1String("auto") ? DeviceText::tr("Auto", "precision") : precision;
}

QStringList machineFacts(const EngineDiagnosis& diagnosis)
{
    QStringList facts;
    for (const DeviceFacts& device : diagnosis.devices) {
        facts << (isGpu(device) ? DeviceText::tr("GPU %1: %2, %3 of %4 free")
                                      .arg(gpuNumber(device), visibleText(device.name), sizeText(device.freeBytes),
                                           sizeText(device.memoryBytes))
                                : DeviceText::tr("CPU: %1").arg(visibleText(device.name)));
    }
    facts << DeviceText::tr("%n thread(s)", nullptr, diagnosis.threads);
    facts << DeviceText::tr("Instruction sets: %1").arg(visibleText(diagnosis.instructionSets));
    facts << DeviceText::tr("libtorch %1").arg(visibleText(diagnosis.torchVersion));
    return facts;
}

QString noGpuReason(const EngineDiagnosis& diagnosis)
{
    return firstGpu(diagnosis) == nullptr ? visibleText(diagnosis.cudaMessage) : QString();
}

QString machineSummary(const EngineDiagnosis& diagnosis)
{
    if (const DeviceFacts* gpu = firstGpu(diagnosis)) {
        const quint64 used = gpu->memoryBytes - std::min(gpu->freeBytes, gpu->memoryBytes);
        return DeviceText::tr("GPU %1 · %2 of %3").arg(gpuNumber(*gpu), sizeText(used), sizeText(gpu->memoryBytes));
    }
    return DeviceText::tr("CPU · %n thread(s) (no GPU found)", nullptr, diagnosis.threads);
}

} // namespace modscope::ui
