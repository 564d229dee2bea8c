#pragma once

#include <QPushButton>

namespace modscope::ui {

/// A push button that gives way: what of its words does not fit is left out in the middle.
class ElidedButton final : public QPushButton {
    Q_OBJECT
public:
    explicit ElidedButton(QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace modscope::ui
