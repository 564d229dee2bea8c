#pragma once

#include "ui/models/review_task_view.h"

#include <QWidget>

#include <array>

class QFrame;
class QLabel;
class QPushButton;

namespace modscope::ui {

class Theme;

/// The two opinions of an adjudication, nameless and side by side: classes, reason, seconds, and whether the picture
/// was seen.
class OpinionColumns final : public QWidget {
    Q_OBJECT
public:
    explicit OpinionColumns(const Theme* theme, QWidget* parent = nullptr);

    /// @param opinions  two; otherwise the columns hide
    void setOpinions(const std::vector<OpinionView>& opinions, const std::vector<std::string>& labels);

Q_SIGNALS:
    void adopted(int opinion); ///< 0: the first, 1: the second

private:
    struct Column {
        QFrame* frame;
        QLabel* classes;
        QLabel* reason;
        QLabel* circumstances;
        QPushButton* adopt;
    };
    Column makeColumn(const QString& title, const QString& icon, const Theme* theme, int opinion);

    std::array<Column, 2> m_columns;
};

} // namespace modscope::ui
