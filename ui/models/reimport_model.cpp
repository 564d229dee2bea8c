#include "ui/models/reimport_model.h"

#include "ui/models/visible_text.h"

namespace modscope::ui {

namespace {} // namespace

void ReimportModel::setReport(const ReimportReport& report)
{
    beginResetModel();
    m_lines.clear();
    for (const ImportProblem& problem : report.invalid) {
        m_lines.push_back({problem.row, visibleText(problem.key), tr("invalid"), QString(), QString(),
                           visibleText(problem.error.message)});
    }
    for (const ReimportReport::Difference& one : report.differences) {
        addDifference(one);
        if (m_lines.size() >= kMostLines) {
            break;
        }
    }
    if (m_lines.size() > kMostLines) {
        m_lines.resize(kMostLines);
    }
    endResetModel();
}

void ReimportModel::addDifference(const ReimportReport::Difference& difference)
{
    const QString item = visibleText(difference.key);
    if (difference.standing == ReimportReport::Standing::Unknown) {
        m_lines.push_back({difference.row, item, tr("unknown"), QString(), QString(), QString()});
        return;
    }
    for (const ReimportReport::Cell& cell : difference.cells) {
        m_lines.push_back({difference.row, item, tr("changed"), visibleText(cell.column), visibleText(cell.here),
                           visibleText(cell.there)});
    }
    if (difference.cells.empty()) {
        m_lines.push_back({difference.row, item, tr("changed"), QString(), QString(), QString()});
    }
}

int ReimportModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ReimportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReimportModel::data(const QModelIndex& index, int role) const
{
    const bool words = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !words) {
        return {};
    }
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Row:
        return QString::number(line.row);
    case Item:
        return line.item;
    case Standing:
        return line.standing;
    case Name:
        return line.name;
    case Here:
        return line.here;
    case There:
        return line.there;
    default:
        return {};
    }
}

QVariant ReimportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Row"),
                            tr("Item"),
                            tr("Standing", "changed, unknown or invalid"),
                            tr("Column"),
                            tr("Here", "the value in the queue"),
                            tr("In the file")};
    return names.value(section);
}

} // namespace modscope::ui
