#pragma once

#include "ui/models/classify_item.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QPixmap>

#include <span>
#include <variant>
#include <vector>

namespace modscope::ui {

/// What happened to one item while scoring; many travel together.
struct ScoreEvent {
    struct Started {}; ///< a worker holds it
    struct Answer {
        std::size_t model = 0;
        Outcome outcome;
    };
    struct SameAs {
        ItemId original = 0; ///< identical bytes and text
    };
    ItemId id = 0;
    std::variant<Started, Answer, SameAs> what;
};

/// How the rows stand; kept up to date with every change, so that asking costs nothing.
struct ClassifyCounts {
    int total = 0;
    int waiting = 0; ///< scoring included
    int scored = 0;
    int failed = 0;
    int stopped = 0;
    int flagged = 0; ///< scored items that some model flags

    bool operator==(const ClassifyCounts&) const = default;
};

/// The rows of the Classify list. Never fetches: it asks for a thumbnail with thumbnailWanted() when a view needs one.
/// Everything but removal costs the same however many rows there are.
class ClassifyListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< ItemId
        StateRole,             ///< int of ItemState
        VerdictRole,           ///< int of Verdict
        SummaryRole,           ///< second line: "Religion 0.57", or the error
        ProgressRole,          ///< 0 to 1: models that have answered; how far one is with an item is not known
        ThumbnailRole,         ///< QPixmap; null while it is made or when there is no picture
        HasPictureRole,        ///< bool
    };

    explicit ClassifyListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    [[nodiscard]] const std::vector<ModelSummary>& models() const { return m_models; }
    [[nodiscard]] const std::vector<ClassifyItem>& items() const { return m_items; }
    [[nodiscard]] const ClassifyItem& item(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const ClassifyItem* find(ItemId id) const;
    [[nodiscard]] int rowOf(ItemId id) const { return m_rows.value(id, -1); }
    [[nodiscard]] QModelIndex indexOf(ItemId id) const;
    [[nodiscard]] const ClassifyCounts& counts() const { return m_counts; }

    /// Answers of models that stay (same key) are kept, wherever they stand now; the others are dropped.
    void setModels(std::vector<ModelSummary> models);
    void append(std::vector<ClassifyItem> items);
    void remove(std::span<const ItemId> ids);
    void apply(std::span<const ScoreEvent> events);
    void setState(std::span<const ItemId> ids, ItemState state);
    /// Forgets what models said, so that the item is scored again. Failed answers only, or all of them.
    void forgetAnswers(ItemId id, bool failedOnly);
    void setText(ItemId id, const std::string& text, TextOrigin origin);
    /// What OCR said. The text stays as it is.
    void setReading(ItemId id, OcrReading reading);
    void setBeingRead(std::span<const ItemId> ids, bool beingRead);

    /// Kept within 64 MB, the ones not shown for longest go first.
    void setThumbnail(ItemId id, const QImage& image);
    void clearThumbnails();

Q_SIGNALS:
    void thumbnailWanted(modscope::ui::ItemId id) const;
    void countsChanged();

private:
    [[nodiscard]] QVariant thumbnail(const ClassifyItem& item) const;
    [[nodiscard]] QString summary(const ClassifyItem& item) const;
    void count(const ClassifyItem& item, int change);
    template <typename Change>
    void changeItem(int row, Change&& change);
    void announce(std::vector<int> rows);
    void applyOne(ClassifyItem& item, const ScoreEvent& event);
    void settle(ClassifyItem& item);

    std::vector<ModelSummary> m_models;
    std::vector<ClassifyItem> m_items;
    QHash<ItemId, int> m_rows;
    ClassifyCounts m_counts;
    mutable QCache<ItemId, QPixmap> m_thumbnails;
};

/// Why an item has no scores: its own error or the first model's; empty when nothing failed.
[[nodiscard]] QString errorText(const ClassifyItem& item);
[[nodiscard]] bool isPending(const ClassifyItem& item);

} // namespace modscope::ui
