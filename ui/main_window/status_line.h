#pragma once

#include "ui/controllers/status_text.h"
#include "ui/pages/page.h"
#include "ui/theme/palette.h"

#include <QStatusBar>

#include <functional>

class QToolButton;

namespace modscope::ui {

class ModelController;
class Popover;
class ReviewWorkspace;
class StatusItem;
class Theme;

/// The line at the bottom: device, model, items waiting for review, running jobs, exposure, network, keys. Each is a
/// button that opens its popover.
class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(const Theme* theme, const ModelController* models, QAction* keyMap, QWidget* parent = nullptr);

    /// Popovers are children of the window, so they may lie over the page.
    void setPopover(Popover* popover) { m_popover = popover; }
    /// A job with the page that runs it.
    struct RunningJob {
        BusyJob job;
        std::function<void()> cancel;
    };
    void setJobs(std::vector<RunningJob> jobs);
    /// Shows how much waits for review, what was revealed today, and which database is used.
    void followReview(const ReviewWorkspace* review);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] StatusItem* addItem(const QString& icon, Token token);
    void refreshModels();
    void refreshJobs();
    void refreshReview();
    void showNetwork();
    void showDetails(QToolButton* button, const QString& title, const QStringList& lines);
    void showJobs();

    const Theme* m_theme;
    const ModelController* m_models;
    Popover* m_popover = nullptr;
    std::vector<RunningJob> m_jobs;
    QToolButton* m_device;
    QToolButton* m_model;
    QToolButton* m_jobsButton;
    QToolButton* m_waiting;
    QToolButton* m_exposure;
    StatusItem* m_network;
    const ReviewWorkspace* m_review = nullptr;
};

} // namespace modscope::ui
