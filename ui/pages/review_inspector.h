#pragma once

#include "ui/models/decision_draft.h"
#include "ui/models/policy_text.h"
#include "ui/models/review_task_view.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace modscope::ui {

class ActionButton;
class ActionRegistry;
class DecisionPanel;
class OpinionColumns;
class PolicyCard;
class Theme;

/// The right pane of the Review page: the decision with its buttons, two opinions where they differ, the policy, a
/// note. It owns the draft of the decision; the page submits it.
class ReviewInspector final : public QWidget {
    Q_OBJECT
public:
    ReviewInspector(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    /// Another item: an empty draft.
    void showTask(const ReviewTaskView& task);
    /// No item: everything is off.
    void showNothing();
    void setPolicies(const std::vector<PolicyView>& versions);
    /// The class whose policy is shown while no row has the focus.
    void setClass(const QString& label);
    void setItemCount(int items);
    void setRevealed(bool revealed);

    [[nodiscard]] const DecisionDraft& draft() const { return m_draft; }
    /// Puts back a draft that was kept, with its note.
    void setDraft(const DecisionDraft& draft);
    void toggleClass(int index);
    void toggleUnsure(int index);
    void toggleNone();
    /// One of two opinions as one's own; nothing where there are none.
    void adopt(int opinion);
    void focusNote();
    /// Of an adjudication.
    void focusReason();

    [[nodiscard]] DecisionPanel* panel() const { return m_panel; }
    [[nodiscard]] PolicyCard* policy() const { return m_policy; }

Q_SIGNALS:
    void draftChanged();
    void withdrawWanted(); ///< "Withdraw both"
    void submitWanted();   ///< Enter in the reason's line

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildButtons();
    void placeButtons();
    void buildFields();
    void nameKeys();
    void changed();
    void refreshMissing();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    DecisionDraft m_draft;
    ReviewTaskView m_task;
    std::vector<ActionButton*> m_buttons; ///< submit first
    QGridLayout* m_buttonGrid = nullptr;
    DecisionPanel* m_panel;
    OpinionColumns* m_opinions;
    QLineEdit* m_reason;
    QLabel* m_missing;
    QPushButton* m_withdraw;
    PolicyCard* m_policy;
    QPlainTextEdit* m_note;
};

} // namespace modscope::ui
