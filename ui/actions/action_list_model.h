#pragma once

#include "ui/actions/action_registry.h"

#include <QAbstractListModel>

#include <vector>

namespace modscope::ui {

/// A line of the palette or the key map: a heading (no id) or an action.
struct ActionRow {
    QString id;
    QString text;
    QString detail; ///< grey words after the text; for an unavailable action the reason
    QString icon;
    QStringList caps;
    QList<int> hits; ///< characters of `text` that the search found
    bool available = true;

    [[nodiscard]] bool isHeading() const { return id.isEmpty(); }
};

/// The rows of a list of actions. Headings cannot be selected.
class ActionListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<ActionRow> rows);
    /// Precondition: index is valid and of this model.
    [[nodiscard]] const ActionRow& row(const QModelIndex& index) const;
    /// The first row that is not a heading; invalid when there is none.
    [[nodiscard]] QModelIndex firstAction() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<ActionRow> m_rows;
};

/// What the palette lists for a search text: the recent actions first while it is empty, then every action that
/// matches, best group first; unavailable ones stay with their reason.
[[nodiscard]] std::vector<ActionRow> paletteRows(const ActionRegistry& registry,
                                                 const QString& search,
                                                 const QStringList& recent);

/// The actions whose keys work now, by group; a family is one row.
[[nodiscard]] std::vector<ActionRow> keyMapRows(const ActionRegistry& registry);

} // namespace modscope::ui
