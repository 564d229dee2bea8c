#include "ui/models/review_list_model.h"

#include "ui/models/key_text.h"
#include "ui/models/visible_text.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr qsizetype kTextLength = 120; // characters of a text that a tile can show

// Classes that some model puts above its threshold, or near it.
QVector<TileClass> suggestedClasses(const ReviewTaskView& view)
{
    QVector<TileClass> classes;
    for (const ClassScores& one : view.scores) {
        const auto label = std::find(view.labels.begin(), view.labels.end(), one.label);
        if (one.bestMargin() < -kNearThreshold || label == view.labels.end() ||
            classes.size() == ReviewListModel::kMostClasses) {
            continue;
        }
        classes.push_back({static_cast<int>(label - view.labels.begin()), className(one.label), one.highest()});
    }
    return classes;
}

} // namespace

ReviewListModel::ReviewListModel(QObject* parent) : QAbstractListModel(parent), m_covers(kCoverBytes) {}

int ReviewListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

ReviewItemId ReviewListModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : m_ids[static_cast<std::size_t>(row)];
}

const ReviewListModel::Tile* ReviewListModel::tile(int row) const
{
    const auto known = m_tiles.constFind(m_ids[static_cast<std::size_t>(row)]);
    if (known == m_tiles.constEnd()) {
        askForPage(row);
        return nullptr;
    }
    return &known.value();
}

TileState ReviewListModel::state(int row, const Tile* tile) const
{
    if (m_decided.contains(m_ids[static_cast<std::size_t>(row)])) {
        return TileState::Decided;
    }
    return tile == nullptr ? TileState::Unknown : !tile->problem.isEmpty() ? TileState::Missing : TileState::Open;
}

QVariant ReviewListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ReviewItemId id = m_ids[static_cast<std::size_t>(index.row())];
    if (role == IdRole) {
        return static_cast<qlonglong>(id);
    }
    if (role == MarkedRole) {
        return m_marked.contains(id);
    }
    const Tile* shown = tile(index.row());
    if (role == StateRole) {
        return static_cast<int>(state(index.row(), shown));
    }
    if (shown == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return shown->key;
    case Qt::ToolTipRole: // the key and nothing of the content: hovering never reveals
        return shown->problem.isEmpty() ? shown->key : shown->problem;
    case Qt::AccessibleTextRole: {
        QStringList words{tr("%1, picture covered", "an item's key").arg(shown->key), verdictWord(shown->band)};
        for (const TileClass& one : shown->classes) {
            words << tr("%1 %2", "class and score").arg(one.name, scoreText(one.probability));
        }
        words << (m_marked.contains(id) ? tr("marked") : QString());
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    case TextRole:
        return shown->text;
    case CoverRole:
        return cover(id, *shown);
    case HasPictureRole:
        return !shown->imagePath.isEmpty();
    case BandRole:
        return static_cast<int>(shown->band);
    case ClassesRole:
        return QVariant::fromValue(shown->classes);
    case ProblemRole:
        return shown->problem;
    default:
        return {};
    }
}

void ReviewListModel::askForPage(int row) const
{
    const int page = row / kPage;
    if (m_askedPages.contains(page)) {
        return;
    }
    m_askedPages.insert(page);
    std::vector<ReviewItemId> wanted;
    const int end = std::min(rowCount(), (page + 1) * kPage);
    for (int i = page * kPage; i < end; ++i) {
        if (!m_tiles.contains(m_ids[static_cast<std::size_t>(i)])) {
            wanted.push_back(m_ids[static_cast<std::size_t>(i)]);
        }
    }
    Q_EMIT viewsWanted(wanted);
}

QVariant ReviewListModel::cover(ReviewItemId id, const Tile& tile) const
{
    if (tile.imagePath.isEmpty() || !tile.problem.isEmpty()) {
        return {};
    }
    if (const QPixmap* known = m_covers.object(id)) {
        return *known;
    }
    Q_EMIT coverWanted(id, tile.imagePath);
    return {};
}

void ReviewListModel::setIds(std::vector<ReviewItemId> ids)
{
    beginResetModel();
    m_ids = std::move(ids);
    m_rows.clear();
    m_rows.reserve(rowCount());
    for (int row = 0; row < rowCount(); ++row) {
        m_rows.insert(m_ids[static_cast<std::size_t>(row)], row);
    }
    const auto isGone = [this](ReviewItemId id) { return !m_rows.contains(id); };
    m_tiles.removeIf([&isGone](const auto& entry) { return isGone(entry.key()); });
    m_marked.removeIf(isGone);
    m_decided.clear(); // the queue itself says now what can be decided
    m_askedPages.clear();
    endResetModel();
    Q_EMIT marksChanged(markedCount());
}

