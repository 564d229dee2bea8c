#include "ui/widgets/disclosure_tile.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_sentence.h"

#include <QApplication>
#include <QCursor>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kCoveredSide = 256; // smallness is a filter too: it does not grow with the screen
constexpr int kOpenSide = 480;
constexpr int kWellMargin = 16;
constexpr int kSentenceGap = 14;
constexpr double kLensShare = 0.25; // of the picture's area
constexpr double kLensStep = 0.06;  // of the picture's sides, for an arrow key
constexpr int kTickMs = 100;
constexpr double kFadeMs = 80;
constexpr int kFrameMs = 16;

} // namespace

DisclosureTile::DisclosureTile(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_sentence(new KeySentence(theme, this))
{
    setFocusPolicy(Qt::TabFocus); // a click must not take the keys from the page
    setMouseTracking(true);
    setToolTip(tr("Press and hold to reveal; the right button adds colour"));
    m_clock.start();
    m_ticker.setInterval(kTickMs);
    connect(&m_ticker, &QTimer::timeout, this, &DisclosureTile::tick);
    m_fade.setInterval(kFrameMs);
    connect(&m_fade, &QTimer::timeout, this, [this] {
        if (revealOpacity() >= 1) {
            m_fade.stop();
        }
        update();
    });
    // Whatever takes the focus, a palette or a dialog, covers the picture.
    connect(qApp, &QApplication::focusChanged, this, &DisclosureTile::coverAgain);
    describe();
}

DisclosureTile::~DisclosureTile()
{
    disconnect(qApp, nullptr, this, nullptr); // the focus moves once more when a widget that has it goes
}

void DisclosureTile::setKeys(const QString& reveal, const QString& colour)
{
    m_revealKey = reveal;
    m_colourKey = colour;
    describe();
}

void DisclosureTile::clear()
{
    coverAgain();
    m_covered = {};
    m_picture = {};
    m_message.clear();
    m_alternativeText.clear();
    m_meter.reset();
    describe();
    update();
}

void DisclosureTile::setCoveredTile(const QImage& tile)
{
    if (m_revealed) { // but what was asked for and has not come yet stays asked for
        coverAgain();
    }
    m_covered = tile;
    m_message.clear();
    if (isVisible() && hasTile()) {
        m_meter.showCover();
    }
    describe();
    update();
}

void DisclosureTile::setPicture(CanvasPicture picture)
{
    m_picture = std::move(picture);
    if (!hasTile() && !m_picture.covered.isNull()) {
        setCoveredTile(m_picture.covered);
    }
    if (m_held) {
        reveal();
    }
    describe();
    update();
}

void DisclosureTile::setMessage(const QString& icon, const QString& text)
{
    coverAgain();
    m_covered = {};
    m_picture = {};
    m_messageIcon = icon;
    m_message = text;
    describe();
    update();
}

void DisclosureTile::setAlternativeText(const QString& text)
{
    m_alternativeText = text;
    describe();
}

void DisclosureTile::setWholeTile(bool whole)
{
    m_whole = whole;
    m_meter.setArea(m_clock.elapsed(), openArea());
    update();
}

void DisclosureTile::setBare(bool bare)
{
    m_bare = bare;
    describe();
    update();
}

void DisclosureTile::setPressOnce(bool pressOnce)
{
    coverAgain();
    m_pressOnce = pressOnce;
    describe();
}

void DisclosureTile::beginHold()
{
    setHeld(!m_pressOnce || !m_held);
}

void DisclosureTile::setHeld(bool held)
{
    if (!held) {
        coverAgain();
        return;
    }
    if (m_held || !m_message.isEmpty()) {
        return;
    }
    m_held = true;
    const QPointF pointer = mapFromGlobal(QCursor::pos());
    m_lens = {0.5, 0.5};
    if (underMouse() && tileRect().contains(pointer)) {
        setLensCentre(pointer);
    }
    reveal();
    describe(); // also says so while the clear copy is still on its way
}

void DisclosureTile::endHold()
{
    if (!m_pressOnce) {
        coverAgain();
    }
}

void DisclosureTile::reveal()
{
    if (m_revealed || !canReveal()) {
        return;
    }
    m_revealed = true;
    m_openedAt = m_clock.elapsed();
    m_meter.begin(m_openedAt, openArea());
    m_ticker.start();
    if (!m_reduceMotion) {
        m_fade.start();
    }
    describe();
    update();
    Q_EMIT revealedChanged(true);
}

double DisclosureTile::revealOpacity() const
{
    if (!m_revealed || m_reduceMotion) {
        return m_revealed ? 1 : 0;
    }
    return std::clamp(static_cast<double>(m_clock.elapsed() - m_openedAt) / kFadeMs, 0.0, 1.0);
}

void DisclosureTile::coverAgain()
{
    m_colour = false;
    const bool held = std::exchange(m_held, false);
    if (std::exchange(m_revealed, false)) {
        m_ticker.stop();
        m_fade.stop();
        m_meter.end(m_clock.elapsed());
        describe();
        repaint(); // now, not when the event loop comes round to it
        Q_EMIT revealedChanged(false);
    } else if (held) {
        describe();
    }
}

void DisclosureTile::setColour(bool colour)
{
    m_colour = colour;
    update();
}

void DisclosureTile::moveLens(int right, int down)
{
    if (m_revealed) {
        const QRectF tile = tileRect();
        setLensCentre(lensRect().center() +
                      QPointF(right * kLensStep * tile.width(), down * kLensStep * tile.height()));
    }
}

void DisclosureTile::tick()
{
    if (m_clock.elapsed() - m_openedAt >= kRevealLimitMs) {
        coverAgain();
    } else {
        layoutSentence();
        update();
    }
}

// The picture's shape with its longer side at most `side` pixels, centred above the sentence.
QRectF DisclosureTile::fitted(qreal side) const
{
    const QSizeF shape = m_picture.size.isEmpty() ? QSizeF(m_covered.size()) : QSizeF(m_picture.size);
    QRectF room(rect());
    if (!m_bare) {
        const int margin = m_theme->px(kWellMargin);
        room.adjust(margin, margin, -margin, -margin - m_sentence->height() - m_theme->px(kSentenceGap));
    }
    const QSizeF most(std::min(side, room.width()), std::min(side, room.height()));
    QRectF tile(QPointF(), shape.scaled(most, Qt::KeepAspectRatio));
    tile.moveCenter(room.center());
    return tile;
}

QRectF DisclosureTile::tileRect() const
{
    return fitted(m_theme->px(m_revealed && !m_keepSmall ? kOpenSide : kCoveredSide));
}

QRectF DisclosureTile::lensRect() const
{
    const QRectF tile = tileRect();
    const double radius = std::sqrt(kLensShare * tile.width() * tile.height() / std::numbers::pi);
    const QPointF centre(tile.left() + m_lens.x() * tile.width(), tile.top() + m_lens.y() * tile.height());
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

double DisclosureTile::openArea() const
{
    const QRectF tile = tileRect();
    return tile.width() * tile.height() * (m_whole ? 1 : kLensShare);
}

void DisclosureTile::setLensCentre(const QPointF& position)
{
    const QRectF tile = tileRect();
    if (!tile.isEmpty()) {
        setLens({(position.x() - tile.left()) / tile.width(), (position.y() - tile.top()) / tile.height()});
        Q_EMIT lensMoved(m_lens);
    }
}

void DisclosureTile::setLens(const QPointF& place)
{
    m_lens = {std::clamp(place.x(), 0.0, 1.0), std::clamp(place.y(), 0.0, 1.0)};
    update();
}

QString DisclosureTile::sentence() const
{
    return m_sentence->text();
}

QString DisclosureTile::revealKey() const
{
    return m_revealKey.isEmpty() ? tr("Space", "key that reveals") : m_revealKey;
}

void DisclosureTile::layoutSentence()
{
    const QString colour = m_colourKey.isEmpty() ? tr("C", "key that adds colour") : m_colourKey;
    const QString reveal = revealKey();
    if (m_revealed) {
        const qint64 left = kRevealLimitMs - (m_clock.elapsed() - m_openedAt);
        const QString seconds = tr("%1 s", "seconds").arg(QLocale().toString((std::max<qint64>(left, 0) + 999) / 1000));
        m_sentence->setSentence(m_pressOnce ? tr("Revealing, covers again in %1 or when you press %2")
                                            : tr("Revealing, covers again in %1 or when you let go of %2"),
                                {seconds, reveal});
    } else if (m_held) {
        m_sentence->setSentence(tr("Reading the picture…"), {});
    } else {
        m_sentence->setSentence(m_pressOnce ? tr("Press %1 to reveal in grey · hold %2 for colour")
                                            : tr("Hold %1 to reveal in grey · %2 adds colour"),
                                {reveal, colour});
    }
    m_sentence->setVisible(hasTile() && !m_bare);
    const int margin = m_theme->px(kWellMargin);
    const int width = std::max(0, this->width() - 2 * margin);
    const int height = m_sentence->heightForWidth(width);
    m_sentence->setGeometry(margin, this->height() - height - m_theme->px(kSentenceGap), width, height);
}

void DisclosureTile::describe()
{
    layoutSentence();
    if (!m_message.isEmpty()) {
        setAccessibleName(m_message);
    } else if (m_revealed) {
        setAccessibleName(m_alternativeText.isEmpty() ? tr("Picture, revealed")
                                                      : tr("Picture, revealed: %1").arg(m_alternativeText));
    } else if (hasTile()) {
        setAccessibleName(
            (m_pressOnce ? tr("Picture, covered. Press %1 to reveal.") : tr("Picture, covered. Hold %1 to reveal."))
                .arg(revealKey()));
    } else {
        setAccessibleName(tr("No picture yet"));
    }
}

QSize DisclosureTile::sizeHint() const
{
    return {m_theme->px(340), m_theme->px(kCoveredSide + 90)};
}

QSize DisclosureTile::minimumSizeHint() const
{
    return {m_theme->px(220), m_theme->px(190)};
}

} // namespace modscope::ui
