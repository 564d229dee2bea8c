#include "ui/models/class_slots.h"

#include <algorithm>
#include <array>

namespace modscope::ui {

namespace {

struct KnownClass {
    QLatin1String start;
    int slot;
};
constexpr std::array kKnownClasses{KnownClass{QLatin1String("racis"), 0}, KnownClass{QLatin1String("sexis"), 1},
                                   KnownClass{QLatin1String("homophob"), 2}, KnownClass{QLatin1String("religio"), 3},
                                   KnownClass{QLatin1String("other"), 4}};

} // namespace

int ClassSlots::of(const QString& label)
{
    if (const auto met = m_slots.constFind(label); met != m_slots.constEnd()) {
        return *met;
    }
    int slot = 0;
    const auto shared = std::find_if(kKnownClasses.begin(), kKnownClasses.end(), [&](const KnownClass& one) {
        return label.startsWith(one.start, Qt::CaseInsensitive);
    });
    if (shared != kKnownClasses.end()) {
        slot = shared->slot;
    } else {
        const auto taken = m_slots.values();
        slot = static_cast<int>(kKnownClasses.size()); // the first slot that no shared class owns
        while (taken.contains(slot)) {
            ++slot;
        }
    }
    m_slots.insert(label, slot);
    return slot;
}

} // namespace modscope::ui
