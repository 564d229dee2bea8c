#include "ui/pages/compare_view.h"

#include "ui/models/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/diff_label.h"
#include "ui/widgets/disclosure_tile.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kGap = 12;
constexpr int kHashBits = 256;

} // namespace

CompareView::CompareView(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_sides{Side{{}, new QLabel, new DisclosureTile(theme)},
                                               Side{{}, new QLabel, new DisclosureTile(theme)}},
      m_distance(new QLabel), m_sameText(new QLabel(tr("The texts are the same."))), m_diff(new DiffLabel(theme)),
      m_split(new QPushButton(tr("Split group")))
{
    auto* title = new QLabel(tr("Compare"));
    setRole(title, "cardTitle");
    setRole(m_distance, "secondary");
    setRole(m_sameText, "secondary");
    auto* close = new QToolButton;
    close->setIcon(theme->icon(QStringLiteral("x-lg")));
    close->setToolTip(tr("Back to the item (Esc)"));
    close->setAccessibleName(tr("Back to the item"));
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &CompareView::closed);
    auto* head = new QHBoxLayout;
    head->addWidget(title);
    head->addWidget(m_distance, 1);
    head->addWidget(close);
    auto* pictures = new QHBoxLayout;
    pictures->setSpacing(kGap);
    pictures->addWidget(buildSide(0), 1);
    pictures->addWidget(buildSide(1), 1);
    auto* texts = new Card(tr("What the texts differ in"));
    texts->body()->addWidget(m_sameText);
    texts->body()->addWidget(m_diff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(kGap);
    column->addLayout(head);
    column->addLayout(pictures, 1);
    column->addWidget(texts);
    column->addWidget(buildAnswers());
    tieTogether(0, 1);
    tieTogether(1, 0);
    setDistance(-1);
    setCanSplit(false);
}

QWidget* CompareView::buildSide(int side)
{
    Side& one = m_sides.at(static_cast<std::size_t>(side));
    setRole(one.key, "mono");
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(one.key);
    column->addWidget(one.tile, 1);
    return widget;
}

QWidget* CompareView::buildAnswers()
{
    auto* answers = new QWidget;
    auto* row = new QHBoxLayout(answers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addStretch();
    const auto add = [&](QPushButton* button, const QString& toolTip, void (CompareView::*wanted)()) {
        button->setToolTip(toolTip);
        button->setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
        connect(button, &QPushButton::clicked, this, wanted);
        row->addWidget(button);
    };
    add(m_split, tr("The second one is no duplicate of the first, nor of the others of its group"),
        &CompareView::splitWanted);
    add(new QPushButton(tr("Not the same")), tr("Never shown as near-duplicates again"), &CompareView::notSameWanted);
    add(new QPushButton(tr("Same")), tr("One decision fits both"), &CompareView::sameWanted);
    return answers;
}

// Both see as much as one sees: what opens, covers or looks at a place does so on either side.
void CompareView::tieTogether(int leader, int follower)
{
    DisclosureTile* from = tile(leader);
    DisclosureTile* to = tile(follower);
    connect(from, &DisclosureTile::revealedChanged, to, [from, to](bool revealed) {
        to->setHeld(revealed);
        if (revealed) {
            to->setLens(from->lens());
        }
    });
    connect(from, &DisclosureTile::lensMoved, to, &DisclosureTile::setLens);
}

void CompareView::showPair(const ComparedItem& first, const ComparedItem& second)
{
    m_sides[0].item = first;
    m_sides[1].item = second;
    for (const Side& side : m_sides) {
        side.key->setText(side.item.key);
        side.tile->clear();
    }
    setDistance(-1);
    m_unmasked = false;
    showTexts();
}

DisclosureTile* CompareView::tileOf(ReviewItemId id) const
{
    for (const Side& side : m_sides) {
        if (side.item.id == id) {
            return side.tile;
        }
    }
    return nullptr;
}

void CompareView::setCoveredTile(ReviewItemId id, const QImage& tile)
{
    if (auto* one = tileOf(id)) {
        one->setCoveredTile(tile);
    }
}

void CompareView::setPicture(ReviewItemId id, CanvasPicture picture)
{
    if (auto* one = tileOf(id)) {
        one->setPicture(std::move(picture));
    }
}

void CompareView::setProblem(ReviewItemId id, const QString& problem)
{
    if (auto* one = tileOf(id)) {
        one->setMessage(QStringLiteral("file-earmark-x"), problem);
    }
}

void CompareView::setDistance(int bits, const std::optional<QString>& orientation)
{
    QString text;
    if (bits >= 0) {
        text = tr("The pictures differ in %1 of %2 bits").arg(bits).arg(kHashBits);
    }
    if (bits >= 0 && orientation) {
        text = orientation->isEmpty() ? tr("%1, both upright", "the distance of two pictures").arg(text)
                                      : tr("%1, the first %2", "the distance of two pictures").arg(text, *orientation);
    }
    m_distance->setText(text);
}

void CompareView::setLikeness(const QString& model, double cosine)
{
    const QString likeness = tr("%1 sees them %2 alike", "a model, the cosine of two pictures")
                                 .arg(visibleText(model), QLocale().toString(cosine, 'f', 2));
    m_distance->setText(m_distance->text().isEmpty() ? likeness
                                                     : m_distance->text() + QStringLiteral(" · ") + likeness);
}

QString CompareView::distanceText() const
{
    return m_distance->text();
}

void CompareView::setMask(const CaptionMask& mask)
{
    m_mask = mask;
    showTexts();
}

void CompareView::setCanSplit(bool canSplit)
{
    m_split->setVisible(canSplit);
}

void CompareView::setKeys(const QString& reveal, const QString& colour)
{
    for (const Side& side : m_sides) {
        side.tile->setKeys(reveal, colour);
    }
}

void CompareView::setKeepSmall(bool keepSmall)
{
    for (const Side& side : m_sides) {
        side.tile->setKeepSmall(keepSmall);
    }
}

void CompareView::setPressOnce(bool pressOnce)
{
    for (const Side& side : m_sides) {
        side.tile->setPressOnce(pressOnce);
    }
}

// While the key is up, words of the list are not told apart: both read "[masked]".
void CompareView::showTexts()
{
    const auto shown = [this](const QString& text) {
        const auto spans = m_unmasked ? std::vector<TextSpan>() : m_mask.spans(text);
        return maskedText(text, spans, tr("[masked]"));
    };
    for (const Side& side : m_sides) {
        side.tile->setAlternativeText(
            maskedText(side.item.text, m_mask.spans(side.item.text), tr("masked word", "said by a screen reader")));
    }
    const QString first = shown(m_sides[0].item.text);
    const QString second = shown(m_sides[1].item.text);
    m_sameText->setVisible(first == second);
    m_diff->setTexts(first, second);
}

void CompareView::beginHold()
{
    const bool held = tile(0)->isPressOnce() && (tile(0)->isRevealed() || tile(1)->isRevealed());
    for (const Side& side : m_sides) {
        side.tile->setHeld(!held);
    }
}

void CompareView::endHold()
{
    for (const Side& side : m_sides) {
        side.tile->endHold();
    }
}

void CompareView::setColour(bool colour)
{
    for (const Side& side : m_sides) {
        side.tile->setColour(colour);
    }
}

void CompareView::moveLens(int right, int down)
{
    DisclosureTile* open = tile(0)->isRevealed() ? tile(0) : tile(1);
    open->moveLens(right, down);
}

void CompareView::coverAgain()
{
    for (const Side& side : m_sides) {
        side.tile->coverAgain();
    }
}

void CompareView::unmask(bool shows)
{
    m_unmasked = shows;
    showTexts();
}

void CompareView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        coverAgain();
        Q_EMIT closed();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace modscope::ui
