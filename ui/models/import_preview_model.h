#pragma once

#include "core/review/import.h"

#include <QAbstractTableModel>

#include <vector>

namespace modscope::ui {

/// The first rows of an import as they would come in: what is new, what is known, what cannot be read and why.
class ImportPreviewModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Row, Standing, Text, Picture, Source, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ImportPreview::Row> rows);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ImportPreview::Row> m_rows;
};

} // namespace modscope::ui
