#include "ui/controllers/review_queues.h"

#include "ui/controllers/desk_link.h"

#include <algorithm>
#include <array>

namespace modscope::ui {

namespace {

struct BuiltIn {
    const char* name; ///< translated where the row is made
    const char* icon;
    const char* filter;
    const char* order;
};

/// The first one is what waits for anybody.
constexpr std::array<BuiltIn, 10> kBuiltIn = {{
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Needs review"), "inbox", "state:new|second_opinion -is:escalated",
     "risk"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Only together"), "intersect", "state:new is:together", "risk"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Models disagree"), "people", "state:new disagreement>=0.2",
     "disagreement"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Near a threshold"), "sliders2-vertical", "state:new margin<=0.05",
     "uncertainty"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Near-duplicates"), "files", "state:new duplicates>=2",
     "duplicates"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Second opinion"), "chat-left-text", "state:second_opinion",
     "oldest"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Adjudicate"), "diagram-3", "state:adjudication", "oldest"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Escalated"), "arrow-up-right-circle", "is:escalated", "oldest"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Skipped"), "skip-forward", "state:new skips>=1", "risk"},
    {QT_TRANSLATE_NOOP("modscope::ui::ReviewQueues", "Audit sample"), "shuffle", "state:new is:audit", "oldest"},
}};

} // namespace

ReviewQueues::ReviewQueues(DeskLink* link, QObject* parent) : QObject(parent), m_link(link)
{
    connect(link, &DeskLink::opened, this, &ReviewQueues::makeRows);
    connect(link, &DeskLink::factsChanged, this, &ReviewQueues::makeRows);
    connect(link, &DeskLink::changed, this, &ReviewQueues::recount);
    connect(link, &DeskLink::closed, this, [this] {
        m_rows.clear();
        m_counting = false;
        Q_EMIT rowsChanged();
    });
}

QString ReviewQueues::builtInName(int row)
{
    return tr(kBuiltIn.at(static_cast<std::size_t>(row)).name);
}

void ReviewQueues::makeRows()
{
    const std::vector<ReviewQueueRow> before = std::move(m_rows);
    const QString chosen = m_current < static_cast<int>(before.size()) && m_current >= 0
                               ? before[static_cast<std::size_t>(m_current)].name
                               : QString();
    m_rows.clear();
    for (const BuiltIn& one : kBuiltIn) {
        m_rows.push_back({QString::fromLatin1(one.name), tr(one.name), QString::fromLatin1(one.icon),
                          QString::fromLatin1(one.filter), QString::fromLatin1(one.order), false, -1});
    }
    for (const SavedQueue& saved : m_link->facts().queues) {
        const QString name = QString::fromStdString(saved.name);
        m_rows.push_back({QStringLiteral("own/") + name, name, QStringLiteral("funnel"),
                          QString::fromStdString(saved.filter), QString::fromStdString(saved.order), true, -1});
    }
    const auto place = [this](const ReviewQueueRow& row) {
        const auto found = m_order.indexOf(row.id);
        return found < 0 ? m_order.size() : found;
    };
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [&](const ReviewQueueRow& one, const ReviewQueueRow& other) { return place(one) < place(other); });
    if (!m_search.isEmpty()) {
        m_rows.push_back({{}, tr("Search"), QStringLiteral("search"), m_search, QStringLiteral("risk"), false, -1});
    }
    m_current = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto same = std::find_if(before.begin(), before.end(), [&](const ReviewQueueRow& one) {
            return one.name == m_rows[i].name && one.filter == m_rows[i].filter;
        });
        m_rows[i].count = same != before.end() ? same->count : -1;
        m_current = m_rows[i].name == chosen ? static_cast<int>(i) : m_current;
    }
    Q_EMIT rowsChanged();
    recount();
}

Queue ReviewQueues::queueOf(const ReviewQueueRow& row) const
{
    Queue queue{row.name.toStdString(), {}, {}};
    // A saved queue was checked when it was saved. One that names a class that is gone since gives its error when it is
    // asked.
    if (const auto filter = parseFilter(row.filter.toStdString())) {
        queue.filter = *filter;
    }
    if (const auto order = parseOrder(row.order.toStdString()); order && !row.order.isEmpty()) {
        queue.order = *order;
    }
    for (const QString& label : m_optOuts) {
        FilterTerm term;
        term.field = FilterTerm::Field::Class;
        term.negated = true;
        term.values.push_back(label.toStdString());
        queue.filter.terms.push_back(std::move(term));
    }
    return queue;
}

Queue ReviewQueues::currentQueue() const
{
    return queueOf(m_rows.at(static_cast<std::size_t>(m_current)));
}

