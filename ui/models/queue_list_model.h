#pragma once

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace modscope::ui {

/// A row of the queue list.
struct ReviewQueueRow {
    QString
        id; ///< the same in every language: "Needs review", "own/Mine"; empty: a search, which has no place of its own
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

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    /// What a drop inside the list asks for: emits moveWanted(). The rows are the owner's to put into another order.
    bool moveRows(const QModelIndex& sourceParent,
                  int sourceRow,
                  int count,
                  const QModelIndex& destinationParent,
                  int destinationChild) override;

Q_SIGNALS:
    void moveWanted(int from, int to); ///< `to`: its row afterwards

private:
    std::vector<ReviewQueueRow> m_rows;
};

} // namespace modscope::ui
