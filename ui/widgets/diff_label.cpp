#include "ui/widgets/diff_label.h"

#include "ui/models/text_diff.h"
#include "ui/theme/theme.h"

namespace modscope::ui {

DiffLabel::DiffLabel(const Theme* theme, QWidget* parent) : QLabel(parent), m_theme(theme)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    connect(theme, &Theme::changed, this, &DiffLabel::render);
}

void DiffLabel::setTexts(const QString& before, const QString& after)
{
    m_before = before;
    m_after = after;
    render();
}

void DiffLabel::render()
{
    const QString removed = m_theme->color(Token::Flag).name();
    const QString added = m_theme->color(Token::Clear).name();
    QString html;
    QStringList spoken;
    for (const DiffPart& part : wordDiff(m_before, m_after)) {
        QString words = part.text.toHtmlEscaped();
        words.replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        const QString said = part.text.simplified();
        switch (part.change) {
        case Change::Same:
            html += words;
            spoken << said;
            break;
        case Change::Removed:
            html += QStringLiteral("<s style='color:%1'>%2</s> ").arg(removed, words.trimmed());
            spoken << tr("removed: %1").arg(said);
            break;
        case Change::Added:
            html += QStringLiteral("<u style='color:%1'>%2</u> ").arg(added, words.trimmed());
            spoken << tr("added: %1").arg(said);
            break;
        }
    }
    setText(html);
    setAccessibleName(spoken.join(QStringLiteral("; ")));
}

} // namespace modscope::ui
