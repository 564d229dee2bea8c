#pragma once

#include "ui/theme/palette.h"

#include <QKeySequence>
#include <QStringList>
#include <QWidget>

namespace modscope::ui {

class Theme;

/// The colours of key caps: on a page, or on the accent colour of a primary button.
enum class CapTone { Normal, OnAccent };

/// Width of the caps in a row, one for each text, in logical pixels.
[[nodiscard]] int keyCapsWidth(const Theme& theme, const QStringList& caps);
/// Draws the caps, right-aligned and vertically centred in `rect`.
void paintKeyCaps(QPainter& painter, const Theme& theme, const QRect& rect, const QStringList& caps, CapTone tone);

/// A key as a widget, for sentences such as "Hold [Space] to look".
class KeyCaps final : public QWidget {
    Q_OBJECT
public:
    KeyCaps(const Theme* theme, const QKeySequence& key, QWidget* parent = nullptr);

    void setKey(const QKeySequence& key);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    QStringList m_caps;
};

} // namespace modscope::ui
