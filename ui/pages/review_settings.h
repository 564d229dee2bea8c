#pragma once

#include "ui/pages/settings_section.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace modscope::ui {

/// Where the review queue is and under which name one works in it; how pictures are uncovered, which words are masked,
/// when a break is suggested, and what this person does not want to be given.
class ReviewSection final : public SettingsSection {
    Q_OBJECT
public:
    explicit ReviewSection(const Settings* settings, QWidget* parent = nullptr);
    void refresh() override;

private:
    void addWorkplace();
    void addProtection();
    void addBreaks();
    template <typename Change>
    void want(const QString& what, Change change);

    QLineEdit* m_store;
    QLineEdit* m_reviewer;
    QCheckBox* m_pressTwice;
    QCheckBox* m_keepSmall;
    QCheckBox* m_maskText;
    QPlainTextEdit* m_terms;
    QLineEdit* m_optOuts;
    QCheckBox* m_suggestBreaks;
    QSpinBox* m_minutes;
    QSpinBox* m_revealed;
};

} // namespace modscope::ui
