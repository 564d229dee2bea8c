#include "ui/widgets/key_sentence.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_caps.h"

#include <QFontMetrics>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kSentenceLine = 24;
constexpr int kLongestLine = 400;

} // namespace

KeySentence::KeySentence(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(theme, &Theme::changed, this, &QWidget::updateGeometry);
}

void KeySentence::setSentence(const QString& sentence, const QStringList& caps)
{
    static const QRegularExpression token(QStringLiteral("%([1-9])|[^\\s%]+|%"));
    std::vector<Piece> pieces;
    for (auto matches = token.globalMatch(sentence); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const int cap = match.captured(1).toInt();
        pieces.push_back({cap > 0 ? caps.value(cap - 1) : match.captured(0), cap > 0});
    }
    const QString before = text();
    m_pieces = std::move(pieces);
    if (text() == before) {
        return;
    }
    setAccessibleName(text());
    updateGeometry();
    update();
}

QString KeySentence::text() const
{
    QStringList words;
    for (const Piece& piece : m_pieces) {
        words << piece.text;
    }
    return words.join(QLatin1Char(' '));
}

int KeySentence::pieceWidth(const Piece& piece) const
{
    return piece.isCap ? keyCapsWidth(*m_theme, {piece.text})
                       : QFontMetrics(m_theme->font(TypeRole::Body)).horizontalAdvance(piece.text);
}

int KeySentence::lineHeight() const
{
    return m_theme->px(kSentenceLine);
}

std::vector<KeySentence::PlacedPiece> KeySentence::place(int width) const
{
    const int space = QFontMetrics(m_theme->font(TypeRole::Body)).horizontalAdvance(QLatin1Char(' '));
    const int height = lineHeight();
    std::vector<PlacedPiece> placed;
    std::size_t lineStart = 0;
    int left = 0;
    int top = 0;
    const auto endLine = [&] {
        const int indent = (width - (left - space)) / 2;
        for (std::size_t i = lineStart; i < placed.size(); ++i) {
            placed[i].rect.translate(std::max(0, indent), 0);
        }
        lineStart = placed.size();
    };
    for (const Piece& piece : m_pieces) {
        const int wide = pieceWidth(piece);
        if (left > 0 && left + wide > width) {
            endLine();
            left = 0;
            top += height;
        }
        placed.push_back({&piece, QRect(left, top, wide, height)});
        left += wide + space;
    }
    endLine();
    return placed;
}

QSize KeySentence::sizeHint() const
{
    const int width = m_theme->px(kLongestLine);
    return {width, heightForWidth(width)};
}

QSize KeySentence::minimumSizeHint() const
{
    int widest = 0;
    for (const Piece& piece : m_pieces) {
        widest = std::max(widest, pieceWidth(piece));
    }
    return {widest, lineHeight()};
}

int KeySentence::heightForWidth(int width) const
{
    const auto placed = place(width);
    return placed.empty() ? lineHeight() : placed.back().rect.bottom() + 1;
}

void KeySentence::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setFont(m_theme->font(TypeRole::Body));
    painter.setPen(m_theme->color(Token::Text2));
    for (const auto& [piece, place] : place(width())) {
        const QRect rect = QStyle::visualRect(layoutDirection(), this->rect(), place);
        if (piece->isCap) {
            paintKeyCaps(painter, *m_theme, rect, {piece->text}, CapTone::Normal);
        } else {
            painter.drawText(rect, Qt::AlignCenter, piece->text);
        }
    }
}

} // namespace modscope::ui
