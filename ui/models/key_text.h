#pragma once

#include <QMimeData>
#include <QStringList>

#include <memory>

namespace modscope::ui {

/// Keys of items as what can be dragged or copied: text, one a line. Null without a key. The caller owns it.
[[nodiscard]] inline QMimeData* textOfKeys(const QStringList& keys)
{
    if (keys.isEmpty()) {
        return nullptr;
    }
    auto data = std::make_unique<QMimeData>();
    data->setText(keys.join(QLatin1Char('\n')));
    return data.release();
}

} // namespace modscope::ui
