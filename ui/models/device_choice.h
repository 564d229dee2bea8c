#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace modscope {
struct EngineDiagnosis;
}

namespace modscope::ui {

/// A device that a model can be given, with what it can compute in.
struct DeviceChoice {
    QString id;             ///< auto, cpu, cuda:N
    QString label;          ///< "Auto (CPU)", "GPU 0: NVIDIA H200, 139 GB"
    QStringList precisions; ///< auto, fp32, bf16, fp16

    bool operator==(const DeviceChoice&) const = default;
};

/// Auto first, then every device of the machine; without a diagnosis Auto and the CPU.
[[nodiscard]] QList<DeviceChoice> deviceChoices(const std::optional<EngineDiagnosis>& diagnosis);
/// "Auto", "CPU", "GPU 0" of auto, cpu, cuda:0.
[[nodiscard]] QString deviceName(const QString& device);
[[nodiscard]] QString precisionLabel(const QString& precision);

/// What the machine offers, a line each: devices, threads, instruction sets, torch.
[[nodiscard]] QStringList machineFacts(const EngineDiagnosis& diagnosis);
/// One sentence why there is no GPU; empty when there is one.
[[nodiscard]] QString noGpuReason(const EngineDiagnosis& diagnosis);
/// "CPU · 8 threads (no GPU found)", "GPU 0 · 3.1 of 24 GB".
[[nodiscard]] QString machineSummary(const EngineDiagnosis& diagnosis);

} // namespace modscope::ui
