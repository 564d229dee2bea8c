#pragma once

#include <QComboBox>
#include <QWheelEvent>

namespace modscope::ui {

/// A combo box that the wheel scrolls past: what stands in a scrolling panel must not change by passing over it.
class ChoiceBox final : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;

    /// Chooses the item that holds this and says nothing; an unknown one is added at the end under its own name.
    void choose(const QString& wanted, const QString& nameIfUnknown);

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace modscope::ui
