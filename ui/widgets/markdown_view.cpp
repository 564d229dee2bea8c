#include "ui/widgets/markdown_view.h"

#include "ui/theme/theme.h"

#include <QPointer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFragment>
#include <QTextTable>

#include <algorithm>
#include <ranges>
#include <vector>

namespace modscope::ui {

namespace {

constexpr int kMargin = 4;
constexpr int kCellPadding = 5;

/// A part of the document that must become plain words.
struct Replacement {
    int position;
    int length;
    QString text;
};

std::vector<Replacement> linksAndPictures(const QTextDocument& document)
{
    std::vector<Replacement> found;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            const QTextCharFormat format = fragment.charFormat();
            if (format.isImageFormat()) {
                found.push_back({fragment.position(), fragment.length(),
                                 MarkdownView::tr("[picture: %1]").arg(format.toImageFormat().name())});
            } else if (format.isAnchor()) {
                const QString target = format.anchorHref();
                const QString words = fragment.text();
                found.push_back({fragment.position(), fragment.length(),
                                 words == target ? words : MarkdownView::tr("%1 (%2)").arg(words, target)});
            }
        }
    }
    return found;
}

/// From the end, so that positions stay valid.
void replaceWithWords(QTextDocument& document)
{
    const std::vector<Replacement> replacements = linksAndPictures(document);
    QTextCursor cursor(&document);
    for (const Replacement& part : std::ranges::reverse_view(replacements)) {
        cursor.setPosition(part.position);
        cursor.setPosition(part.position + part.length, QTextCursor::KeepAnchor);
        cursor.insertText(part.text, QTextCharFormat());
    }
}

/// A document that finds no resource. The base class would look for local files when nothing else answered.
class SealedDocument final : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int /*type*/, const QUrl& /*name*/) override { return QByteArray(""); }
};

} // namespace

MarkdownView::MarkdownView(const Theme* theme, QWidget* parent) : QTextBrowser(parent), m_theme(theme)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    connect(theme, &Theme::changed, this, &MarkdownView::render);
}

QVariant MarkdownView::loadResource(int /*type*/, const QUrl& /*name*/)
{
    return QByteArray(""); // not an invalid value: the document would go on looking
}

void MarkdownView::setText(const QString& markdown)
{
    if (markdown == m_markdown) {
        return;
    }
    m_markdown = markdown;
    render();
}

void MarkdownView::render()
{
    auto* document = new SealedDocument(this);
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(m_theme->font(TypeRole::Body));
    document->setDocumentMargin(m_theme->px(kMargin));
    QString shown = m_markdown.left(kMaxCharacters);
    if (m_markdown.size() > kMaxCharacters) {
        shown += QStringLiteral("\n\n") + tr("The rest of this card is not shown: it is too long.");
    }
    document->setMarkdown(shown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                     QTextDocument::MarkdownNoHTML);
    replaceWithWords(*document);
    style(*document);
    const QPointer<QTextDocument> former = this->document(); // the editor deletes the one it began with
    setDocument(document);
    if (former && former->parent() == this) {
        former->deleteLater();
    }
}

void MarkdownView::style(QTextDocument& document) const
{
    const QFont mono = m_theme->font(TypeRole::Mono);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            if (fragment.charFormat().fontFixedPitch()) {
                QTextCursor cursor(&document);
                cursor.setPosition(fragment.position());
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
                QTextCharFormat format;
                format.setFontFamilies({mono.family()});
                cursor.mergeCharFormat(format);
            }
        }
    }
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorderBrush(m_theme->color(Token::Line));
            format.setBorderCollapse(true);
            format.setCellSpacing(0);
            format.setCellPadding(m_theme->px(kCellPadding));
            table->setFormat(format);
        }
    }
}

} // namespace modscope::ui
