#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QMetaEnum>
#include <QRegularExpression>

#include <array>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::array<std::pair<const char*, Token>, kTokenCount> kTokenNames{{
    {"window", Token::Window},
    {"surface", Token::Surface},
    {"raised", Token::Raised},
    {"sunken", Token::Sunken},
    {"rail", Token::Rail},
    {"track", Token::Track},
    {"line", Token::Line},
    {"line2", Token::Line2},
    {"grid", Token::Grid},
    {"text", Token::Text},
    {"text2", Token::Text2},
    {"text3", Token::Text3},
    {"accent", Token::Accent},
    {"accentSoft", Token::AccentSoft},
    {"onAccent", Token::OnAccent},
    {"flag", Token::Flag},
    {"flagSoft", Token::FlagSoft},
    {"review", Token::Review},
    {"reviewSoft", Token::ReviewSoft},
    {"clear", Token::Clear},
    {"clearSoft", Token::ClearSoft},
    {"info", Token::Info},
    {"infoSoft", Token::InfoSoft},
}};

QString tokenValue(const Theme& theme, const QString& name)
{
    for (const auto& [known, token] : kTokenNames) {
        if (name == QLatin1String(known)) {
            return theme.color(token).name();
        }
    }
    qFatal("modscope.qss: unknown colour '@%s'", qUtf8Printable(name));
}

} // namespace

QString styleSheet(const Theme& theme)
{
    QFile file(QStringLiteral(":/theme/modscope.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("modscope.qss is not embedded");
    }
    const QString source = QString::fromUtf8(file.readAll());
    // @name is a colour; @mono the number font; N@ a length in pixels at 100 %.
    static const QRegularExpression variable(QStringLiteral("@([a-zA-Z0-9]+)|([0-9]+)@"));
    QString result;
    qsizetype from = 0;
    for (auto matches = variable.globalMatch(source); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        result += QStringView(source).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        if (match.capturedLength(2) > 0) {
            result += QString::number(theme.px(match.captured(2).toInt())) + QStringLiteral("px");
        } else if (match.captured(1) == QStringLiteral("mono")) {
            result += theme.font(TypeRole::Mono).family();
        } else {
            result += tokenValue(theme, match.captured(1));
        }
    }
    return result + QStringView(source).mid(from);
}

} // namespace modscope::ui
