#pragma once

#include "ui/models/exposure_meter.h"

#include <QWidget>

namespace modscope::ui {

class Theme;

/// Where a reviewer stands: 1 scores and text, 2 grey tile, 3 revealed. A narrow one shows the numbers alone.
class DisclosureStepper final : public QWidget {
    Q_OBJECT
public:
    explicit DisclosureStepper(const Theme* theme, QWidget* parent = nullptr);

    void setStage(Disclosure furthest);
    [[nodiscard]] Disclosure stage() const { return m_stage; }
    [[nodiscard]] bool showsNames() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString stepName(int step) const;
    [[nodiscard]] int widthWith(bool names) const;
    void describe();

    const Theme* m_theme;
    Disclosure m_stage = Disclosure::TextOnly;
};

} // namespace modscope::ui