QString ReviewQueues::currentName() const
{
    return m_rows.empty() ? QString() : m_rows.at(static_cast<std::size_t>(m_current)).name;
}

int ReviewQueues::waiting() const
{
    const auto row = rowOf(QLatin1String(kBuiltIn.front().name));
    return row < 0 ? -1 : m_rows[static_cast<std::size_t>(row)].count;
}

void ReviewQueues::choose(int row)
{
    if (row >= 0 && row < static_cast<int>(m_rows.size()) && row != m_current) {
        m_current = row;
        Q_EMIT currentChanged();
    }
}

int ReviewQueues::rowOf(const QString& id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&id](const ReviewQueueRow& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ReviewQueues::chooseBuiltIn(int row)
{
    choose(rowOf(QLatin1String(kBuiltIn.at(static_cast<std::size_t>(row)).name)));
}

void ReviewQueues::setOrder(const QStringList& ids)
{
    if (ids != m_order) {
        m_order = ids;
        if (m_link->isOpen()) {
            makeRows();
        }
    }
}

QString ReviewQueues::blockedFromMoving(int by) const
{
    const int to = m_current + by;
    const auto isFixed = [this](int row) {
        return row < 0 || row >= static_cast<int>(m_rows.size()) || m_rows[static_cast<std::size_t>(row)].id.isEmpty();
    };
    return isFixed(m_current) ? tr("a search stays at the end")
           : isFixed(to)      ? tr("there is no place further on")
                              : QString();
}

void ReviewQueues::move(int from, int to)
{
    QStringList ids;
    for (const ReviewQueueRow& row : m_rows) {
        if (!row.id.isEmpty()) {
            ids << row.id;
        }
    }
    if (from < 0 || to < 0 || from >= ids.size() || to >= ids.size() || from == to) {
        return;
    }
    ids.move(from, to);
    setOrder(ids);
    Q_EMIT orderChanged(ids);
}

QString ReviewQueues::search(const QString& filter)
{
    const QString wanted = filter.trimmed();
    if (const auto parsed = parseFilter(wanted.toStdString()); !parsed) {
        return errorText(parsed.error());
    }
    const bool leaving = wanted.isEmpty() && !m_search.isEmpty() && m_current + 1 == static_cast<int>(m_rows.size());
    m_search = wanted;
    makeRows();
    if (!wanted.isEmpty()) {
        m_current = -1; // a new question under the old name is another queue
        choose(static_cast<int>(m_rows.size()) - 1);
    } else if (leaving) {
        m_current = 0;
        Q_EMIT currentChanged();
    }
    return {};
}

void ReviewQueues::save(const QString& name, const QString& filter, const QString& order)
{
    change([queue = SavedQueue{name.trimmed().toStdString(), filter.toStdString(), order.toStdString()}](
               ReviewStore& store) { return store.saveQueue(queue); });
}

void ReviewQueues::remove(const QString& name)
{
    change([name = name.toStdString()](ReviewStore& store) { return store.deleteQueue(name); });
}

void ReviewQueues::change(std::function<Result<void>(ReviewStore&)> what)
{
    m_link->ask(
        [what = std::move(what)](ReviewDesk& desk) -> Result<int> {
            const auto done = what(desk.session().store());
            return done ? Result<int>(0) : fail(done.error());
        },
        [this](const Result<int>& done) {
            if (!done) {
                Q_EMIT failed(errorText(done.error()));
                return;
            }
            m_link->readFacts();
        });
}

void ReviewQueues::setOptOuts(const QStringList& classes)
{
    if (classes != m_optOuts) {
        m_optOuts = classes;
        if (!m_rows.empty()) {
            recount();
            Q_EMIT currentChanged();
        }
    }
}

void ReviewQueues::recount()
{
    if (m_counting) {
        m_countAgain = true;
        return;
    }
    m_counting = true;
    m_countAgain = false;
    countFrom(0);
}

void ReviewQueues::countFrom(std::size_t row)
{
    if (row >= m_rows.size() || !m_link->isOpen()) {
        m_counting = false;
        if (m_countAgain && m_link->isOpen()) {
            recount();
        }
        return;
    }
    m_link->ask([queue = queueOf(m_rows[row])](ReviewDesk& desk) { return desk.count(queue); },
                [this, row, filter = m_rows[row].filter](const Result<std::size_t>& count) {
                    const bool same = row < m_rows.size() && m_rows[row].filter == filter;
                    const int now = count ? static_cast<int>(*count) : -1;
                    if (same && m_rows[row].count != now) {
                        m_rows[row].count = now;
                        Q_EMIT countsChanged();
                    }
                    countFrom(row + 1);
                });
}

} // namespace modscope::ui
