#include "ui/models/import_preview_model.h"

#include "ui/models/visible_text.h"

#include <QFileInfo>

#include <utility>

namespace modscope::ui {

namespace {} // namespace

void ImportPreviewModel::setRows(std::vector<ImportPreview::Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ImportPreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImportPreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportPreviewModel::data(const QModelIndex& index, int role) const
{
    const bool words = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !words) {
        return {};
    }
    const ImportPreview::Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (!row.row.item) {
        const QString reason = visibleText(row.row.item.error().message);
        return index.column() == Row        ? QVariant(QString::number(row.row.number))
               : index.column() == Standing ? QVariant(tr("unreadable"))
               : index.column() == Text     ? QVariant(reason)
                                            : QVariant();
    }
    const ItemContent& content = row.row.item->content;
    switch (index.column()) {
    case Row:
        return QString::number(row.row.number);
    case Standing:
        return row.known != 0 ? tr("known") : tr("new");
    case Text:
        return visibleText(content.text.empty() ? content.ocrText : content.text);
    case Picture: {
        const QString path = visibleText(content.imagePath);
        return role == Qt::ToolTipRole ? path : QFileInfo(path).fileName();
    }
    case Source:
        return visibleText(content.source);
    default:
        return {};
    }
}

QVariant ImportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Row"), tr("Standing", "new, known or unreadable"), tr("Text"), tr("Picture"),
                            tr("Source")};
    return names.value(section);
}

} // namespace modscope::ui
