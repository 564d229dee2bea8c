#include "ui/widgets/model_state_delegate.h"

#include "ui/models/model_list_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kIconSize = 14;
constexpr int kBarHeight = 4;

Token inkOf(ModelRow::State state)
{
    switch (state) {
    case ModelRow::State::Busy:
        return Token::Info;
    case ModelRow::State::Open:
        return Token::Clear;
    case ModelRow::State::Failed:
        return Token::Flag;
    case ModelRow::State::Idle:
        break;
    }
    return Token::Text2;
}

QString iconOf(ModelRow::State state)
{
    switch (state) {
    case ModelRow::State::Busy:
        return QStringLiteral("hourglass-split");
    case ModelRow::State::Open:
        return QStringLiteral("check-circle");
    case ModelRow::State::Failed:
        return QStringLiteral("exclamation-triangle");
    case ModelRow::State::Idle:
        break;
    }
    return {};
}

} // namespace

ModelStateDelegate::ModelStateDelegate(const Theme* theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

QSize ModelStateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize text = QStyledItemDelegate::sizeHint(option, index);
    const int icon = index.column() == ModelListModel::State ? m_theme->px(kIconSize + kPadding) : 0;
    return {text.width() + 2 * m_theme->px(kPadding) + icon, text.height()};
}

void ModelStateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, m_theme->color(Token::AccentSoft));
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme->color(Token::Line));
    const QRect cell = option.rect.adjusted(m_theme->px(kPadding), 0, -m_theme->px(kPadding), 0);
    if (index.column() == ModelListModel::State) {
        paintState(*painter, cell, index);
    } else {
        const bool isName = index.column() == ModelListModel::Name;
        const QFont font = m_theme->font(isName                                   ? TypeRole::Value
                                         : index.column() == ModelListModel::Hash ? TypeRole::Mono
                                                                                  : TypeRole::Body);
        painter->setFont(font);
        painter->setPen(m_theme->color(isName ? Token::Text : Token::Text2));
        const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        painter->drawText(cell, static_cast<int>(alignment),
                          QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideMiddle, cell.width()));
    }
    painter->restore();
}

void ModelStateDelegate::paintState(QPainter& painter, const QRect& cell, const QModelIndex& index) const
{
    const auto state = static_cast<ModelRow::State>(index.data(ModelListModel::StateRole).toInt());
    const Token ink = inkOf(state);
    QRect words = cell;
    if (const QString icon = iconOf(state); !icon.isEmpty()) {
        const int size = m_theme->px(kIconSize);
        const QPixmap pixmap = m_theme->pixmap(icon, ink, size, painter.device()->devicePixelRatioF());
        painter.drawPixmap(QPoint(cell.left(), cell.center().y() - size / 2), pixmap);
        words.setLeft(cell.left() + size + m_theme->px(6));
    }
    const QFont font = m_theme->font(state == ModelRow::State::Idle ? TypeRole::Body : TypeRole::Control);
    painter.setFont(font);
    painter.setPen(m_theme->color(ink));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    const double progress = index.data(ModelListModel::ProgressRole).toDouble();
    if (state == ModelRow::State::Busy && progress >= 0) {
        const int height = m_theme->px(kBarHeight);
        QRect bar(words.left(), cell.bottom() - m_theme->px(3) - height, words.width(), height);
        painter.fillRect(bar, m_theme->color(Token::Track));
        bar.setWidth(static_cast<int>(std::clamp(progress, 0.0, 1.0) * bar.width()));
        painter.fillRect(bar, m_theme->color(Token::Info));
    }
}

} // namespace modscope::ui
