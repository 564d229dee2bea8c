#include "ui/models/priority_parts.h"

#include <QCoreApplication>

namespace modscope::ui {

namespace {

struct PriorityWords {
    Q_DECLARE_TR_FUNCTIONS(PriorityParts)
};

} // namespace

std::vector<PriorityPart> priorityParts(const Priority& priority, const QueueOrder& order)
{
    if (order.oldestFirst) {
        return {};
    }
    const double weights = order.risk + order.uncertainty + order.disagreement + order.age + order.duplicates;
    std::vector<PriorityPart> parts;
    const auto add = [&](const QString& name, double weight, double value) {
        if (weight > 0) {
            parts.push_back({name, weight * value / weights});
        }
    };
    add(PriorityWords::tr("Risk"), order.risk, priority.risk);
    add(PriorityWords::tr("Uncertainty"), order.uncertainty, priority.uncertainty);
    add(PriorityWords::tr("Disagreement"), order.disagreement, priority.disagreement);
    add(PriorityWords::tr("Duplicates"), order.duplicates, priority.duplicates);
    add(PriorityWords::tr("Age"), order.age, priority.age);
    return parts;
}

} // namespace modscope::ui
