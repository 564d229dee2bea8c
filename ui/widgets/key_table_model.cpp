#include "ui/widgets/key_table_model.h"

#include "ui/actions/action_registry.h"

#include <QFont>

namespace modscope::ui {

namespace {

QString contextName(ActionContext context)
{
    switch (context) {
    case ActionContext::Classify:
        return KeyTableModel::tr("Classify");
    case ActionContext::Review:
        return KeyTableModel::tr("Review");
    case ActionContext::Models:
        return KeyTableModel::tr("Models");
    case ActionContext::Global:
        break;
    }
    return KeyTableModel::tr("everywhere");
}

} // namespace

KeyTableModel::KeyTableModel(const ActionRegistry* registry, QObject* parent)
    : QAbstractTableModel(parent), m_registry(registry)
{
    connect(registry, &ActionRegistry::keysChanged, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
    });
}

int KeyTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_registry->specs().size());
}

int KeyTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString KeyTableModel::text(int row, Column column) const
{
    const ActionSpec& spec = m_registry->specs()[static_cast<std::size_t>(row)];
    switch (column) {
    case Action:
        return spec.label;
    case Where:
        return contextName(spec.context);
    case Key: {
        const QString key = keyText(m_registry->key(spec.id));
        return key.isEmpty() ? tr("none", "no key") : key;
    }
    case ColumnCount:
        break;
    }
    return {};
}

QVariant KeyTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ActionSpec& spec = m_registry->specs()[static_cast<std::size_t>(index.row())];
    const bool remapped = m_registry->remaps().contains(spec.id);
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), static_cast<Column>(index.column()));
    case Qt::ToolTipRole:
        return remapped ? tr("Changed here; the preset has %1")
                              .arg(keyText(ActionRegistry::presetKey(spec, m_registry->preset())))
                        : spec.detail;
    case Qt::FontRole: {
        QFont font;
        font.setBold(remapped && index.column() == Key);
        return font;
    }
    case IdRole:
        return spec.id;
    case RemappedRole:
        return remapped;
    default:
        return {};
    }
}

QVariant KeyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(section)) {
    case Action:
        return tr("Action");
    case Where:
        return tr("Where");
    case Key:
        return tr("Key");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace modscope::ui
