#pragma once

#include "ui/settings/preferences.h"

#include <QStringList>

class QSettings;

namespace modscope::ui {

/// Every preference of the store; a value that cannot be used keeps its default and adds one sentence to `problems`.
[[nodiscard]] Preferences readPreferences(QSettings& store, QStringList& problems);
void writePreferences(const Preferences& preferences, QSettings& store);
/// Numbers brought into the range that readPreferences accepts.
[[nodiscard]] Preferences clamped(Preferences preferences);

[[nodiscard]] bool isDeviceName(const QString& device);       ///< auto, cpu, cuda, cuda:N
[[nodiscard]] bool isPrecisionName(const QString& precision); ///< auto, fp32, bf16, fp16, int8
/// Names joined by "+", or nothing; whether the languages are there is not asked.
[[nodiscard]] bool isOcrLanguageList(const QString& languages);

} // namespace modscope::ui
