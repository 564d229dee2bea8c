#pragma once

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace modscope::ui {

/// A row of the queue list.
struct ReviewQueueRow {
    QString name;
    QString icon;     ///< listed in resources/icons.txt
    QString filter;   ///< core/review/filter.h
    QString order;    ///< core/review/queue_order.h; empty: by risk
    bool own = false; ///< saved in the store; the others come with the program
    int count = -1;   ///< items in it; -1: not counted yet

    bool operator==(const ReviewQueueRow&) const = default;
};

/// The queues of a store with their counts.
class QueueListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IconRole = Qt::UserRole, ///< QString
        CountRole,               ///< int, -1: not counted yet
        OwnRole,                 ///< bool
        FilterRole,              ///< QString
    };

    using QAbstractListModel::QAbstractListModel;

    /// Rows that only count differently keep their place and selection.
    void setRows(const std::vector<ReviewQueueRow>& rows);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<ReviewQueueRow> m_rows;
};

} // namespace modscope::ui
