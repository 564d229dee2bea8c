#pragma once

#include <QAbstractTableModel>

namespace modscope::ui {

class ActionRegistry;

/// The actions of the registry with their keys, for the settings.
class KeyTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Action, Where, Key, ColumnCount };
    enum Role { IdRole = Qt::UserRole, RemappedRole };

    explicit KeyTableModel(const ActionRegistry* registry, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(int row, Column column) const;

    const ActionRegistry* m_registry;
};

} // namespace modscope::ui
