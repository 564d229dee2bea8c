#include "ui/pages/settings_section.h"

#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

SettingsSection::SettingsSection(const QString& title, const Settings* settings, QWidget* parent)
    : QWidget(parent), m_settings(settings), m_column(new QVBoxLayout(this)), m_form(new QFormLayout)
{
    auto* heading = new QLabel(title);
    setRole(heading, "title");
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(10);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(12);
    m_column->addWidget(heading);
    m_column->addLayout(m_form);
}

void SettingsSection::addRow(const QString& label, QWidget* control, const QString& hint)
{
    auto* name = new QLabel(label);
    name->setBuddy(control);
    control->setAccessibleName(label);
    control->setAccessibleDescription(hint);
    m_form->addRow(name, control);
    if (!hint.isEmpty()) {
        m_form->addRow(QString(), makeHint(hint));
    }
}

QCheckBox* SettingsSection::addCheckBox(const QString& text, const QString& hint)
{
    auto* box = new QCheckBox(text);
    box->setAccessibleDescription(hint);
    m_form->addRow(box);
    if (!hint.isEmpty()) {
        m_form->addRow(makeHint(hint));
    }
    return box;
}

QLabel* SettingsSection::makeHint(const QString& text)
{
    auto* hint = new QLabel(text);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    setRole(hint, "hint");
    return hint;
}

} // namespace modscope::ui
