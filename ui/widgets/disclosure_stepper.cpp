#include "ui/widgets/disclosure_stepper.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace modscope::ui {

namespace {

constexpr int kStepperHeight = 24;
constexpr int kDiscSide = 15;
constexpr int kNameGap = 6;
constexpr int kLink = 14;
constexpr int kLinkGap = 7;
constexpr int kSteps = 3;

} // namespace

DisclosureStepper::DisclosureStepper(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, &QWidget::updateGeometry);
    describe();
}

void DisclosureStepper::setStage(Disclosure furthest)
{
    if (furthest != m_stage) {
        m_stage = furthest;
        describe();
        update();
    }
}

QString DisclosureStepper::stepName(int step) const
{
    return step == 0 ? tr("Scores and text") : step == 1 ? tr("Grey tile") : tr("Revealed");
}

void DisclosureStepper::describe()
{
    const int step = static_cast<int>(m_stage);
    setAccessibleName(tr("Step %1 of %2: %3").arg(step + 1).arg(kSteps).arg(stepName(step)));
    setToolTip(accessibleName());
}

int DisclosureStepper::widthWith(bool names) const
{
    int width = kSteps * m_theme->px(kDiscSide) + (kSteps - 1) * m_theme->px(kLink + 2 * kLinkGap);
    if (names) {
        const QFontMetrics metrics(m_theme->font(TypeRole::Value)); // the widest weight: nothing moves between steps
        for (int step = 0; step < kSteps; ++step) {
            width += m_theme->px(kNameGap) + metrics.horizontalAdvance(stepName(step));
        }
    }
    return width;
}

bool DisclosureStepper::showsNames() const
{
    return width() >= widthWith(true);
}

QSize DisclosureStepper::sizeHint() const
{
    return {widthWith(true), m_theme->px(kStepperHeight)};
}

QSize DisclosureStepper::minimumSizeHint() const
{
    return {widthWith(false), m_theme->px(kStepperHeight)};
}

void DisclosureStepper::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool names = showsNames();
    const int current = static_cast<int>(m_stage);
    int left = width() - widthWith(names);
    const auto mirrored = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    for (int step = 0; step < kSteps; ++step) {
        const bool reached = step <= current;
        const int side = m_theme->px(kDiscSide);
        const QRect disc = mirrored(QRect(left, (height() - side) / 2, side, side));
        painter.setPen(QPen(m_theme->color(reached ? Token::Accent : Token::Line2), 1));
        painter.setBrush(reached ? QBrush(m_theme->color(Token::Accent)) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5));
        QFont digit = m_theme->font(TypeRole::Small);
        digit.setWeight(QFont::DemiBold);
        painter.setFont(digit);
        painter.setPen(m_theme->color(reached ? Token::OnAccent : Token::Text2));
        painter.drawText(disc, Qt::AlignCenter, QString::number(step + 1));
        left += side;
        if (names) {
            left += m_theme->px(kNameGap);
            const int room = QFontMetrics(m_theme->font(TypeRole::Value)).horizontalAdvance(stepName(step));
            painter.setFont(m_theme->font(step == current ? TypeRole::Value : TypeRole::Control));
            painter.setPen(m_theme->color(reached ? Token::Text : Token::Text2));
            painter.drawText(mirrored(QRect(left, 0, room, height())), Qt::AlignVCenter | Qt::AlignLeading,
                             stepName(step));
            left += room;
        }
        if (step + 1 < kSteps) {
            const QRect link(left + m_theme->px(kLinkGap), height() / 2, m_theme->px(kLink), 1);
            painter.fillRect(mirrored(link), m_theme->color(Token::Line2));
            left += m_theme->px(kLink + 2 * kLinkGap);
        }
    }
}

} // namespace modscope::ui
