#include "ui/models/classify_list_model.h"

#include "ui/models/verdict.h"

#include <QSet>

#include <algorithm>
#include <type_traits>

namespace modscope::ui {

namespace {

constexpr int kThumbnailBytes = 64 << 20;

int answers(const ClassifyItem& item)
{
    return static_cast<int>(
        std::count_if(item.outcomes.begin(), item.outcomes.end(), [](const auto& one) { return one != nullptr; }));
}

bool anySucceeded(const ClassifyItem& item)
{
    return std::any_of(item.outcomes.begin(), item.outcomes.end(),
                       [](const auto& one) { return one && one->has_value(); });
}

bool anyFlagged(const ClassifyItem& item)
{
    return std::any_of(item.outcomes.begin(), item.outcomes.end(),
                       [](const auto& one) { return one && one->has_value() && one->value().anyFlagged(); });
}

/// The error without the path in front and explanations in brackets at the end: the row shows the name already, and the
/// reason must be what fits.
QString shortError(const ClassifyItem& item)
{
    const QString path = QString::fromStdString(item.sample.imagePath.string()) + QStringLiteral(": ");
    auto text = errorText(item);
    if (text.size() > path.size() && text.startsWith(path)) {
        text.remove(0, path.size());
        text[0] = text[0].toUpper();
    }
    if (const auto bracket = text.indexOf(QLatin1String(" (")); bracket > 0 && text.endsWith(u')')) {
        text.truncate(bracket);
    }
    return text;
}

double answeredShare(const ClassifyItem& item)
{
    return item.outcomes.empty() ? 0 : answers(item) / static_cast<double>(item.outcomes.size());
}

QString stateWord(const ClassifyItem& item)
{
    return item.state == ItemState::Scoring ? ClassifyListModel::tr("being scored")
           : item.beingRead                 ? ClassifyListModel::tr("its text is being read")
                                            : ClassifyListModel::tr("waiting");
}

} // namespace

QString errorText(const ClassifyItem& item)
{
    if (item.inputError) {
        return QString::fromStdString(item.inputError->message);
    }
    for (const auto& outcome : item.outcomes) {
        if (outcome && !outcome->has_value()) {
            return QString::fromStdString(outcome->error().message);
        }
    }
    return {};
}

bool isPending(const ClassifyItem& item)
{
    return item.state == ItemState::Waiting || item.state == ItemState::Scoring;
}

ClassifyListModel::ClassifyListModel(QObject* parent) : QAbstractListModel(parent), m_thumbnails(kThumbnailBytes) {}

int ClassifyListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant ClassifyListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ClassifyItem& row = item(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole: {
        const auto error = errorText(row);
        return error.isEmpty() ? row.name : error;
    }
    case Qt::AccessibleTextRole:
        return row.state == ItemState::Waiting || row.state == ItemState::Scoring
                   ? tr("%1, %2", "name and state of a row").arg(row.name, stateWord(row))
                   : tr("%1, %2 %3", "name, verdict and summary of a row")
                         .arg(row.name, verdictWord(row.assessment.verdict), summary(row));
    case IdRole:
        return row.id;
    case StateRole:
        return static_cast<int>(row.state);
    case VerdictRole:
        return static_cast<int>(row.state == ItemState::Scored ? row.assessment.verdict : Verdict::None);
    case SummaryRole:
        return summary(row);
    case ProgressRole:
        return answeredShare(row);
    case ThumbnailRole:
        return thumbnail(row);
    case HasPictureRole:
        return row.sample.hasImage();
    default:
        return {};
    }
}

const ClassifyItem* ClassifyListModel::find(ItemId id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &item(row);
}

QModelIndex ClassifyListModel::indexOf(ItemId id) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row);
}

void ClassifyListModel::setModels(std::vector<ModelSummary> models)
{
    for (auto& row : m_items) {
        std::vector<Outcome> outcomes(models.size());
        for (std::size_t i = 0; i < models.size(); ++i) {
            const auto kept = std::find_if(m_models.begin(), m_models.end(),
                                           [&](const auto& former) { return former.key == models[i].key; });
            const auto from = static_cast<std::size_t>(kept - m_models.begin());
            outcomes[i] = kept == m_models.end() ? nullptr : row.outcomes[from];
        }
        count(row, -1);
        row.outcomes = std::move(outcomes);
        settle(row);
        count(row, +1);
    }
    m_models = std::move(models);
    if (!m_items.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
    Q_EMIT countsChanged();
}

void ClassifyListModel::append(std::vector<ClassifyItem> items)
{
    if (items.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(items.size()) - 1);
    for (auto& added : items) {
        added.outcomes.resize(m_models.size());
        settle(added);
        count(added, +1);
        m_rows.insert(added.id, static_cast<int>(m_items.size()));
        m_items.push_back(std::move(added));
    }
    endInsertRows();
    Q_EMIT countsChanged();
}

void ClassifyListModel::remove(std::span<const ItemId> ids)
{
    QSet<ItemId> gone(ids.begin(), ids.end());
    for (int last = rowCount() - 1; last >= 0; --last) { // from the back, in runs: row numbers in front stay right
        if (!gone.contains(item(last).id)) {
            continue;
        }
        int first = last;
        while (first > 0 && gone.contains(item(first - 1).id)) {
            --first;
        }
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row) {
            count(item(row), -1);
            m_rows.remove(item(row).id);
            m_thumbnails.remove(item(row).id);
        }
        m_items.erase(m_items.begin() + first, m_items.begin() + last + 1);
        for (int row = first; row < rowCount(); ++row) {
            m_rows[item(row).id] = row;
        }
        endRemoveRows();
        last = first;
    }
    Q_EMIT countsChanged();
}

