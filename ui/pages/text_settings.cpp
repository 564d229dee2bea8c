#include "ui/pages/text_settings.h"

#include "ui/controllers/ocr_languages_found.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/segmented_control.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

TextSection::TextSection(const Theme* theme, const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Text in pictures"), settings, parent), m_when(new SegmentedControl(tr("Read the text"))),
      m_languages(new QWidget), m_problem(new Notice(theme, NoticeKind::Attention))
{
    for (const QString& name : {tr("Never"), tr("Where there is none"), tr("Always")}) {
        m_when->addSegment(name);
    }
    addRow(tr("Read the text"), m_when,
           tr("OCR reads pictures on Classify before they are scored. What you typed and what a CSV says is never "
              "overwritten."));
    auto* boxes = new QVBoxLayout(m_languages);
    boxes->setContentsMargins(0, 0, 0, 0);
    boxes->setSpacing(6);
    addRow(tr("Languages"), m_languages, tr("None chosen: English. Each language makes reading slower."));
    column()->addWidget(m_problem);
    column()->addStretch();
    connect(m_when, &SegmentedControl::chosen, this, [this](int index) {
        Preferences after = preferences();
        after.ocr.when = static_cast<OcrWhen>(index);
        Q_EMIT wanted(tr("Read the text"), after);
    });
    showLanguages();
    refresh();
}

// What is chosen stays in the list when its files are gone: it can be taken back.
void TextSection::showLanguages()
{
    const OcrLanguagesFound found = ocrLanguagesFound();
    QStringList all = found.languages;
    for (const QString& chosen : preferences().ocr.languages.split(u'+', Qt::SkipEmptyParts)) {
        if (!all.contains(chosen)) {
            all << chosen;
        }
    }
    for (const QString& language : std::as_const(all)) {
        const QString name = ocrLanguageName(language);
        auto* box = new QCheckBox(found.languages.contains(language) ? name : tr("%1, not installed").arg(name));
        box->setObjectName(language);
        m_languages->layout()->addWidget(box);
        m_boxes << box;
        connect(box, &QCheckBox::toggled, this, &TextSection::chooseLanguages);
    }
    m_problem->setVisible(!found.problem.isEmpty());
    m_problem->setText(tr("No text can be read"), found.problem);
}

void TextSection::chooseLanguages()
{
    QStringList chosen;
    for (const QCheckBox* box : std::as_const(m_boxes)) {
        if (box->isChecked()) {
            chosen << box->objectName();
        }
    }
    Preferences after = preferences();
    after.ocr.languages = chosen.join(u'+');
    Q_EMIT wanted(tr("Languages of the text"), after);
}

void TextSection::refresh()
{
    m_when->setCurrentIndex(static_cast<int>(preferences().ocr.when));
    const QStringList chosen = preferences().ocr.languages.split(u'+', Qt::SkipEmptyParts);
    for (QCheckBox* box : std::as_const(m_boxes)) {
        const QSignalBlocker quiet(box);
        box->setChecked(chosen.contains(box->objectName()));
    }
}

} // namespace modscope::ui
