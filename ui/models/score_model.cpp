#include "ui/models/score_model.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr quintptr kClassRow = 0; // internal id of a class row; a score row carries its class row + 1

bool sameShape(const std::vector<ClassScores>& a, const std::vector<ClassScores>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        return one.label == other.label && one.models.size() == other.models.size();
    });
}

} // namespace

void ScoreModel::setClasses(const std::vector<std::string>& labels)
{
    for (const auto& label : labels) {
        static_cast<void>(m_slotOfClass.of(QString::fromStdString(label)));
    }
}

void ScoreModel::setScores(const std::vector<ClassScores>& scores, const std::vector<ModelSummary>& models)
{
    const bool reshaped = !sameShape(m_scores, scores);
    if (reshaped) {
        beginResetModel();
    }
    m_scores = scores;
    m_models = models;
    m_slots.clear();
    for (const auto& one : m_scores) {
        m_slots.push_back(m_slotOfClass.of(QString::fromStdString(one.label)));
    }
    if (reshaped) {
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) {
        const auto parentRow = index(row, 0);
        Q_EMIT dataChanged(parentRow, parentRow);
        Q_EMIT dataChanged(index(0, 0, parentRow), index(rowCount(parentRow) - 1, 0, parentRow));
    }
}

QModelIndex ScoreModel::indexOfClass(const QString& label) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (QString::fromStdString(m_scores[static_cast<std::size_t>(row)].label) == label) {
            return index(row, 0);
        }
    }
    return {};
}

QModelIndex ScoreModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kClassRow);
}

QModelIndex ScoreModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == kClassRow) {
        return {};
    }
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, kClassRow);
}

int ScoreModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_scores.size());
    }
    const bool isClass = parent.internalId() == kClassRow;
    return isClass ? static_cast<int>(m_scores[static_cast<std::size_t>(parent.row())].models.size()) : 0;
}

int ScoreModel::columnCount(const QModelIndex& /*parent*/) const
{
    return 1;
}

QVariant ScoreModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == kClassRow) {
        return classData(index.row(), role);
    }
    const int row = static_cast<int>(index.internalId()) - 1;
    const auto& models = m_scores[static_cast<std::size_t>(row)].models;
    return scoreData(row, models[static_cast<std::size_t>(index.row())], role);
}

QVariant ScoreModel::classData(int row, int role) const
{
    const auto& scores = m_scores[static_cast<std::size_t>(row)];
    switch (role) {
    case Qt::DisplayRole:
        return className(scores.label);
    case Qt::AccessibleTextRole: {
        QStringList parts;
        for (const auto& score : scores.models) {
            parts << spoken(row, score);
        }
        return parts.join(QStringLiteral("; "));
    }
    case ClassRole:
        return QString::fromStdString(scores.label);
    case SlotRole:
        return m_slots[static_cast<std::size_t>(row)];
    case ModelRole:
        return -1;
    default:
        return {};
    }
}

QVariant ScoreModel::scoreData(int row, const ModelScore& score, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return m_models[score.model].letter;
    case Qt::AccessibleTextRole:
        return spoken(row, score);
    case Qt::ToolTipRole:
        return tr("%1\nlogit %2")
            .arg(m_models[score.model].name, QLocale().toString(static_cast<double>(score.logit), 'f', 3));
    case ModelRole:
        return static_cast<int>(score.model);
    case ProbabilityRole:
        return score.probability;
    case ThresholdRole:
        return score.threshold;
    case LogitRole:
        return score.logit;
    case FlaggedRole:
        return score.flagged;
    case CalibratedRole:
        return m_models[score.model].calibrated;
    default:
        return classData(row, role);
    }
}

// "Religion, model A, 0.57, above threshold 0.52, flagged"
QString ScoreModel::spoken(int row, const ModelScore& score) const
{
    const auto& scores = m_scores[static_cast<std::size_t>(row)];
    const auto sentence = score.flagged ? tr("%1, model %2, %3, at or above threshold %4, flagged")
                                        : tr("%1, model %2, %3, below threshold %4");
    return sentence.arg(className(scores.label), m_models[score.model].letter, scoreText(score.probability),
                        scoreText(score.threshold));
}

} // namespace modscope::ui
