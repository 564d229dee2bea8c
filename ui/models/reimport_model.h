#pragma once

#include "core/review/reimport.h"

#include <QAbstractTableModel>

#include <vector>

namespace modscope::ui {

/// What an export says otherwise than the queue: a row a value, then what is unknown here and what cannot be read.
class ReimportModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Row, Item, Standing, Name, Here, There, ColumnCount };
    static constexpr std::size_t kMostLines = 200; ///< the rest is only counted

    using QAbstractTableModel::QAbstractTableModel;

    void setReport(const ReimportReport& report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        std::uint64_t row = 0; ///< of the file
        QString item;
        QString standing;
        QString name; ///< of the value
        QString here;
        QString there; ///< or why the row cannot be read
    };

    void addDifference(const ReimportReport::Difference& difference);

    std::vector<Line> m_lines;
};

} // namespace modscope::ui
