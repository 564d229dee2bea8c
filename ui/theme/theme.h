#pragma once

#include "ui/settings/preferences.h"
#include "ui/theme/palette.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPainter>

class QApplication;

namespace modscope::ui {

/// The type sizes of the interface; sizes are logical pixels at scale 100 %.
enum class TypeRole {
    Small,      ///< 11: axis, rail
    Secondary,  ///< 12
    Body,       ///< 13
    Control,    ///< 13, medium
    Value,      ///< 13, semi-bold
    CardTitle,  ///< 14, semi-bold
    PageTitle,  ///< 16, semi-bold
    EmptyTitle, ///< 18, semi-bold
    Mono,       ///< 13: numbers in columns, ids, hashes
    MonoSmall,  ///< 12
};

/// Colours, fonts, icons and the interface scale. Built in main, handed down; owns the application's style and style
/// sheet. After changed() every widget has been repainted; only what caches colours or pictures needs to listen.
/// Layout margins and fixed sizes are written at 100 %, the style scales them; painting code multiplies with px().
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication& application, QObject* parent = nullptr);
    ~Theme() override;

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] Scheme scheme() const { return m_scheme; }

    [[nodiscard]] QColor color(Token token) const { return tokenColor(m_scheme, token); }
    [[nodiscard]] QColor classColor(int slot) const { return ui::classColor(m_scheme, slot); }
    [[nodiscard]] QFont font(TypeRole role) const;

    /// Percent, 80 to 200, clamped.
    [[nodiscard]] int scalePercent() const { return m_scalePercent; }
    void setScalePercent(int percent);
    /// A length at 100 % in logical pixels of the current scale.
    [[nodiscard]] int px(int length) const { return (length * m_scalePercent + 50) / 100; }
    [[nodiscard]] qreal px(qreal length) const { return length * m_scalePercent / 100.0; }

    /// An icon listed in resources/icons.txt, drawn in a token's colour; `checked` is used while a button is on.
    [[nodiscard]] QIcon icon(const QString& name, Token token = Token::Text2) const;
    [[nodiscard]] QIcon icon(const QString& name, Token token, Token checked) const;
    [[nodiscard]] QPixmap pixmap(const QString& name, Token token, int size, qreal devicePixelRatio) const;

    /// Draws a class's marker centred in `rect`.
    void paintClassMarker(QPainter& painter, const QRectF& rect, int slot) const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();
    [[nodiscard]] Scheme resolve() const;

    QApplication& m_application;
    QPalette m_systemPalette;
    QString m_family;
    QString m_monoFamily;
    ThemeChoice m_choice = ThemeChoice::System;
    Scheme m_scheme = Scheme::Light;
    int m_scalePercent = 100;
    bool m_applying = false;
};

/// Names of the variants that the style sheet knows. Set them before the widget is shown, or call restyle() afterwards.
/// QLabel "role": title, subtitle, cardTitle, emptyTitle, value, secondary, hint, small, mono, monoSmall, flag, review,
/// clear. QPushButton "variant": primary, quiet (no border), link. QFrame "variant": card, well, chip, separator.
void setRole(QWidget* widget, const char* role);
void setVariant(QWidget* widget, const char* variant);
/// Makes the style sheet look at a widget's properties again.
void restyle(QWidget* widget);

} // namespace modscope::ui
