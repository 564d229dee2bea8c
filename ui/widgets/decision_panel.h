#pragma once

#include "ui/models/class_slots.h"
#include "ui/models/decision_draft.h"

#include <QWidget>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace modscope::ui {

class ActionRegistry;
class Card;
class DecisionRow;
class ElidedButton;
class Theme;

/// "Your decision": a row a class and one for none. It shows a draft; the draft's owner changes it.
class DecisionPanel final : public QWidget {
    Q_OBJECT
public:
    /// @param registry  names the keys: review.class1 to review.class9 and review.none
    DecisionPanel(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    /// Another item: new rows.
    /// @param suggestions  parallel to the draft's labels; unset where the model suggests nothing or it is hidden
    void setTask(const DecisionDraft& draft, const std::vector<std::optional<float>>& suggestions);
    void setDraft(const DecisionDraft& draft);
    /// How many items the decision is about, this one included.
    void setItemCount(int items);
    /// A chosen "None of these" says "not revealed" while the picture has not been open.
    void setRevealed(bool revealed);
    /// Below the rows: buttons, a reason.
    [[nodiscard]] QVBoxLayout* body() const;
    /// Precondition: 0 <= index < number of classes.
    [[nodiscard]] DecisionRow* row(int index) const { return m_rows.at(static_cast<std::size_t>(index)); }
    [[nodiscard]] DecisionRow* noneRow() const { return m_none; }

Q_SIGNALS:
    void classToggled(int index);
    void unsureToggled(int index);
    void noneToggled();
    void itemsWanted();           ///< which items are they?
    void classFocused(int index); ///< the keyboard came to this row: its policy is of interest

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refreshKeys();
    void refreshNone();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    Card* m_card;
    ElidedButton* m_items;
    QVBoxLayout* m_rowColumn;
    std::vector<DecisionRow*> m_rows;
    ClassSlots m_slots;
    DecisionRow* m_none;
    bool m_revealed = false;
};

} // namespace modscope::ui
