#include "ui/widgets/claim_chip.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kChipHeight = 22;
constexpr int kChipPadding = 8;
constexpr int kChipIcon = 13;
constexpr int kChipGap = 6;
constexpr int kChipRadius = 5;
constexpr int kMsPerSecond = 1000;

QFont chipFont(const Theme& theme)
{
    QFont font = theme.font(TypeRole::Secondary);
    font.setWeight(QFont::Medium);
    return font;
}

/// "9:12"
QString minutesAndSeconds(qint64 milliseconds)
{
    const qint64 seconds = (std::max<qint64>(milliseconds, 0) + kMsPerSecond - 1) / kMsPerSecond;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

ClaimChip::ClaimChip(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_second.setInterval(kMsPerSecond);
    connect(&m_second, &QTimer::timeout, this, &ClaimChip::tick);
    connect(theme, &Theme::changed, this, &QWidget::updateGeometry);
    hide();
}

void ClaimChip::setTimeLeft(qint64 milliseconds)
{
    m_deadline.setRemainingTime(std::max<qint64>(milliseconds, 0), Qt::PreciseTimer);
    m_state = State::Claimed;
    m_second.start();
    tick();
    show();
}

void ClaimChip::setLost()
{
    m_second.stop();
    m_state = State::Lost;
    refresh();
    show();
}

void ClaimChip::clear()
{
    m_second.stop();
    m_state = State::Free;
    hide();
}

void ClaimChip::tick()
{
    const qint64 left = m_deadline.remainingTime();
    const bool wasClaimed = m_state == State::Claimed;
    if (left < kEndingMs) {
        m_state = State::Ending;
    }
    if (left <= 0) {
        m_second.stop();
    }
    refresh();
    if (wasClaimed && m_state == State::Ending) {
        Q_EMIT ending();
    }
    if (left <= 0) {
        Q_EMIT ended();
    }
}

void ClaimChip::refresh()
{
    setAccessibleName(text());
    setToolTip(m_state == State::Ending
                   ? tr("Your claim ends in %1. Any key keeps it.").arg(minutesAndSeconds(m_deadline.remainingTime()))
               : m_state == State::Lost ? tr("Someone else took this item.")
                                        : tr("Nobody else is given this item until then."));
    updateGeometry();
    update();
}

QString ClaimChip::text() const
{
    switch (m_state) {
    case State::Free:
        return {};
    case State::Lost:
        return tr("Claim lost");
    case State::Claimed:
    case State::Ending:
        break;
    }
    return tr("Claimed, %1 left").arg(minutesAndSeconds(m_deadline.remainingTime()));
}

QSize ClaimChip::sizeHint() const
{
    const int words = QFontMetrics(chipFont(*m_theme)).horizontalAdvance(text());
    return {words + m_theme->px(2 * kChipPadding + kChipIcon + kChipGap), m_theme->px(kChipHeight)};
}

void ClaimChip::paintEvent(QPaintEvent* /*event*/)
{
    const bool calm = m_state == State::Claimed;
    const Token ink = calm ? Token::Accent : m_state == State::Lost ? Token::Flag : Token::Review;
    const Token ground = calm ? Token::AccentSoft : m_state == State::Lost ? Token::FlagSoft : Token::ReviewSoft;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(ground));
    painter.drawRoundedRect(rect(), m_theme->px(kChipRadius), m_theme->px(kChipRadius));
    const int side = m_theme->px(kChipIcon);
    const auto mirrored = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    const QRect icon = mirrored(QRect(m_theme->px(kChipPadding), (height() - side) / 2, side, side));
    painter.drawPixmap(icon, m_theme->pixmap(QStringLiteral("clock-history"), ink, side, devicePixelRatioF()));
    painter.setFont(chipFont(*m_theme));
    painter.setPen(m_theme->color(ink));
    const int left = m_theme->px(kChipPadding + kChipIcon + kChipGap);
    painter.drawText(mirrored(QRect(left, 0, width() - left, height())), Qt::AlignVCenter | Qt::AlignLeading, text());
}

} // namespace modscope::ui
