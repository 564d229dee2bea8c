#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>

#include <vector>

namespace modscope::ui {

class Theme;

/// The colour of a share of the heat map's scale, 0 to 1: violet over red to yellow, clearer towards 0.
[[nodiscard]] QColor heatColor(double share);

/// The top of the scale for these drops: one of a few fixed steps, so that pictures can be compared.
/// @param drops  logit units
[[nodiscard]] double heatScale(const std::vector<float>& drops);

/// One pixel a cell. Areas that lower the score show as 0: the map answers what raises it.
[[nodiscard]] QImage heatImage(const std::vector<float>& drops, int columns, int rows, double scale);

/// The colours of the scale with its top value.
class HeatLegend final : public QWidget {
    Q_OBJECT
public:
    explicit HeatLegend(const Theme* theme, QWidget* parent = nullptr);

    void setScale(double scale);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString label() const;

    const Theme* m_theme;
    double m_scale = 1;
};

} // namespace modscope::ui
