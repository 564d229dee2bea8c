#pragma once

#include <QListView>

namespace modscope::ui {

/// A list of items whose rows can be dragged out as their keys, which are text. What is dragged carries no picture and
/// shows none: Qt would draw the rows as they are on the screen.
class KeyListView : public QListView {
    Q_OBJECT
public:
    explicit KeyListView(QWidget* parent = nullptr);

protected:
    void startDrag(Qt::DropActions actions) override;
};

} // namespace modscope::ui
