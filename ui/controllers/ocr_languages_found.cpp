#include "ui/controllers/ocr_languages_found.h"

#include "core/ocr/ocr_languages.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace modscope::ui {

OcrLanguagesFound ocrLanguagesFound()
{
    const auto found = findOcrLanguages();
    if (!found) {
        return {{}, visibleText(found.error().message)};
    }
    OcrLanguagesFound shown;
    for (const std::string& name : found->names) {
        shown.languages << QString::fromStdString(name);
    }
    return shown;
}

QString ocrLanguageName(const QString& language)
{
    // Tesseract writes chi_sim: a language and its script.
    const QLocale::Language known = QLocale::codeToLanguage(language.section(u'_', 0, 0));
    if (known == QLocale::AnyLanguage || known == QLocale::C) {
        return language;
    }
    return QCoreApplication::translate("OcrLanguages", "%1 (%2)", "language, its short name")
        .arg(QLocale::languageToString(known), language);
}

} // namespace modscope::ui
