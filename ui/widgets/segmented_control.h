#pragma once

#include <QFrame>

class QButtonGroup;

namespace modscope::ui {

/// A few exclusive choices side by side ("System | Light | Dark"). Left and Right move the choice.
class SegmentedControl final : public QFrame {
    Q_OBJECT
public:
    /// @param name  what is chosen, for screen readers
    explicit SegmentedControl(const QString& name, QWidget* parent = nullptr);

    void addSegment(const QString& text, const QString& toolTip = {});
    void setSegmentEnabled(int index, bool enabled);
    [[nodiscard]] int count() const;
    [[nodiscard]] int currentIndex() const;
    /// Says nothing: chosen() is for what the person does.
    void setCurrentIndex(int index);

Q_SIGNALS:
    void chosen(int index);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QButtonGroup* m_group;
};

} // namespace modscope::ui
