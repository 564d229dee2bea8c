#pragma once

#include "core/review/team_report.h"
#include "ui/controllers/desk_link.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>

#include <optional>

namespace modscope::ui {

/// A team's report and the span of its record, made together.
struct TeamAnswer {
    TeamReport report;
    RecordSpan span;
    std::vector<std::string> labels;
};

/// Makes the lead's report of a moment, on the io pool with a connection of its own. The newest wish wins.
class TeamReporter : public QObject {
    Q_OBJECT
public:
    TeamReporter(DeskLink* link, QThreadPool* ioPool, QObject* parent = nullptr);

    /// @param moment  nothing: now. ready() or failed() follows. Precondition: the link is open.
    void request(std::optional<TimeMs> moment);
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }

Q_SIGNALS:
    void ready(const modscope::ui::TeamAnswer& answer);
    void failed(const QString& reason);

private:
    DeskLink* m_link;
    Job<TeamAnswer> m_job;
};

} // namespace modscope::ui
