#include "ui/controllers/own_reporter.h"

#include <QDateTime>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kValueDays = 7;

} // namespace

OwnReporter::OwnReporter(DeskLink* link, QThreadPool* ioPool, QObject* parent)
    : QObject(parent), m_link(link), m_job(ioPool)
{
    connect(&m_job, &JobBase::finished, this, [this] {
        const Result<OwnAnswer>& answer = m_job.result();
        if (answer) {
            Q_EMIT ready(*answer);
        } else if (answer.error().code != ErrorCode::Cancelled) {
            Q_EMIT failed(errorText(answer.error()));
        }
    });
}

void OwnReporter::request()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_job.start([options = m_link->options(), today = now.date().startOfDay().toMSecsSinceEpoch(),
                 week = now.addDays(-kValueDays).toMSecsSinceEpoch()](std::stop_token stop,
                                                                      const ProgressFn&) -> Result<OwnAnswer> {
        auto store = openStore(options);
        if (!store) {
            return fail(store.error());
        }
        auto known = knownAnswers(**store, today, stop);
        auto value = known ? ownValue(**store, week, {}, stop) : fail(known.error());
        return value ? Result<OwnAnswer>({std::move(*known), std::move(*value), (*store)->project().labels})
                     : fail(value.error());
    });
}

} // namespace modscope::ui
