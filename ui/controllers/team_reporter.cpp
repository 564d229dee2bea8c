#include "ui/controllers/team_reporter.h"

#include <utility>

namespace modscope::ui {

TeamReporter::TeamReporter(DeskLink* link, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_link(link), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, [this] {
        const Result<TeamAnswer>& answer = m_job.result();
        if (answer) {
            Q_EMIT ready(*answer);
        } else if (answer.error().code != ErrorCode::Cancelled) {
            Q_EMIT failed(errorText(answer.error()));
        }
    });
}

void TeamReporter::request(std::optional<TimeMs> moment)
{
    m_job.start(
        [moment, options = m_link->options()](std::stop_token stop, const ProgressFn& progress) -> Result<TeamAnswer> {
            auto store = openStore(options);
            if (!store) {
                return fail(store.error());
            }
            auto report = teamReport(**store, moment, stop, progress);
            const auto span = recordSpan(**store);
            if (!report || !span) {
                return fail(report ? span.error() : report.error());
            }
            return TeamAnswer{std::move(*report), span->value_or(RecordSpan{}), (*store)->project().labels};
        });
}

} // namespace modscope::ui
