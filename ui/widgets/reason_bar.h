#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace modscope::ui {

/// One line that a step needs ("Escalate: why?"), above the page's content: Enter takes it, Esc leaves it.
class ReasonBar final : public QFrame {
    Q_OBJECT
public:
    explicit ReasonBar(QWidget* parent = nullptr);

    /// @param verb      of the button: "Escalate"
    /// @param required  an empty line is not taken
    void ask(const QString& question, const QString& verb, bool required, std::function<void(const QString&)> answered);
    [[nodiscard]] bool isAsking() const { return isVisibleTo(parentWidget()); }
    /// Hides without an answer.
    void leave();
    [[nodiscard]] QLineEdit* line() const { return m_line; }

Q_SIGNALS:
    void left(); ///< answered or not: the keyboard is the page's again

private:
    void answer();

    QLabel* m_question;
    QLineEdit* m_line;
    QPushButton* m_take;
    bool m_required = false;
    std::function<void(const QString&)> m_answered;
};

} // namespace modscope::ui
