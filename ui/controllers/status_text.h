#pragma once

#include <QString>
#include <QStringList>

namespace modscope::ui {

class ModelController;
class ReviewWorkspace;

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

/// What the desktop is connected to. @param review  null: no review queue is followed
/// "Offline: no connections", "Network: review database on db.example.org only", "Database not reachable, 1 decision
/// waits here".
[[nodiscard]] StatusText networkStatus(const ReviewWorkspace* review);
/// A team's database was open and cannot be reached: a person may want to know why nothing goes on.
[[nodiscard]] bool isDatabaseLost(const ReviewWorkspace* review);
/// The machine in a database's address; empty when it is this computer. As libpq reads it: what follows '?' counts
/// over what stands ahead of it, and without either the environment's PGHOST.
[[nodiscard]] QString databaseHost(const QString& location);

} // namespace modscope::ui
