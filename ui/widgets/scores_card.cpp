#include "ui/widgets/scores_card.h"

#include "ui/models/score_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/score_delegate.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kAxisHeight = 18;

} // namespace

ScoreAxis::ScoreAxis(const Theme* theme, const ScoreDelegate* delegate, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_delegate(delegate)
{}

void ScoreAxis::setShowsLogits(bool shows)
{
    m_showsLogits = shows;
    update();
}

QSize ScoreAxis::sizeHint() const
{
    return {m_theme->px(200), m_theme->px(kAxisHeight + 26)};
}

void ScoreAxis::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setFont(m_theme->font(TypeRole::Small));
    painter.setPen(m_theme->color(Token::Text2));
    const ScoreColumns at = m_delegate->columns(rect());
    const int height = m_theme->px(kAxisHeight);
    const QLocale locale;
    for (const double value : {0.0, 0.5, 1.0}) {
        const int x = at.barLeft + static_cast<int>((at.barRight - at.barLeft) * value);
        painter.drawText(QRect(x - 30, 0, 60, height), Qt::AlignCenter,
                         locale.toString(value, 'f', value == 0.5 ? 1 : 0));
    }
    const QRect legend(0, height, width(), this->height() - height);
    const int tick = m_theme->px(14);
    painter.fillRect(QRect(m_theme->px(5), legend.center().y() - tick / 2, 2, tick), m_theme->color(Token::Text));
    painter.drawText(legend.adjusted(m_theme->px(16), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeading,
                     tr("threshold of that class"));
    painter.drawText(legend, Qt::AlignVCenter | Qt::AlignTrailing,
                     m_showsLogits ? tr("score · logit") : tr("score · threshold"));
}

ScoreTree::ScoreTree(QWidget* parent) : QTreeView(parent)
{
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Scores"));
}

void ScoreTree::setModel(QAbstractItemModel* model)
{
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &ScoreTree::expandEverything);
    expandEverything();
}

void ScoreTree::expandEverything()
{
    m_showsModels ? expandAll() : collapseAll();
    updateGeometry();
}

void ScoreTree::setShowsModels(bool shows)
{
    m_showsModels = shows;
    expandEverything();
    scheduleDelayedItemsLayout();
}

QSize ScoreTree::sizeHint() const
{
    int height = 0;
    for (QModelIndex row = model() != nullptr ? model()->index(0, 0) : QModelIndex(); row.isValid();
         row = indexBelow(row)) {
        height += itemDelegate()->sizeHint({}, row).height();
    }
    return {200, height};
}

QSize ScoreTree::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

// The highlight spans the block of a class, more rows than the view would repaint.
void ScoreTree::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    viewport()->update();
}

void ScoreTree::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // the inspector scrolls
}

ScoresCard::ScoresCard(const Theme* theme, ScoreModel* model, QAction* addModel, QWidget* parent)
    : QWidget(parent), m_model(model), m_card(new Card(tr("Scores"))), m_legend(new QLabel), m_logits(new QToolButton),
      m_delegate(new ScoreDelegate(theme, this)), m_tree(new ScoreTree), m_axis(new ScoreAxis(theme, m_delegate))
{
    m_logits->setText(tr("Logits"));
    m_logits->setCheckable(true);
    m_logits->setToolTip(tr("Show logits in place of thresholds"));
    m_card->addTitleWidget(m_logits);
    if (addModel != nullptr) {
        auto* button = new QPushButton(theme->icon(QStringLiteral("plus"), Token::Text2), tr("Models…"));
        button->setToolTip(addModel->toolTip());
        setVariant(button, "quiet");
        connect(button, &QPushButton::clicked, addModel, &QAction::trigger);
        m_card->addTitleWidget(button);
    }
    setRole(m_legend, "secondary");
    m_legend->setWordWrap(true);
    m_legend->setTextFormat(Qt::RichText);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setModel(model);
    m_card->body()->addWidget(m_legend);
    m_card->body()->addWidget(m_tree);
    m_card->body()->addWidget(m_axis);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);

    connect(m_logits, &QToolButton::toggled, this, [this](bool shows) {
        m_delegate->setShowsLogits(shows);
        m_axis->setShowsLogits(shows);
        m_tree->viewport()->update();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ScoresCard::follow);
    connect(model, &QAbstractItemModel::modelReset, this, &ScoresCard::rowsChanged);
    connect(theme, &Theme::changed, m_tree, [tree = m_tree] { tree->doItemsLayout(); });
}

void ScoresCard::setModels(const std::vector<ModelSummary>& models)
{
    const QStringList textures{QString(), tr("(hatched)"), tr("(dotted)"), tr("(crossed)")};
    QStringList parts;
    for (std::size_t i = 0; i < models.size(); ++i) {
        parts << QStringLiteral("<b>%1</b>&nbsp;%2&nbsp;%3")
                     .arg(models[i].letter, models[i].name.toHtmlEscaped(), textures.value(static_cast<int>(i)));
    }
    m_legend->setText(parts.join(QStringLiteral("&nbsp; ")));
    m_legend->setVisible(!models.empty());
    const bool oneLine = m_bands && models.size() == 1;
    m_delegate->setOneLine(oneLine);
    m_tree->setShowsModels(!oneLine);
    m_axis->update();
}

void ScoresCard::showAsBands()
{
    m_bands = true;
    m_card->setTitle(tr("Model bands"));
    m_logits->hide();
}

void ScoresCard::addTitleWidget(QWidget* widget)
{
    m_card->addTitleWidget(widget);
}

void ScoresCard::setCurrentClass(const QString& label)
{
    if (const auto index = m_model->indexOfClass(label); index.isValid()) {
        m_tree->setCurrentIndex(index);
    }
}

// Rows were rebuilt: the class stays chosen, wherever it stands now.
void ScoresCard::rowsChanged()
{
    const QScopedValueRollback restoring(m_restoring, true);
    const auto same = m_model->indexOfClass(m_class);
    const QModelIndex index = same.isValid() ? same : m_model->index(0, 0);
    const bool isKept = same.isValid() && m_currentModel > 0 && m_currentModel < m_model->rowCount(same);
    m_tree->setCurrentIndex(isKept ? m_model->index(m_currentModel, 0, index) : index);
    m_restoring = false;
    follow(m_tree->currentIndex());
}

void ScoresCard::follow(const QModelIndex& index)
{
    if (m_restoring || !index.isValid()) {
        return;
    }
    m_class = index.data(ScoreModel::ClassRole).toString();
    m_currentModel = std::max(0, index.data(ScoreModel::ModelRole).toInt());
    Q_EMIT currentChanged(m_class, m_currentModel);
}

} // namespace modscope::ui
