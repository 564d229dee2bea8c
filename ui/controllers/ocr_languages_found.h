#pragma once

#include <QString>
#include <QStringList>

namespace modscope::ui {

/// The languages that OCR can read on this machine, as the settings show them.
struct OcrLanguagesFound {
    QStringList languages; ///< Tesseract's names, sorted
    QString problem;       ///< why there are none, naming the package to install

    bool operator==(const OcrLanguagesFound&) const = default;
};

/// Looks into a few folders: quick enough for the GUI thread.
[[nodiscard]] OcrLanguagesFound ocrLanguagesFound();

/// "English (eng)"; a name without a known language stays as it is.
[[nodiscard]] QString ocrLanguageName(const QString& language);

} // namespace modscope::ui
