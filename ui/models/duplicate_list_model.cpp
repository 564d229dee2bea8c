#include "ui/models/duplicate_list_model.h"

#include "ui/models/key_text.h"

#include <algorithm>

namespace modscope::ui {

namespace {

QString shortKey(const QString& key)
{
    return key.section(QLatin1Char('-'), 0, 0);
}

bool sharesText(const DuplicateView& duplicate)
{
    return duplicate.undecided && duplicate.kinship == Kinship::SameText;
}

} // namespace

void DuplicateListModel::setDuplicates(const std::vector<DuplicateView>& duplicates)
{
    beginResetModel();
    m_duplicates = duplicates;
    m_included.clear();
    for (const DuplicateView& duplicate : duplicates) {
        m_included.push_back(sharesText(duplicate));
    }
    m_tiles.clear();
    endResetModel();
    Q_EMIT includedChanged();
}

void DuplicateListModel::remove(const std::vector<ReviewItemId>& ids)
{
    beginResetModel();
    for (std::size_t i = m_duplicates.size(); i-- > 0;) {
        if (std::find(ids.begin(), ids.end(), m_duplicates[i].id) != ids.end()) {
            m_duplicates.erase(m_duplicates.begin() + static_cast<std::ptrdiff_t>(i));
            m_included.erase(m_included.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    endResetModel();
    Q_EMIT includedChanged();
}

void DuplicateListModel::setTile(ReviewItemId id, const QImage& tile)
{
    m_tiles[id] = tile;
    for (int row = 0; row < rowCount(); ++row) {
        if (const QModelIndex at = index(row); at.data(IdRole).toLongLong() == id) {
            Q_EMIT dataChanged(at, at, {TileRole});
        }
    }
}

void DuplicateListModel::setTogether(bool together)
{
    for (std::size_t i = 0; i < m_duplicates.size(); ++i) {
        m_included[i] = together && sharesText(m_duplicates[i]);
    }
    if (!m_duplicates.empty()) {
        Q_EMIT dataChanged(index(1), index(rowCount() - 1), {Qt::CheckStateRole});
    }
    Q_EMIT includedChanged();
}

std::vector<ReviewItemId> DuplicateListModel::included() const
{
    std::vector<ReviewItemId> ids;
    for (std::size_t i = 0; i < m_duplicates.size(); ++i) {
        if (m_included[i]) {
            ids.push_back(m_duplicates[i].id);
        }
    }
    return ids;
}

int DuplicateListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_duplicates.empty() ? 0 : static_cast<int>(m_duplicates.size()) + 1;
}

QString DuplicateListModel::detail(const DuplicateView& duplicate) const
{
    if (!duplicate.undecided) {
        return tr("already decided");
    }
    if (duplicate.kinship == Kinship::NewText) {
        return tr("new text: apart");
    }
    const QString kinship = duplicate.kinship == Kinship::SameText ? tr("same text") : tr("cropped");
    return duplicate.distance < 0 ? kinship
                                  : tr("%1 · d %2", "what it is to the item, distance of the pictures in bits")
                                        .arg(kinship)
                                        .arg(duplicate.distance);
}

QVariant DuplicateListModel::ownData(int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return tr("This item");
    case Qt::AccessibleTextRole:
        return tr("This item, covered");
    case IdRole:
        return QVariant::fromValue(qint64{0});
    case TileRole:
        return m_tiles.value(0);
    case ApartRole:
        return false;
    default:
        return {};
    }
}

QVariant DuplicateListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.row() == 0) {
        return ownData(role);
    }
    const auto place = static_cast<std::size_t>(index.row() - 1);
    const DuplicateView& duplicate = m_duplicates[place];
    switch (role) {
    case Qt::DisplayRole:
        return shortKey(duplicate.key);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1, %2", "item, what it is to the one in front").arg(duplicate.key, detail(duplicate));
    case Qt::CheckStateRole:
        return m_included[place] ? Qt::Checked : Qt::Unchecked;
    case IdRole:
        return QVariant::fromValue(qint64{duplicate.id});
    case KinshipRole:
        return static_cast<int>(duplicate.kinship);
    case DetailRole:
        return detail(duplicate);
    case TileRole:
        return m_tiles.value(duplicate.id);
    case ApartRole:
        return duplicate.undecided && duplicate.kinship == Kinship::NewText;
    default:
        return {};
    }
}

bool DuplicateListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable)) {
        return false;
    }
    m_included[static_cast<std::size_t>(index.row() - 1)] = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT includedChanged();
    return true;
}

Qt::ItemFlags DuplicateListModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (index.isValid() && index.row() > 0) {
        flags |= Qt::ItemIsDragEnabled;
    }
    if (index.isValid() && index.row() > 0 && m_duplicates[static_cast<std::size_t>(index.row() - 1)].undecided) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

QMimeData* DuplicateListModel::mimeData(const QModelIndexList& indexes) const
{
    QStringList keys;
    for (const QModelIndex& index : indexes) {
        if (index.row() > 0) {
            keys << m_duplicates[static_cast<std::size_t>(index.row() - 1)].key;
        }
    }
    return textOfKeys(keys);
}

} // namespace modscope::ui
