#pragma once

#include "ui/models/review_task_view.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>

#include <vector>

namespace modscope::ui {

/// The item in front, then its duplicates. Those with the same text take part in its decision until somebody takes
/// their tick away; cropped ones and new texts only once somebody gives them one; decided ones never.
class DuplicateListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< qint64, a ReviewItemId; 0: the item in front
        KinshipRole,           ///< Kinship
        DetailRole,            ///< QString, "same text · d 6"
        TileRole,              ///< QImage, covered; null while it is not known
        ApartRole,             ///< bool, its detail warns: another text
    };

    using QAbstractListModel::QAbstractListModel;

    void setDuplicates(const std::vector<DuplicateView>& duplicates);
    /// The others keep their ticks.
    void remove(const std::vector<ReviewItemId>& ids);
    void setTile(ReviewItemId id, const QImage& tile);
    /// True: the tick of everything that shares the text. False: no tick but the item's own.
    void setTogether(bool together);
    [[nodiscard]] bool isTogether() const { return !included().empty(); }
    [[nodiscard]] std::vector<ReviewItemId> included() const;
    [[nodiscard]] const std::vector<DuplicateView>& duplicates() const { return m_duplicates; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The keys of duplicates, one a line.
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

Q_SIGNALS:
    void includedChanged();

private:
    [[nodiscard]] QString detail(const DuplicateView& duplicate) const;
    [[nodiscard]] QVariant ownData(int role) const;

    std::vector<DuplicateView> m_duplicates;
    std::vector<bool> m_included; ///< parallel to m_duplicates
    QHash<ReviewItemId, QImage> m_tiles;
};

} // namespace modscope::ui
