#pragma once

#include "ui/models/review_task_view.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QPixmap>
#include <QSet>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace modscope::ui {

/// What a tile says of a class that a model suggests.
struct TileClass {
    int label = 0; ///< index of the project's labels: the class's colour and digit
    QString name;
    float probability = 0;

    bool operator==(const TileClass&) const = default;
};

enum class TileState {
    Unknown, ///< its page was not read yet
    Open,    ///< can be decided
    Missing, ///< its picture cannot be shown: it can still be decided from its text
    Decided, ///< since the list was read
};

/// The items of a queue as tiles, in the queue's order. Only ids are known at once; what a tile shows is asked for in
/// pages with viewsWanted() when a view needs it, and covered pictures with coverWanted(). It never fetches, and it
/// never sees a clear picture. Made for a million rows: nothing but setIds() depends on their number.
class ReviewListModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kPage = 200; ///< rows asked for at a time
    static constexpr int kCoverBytes = 64 << 20;
    static constexpr int kMostClasses = 3; ///< suggested classes on a tile

    enum Role {
        IdRole = Qt::UserRole, ///< ReviewItemId
        TextRole,              ///< the item's text, else what OCR read
        CoverRole,             ///< QPixmap of the covered picture; null while it is made, or without a picture
        HasPictureRole,        ///< bool
        BandRole,              ///< int of Verdict; None while scores are hidden
        ClassesRole,           ///< QVector<TileClass>, the highest above its threshold first, kMostClasses at most
        StateRole,             ///< int of TileState
        ProblemRole,           ///< why the picture cannot be shown
        MarkedRole,            ///< bool
    };

    explicit ReviewListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the item's key ("4f2a-91c0"), empty until its page has come.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The keys of items, one a line: of the rows, or of all that are marked where one of the rows is.
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

    /// Another list. What is known of items that are in it again is kept, marks as well.
    void setIds(std::vector<ReviewItemId> ids);
    /// Answers viewsWanted(), all of a page or a part of it. Items that are not in the list are ignored.
    void setViews(std::span<const ReviewTaskView> views);
    /// Forgets what tiles show: it is asked for again.
    void forgetViews();
    /// Side of the square a tile's picture has, device pixels.
    void setCoverSide(int side);
    /// Answers coverWanted(). Null: the picture cannot be read.
    void setCover(ReviewItemId id, const QImage& covered);
    /// Pictures are covered in another way from now on.
    void clearCovers();
    void setDecided(std::span<const ReviewItemId> ids, bool decided);

    [[nodiscard]] const std::vector<ReviewItemId>& ids() const { return m_ids; }
    [[nodiscard]] ReviewItemId idAt(int row) const;
    [[nodiscard]] int rowOf(ReviewItemId id) const { return m_rows.value(id, -1); }

    void toggleMark(int row);
    /// Marks what can be decided in these rows.
    void markRows(int first, int last);
    void clearMarks();
    [[nodiscard]] int markedCount() const { return static_cast<int>(m_marked.size()); }
    /// In the list's order.
    [[nodiscard]] std::vector<ReviewItemId> marked() const;

Q_SIGNALS:
    /// Rows of a page that a view has begun to show. Sent while it paints: connect queued.
    void viewsWanted(const std::vector<modscope::ui::ReviewItemId>& ids) const;
    /// Sent while a view paints: connect queued.
    void coverWanted(modscope::ui::ReviewItemId id, const QString& path) const;
    void marksChanged(int count);

private:
    /// What a tile shows, boiled down from a ReviewTaskView.
    struct Tile {
        QString key;
        QString text;
        QString imagePath;
        QString problem;
        Verdict band = Verdict::None;
        QVector<TileClass> classes;
    };

    [[nodiscard]] static Tile tileOf(const ReviewTaskView& view);
    [[nodiscard]] const Tile* tile(int row) const;
    [[nodiscard]] TileState state(int row, const Tile* tile) const;
    [[nodiscard]] QVariant cover(ReviewItemId id, const Tile& tile) const;
    void askForPage(int row) const;
    void setMarked(int row, bool marked);

    std::vector<ReviewItemId> m_ids;
    QHash<ReviewItemId, int> m_rows;
    QHash<ReviewItemId, Tile> m_tiles;
    QSet<ReviewItemId> m_marked;
    QSet<ReviewItemId> m_decided;
    mutable QSet<int> m_askedPages;
    mutable QCache<ReviewItemId, QPixmap> m_covers;
    int m_coverSide = 160;
};

} // namespace modscope::ui

Q_DECLARE_METATYPE(modscope::ui::TileClass)
