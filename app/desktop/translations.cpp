#include "app/desktop/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace modscope {

Translations::Translations()
{
    const QString folder = QStringLiteral(":/translations");
    if (m_plurals.load(QStringLiteral("modscope_en"), folder)) {
        QCoreApplication::installTranslator(&m_plurals);
    }
    if (m_words.load(QLocale(), QStringLiteral("modscope"), QStringLiteral("_"), folder)) {
        QCoreApplication::installTranslator(&m_words);
    }
    const QString qtFolder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_qtWords.load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"), qtFolder)) {
        QCoreApplication::installTranslator(&m_qtWords);
    }
}

} // namespace modscope
