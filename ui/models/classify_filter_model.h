#pragma once

#include "ui/models/classify_list_model.h"

#include <QSortFilterProxyModel>

#include <optional>
#include <string>

namespace modscope::ui {

enum class ClassifySort { Attention, AsAdded, Name, ClassScore };
enum class ClassifyShow { Everything, Flagged, NeedsReview, Clear, NotRead, NotScored };

/// What the list shows, as one value.
struct ClassifyFilter {
    ClassifyShow show = ClassifyShow::Everything;
    std::string label = {};            ///< only items in which a model scores this class …
    std::optional<float> atLeast = {}; ///< … this high; none: at its threshold or above
    QString text = {};                 ///< in the name or the text of the item, whatever the case

    [[nodiscard]] bool isActive() const
    {
        return show != ClassifyShow::Everything || !label.empty() || !text.isEmpty();
    }
    bool operator==(const ClassifyFilter&) const = default;
};

/// The Classify list, sorted and filtered.
class ClassifyFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ClassifyFilterModel(ClassifyListModel* source, QObject* parent = nullptr);

    [[nodiscard]] ClassifySort sortKind() const { return m_sort; }
    [[nodiscard]] const std::string& sortClass() const { return m_sortClass; }
    /// @param label  the class to sort by, for ClassScore
    void setSort(ClassifySort kind, const std::string& label = {});
    [[nodiscard]] const ClassifyFilter& filter() const { return m_filter; }
    void setFilter(const ClassifyFilter& filter);

    [[nodiscard]] ItemId idAt(int row) const;
    [[nodiscard]] int rowOf(ItemId id) const;
    /// The items shown, from top to bottom.
    [[nodiscard]] std::vector<ItemId> shownIds() const;

Q_SIGNALS:
    void filterChanged();

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ClassifyListModel* m_source;
    ClassifySort m_sort = ClassifySort::Attention;
    std::string m_sortClass;
    ClassifyFilter m_filter;
};

} // namespace modscope::ui
