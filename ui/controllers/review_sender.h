#pragma once

#include "ui/controllers/desk_link.h"
#include "ui/controllers/scorer.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>

#include <span>
#include <vector>

namespace modscope::ui {

/// An open model as the store knows it, without a number.
[[nodiscard]] ScoringModel scoringModel(const ModelSummary& model);

struct SendSummary {
    std::size_t added = 0;
    std::size_t joined = 0; ///< were in the queue already: same picture and text
    QStringList problems;   ///< one sentence for each item that could not be sent
};

/// Puts items of the Classify list, with their scores, into the review queue. Pictures stay where they are; pasted
/// ones, which are nowhere, are written into a folder of the queue's own. It works on the io pool, with a connection of
/// its own.
class ReviewSender : public QObject {
    Q_OBJECT
public:
    /// @param pictureFolder  for pasted pictures, made when it is first needed
    ReviewSender(DeskLink* link, QThreadPool* ioPool, QString pictureFolder, QObject* parent = nullptr);

    /// Precondition: the link is open. sent() or failed() follows; while it is on its way, a further call is not taken.
    void send(std::vector<ClassifyItem> items, const std::vector<OpenModel>& models);
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }
    void cancel() { m_job.cancel(); }
    [[nodiscard]] const Progress& progress() const { return m_progress; }

Q_SIGNALS:
    void progressed();
    void sent(const modscope::ui::SendSummary& summary);
    void failed(const QString& reason);

private:
    void finish();

    DeskLink* m_link;
    QString m_pictureFolder;
    Progress m_progress;
    Job<SendSummary> m_job;
};

} // namespace modscope::ui
