#pragma once

#include <QWidget>

class QLabel;

namespace modscope::ui {

class Card;
class Theme;

/// The first steps, ticked as they are taken.
class GetStartedCard final : public QWidget {
    Q_OBJECT
public:
    /// @param openModel  the button of the last step
    GetStartedCard(const Theme* theme, QWidget* openModel, QWidget* parent = nullptr);

    /// @param title  "The demo model is ready", or what it waits for
    void setModelStep(const QString& title, const QString& detail, bool done);
    void setScoreStep(bool done);
    void setOwnModelStep(bool done);

private:
    struct Step {
        QLabel* mark = nullptr;
        QLabel* title = nullptr;
        QLabel* detail = nullptr;
        bool done = false;
    };
    Step addStep(const QString& title, const QString& detail);
    void refresh();
    [[nodiscard]] QPixmap markOf(int number, bool done) const;

    const Theme* m_theme;
    Card* m_card;
    Step m_model;
    Step m_score;
    Step m_own;
};

} // namespace modscope::ui
