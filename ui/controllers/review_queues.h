#pragma once

#include "core/review/session.h"
#include "ui/models/queue_list_model.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace modscope::ui {

class DeskLink;

/// The queues of a store: saved questions to it, with live counts. Counting goes on row by row behind whatever the
/// person does, so a decision never waits for it.
class ReviewQueues : public QObject {
    Q_OBJECT
public:
    explicit ReviewQueues(DeskLink* link, QObject* parent = nullptr);

    /// The name of a row that comes with the program. Precondition: there is such a row.
    [[nodiscard]] static QString builtInName(int row);
    [[nodiscard]] const std::vector<ReviewQueueRow>& rows() const { return m_rows; }
    [[nodiscard]] int current() const { return m_current; }
    /// The current row as the store is asked, without what this person opted out of. Precondition: rows() is not empty.
    [[nodiscard]] Queue currentQueue() const;
    [[nodiscard]] QString currentName() const;
    /// Items that wait for anybody; -1: not counted yet.
    [[nodiscard]] int waiting() const;

    void choose(int row);
    /// A queue that comes with the program, wherever it stands. Precondition: there is such a row.
    void chooseBuiltIn(int row);
    /// Ids of rows in the order that a person wants; queues that are not among them follow in their usual one.
    void setOrder(const QStringList& ids);
    /// Why the current row cannot be moved by so many; empty when it can.
    [[nodiscard]] QString blockedFromMoving(int by) const;
    /// Puts a row in another place. A search stays where it is, at the end: nothing happens.
    void move(int from, int to);
    /// A question of the moment: it stands in the list until another is asked or the program ends.
    /// @return why it cannot be asked; empty when it is
    [[nodiscard]] QString search(const QString& filter);
    /// Errors are told with failed().
    void save(const QString& name, const QString& filter, const QString& order);
    void remove(const QString& name);
    /// Classes whose items this person does not want to be given. Nobody else learns of it.
    void setOptOuts(const QStringList& classes);
    void recount();

Q_SIGNALS:
    void rowsChanged(); ///< rows or their number
    void countsChanged();
    void currentChanged();
    void orderChanged(const QStringList& ids); ///< by move()
    void failed(const QString& reason);

private:
    void makeRows();
    [[nodiscard]] int rowOf(const QString& id) const; ///< -1: there is none
    [[nodiscard]] Queue queueOf(const ReviewQueueRow& row) const;
    void countFrom(std::size_t row);
    void change(std::function<Result<void>(ReviewStore&)> what);

    DeskLink* m_link;
    std::vector<ReviewQueueRow> m_rows;
    QString m_search;
    QStringList m_optOuts;
    QStringList m_order;
    int m_current = 0;
    bool m_counting = false;
    bool m_countAgain = false;
};

} // namespace modscope::ui
