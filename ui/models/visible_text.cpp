#include "ui/models/visible_text.h"

namespace modscope::ui {

namespace {

bool turnsDirection(char16_t unit)
{
    return unit == 0x061C || unit == 0x200E || unit == 0x200F || (unit >= 0x202A && unit <= 0x202E) ||
           (unit >= 0x2066 && unit <= 0x2069);
}

bool isControl(char16_t unit)
{
    return unit < 0x20 || (unit >= 0x7F && unit < 0xA0) || unit == 0x2028 || unit == 0x2029 || unit == 0xFEFF ||
           unit == 0x200B;
}

} // namespace

QString visibleText(const QString& text, bool lines)
{
    QString shown;
    shown.reserve(text.size());
    for (const QChar unit : text) {
        const bool keptLine = lines && (unit == u'\n' || unit == u'\r' || unit == u'\t');
        if (!keptLine && (isControl(unit.unicode()) || turnsDirection(unit.unicode()))) {
            shown += QStringLiteral("<U+%1>").arg(QString::number(unit.unicode(), 16).toUpper(), 4, u'0');
        } else {
            shown += unit;
        }
    }
    return shown;
}

QString visibleText(const std::string& text, bool lines)
{
    return visibleText(QString::fromStdString(text), lines);
}

} // namespace modscope::ui
