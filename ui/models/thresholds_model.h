#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace modscope::ui {

/// A model's classes with the probability from which each is flagged.
class ThresholdsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Class, Threshold, ColumnCount };
    enum Role { ValueRole = Qt::UserRole }; ///< the threshold as a number, 0..1

    using QAbstractTableModel::QAbstractTableModel;

    /// Precondition: labels and thresholds are parallel.
    void setThresholds(const QStringList& labels, const std::vector<float>& thresholds);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_labels;
    std::vector<float> m_thresholds;
};

} // namespace modscope::ui
