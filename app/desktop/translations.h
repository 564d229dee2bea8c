#pragma once

#include <QTranslator>

namespace modscope {

/// Puts the words of the person's language in place, and for English the plural forms ("1 item", "2 items"). Made
/// before any text is asked for.
class Translations {
public:
    Translations();

private:
    QTranslator m_plurals;
    QTranslator m_words;
    QTranslator m_qtWords; ///< of Qt's own dialogs
};

} // namespace modscope
