#include "ui/actions/action_list_model.h"

#include "ui/actions/fuzzy_match.h"

#include <algorithm>
#include <array>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::array kGroups{ActionGroup::Item, ActionGroup::List, ActionGroup::Model,
                             ActionGroup::View, ActionGroup::Go,   ActionGroup::Application};

ActionRow heading(const QString& text)
{
    ActionRow row;
    row.text = text;
    return row;
}

ActionRow actionRow(const ActionRegistry& registry, const ActionSpec& spec, QList<int> hits)
{
    const QString reason = registry.blockedReason(spec);
    return {spec.id,
            spec.label,
            reason.isEmpty() ? spec.detail : reason,
            spec.icon,
            keyCaps(registry.key(spec.id)),
            std::move(hits),
            reason.isEmpty()};
}

struct Match {
    const ActionSpec* spec;
    FuzzyHit hit;
};

/// Best first; an action that cannot run comes after those that can.
std::vector<Match> matches(const ActionRegistry& registry, ActionGroup group, const QString& search)
{
    std::vector<Match> found;
    for (const ActionSpec& spec : registry.specs()) {
        if (spec.group != group) {
            continue;
        }
        if (std::optional<FuzzyHit> hit = fuzzyMatch(search, spec.label)) {
            found.push_back({&spec, std::move(*hit)});
        }
    }
    std::stable_sort(found.begin(), found.end(), [&registry](const Match& a, const Match& b) {
        const bool aRuns = registry.blockedReason(*a.spec).isEmpty();
        const bool bRuns = registry.blockedReason(*b.spec).isEmpty();
        if (aRuns != bRuns || a.spec->family.isEmpty() != b.spec->family.isEmpty()) {
            return aRuns != bRuns ? aRuns : a.spec->family.isEmpty(); // nine digits are no answer to a search
        }
        return a.hit.score > b.hit.score;
    });
    return found;
}

} // namespace

void ActionListModel::setRows(std::vector<ActionRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const ActionRow& ActionListModel::row(const QModelIndex& index) const
{
    return m_rows.at(static_cast<std::size_t>(index.row()));
}

QModelIndex ActionListModel::firstAction() const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [](const ActionRow& candidate) { return !candidate.isHeading(); });
    return found != m_rows.end() ? index(static_cast<int>(found - m_rows.begin())) : QModelIndex();
}

int ActionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ActionListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const ActionRow& shown = row(index);
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::AccessibleTextRole:
        return QStringList{shown.text, shown.caps.join(QLatin1Char(' ')), shown.detail}.join(QStringLiteral(", "));
    default:
        return {};
    }
}

Qt::ItemFlags ActionListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || row(index).isHeading()) {
        return Qt::NoItemFlags;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

std::vector<ActionRow> paletteRows(const ActionRegistry& registry, const QString& search, const QStringList& recent)
{
    std::vector<ActionRow> rows;
    const bool searching = !search.trimmed().isEmpty();
    if (!searching && !recent.isEmpty()) {
        rows.push_back(heading(ActionListModel::tr("Recent")));
        for (const QString& id : recent) {
            rows.push_back(actionRow(registry, registry.spec(id), {}));
        }
    }
    std::vector<std::pair<int, std::vector<ActionRow>>> groups; // best score of the group, rows
    for (const ActionGroup group : kGroups) {
        const std::vector<Match> found = matches(registry, group, search);
        if (found.empty()) {
            continue;
        }
        int best = 0;
        std::vector<ActionRow> block{heading(groupTitle(group))};
        for (const Match& match : found) {
            best = std::max(best, match.hit.score);
            block.push_back(actionRow(registry, *match.spec, match.hit.positions));
        }
        groups.emplace_back(best, std::move(block));
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [best, block] : groups) {
        rows.insert(rows.end(), std::make_move_iterator(block.begin()), std::make_move_iterator(block.end()));
    }
    return rows;
}

std::vector<ActionRow> keyMapRows(const ActionRegistry& registry)
{
    std::vector<ActionRow> rows;
    for (const ActionGroup group : kGroups) {
        bool first = true;
        QString lastFamily;
        for (const ActionSpec& spec : registry.specs()) {
            if (spec.group != group || !registry.isActive(spec) || registry.key(spec.id).isEmpty()) {
                continue;
            }
            if (std::exchange(first, false)) {
                rows.push_back(heading(groupTitle(group)));
            }
            ActionRow row = actionRow(registry, spec, {});
            if (!spec.family.isEmpty() && spec.family == lastFamily) {
                rows.back().caps = {rows.back().caps.first(), QStringLiteral("…"), row.caps.last()};
                continue;
            }
            lastFamily = spec.family;
            if (!spec.family.isEmpty()) {
                row.text = spec.family;
            }
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

} // namespace modscope::ui
