#pragma once

#include "ui/models/class_slots.h"
#include "ui/models/verdict.h"

#include <QAbstractItemModel>

#include <string>
#include <vector>

namespace modscope::ui {

/// The scores of one item: classes, and below each class the models that know it. The class furthest above its
/// threshold stands first.
class ScoreModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        ClassRole = Qt::UserRole, ///< QString, the checkpoint's label
        SlotRole,                 ///< int, which class colour and marker
        ModelRole,                ///< int, index of the model; -1 on class rows
        ProbabilityRole,          ///< float
        ThresholdRole,            ///< float
        LogitRole,                ///< float
        FlaggedRole,              ///< bool, at or above the threshold
        CalibratedRole,           ///< bool; false: the threshold is a default, the score is said to be raw
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// The classes of a project in its order, before scores of them: their colours are then those of every other list.
    void setClasses(const std::vector<std::string>& labels);
    void setScores(const std::vector<ClassScores>& scores, const std::vector<ModelSummary>& models);
    void clear() { setScores({}, {}); }
    [[nodiscard]] const std::vector<ClassScores>& scores() const { return m_scores; }
    /// The row of a class; invalid when no model knows it.
    [[nodiscard]] QModelIndex indexOfClass(const QString& label) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QVariant classData(int row, int role) const;
    [[nodiscard]] QVariant scoreData(int row, const ModelScore& score, int role) const;
    [[nodiscard]] QString spoken(int row, const ModelScore& score) const;

    std::vector<ClassScores> m_scores;
    std::vector<int> m_slots; ///< parallel to m_scores
    std::vector<ModelSummary> m_models;
    ClassSlots m_slotOfClass;
};

} // namespace modscope::ui