ReviewListModel::Tile ReviewListModel::tileOf(const ReviewTaskView& view)
{
    Tile tile;
    tile.key = view.key;
    tile.text = visibleText(view.text.isEmpty() ? view.ocrText : view.text).left(kTextLength);
    tile.imagePath = view.imagePath;
    tile.problem = view.problem;
    if (!view.scoresHidden) {
        tile.band = assess(view.scores).verdict;
        tile.classes = suggestedClasses(view);
    }
    return tile;
}

void ReviewListModel::setViews(std::span<const ReviewTaskView> views)
{
    int first = rowCount();
    int last = -1;
    for (const ReviewTaskView& view : views) {
        const int row = rowOf(view.id);
        if (row >= 0) {
            m_tiles.insert(view.id, tileOf(view));
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    if (last >= 0) {
        Q_EMIT dataChanged(index(first), index(last));
    }
}

void ReviewListModel::forgetViews()
{
    m_tiles.clear();
    m_askedPages.clear();
    if (!m_ids.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void ReviewListModel::setCoverSide(int side)
{
    if (side != m_coverSide) {
        m_coverSide = side;
        clearCovers();
    }
}

void ReviewListModel::setCover(ReviewItemId id, const QImage& covered)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    // Scaled once here, not at every paint. One that cannot be read is kept as a null one: it is not asked for for
    // ever.
    const QImage fitted = covered.isNull()
                              ? covered
                              : covered.scaled(m_coverSide, m_coverSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    m_covers.insert(id, new QPixmap(QPixmap::fromImage(fitted)), std::max(1, static_cast<int>(fitted.sizeInBytes())));
    Q_EMIT dataChanged(index(row), index(row), {CoverRole});
}

void ReviewListModel::clearCovers()
{
    m_covers.clear();
    if (!m_ids.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CoverRole});
    }
}

void ReviewListModel::setDecided(std::span<const ReviewItemId> ids, bool decided)
{
    for (const ReviewItemId id : ids) {
        const int row = rowOf(id);
        if (row < 0) {
            continue;
        }
        if (decided) {
            m_decided.insert(id);
            m_marked.remove(id);
        } else {
            m_decided.remove(id);
        }
        Q_EMIT dataChanged(index(row), index(row), {StateRole, MarkedRole});
    }
    Q_EMIT marksChanged(markedCount());
}

void ReviewListModel::setMarked(int row, bool marked)
{
    const ReviewItemId id = idAt(row);
    if (id == 0 || m_decided.contains(id) || m_marked.contains(id) == marked) {
        return;
    }
    if (marked) {
        m_marked.insert(id);
    } else {
        m_marked.remove(id);
    }
    Q_EMIT dataChanged(index(row), index(row), {MarkedRole});
}

void ReviewListModel::toggleMark(int row)
{
    setMarked(row, !m_marked.contains(idAt(row)));
    Q_EMIT marksChanged(markedCount());
}

void ReviewListModel::markRows(int first, int last)
{
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1); ++row) {
        setMarked(row, true);
    }
    Q_EMIT marksChanged(markedCount());
}

void ReviewListModel::clearMarks()
{
    const auto marked = std::exchange(m_marked, {});
    for (const ReviewItemId id : marked) {
        const QModelIndex changed = index(rowOf(id));
        Q_EMIT dataChanged(changed, changed, {MarkedRole});
    }
    Q_EMIT marksChanged(0);
}

std::vector<ReviewItemId> ReviewListModel::marked() const
{
    std::vector<ReviewItemId> ids(m_marked.begin(), m_marked.end());
    std::sort(ids.begin(), ids.end(), [this](ReviewItemId a, ReviewItemId b) { return rowOf(a) < rowOf(b); });
    return ids;
}

Qt::ItemFlags ReviewListModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    const bool known = index.isValid() && m_tiles.contains(idAt(index.row()));
    return known ? flags | Qt::ItemIsDragEnabled : flags;
}

QMimeData* ReviewListModel::mimeData(const QModelIndexList& indexes) const
{
    std::vector<ReviewItemId> ids;
    bool marks = false;
    for (const QModelIndex& index : indexes) {
        ids.push_back(idAt(index.row()));
        marks = marks || m_marked.contains(ids.back());
    }
    QStringList keys;
    for (const ReviewItemId id : marks ? marked() : ids) {
        if (const auto shown = m_tiles.constFind(id); shown != m_tiles.constEnd()) {
            keys << shown->key;
        }
    }
    return textOfKeys(keys);
}

} // namespace modscope::ui
