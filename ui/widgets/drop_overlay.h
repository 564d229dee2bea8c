#pragma once

#include "ui/pages/page.h"

#include <QWidget>

namespace modscope::ui {

class Theme;

/// Lies over the window while something is dragged across it and says what would happen.
class DropOverlay final : public QWidget {
    Q_OBJECT
public:
    DropOverlay(const Theme* theme, QWidget* window);

    void showOffer(const DropOffer& offer);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    DropOffer m_offer;
};

} // namespace modscope::ui
