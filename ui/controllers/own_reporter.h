#pragma once

#include "core/review/known_answers.h"
#include "core/review/own_value.h"
#include "ui/controllers/desk_link.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// One person's own work, for nobody else's eyes.
struct OwnAnswer {
    std::vector<KnownAnswer> known; ///< of today, newest first
    OwnValue value;                 ///< of the last seven days
    std::vector<std::string> labels;
};

/// Looks back at one's own work, on the io pool with a connection of its own. The newest wish wins.
class OwnReporter : public QObject {
    Q_OBJECT
public:
    OwnReporter(DeskLink* link, QThreadPool* ioPool, QObject* parent = nullptr);

    /// ready() or failed() follows. Precondition: the link is open.
    void request();

Q_SIGNALS:
    void ready(const modscope::ui::OwnAnswer& answer);
    void failed(const QString& reason);

private:
    DeskLink* m_link;
    Job<OwnAnswer> m_job;
};

} // namespace modscope::ui