template <typename Change>
void ClassifyListModel::changeItem(int row, Change&& change)
{
    ClassifyItem& changed = m_items[static_cast<std::size_t>(row)];
    count(changed, -1);
    change(changed);
    count(changed, +1);
}

void ClassifyListModel::apply(std::span<const ScoreEvent> events)
{
    std::vector<int> changed;
    changed.reserve(events.size());
    for (const auto& event : events) {
        const int row = rowOf(event.id);
        if (row < 0) {
            continue; // removed while it was being scored
        }
        changeItem(row, [&](ClassifyItem& one) { applyOne(one, event); });
        changed.push_back(row);
    }
    announce(std::move(changed));
}

void ClassifyListModel::applyOne(ClassifyItem& item, const ScoreEvent& event)
{
    if (const auto* answer = std::get_if<ScoreEvent::Answer>(&event.what)) {
        if (answer->model < item.outcomes.size()) {
            item.outcomes[answer->model] = answer->outcome;
        }
    } else if (const auto* same = std::get_if<ScoreEvent::SameAs>(&event.what)) {
        item.duplicateOf = same->original;
    } else {
        item.state = ItemState::Scoring;
    }
    settle(item);
}

// Brings state and assessment in line with the answers.
void ClassifyListModel::settle(ClassifyItem& item)
{
    const bool complete =
        item.inputError || (!item.outcomes.empty() && answers(item) == static_cast<int>(item.outcomes.size()));
    if (complete) {
        item.state = !item.inputError && anySucceeded(item) ? ItemState::Scored : ItemState::Failed;
    } else if (!isPending(item) && item.state != ItemState::Stopped) {
        item.state = ItemState::Waiting;
    }
    item.assessment = assess(scoresByClass(item.outcomes));
}

void ClassifyListModel::setState(std::span<const ItemId> ids, ItemState state)
{
    std::vector<int> changed;
    for (const ItemId id : ids) {
        if (const int row = rowOf(id); row >= 0) {
            changeItem(row, [&](ClassifyItem& one) { one.state = state; });
            changed.push_back(row);
        }
    }
    announce(std::move(changed));
}

void ClassifyListModel::forgetAnswers(ItemId id, bool failedOnly)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    changeItem(row, [&](ClassifyItem& one) {
        for (auto& outcome : one.outcomes) {
            if (outcome && (!failedOnly || !outcome->has_value())) {
                outcome = nullptr;
            }
        }
        one.duplicateOf = 0;
        settle(one);
    });
    announce({row});
}

void ClassifyListModel::setText(ItemId id, const std::string& text, TextOrigin origin)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    changeItem(row, [&](ClassifyItem& one) {
        one.sample.text = text;
        one.textOrigin = origin;
        one.duplicateOf = 0;
    });
    announce({row});
}

void ClassifyListModel::setReading(ItemId id, OcrReading reading)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    changeItem(row, [&](ClassifyItem& one) {
        one.reading = std::move(reading);
        one.beingRead = false;
    });
    announce({row});
}

void ClassifyListModel::setBeingRead(std::span<const ItemId> ids, bool beingRead)
{
    std::vector<int> changed;
    for (const ItemId id : ids) {
        if (const int row = rowOf(id); row >= 0 && item(row).beingRead != beingRead) {
            changeItem(row, [beingRead](ClassifyItem& one) { one.beingRead = beingRead; });
            changed.push_back(row);
        }
    }
    announce(std::move(changed));
}

void ClassifyListModel::announce(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin;
        while (end + 1 < rows.size() && rows[end + 1] <= rows[end] + 1) {
            ++end;
        }
        Q_EMIT dataChanged(index(rows[begin]), index(rows[end]));
        begin = end + 1;
    }
    if (!rows.empty()) {
        Q_EMIT countsChanged();
    }
}

void ClassifyListModel::count(const ClassifyItem& item, int change)
{
    m_counts.total += change;
    switch (item.state) {
    case ItemState::Waiting:
    case ItemState::Scoring:
        m_counts.waiting += change;
        break;
    case ItemState::Scored:
        m_counts.scored += change;
        m_counts.flagged += anyFlagged(item) ? change : 0;
        break;
    case ItemState::Failed:
        m_counts.failed += change;
        break;
    case ItemState::Stopped:
        m_counts.stopped += change;
        break;
    }
}

void ClassifyListModel::setThumbnail(ItemId id, const QImage& image)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    // A picture that cannot be shown is kept too, as a null one: otherwise the view would ask for it for ever.
    m_thumbnails.insert(id, new QPixmap(QPixmap::fromImage(image)), std::max(1, static_cast<int>(image.sizeInBytes())));
    Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole});
}

void ClassifyListModel::clearThumbnails()
{
    m_thumbnails.clear();
    if (!m_items.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ThumbnailRole});
    }
}

QVariant ClassifyListModel::thumbnail(const ClassifyItem& item) const
{
    if (!item.sample.hasImage()) {
        return {};
    }
    if (const QPixmap* known = m_thumbnails.object(item.id)) {
        return *known;
    }
    Q_EMIT thumbnailWanted(item.id);
    return {};
}

QString ClassifyListModel::summary(const ClassifyItem& item) const
{
    switch (item.state) {
    case ItemState::Failed:
        return shortError(item);
    case ItemState::Stopped:
        return tr("Stopped");
    case ItemState::Waiting:
    case ItemState::Scoring:
        return {};
    case ItemState::Scored:
        break;
    }
    const auto score = scoreText(item.assessment.topProbability);
    return item.assessment.verdict == Verdict::Clear
               ? tr("highest %1").arg(score)
               : tr("%1 %2", "class and score").arg(className(item.assessment.topClass), score);
}

} // namespace modscope::ui
