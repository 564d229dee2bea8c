#pragma once

#include "core/review/store.h"
#include "ui/models/review_task_view.h"

#include <QObject>
#include <QString>

#include <functional>

namespace modscope::ui {

class DeskLink;

/// What only a lead may change: people, policy, rules, known items. Each is an event of the record.
class LeadOrders : public QObject {
    Q_OBJECT
public:
    explicit LeadOrders(DeskLink* link, QObject* parent = nullptr);

    void addReviewer(const QString& name);
    /// Publishes a Markdown file as the next version. A version is never changed afterwards.
    void publishPolicy(const QString& file);
    void setRules(const ReviewRules& rules);
    /// The decision is the item's known answer from now on: it measures reviewers, who cannot tell it from others.
    void markGolden(ReviewItemId item, const Decision& decision);

Q_SIGNALS:
    void done(const QString& text);
    void failed(const QString& reason);

private:
    void order(std::function<Result<void>(ReviewStore&)> what, const QString& text);

    DeskLink* m_link;
};

} // namespace modscope::ui
