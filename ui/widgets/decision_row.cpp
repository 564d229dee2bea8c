#include "ui/widgets/decision_row.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_caps.h"
#include "ui/widgets/tick_box.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 32;
constexpr int kRowPadding = 11;
constexpr int kBoxSide = 15;
constexpr int kMarkerSide = 12;
constexpr int kRowGap = 9;
constexpr int kRowRadius = 6;
constexpr double kChosenTint = 0.13;

} // namespace

DecisionRow::DecisionRow(const Theme* theme, const QString& name, int slot, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_slot(slot)
{
    setText(name);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void DecisionRow::setAnswer(Answer answer)
{
    m_answer = answer;
    setChecked(answer == Answer::Yes);
    describe();
    update();
}

void DecisionRow::setDetail(const QString& detail)
{
    m_detail = detail;
    describe();
    update();
}

void DecisionRow::setKey(const QString& key)
{
    m_key = key;
    describe();
    update();
}

void DecisionRow::describe()
{
    QStringList parts{text()};
    if (m_answer == Answer::Unsure) {
        parts << tr("unsure");
    }
    if (!m_detail.isEmpty()) {
        parts << m_detail;
    }
    if (!m_key.isEmpty()) {
        parts << m_key;
    }
    setAccessibleName(parts.join(tr(", ")));
    setToolTip(m_slot < 0 || m_key.isEmpty() ? text() : tr("%1. Shift+%2: unsure").arg(text(), m_key));
}

QSize DecisionRow::sizeHint() const
{
    const int name = QFontMetrics(m_theme->font(TypeRole::Control)).horizontalAdvance(text());
    return {name + m_theme->px(200), m_theme->px(kRowHeight)};
}

QSize DecisionRow::minimumSizeHint() const
{
    return {m_theme->px(160), m_theme->px(kRowHeight)};
}

QColor DecisionRow::markColour() const
{
    return m_slot < 0 ? m_theme->color(Token::Clear) : m_theme->classColor(m_slot);
}

// A click does not tick by itself: the draft decides, and setAnswer() shows it.
void DecisionRow::nextCheckState() {}

void DecisionRow::mouseReleaseEvent(QMouseEvent* event)
{
    const bool unsure = m_slot >= 0 && event->button() == Qt::LeftButton && isDown() &&
                        event->modifiers().testFlag(Qt::ShiftModifier) && rect().contains(event->pos());
    if (unsure) {
        setDown(false);
        Q_EMIT unsureWanted();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void DecisionRow::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool chosen = m_answer != Answer::No;
    QColor ground = m_theme->color(underMouse() ? Token::Sunken : Token::Surface);
    if (chosen) {
        ground = markColour();
        ground.setAlphaF(static_cast<float>(kChosenTint));
    }
    painter.setBrush(ground);
    painter.setPen(QPen(chosen ? markColour() : m_theme->color(Token::Line), chosen ? 1.5 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme->px(kRowRadius), m_theme->px(kRowRadius));

    const auto mirrored = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    int left = m_theme->px(kRowPadding);
    const auto square = [&](int side) {
        const QRect place(left, (height() - m_theme->px(side)) / 2, m_theme->px(side), m_theme->px(side));
        left += m_theme->px(side + kRowGap);
        return mirrored(place);
    };
    paintBox(painter, square(kBoxSide));
    const QRect marker = square(kMarkerSide);
    if (m_slot < 0) {
        painter.drawPixmap(
            marker, m_theme->pixmap(QStringLiteral("check-circle"), Token::Clear, marker.width(), devicePixelRatioF()));
    } else {
        m_theme->paintClassMarker(painter, marker, m_slot);
    }
    paintWords(painter, left);
}

void DecisionRow::paintBox(QPainter& painter, const QRect& box) const
{
    const bool chosen = m_answer != Answer::No;
    paintTickBox(painter, *m_theme, box, chosen ? markColour() : m_theme->color(Token::Line2), m_answer == Answer::Yes);
    if (m_answer == Answer::Unsure) {
        painter.setFont(m_theme->font(TypeRole::Value));
        painter.setPen(m_theme->color(Token::Text));
        painter.drawText(box, Qt::AlignCenter, tr("?", "mark of a class a person is not sure about"));
    }
}

void DecisionRow::paintWords(QPainter& painter, int left) const
{
    const auto mirrored = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    int right = width() - m_theme->px(kRowPadding);
    if (!m_key.isEmpty()) {
        const int capsWidth = keyCapsWidth(*m_theme, {m_key});
        const QRect caps(right - capsWidth, 0, capsWidth, height());
        paintKeyCaps(painter, *m_theme, mirrored(caps), {m_key}, CapTone::Normal);
        right = caps.left() - m_theme->px(kRowGap);
    }
    const QString detail = m_answer == Answer::Unsure ? tr("unsure") : m_detail;
    painter.setFont(m_theme->font(TypeRole::Secondary));
    painter.setPen(m_theme->color(Token::Text2));
    const int detailWidth = painter.fontMetrics().horizontalAdvance(detail);
    painter.drawText(mirrored(QRect(right - detailWidth, 0, detailWidth, height())), Qt::AlignVCenter, detail);
    if (detailWidth > 0) {
        right -= detailWidth + m_theme->px(kRowGap);
    }
    painter.setFont(m_theme->font(m_answer == Answer::No ? TypeRole::Control : TypeRole::Value));
    painter.setPen(m_theme->color(Token::Text));
    const QRect name = mirrored(QRect(left, 0, right - left, height()));
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, name.width()));
}

} // namespace modscope::ui
