#pragma once

#include <QHash>
#include <QString>

namespace modscope::ui {

/// Which colour and marker a class has (Theme::classColor). The five classes that checkpoints of this field share keep
/// theirs however they are spelled; others take the next free one when they are first met, and keep it for life. Ask
/// for a project's labels in their order and every list of them agrees.
class ClassSlots {
public:
    [[nodiscard]] int of(const QString& label);

private:
    QHash<QString, int> m_slots;
};

} // namespace modscope::ui
