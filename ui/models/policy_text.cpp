#include "ui/models/policy_text.h"

#include "ui/models/verdict.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTextDocument>

#include <algorithm>
#include <array>

namespace modscope::ui {

namespace {

constexpr std::size_t kLevels = 6; // of Markdown headings

struct Heading {
    qsizetype line = 0;
    std::size_t level = 0; ///< 1 to 6
    QString title;
    QString number;
};

/// Counts headings below the document's title: "4.2" is the second part of the fourth chapter.
class HeadingCounter {
public:
    QString next(std::size_t level)
    {
        if (level == 1) {
            m_counts = {};
            return {};
        }
        ++m_counts[level - 2];
        std::fill(m_counts.begin() + static_cast<std::ptrdiff_t>(level) - 1, m_counts.end(), 0);
        QStringList numbers;
        for (std::size_t i = 0; i + 1 < level; ++i) {
            numbers << QString::number(m_counts[i]);
        }
        return numbers.join(QLatin1Char('.'));
    }

private:
    std::array<int, kLevels> m_counts{};
};

std::vector<Heading> headingsOf(const QStringList& lines)
{
    static const QRegularExpression heading(
        QStringLiteral("^ {0,3}(#{1,6})\\s+(?:(\\d+(?:\\.\\d+)*)\\.?\\s+)?(.*?)\\s*#*\\s*$"));
    static const QRegularExpression fence(QStringLiteral("^ {0,3}(```|~~~)"));
    std::vector<Heading> headings;
    HeadingCounter counter;
    bool inCode = false;
    for (qsizetype line = 0; line < lines.size(); ++line) {
        if (fence.match(lines[line]).hasMatch()) {
            inCode = !inCode;
        }
        const QRegularExpressionMatch match = heading.match(lines[line]);
        if (inCode || !match.hasMatch()) {
            continue;
        }
        const auto level = static_cast<std::size_t>(match.capturedLength(1));
        const QString counted = counter.next(level);
        const QString written = match.captured(2);
        headings.push_back({line, level, match.captured(3), written.isEmpty() ? counted : written});
    }
    return headings;
}

} // namespace

std::vector<PolicySection> policySections(const QString& markdown)
{
    const QStringList lines = markdown.split(QLatin1Char('\n'));
    const auto headings = headingsOf(lines);
    std::vector<PolicySection> sections;
    for (auto one = headings.begin(); one != headings.end(); ++one) {
        const auto next =
            std::find_if(one + 1, headings.end(), [one](const Heading& later) { return later.level <= one->level; });
        const qsizetype end = next == headings.end() ? lines.size() : next->line;
        const QString body = lines.mid(one->line + 1, end - one->line - 1).join(QLatin1Char('\n')).trimmed();
        sections.push_back({one->title, one->number, body});
    }
    return sections;
}

std::optional<PolicySection> policySection(const QString& markdown, const QString& label)
{
    const QString name = className(label.toStdString());
    for (PolicySection& section : policySections(markdown)) {
        if (section.title.compare(name, Qt::CaseInsensitive) == 0 ||
            section.title.compare(label, Qt::CaseInsensitive) == 0) {
            return std::move(section);
        }
    }
    return std::nullopt;
}

QString plainWords(const QString& markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                       QTextDocument::MarkdownNoHTML);
    return document.toPlainText();
}

} // namespace modscope::ui
