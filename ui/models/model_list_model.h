#pragma once

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace modscope::ui {

/// A line of the models table, ready to show.
struct ModelRow {
    enum class State { Idle, Busy, Open, Failed };

    QString path; ///< identity of the row
    QString name;
    QString kind;
    int classes = 0; ///< 0 = not known yet
    QString encoder;
    quint64 weightBytes = 0; ///< 0 = not known yet
    QString sha256;          ///< empty = not known yet
    QString device;
    State state = State::Idle;
    QString stateText;
    QString letters;      ///< of the slots that hold it
    double progress = -1; ///< 0..1 while busy; below 0 when not known
    QString tip;          ///< the full sentence behind the state

    bool operator==(const ModelRow&) const = default;
};

/// The table of the Models page. It never fetches: the catalog's rows are set from outside, differences are told row by
/// row, so that the selection stays.
class ModelListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Classes, Encoder, Size, Hash, Device, State, ColumnCount };
    enum Role { PathRole = Qt::UserRole, StateRole, LettersRole, ProgressRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<ModelRow>& rows);
    /// -1 when there is no such row.
    [[nodiscard]] int rowOf(const QString& path) const;
    [[nodiscard]] const ModelRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString text(const ModelRow& row, Column column);
    [[nodiscard]] static QVariant sortKey(const ModelRow& row, Column column);

    std::vector<ModelRow> m_rows;
};

} // namespace modscope::ui
