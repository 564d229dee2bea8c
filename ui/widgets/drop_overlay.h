#pragma once

#include <QString>
#include <QWidget>

namespace modscope::ui {

class Theme;

/// What would happen if the dragged thing were dropped now.
struct DropOffer {
    bool accepted = false;
    QString text; ///< "Score 24 pictures", or the reason why not; empty: the page has no opinion, no overlay is shown
};

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
