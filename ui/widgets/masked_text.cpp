#include "ui/widgets/masked_text.h"

#include "ui/models/visible_text.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocumentFragment>
#include <QTextObjectInterface>

#include <algorithm>
#include <cmath>

namespace modscope::ui {

namespace {

constexpr int kTextSize = 14;
constexpr int kMostLines = 6; // then it scrolls
constexpr int kBlockObject = QTextFormat::UserObject + 1;
constexpr int kSpanProperty = QTextFormat::UserProperty + 1;
constexpr int kWidthProperty = QTextFormat::UserProperty + 2;
constexpr double kHatchStep = 4.5;

QFont captionFont(const Theme& theme)
{
    QFont font = theme.font(TypeRole::Body);
    font.setPixelSize(theme.px(kTextSize));
    return font;
}

/// Draws a masked word: a hatched block as wide as the word.
class HatchedBlock final : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    HatchedBlock(const Theme* theme, QObject* parent) : QObject(parent), m_theme(theme) {}

    QSizeF intrinsicSize(QTextDocument* /*document*/, int /*position*/, const QTextFormat& format) override
    {
        return {format.property(kWidthProperty).toReal(), QFontMetricsF(captionFont(*m_theme)).ascent()};
    }

    void drawObject(QPainter* painter,
                    const QRectF& rect,
                    QTextDocument* /*document*/,
                    int /*position*/,
                    const QTextFormat& /*format*/) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF block = rect.adjusted(0, 1, 0, 2);
        QPainterPath outline;
        outline.addRoundedRect(block, m_theme->px(3), m_theme->px(3));
        painter->fillPath(outline, m_theme->color(Token::Track));
        painter->setClipPath(outline);
        // Drawn by hand: Qt's brush patterns are made of device pixels and vanish on fine screens.
        painter->setPen(QPen(m_theme->color(Token::Text2), m_theme->px(1.2)));
        for (qreal x = block.left() - block.height(); x < block.right(); x += m_theme->px(kHatchStep)) {
            painter->drawLine(QPointF(x, block.bottom()), QPointF(x + block.height(), block.top()));
        }
        painter->restore();
    }

private:
    const Theme* m_theme;
};

} // namespace

MaskedText::MaskedText(const Theme* theme, QWidget* parent) : QTextBrowser(parent), m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
    setFrameShape(QFrame::NoFrame);
    setVariant(this, "bare");
    setOpenLinks(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    document()->setUndoRedoEnabled(false);
    document()->documentLayout()->registerHandler(kBlockObject, new HatchedBlock(theme, this));
    connect(theme, &Theme::changed, this, &MaskedText::render);
}

void MaskedText::setText(const QString& text, const std::vector<TextSpan>& spans)
{
    m_text = text;
    m_spans = spans;
    m_openSpan = -1;
    render();
}

void MaskedText::unmask(bool shows)
{
    if (shows != m_unmasked) {
        m_unmasked = shows;
        render();
    }
}

void MaskedText::render()
{
    const QFont font = captionFont(*m_theme);
    const QFontMetricsF metrics(font);
    document()->clear();
    document()->setDefaultFont(font);
    QTextCursor cursor(document());
    const auto insert = [&](qsizetype from, qsizetype length) {
        cursor.insertText(visibleText(m_text.mid(from, length), true), QTextCharFormat());
    };
    qsizetype from = 0;
    for (int i = 0; i < static_cast<int>(m_spans.size()); ++i) {
        const TextSpan span = m_spans[static_cast<std::size_t>(i)];
        insert(from, span.start - from);
        if (isShown(i)) {
            insert(span.start, span.length);
        } else {
            QTextCharFormat block;
            block.setObjectType(kBlockObject);
            block.setProperty(kSpanProperty, i);
            block.setProperty(kWidthProperty, metrics.horizontalAdvance(m_text.mid(span.start, span.length)));
            block.setVerticalAlignment(QTextCharFormat::AlignBaseline);
            cursor.insertText(QString(QChar::ObjectReplacementCharacter), block);
        }
        from = span.start + span.length;
    }
    insert(from, m_text.size() - from);
    moveCursor(QTextCursor::Start);
    const std::vector<TextSpan> hidden = m_unmasked ? std::vector<TextSpan>() : m_spans;
    setAccessibleDescription(maskedText(m_text, hidden, tr("masked word")));
    updateGeometry();
}

QString MaskedText::shownText() const
{
    return toPlainText().replace(QChar::ObjectReplacementCharacter, tr("[masked]"));
}

QMimeData* MaskedText::createMimeDataFromSelection() const
{
    QString text = textCursor().selection().toPlainText();
    text.replace(QChar::ObjectReplacementCharacter, tr("[masked]"));
    auto* mime = new QMimeData;
    mime->setText(text);
    return mime;
}

QRectF MaskedText::blockRect(int span) const
{
    const QPointF scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            const QTextCharFormat format = fragment.charFormat();
            if (format.objectType() != kBlockObject || format.intProperty(kSpanProperty) != span) {
                continue;
            }
            const int at = fragment.position() - block.position();
            const QTextLine line = block.layout()->lineForTextPosition(at);
            const QPointF origin = document()->documentLayout()->blockBoundingRect(block).topLeft() - scrolled;
            const qreal start = line.cursorToX(at);
            const qreal end = line.cursorToX(at + fragment.length());
            return {origin.x() + std::min(start, end), origin.y() + line.y(), std::abs(end - start), line.height()};
        }
    }
    return {};
}

int MaskedText::spanAt(const QPoint& position) const
{
    for (int span = 0; span < static_cast<int>(m_spans.size()); ++span) {
        if (blockRect(span).contains(position)) {
            return span;
        }
    }
    return -1;
}

void MaskedText::mousePressEvent(QMouseEvent* event)
{
    const int span = event->button() == Qt::LeftButton ? spanAt(event->pos()) : -1;
    if (span >= 0) {
        m_openSpan = span;
        render();
        return;
    }
    QTextBrowser::mousePressEvent(event);
}

void MaskedText::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_openSpan >= 0) {
        m_openSpan = -1;
        render();
        return;
    }
    QTextBrowser::mouseReleaseEvent(event);
}

void MaskedText::focusOutEvent(QFocusEvent* event)
{
    m_openSpan = -1;
    unmask(false);
    QTextBrowser::focusOutEvent(event);
}

void MaskedText::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    updateGeometry();
}

QSize MaskedText::sizeHint() const
{
    const int line = QFontMetrics(captionFont(*m_theme)).lineSpacing();
    const int height = static_cast<int>(std::ceil(document()->size().height()));
    return {200, std::clamp(height, line, kMostLines * line)};
}

QSize MaskedText::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

} // namespace modscope::ui

#include "masked_text.moc"
