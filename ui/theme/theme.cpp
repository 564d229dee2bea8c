#include "ui/theme/theme.h"

#include "ui/theme/icon_engine.h"
#include "ui/theme/interface_scale.h"
#include "ui/theme/modscope_style.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <array>
#include <utility>

namespace modscope::ui {

namespace {

struct TypeSize {
    int pixels;
    QFont::Weight weight;
    bool mono = false;
};

constexpr std::array<TypeSize, 10> kTypeSizes{{
    {11, QFont::Normal},
    {12, QFont::Normal},
    {13, QFont::Normal},
    {13, QFont::Medium},
    {13, QFont::DemiBold},
    {14, QFont::DemiBold},
    {16, QFont::DemiBold},
    {18, QFont::DemiBold},
    {13, QFont::Normal, true},
    {12, QFont::Normal, true},
}};

QString firstInstalled(const QString& wanted, QFontDatabase::SystemFont fallback)
{
    return QFontDatabase::hasFamily(wanted) ? wanted : QFontDatabase::systemFont(fallback).family();
}

QPolygonF diamond(const QRectF& box)
{
    return QPolygonF({QPointF(box.center().x(), box.top()), QPointF(box.right(), box.center().y()),
                      QPointF(box.center().x(), box.bottom()), QPointF(box.left(), box.center().y())});
}

QPainterPath markerPath(ClassMarker marker, const QRectF& box)
{
    QPainterPath path;
    switch (marker) {
    case ClassMarker::Disc:
    case ClassMarker::Ring:
        path.addEllipse(box);
        break;
    case ClassMarker::Triangle:
        path.addPolygon(QPolygonF({box.bottomLeft(), QPointF(box.center().x(), box.top()), box.bottomRight()}));
        path.closeSubpath();
        break;
    case ClassMarker::Square:
        path.addRect(box.adjusted(box.width() * 0.08, box.height() * 0.08, -box.width() * 0.08, -box.height() * 0.08));
        break;
    case ClassMarker::Diamond:
        path.addPolygon(diamond(box));
        path.closeSubpath();
        break;
    case ClassMarker::Plus: {
        const qreal arm = box.width() * 0.34;
        QPainterPath bar;
        bar.addRect(QRectF(box.left(), box.center().y() - arm / 2, box.width(), arm));
        path.addRect(QRectF(box.center().x() - arm / 2, box.top(), arm, box.height()));
        path = path.united(bar);
        break;
    }
    }
    return path;
}

} // namespace

Theme::Theme(QApplication& application, QObject* parent)
    : QObject(parent), m_application(application), m_systemPalette(application.palette()),
      m_family(firstInstalled(QStringLiteral("Inter"), QFontDatabase::GeneralFont)),
      m_monoFamily(firstInstalled(QStringLiteral("JetBrains Mono"), QFontDatabase::FixedFont))
{
    m_application.setStyle(new ModscopeStyle(this));
    m_systemPalette = m_application.palette();
    m_application.installEventFilter(this);
    apply();
}

Theme::~Theme()
{
    // The application outlives us, and its style must not keep asking us.
    m_application.setStyleSheet(QString());
    m_application.setStyle(QStringLiteral("Fusion"));
}

void Theme::setChoice(ThemeChoice choice)
{
    if (m_choice != choice) {
        m_choice = choice;
        apply();
    }
}

void Theme::setScalePercent(int percent)
{
    percent = std::clamp(percent, AppearancePreferences::kMinScalePercent, AppearancePreferences::kMaxScalePercent);
    if (m_scalePercent != percent) {
        m_scalePercent = percent;
        apply();
    }
}

Scheme Theme::resolve() const
{
    switch (m_choice) {
    case ThemeChoice::Light:
        return Scheme::Light;
    case ThemeChoice::Dark:
        return Scheme::Dark;
    case ThemeChoice::HighContrast:
        return Scheme::HighContrast;
    case ThemeChoice::System:
        break;
    }
    // Qt 6.4 does not say which colour scheme the desktop has; its palette does.
    const bool dark =
        m_systemPalette.color(QPalette::Window).lightnessF() < m_systemPalette.color(QPalette::WindowText).lightnessF();
    return dark ? Scheme::Dark : Scheme::Light;
}

void Theme::apply()
{
    const QScopedValueRollback guard(m_applying, true);
    m_scheme = resolve();
    m_application.setPalette(widgetPalette(m_scheme));
    m_application.setFont(font(TypeRole::Body));
    m_application.setStyleSheet(styleSheet(*this));
    const auto widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        applyScale(widget, m_scalePercent);
        widget->update();
    }
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    const bool system = event->type() == QEvent::ThemeChange ||
                        (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange);
    if (system && !m_applying) {
        const QScopedValueRollback guard(m_applying, true);
        m_application.setPalette(QPalette()); // ours hides what the desktop has now
        m_systemPalette = m_application.palette();
        apply();
    }
    return QObject::eventFilter(watched, event);
}

QFont Theme::font(TypeRole role) const
{
    const TypeSize& size = kTypeSizes.at(static_cast<std::size_t>(role));
    QFont font(size.mono ? m_monoFamily : m_family);
    font.setPixelSize(px(size.pixels));
    font.setWeight(size.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (size.mono) {
        font.setStyleHint(QFont::Monospace);
    }
    return font;
}

QIcon Theme::icon(const QString& name, Token token) const
{
    return icon(name, token, token);
}

QIcon Theme::icon(const QString& name, Token token, Token checked) const
{
    return QIcon(new IconEngine(this, name, {token, checked}));
}

QPixmap Theme::pixmap(const QString& name, Token token, int size, qreal devicePixelRatio) const
{
    return iconPixmap(name, color(token), size, devicePixelRatio);
}

void Theme::paintClassMarker(QPainter& painter, const QRectF& rect, int slot) const
{
    const ClassMarker marker = classMarker(slot);
    const QColor fill = classColor(slot);
    const qreal side = std::min(rect.width(), rect.height());
    QRectF box(0, 0, side, side);
    box.moveCenter(rect.center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (marker == ClassMarker::Ring || isHollowMarker(slot)) {
        const qreal width = side * 0.2;
        painter.setPen(QPen(fill, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        box.adjust(width / 2, width / 2, -width / 2, -width / 2);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
    }
    painter.drawPath(markerPath(marker, box));
    painter.restore();
}

void setRole(QWidget* widget, const char* role)
{
    widget->setProperty("role", QString::fromLatin1(role));
}

void setVariant(QWidget* widget, const char* variant)
{
    widget->setProperty("variant", QString::fromLatin1(variant));
}

void restyle(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace modscope::ui
