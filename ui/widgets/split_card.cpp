#include "ui/widgets/split_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 27;
constexpr int kZeroAt = 112; // where the zero line stands without negative values
constexpr int kNumberWidth = 52;
constexpr float kNothing = 0.1F;  // logit units: less than this is not worth a word
constexpr double kShortest = 1.0; // logit units a full bar stands for at least

QString signedText(float value)
{
    const auto number = QLocale().toString(static_cast<double>(std::abs(value)), 'f', 2);
    return (value < 0 ? QChar(0x2212) : QLatin1Char('+')) + number;
}

} // namespace

QString splitSentence(const SplitValues& values)
{
    if (!values.hasText || !values.hasImage) {
        return values.hasText ? SplitCard::tr("There is no picture: the text alone decides.")
                              : SplitCard::tr("There is no text: the picture alone decides.");
    }
    const bool apartHigh = values.text > kNothing || values.image > kNothing;
    if (values.together > std::max({values.text, values.image, kNothing})) {
        return apartHigh ? SplitCard::tr("Higher together than apart.")
                         : SplitCard::tr("Harmless apart, higher together.");
    }
    if (values.together < -kNothing && std::abs(values.together) > std::max(values.text, values.image)) {
        return SplitCard::tr("The two together lower the score.");
    }
    if (!apartHigh) {
        return SplitCard::tr("Neither text nor picture raises the score.");
    }
    return values.text >= values.image ? SplitCard::tr("Mostly from the text.")
                                       : SplitCard::tr("Mostly from the picture.");
}

SplitBars::SplitBars(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme) {}

void SplitBars::setValues(const std::optional<SplitValues>& values)
{
    m_values = values;
    if (values) {
        setAccessibleName(tr("Text %1, image %2, together %3")
                              .arg(signedText(values->text), signedText(values->image), signedText(values->together)));
    }
    update();
}

QSize SplitBars::sizeHint() const
{
    return {m_theme->px(260), m_theme->px(3 * kRowHeight)};
}

void SplitBars::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const SplitValues values = m_values.value_or(SplitValues{.hasText = true, .hasImage = true});
    const std::array rows{
        Row{QStringLiteral("type"), tr("Text"), values.text, values.hasText ? QString() : tr("no text")},
        Row{QStringLiteral("image"), tr("Image"), values.image, values.hasImage ? QString() : tr("no picture")},
        Row{QStringLiteral("intersect"), tr("Together"), values.together,
            values.hasText && values.hasImage ? QString() : tr("only one part"), true}};
    double most = kShortest;
    for (const auto& row : rows) {
        most = std::max(most, static_cast<double>(std::abs(row.value)));
    }
    // The zero line stands in the middle of what is left of the names and numbers, so that both signs have room.
    const double room = width() - m_theme->px(kZeroAt) - m_theme->px(kNumberWidth);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const QRect line(0, static_cast<int>(i) * m_theme->px(kRowHeight), width(), m_theme->px(kRowHeight));
        paintRow(painter, line, rows[i], room / 2 / most);
    }
    const double zero = m_theme->px(kZeroAt) + room / 2;
    painter.fillRect(QRectF(std::round(zero), 0, 1, height()), m_theme->color(Token::Line2));
}

void SplitBars::paintRow(QPainter& painter, const QRect& rect, const Row& row, double unit) const
{
    const int side = m_theme->px(13);
    painter.drawPixmap(QRect(0, rect.center().y() - side / 2, side, side),
                       m_theme->pixmap(row.icon, Token::Text2, side, devicePixelRatioF()));
    painter.setFont(m_theme->font(TypeRole::Body));
    painter.setPen(m_theme->color(Token::Text));
    painter.drawText(rect.adjusted(m_theme->px(21), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, row.name);
    if (!m_values) {
        return;
    }
    if (!row.absent.isEmpty()) {
        painter.setFont(m_theme->font(TypeRole::Secondary));
        painter.setPen(m_theme->color(Token::Text2));
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, row.absent);
        return;
    }
    const double room = width() - m_theme->px(kZeroAt) - m_theme->px(kNumberWidth);
    const double zero = m_theme->px(kZeroAt) + room / 2;
    const double length = static_cast<double>(row.value) * unit;
    const int height = m_theme->px(10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(row.accent ? Token::Accent : Token::Text2));
    painter.drawRoundedRect(QRectF(zero, rect.center().y() - height / 2.0, length, height).normalized(), 2, 2);
    painter.setFont(m_theme->font(TypeRole::MonoSmall));
    painter.setPen(m_theme->color(Token::Text));
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, signedText(row.value));
}

SplitCard::SplitCard(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_card(new Card(QString())), m_bars(new SplitBars(theme)), m_sentence(new QLabel)
{
    auto* chip = new QLabel(tr("indicative"));
    setRole(chip, "chip");
    chip->setToolTip(tr("Items without text or without picture were rare in training: read these numbers as hints."));
    m_card->addTitleWidget(chip);
    setRole(m_sentence, "secondary");
    m_sentence->setWordWrap(true);
    m_card->body()->addWidget(m_bars);
    m_card->body()->addWidget(m_sentence);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
}

void SplitCard::setSplit(const QString& className, const QString& modelLetter, const std::optional<SplitValues>& values)
{
    m_card->setTitle(tr("Where %1 comes from").arg(className));
    m_bars->setValues(values);
    m_sentence->setText(values ? tr("%1 Logit units, model %2.").arg(splitSentence(*values), modelLetter)
                               : tr("Computing…"));
}

} // namespace modscope::ui
