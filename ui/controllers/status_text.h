#pragma once

#include <QString>
#include <QStringList>

namespace modscope::ui {

class ModelController;

/// A button of the status line and what its popover says, a line each.
struct StatusText {
    QString text;
    QStringList details;

    bool operator==(const StatusText&) const = default;
};

/// "CPU · 8 threads (no GPU found)"; details: what the machine offers and what the open models hold in memory.
[[nodiscard]] StatusText deviceStatus(const ModelController& models);
/// "demo · 9f3ac1e2", "Reading demo, 12.0 MB of 1.7 GB", "No model"; details: a line per slot.
[[nodiscard]] StatusText modelStatus(const ModelController& models);

} // namespace modscope::ui
