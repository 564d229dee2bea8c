#include "ui/models/model_list_model.h"

#include "ui/models/model_card.h"

#include <QLocale>

#include <algorithm>

namespace modscope::ui {

namespace {

const auto kUnknown = QStringLiteral("–");

} // namespace

void ModelListModel::setRows(const std::vector<ModelRow>& rows)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const QString& path = m_rows[static_cast<std::size_t>(row)].path;
        if (std::ranges::none_of(rows, [&path](const ModelRow& kept) { return kept.path == path; })) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<int>(i);
        if (i >= m_rows.size() || m_rows[i].path != rows[i].path) {
            // The catalog never changes the order of what stays: a different path here is a new row.
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, rows[i]);
            endInsertRows();
        } else if (m_rows[i] != rows[i]) {
            m_rows[i] = rows[i];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

int ModelListModel::rowOf(const QString& path) const
{
    const auto found = std::ranges::find(m_rows, path, &ModelRow::path);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ModelListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ModelListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ModelListModel::text(const ModelRow& row, Column column)
{
    const auto orUnknown = [](const QString& value) { return value.isEmpty() ? kUnknown : value; };
    switch (column) {
    case Name:
        return row.name;
    case Kind:
        return orUnknown(row.kind);
    case Classes:
        return row.classes == 0 ? kUnknown : QLocale().toString(row.classes);
    case Encoder:
        return orUnknown(row.encoder);
    case Size:
        return row.weightBytes == 0 ? kUnknown : sizeText(row.weightBytes);
    case Hash:
        return orUnknown(row.sha256.left(8));
    case Device:
        return orUnknown(row.device);
    case State:
        return row.stateText;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ModelListModel::sortKey(const ModelRow& row, Column column)
{
    switch (column) {
    case Classes:
        return row.classes;
    case Size:
        return row.weightBytes;
    default:
        return text(row, column);
    }
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ModelRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return column == State && !row.tip.isEmpty() ? row.tip
               : column == Hash                      ? row.sha256
               : column == Name                      ? row.path
                                                     : text(row, column);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text(row, column));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(column == Classes || column == Size ? Qt::AlignRight | Qt::AlignVCenter
                                                                       : Qt::AlignLeft | Qt::AlignVCenter);
    case PathRole:
        return row.path;
    case StateRole:
        return static_cast<int>(row.state);
    case LettersRole:
        return row.letters;
    case ProgressRole:
        return row.progress;
    case SortRole:
        return sortKey(row, column);
    default:
        return {};
    }
}

QVariant ModelListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(section == Classes || section == Size ? Qt::AlignRight | Qt::AlignVCenter
                                                                         : Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(section)) {
    case Name:
        return tr("Model");
    case Kind:
        return tr("Kind");
    case Classes:
        return tr("Classes");
    case Encoder:
        return tr("Encoder");
    case Size:
        return tr("Size");
    case Hash:
        return tr("SHA-256");
    case Device:
        return tr("Device");
    case State:
        return tr("State");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace modscope::ui
