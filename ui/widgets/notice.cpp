#include "ui/widgets/notice.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kEdge = 4;
constexpr int kRadius = 8;
constexpr int kIconSize = 16;

struct Look {
    Token ink;
    Token ground;
    const char* icon;
};

Look lookOf(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Error:
        return {Token::Flag, Token::FlagSoft, "exclamation-octagon-fill"};
    case NoticeKind::Attention:
        return {Token::Review, Token::ReviewSoft, "exclamation-triangle-fill"};
    case NoticeKind::Info:
        break;
    }
    return {Token::Info, Token::InfoSoft, "info-circle-fill"};
}

QLabel* wrappedLabel()
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

Notice::Notice(const Theme* theme, NoticeKind kind, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_kind(kind), m_icon(new IconLabel(theme, kIconSize)), m_title(wrappedLabel()),
      m_text(wrappedLabel()), m_copy(new QPushButton(tr("Copy")))
{
    setVariant(m_copy, "link");
    m_copy->setToolTip(tr("Copy this message"));
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addWidget(m_copy, 0, Qt::AlignLeft);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kEdge + 10, 10, 12, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    const Look look = lookOf(m_kind);
    m_icon->setIcon(QLatin1String(look.icon), look.ink);
    setRole(m_title, m_kind == NoticeKind::Error ? "flag" : m_kind == NoticeKind::Attention ? "review" : "value");
}

void Notice::setText(const QString& title, const QString& text)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_text->setText(text);
    setAccessibleName(this->text());
}

QString Notice::text() const
{
    return m_title->text().isEmpty() ? m_text->text() : m_title->text() + QLatin1Char('\n') + m_text->text();
}

void Notice::paintEvent(QPaintEvent* /*event*/)
{
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal radius = m_theme->px(qreal(kRadius));
    const int edge = m_theme->px(kEdge);
    painter.setBrush(m_theme->color(look.ink));
    painter.drawRoundedRect(rect(), radius, radius);
    // The ground lies over the ink and leaves its edge: the left one, or the right one where writing runs that way.
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    QRectF ground = rect();
    rightToLeft ? ground.setRight(ground.right() - edge) : ground.setLeft(ground.left() + edge);
    painter.setBrush(m_theme->color(look.ground));
    painter.drawRoundedRect(ground, radius / 2, radius / 2);
}

} // namespace modscope::ui
