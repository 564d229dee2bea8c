#include "ui/models/classify_filter_model.h"

#include <algorithm>
#include <limits>

namespace modscope::ui {

namespace {

// What a person must look at stands first; what is done and fine stands last.
int attentionRank(const ClassifyItem& item)
{
    switch (item.state) {
    case ItemState::Failed:
        return 2;
    case ItemState::Waiting:
    case ItemState::Scoring:
    case ItemState::Stopped:
        return 3;
    case ItemState::Scored:
        break;
    }
    switch (item.assessment.verdict) {
    case Verdict::Flag:
        return 0;
    case Verdict::Review:
        return 1;
    case Verdict::Clear:
    case Verdict::None:
        break;
    }
    return 4;
}

/// The highest score of a class over all models, and whether it reaches a threshold.
struct ClassPeak {
    float probability = -std::numeric_limits<float>::infinity();
    bool flagged = false;
};

ClassPeak peak(const ClassifyItem& item, const std::string& label)
{
    ClassPeak peak;
    for (const auto& outcome : item.outcomes) {
        if (!outcome || !outcome->has_value()) {
            continue;
        }
        const Prediction& prediction = outcome->value();
        const auto found = std::find(prediction.labels.begin(), prediction.labels.end(), label);
        if (found != prediction.labels.end()) {
            const auto i = static_cast<std::size_t>(found - prediction.labels.begin());
            peak.probability = std::max(peak.probability, prediction.probabilities[i]);
            peak.flagged = peak.flagged || prediction.flagged[i];
        }
    }
    return peak;
}

bool isShown(ClassifyShow show, const ClassifyItem& item)
{
    switch (show) {
    case ClassifyShow::Everything:
        return true;
    case ClassifyShow::Flagged:
        return std::any_of(item.outcomes.begin(), item.outcomes.end(), [](const auto& outcome) {
            return outcome && outcome->has_value() && outcome->value().anyFlagged();
        });
    case ClassifyShow::NeedsReview:
        return item.state == ItemState::Scored && item.assessment.verdict == Verdict::Review;
    case ClassifyShow::Clear:
        return item.state == ItemState::Scored && item.assessment.verdict == Verdict::Clear;
    case ClassifyShow::NotRead:
        return item.state == ItemState::Failed;
    case ClassifyShow::NotScored:
        return isPending(item) || item.state == ItemState::Stopped;
    }
    return true;
}

bool mentions(const ClassifyItem& item, const QString& text)
{
    return item.name.contains(text, Qt::CaseInsensitive) ||
           QString::fromStdString(item.sample.text).contains(text, Qt::CaseInsensitive);
}

} // namespace

ClassifyFilterModel::ClassifyFilterModel(ClassifyListModel* source, QObject* parent)
    : QSortFilterProxyModel(parent), m_source(source)
{
    setSourceModel(source);
    setDynamicSortFilter(true);
    sort(0);
}

void ClassifyFilterModel::setSort(ClassifySort kind, const std::string& label)
{
    m_sort = kind;
    m_sortClass = label;
    invalidate();
}

void ClassifyFilterModel::setFilter(const ClassifyFilter& filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    invalidateFilter();
    Q_EMIT filterChanged();
}

ItemId ClassifyFilterModel::idAt(int row) const
{
    const auto source = mapToSource(index(row, 0));
    return source.isValid() ? m_source->item(source.row()).id : 0;
}

int ClassifyFilterModel::rowOf(ItemId id) const
{
    return mapFromSource(m_source->indexOf(id)).row();
}

std::vector<ItemId> ClassifyFilterModel::shownIds() const
{
    std::vector<ItemId> ids;
    ids.reserve(static_cast<std::size_t>(rowCount()));
    for (int row = 0; row < rowCount(); ++row) {
        ids.push_back(idAt(row));
    }
    return ids;
}

bool ClassifyFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const ClassifyItem& a = m_source->item(left.row());
    const ClassifyItem& b = m_source->item(right.row());
    switch (m_sort) {
    case ClassifySort::Attention: {
        const int rankA = attentionRank(a);
        const int rankB = attentionRank(b);
        if (rankA != rankB) {
            return rankA < rankB;
        }
        if (a.state == ItemState::Scored && a.assessment.margin != b.assessment.margin) {
            return a.assessment.margin > b.assessment.margin;
        }
        break;
    }
    case ClassifySort::Name:
        if (const int order = QString::compare(a.name, b.name, Qt::CaseInsensitive); order != 0) {
            return order < 0;
        }
        break;
    case ClassifySort::ClassScore: {
        const float scoreA = peak(a, m_sortClass).probability;
        const float scoreB = peak(b, m_sortClass).probability;
        if (scoreA != scoreB) {
            return scoreA > scoreB;
        }
        break;
    }
    case ClassifySort::AsAdded:
        break;
    }
    return left.row() < right.row();
}

bool ClassifyFilterModel::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const
{
    const ClassifyItem& item = m_source->item(row);
    if (!isShown(m_filter.show, item) || (!m_filter.text.isEmpty() && !mentions(item, m_filter.text))) {
        return false;
    }
    if (m_filter.label.empty()) {
        return true;
    }
    const ClassPeak found = peak(item, m_filter.label);
    return m_filter.atLeast ? found.probability >= *m_filter.atLeast : found.flagged;
}

} // namespace modscope::ui
