#pragma once

#include <QScrollArea>

namespace modscope::ui {

/// A column of cards that scrolls down when it is too long, and is never narrower than what it holds.
class ColumnScroll final : public QScrollArea {
    Q_OBJECT
public:
    /// @param content  owned from now on
    explicit ColumnScroll(QWidget* content, QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace modscope::ui
