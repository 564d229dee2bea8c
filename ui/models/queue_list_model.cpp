#include "ui/models/queue_list_model.h"

#include <QLocale>

#include <algorithm>

namespace modscope::ui {

namespace {

bool sameQuestion(const ReviewQueueRow& one, const ReviewQueueRow& other)
{
    return one.id == other.id && one.name == other.name && one.filter == other.filter && one.order == other.order &&
           one.own == other.own;
}

} // namespace

void QueueListModel::setRows(const std::vector<ReviewQueueRow>& rows)
{
    if (std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), sameQuestion)) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i] != m_rows[i]) {
                m_rows[i] = rows[i];
                const QModelIndex changed = index(static_cast<int>(i));
                Q_EMIT dataChanged(changed, changed);
            }
        }
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int QueueListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant QueueListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ReviewQueueRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.filter.isEmpty() ? row.name : tr("%1: %2", "queue, its filter").arg(row.name, row.filter);
    case Qt::AccessibleTextRole:
        return row.count < 0 ? row.name
                             : tr("%1, %2", "queue, items").arg(row.name, tr("%n item(s)", nullptr, row.count));
    case IconRole:
        return row.icon;
    case CountRole:
        return row.count;
    case OwnRole:
        return row.own;
    case FilterRole:
        return row.filter;
    default:
        return {};
    }
}

Qt::ItemFlags QueueListModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (!index.isValid()) {
        return flags | Qt::ItemIsDropEnabled; // between two rows
    }
    const bool moves = !m_rows[static_cast<std::size_t>(index.row())].id.isEmpty();
    return moves ? flags | Qt::ItemIsDragEnabled : flags;
}

bool QueueListModel::moveRows(const QModelIndex& sourceParent,
                              int sourceRow,
                              int count,
                              const QModelIndex& destinationParent,
                              int destinationChild)
{
    const bool inside = !sourceParent.isValid() && !destinationParent.isValid() && sourceRow >= 0 && count == 1 &&
                        sourceRow < rowCount() && destinationChild >= 0 && destinationChild <= rowCount();
    if (!inside || destinationChild == sourceRow || destinationChild == sourceRow + 1) {
        return false;
    }
    Q_EMIT moveWanted(sourceRow, destinationChild > sourceRow ? destinationChild - 1 : destinationChild);
    return true;
}

} // namespace modscope::ui
