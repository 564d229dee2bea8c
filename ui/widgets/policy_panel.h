#pragma once

#include "ui/models/policy_text.h"
#include "ui/widgets/side_panel.h"

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace modscope::ui {

class DiffLabel;
class MarkdownView;

/// The whole policy beside the item, with its version, and what it changed of the version before.
class PolicyPanel final : public SidePanel {
    Q_OBJECT
public:
    PolicyPanel(const Theme* theme, QWidget* over);

    /// @param versions  oldest first. Precondition: there is one
    /// @param label     the class whose section comes into view; may be empty
    void open(const std::vector<PolicyView>& versions, const QString& label);
    [[nodiscard]] bool showsChanges() const { return m_showsChanges; }
    void setShowsChanges(bool shows);
    [[nodiscard]] MarkdownView* text() const { return m_text; }
    [[nodiscard]] DiffLabel* changes() const { return m_changes; }
    [[nodiscard]] QString versionText() const;

private:
    void refresh();
    void scrollTo(const QString& label);

    QLabel* m_version;
    QPushButton* m_toggle;
    QStackedWidget* m_stack;
    MarkdownView* m_text;
    DiffLabel* m_changes;
    std::vector<PolicyView> m_versions;
    bool m_showsChanges = false;
};

} // namespace modscope::ui
