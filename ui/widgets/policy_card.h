#pragma once

#include "ui/models/policy_text.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace modscope::ui {

class Card;
class DiffLabel;
class MarkdownView;
class Theme;

/// What the policy says about one class, with its version, and what the latest version changed there.
class PolicyCard final : public QWidget {
    Q_OBJECT
public:
    explicit PolicyCard(const Theme* theme, QWidget* parent = nullptr);

    /// @param versions  oldest first; empty: the card hides
    void setPolicies(const std::vector<PolicyView>& versions);
    /// The class whose section is shown.
    void setClass(const QString& label);
    [[nodiscard]] const QString& label() const { return m_label; }
    [[nodiscard]] bool showsChanges() const { return m_showsChanges; }
    void setShowsChanges(bool shows);
    [[nodiscard]] MarkdownView* text() const { return m_text; }
    /// At the right of its title.
    void addTitleWidget(QWidget* widget);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fitText();

    const Theme* m_theme;
    Card* m_card;
    QLabel* m_version;
    MarkdownView* m_text;
    DiffLabel* m_changes;
    QPushButton* m_toggle;
    std::vector<PolicyView> m_versions;
    QString m_label;
    bool m_showsChanges = false;
};

} // namespace modscope::ui
