#include "ui/models/thresholds_model.h"

#include <QLocale>

namespace modscope::ui {

void ThresholdsModel::setThresholds(const QStringList& labels, const std::vector<float>& thresholds)
{
    Q_ASSERT(labels.size() == static_cast<qsizetype>(thresholds.size()));
    if (labels == m_labels && thresholds == m_thresholds) {
        return;
    }
    beginResetModel();
    m_labels = labels;
    m_thresholds = thresholds;
    endResetModel();
}

int ThresholdsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_labels.size());
}

int ThresholdsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ThresholdsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const QString& label = m_labels.at(index.row());
    const auto threshold = static_cast<double>(m_thresholds[static_cast<std::size_t>(index.row())]);
    const QString number = QLocale().toString(threshold, 'f', 2);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Class ? label : number;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1 is flagged from %2").arg(label, number);
    case ValueRole:
        return threshold;
    default:
        return {};
    }
}

QVariant ThresholdsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Class ? tr("Class") : tr("Flagged from");
}

} // namespace modscope::ui
