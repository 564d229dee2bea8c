#include "ui/pages/review_settings.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kTermsHeight = 84;

QSpinBox* makeMinutes()
{
    auto* minutes = new QSpinBox;
    minutes->setRange(1, BreakPreferences::kMaxMinutes);
    minutes->setSuffix(ReviewSection::tr(" min", "minutes"));
    minutes->setKeyboardTracking(false); // "45" is not first 4, then 45
    minutes->setMinimumWidth(120);
    return minutes;
}

QStringList nonEmptyLines(const QString& text, QChar separator)
{
    QStringList lines;
    for (const QString& line : text.split(separator)) {
        if (!line.trimmed().isEmpty()) {
            lines << line.trimmed();
        }
    }
    return lines;
}

} // namespace

ReviewSection::ReviewSection(const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Review"), settings, parent), m_store(new QLineEdit), m_reviewer(new QLineEdit),
      m_terms(new QPlainTextEdit), m_optOuts(new QLineEdit), m_minutes(makeMinutes()), m_revealed(makeMinutes())
{
    addWorkplace();
    addProtection();
    addBreaks();
    column()->addStretch();
    refresh();
}

template <typename Change>
void ReviewSection::want(const QString& what, Change change)
{
    Preferences after = preferences();
    change(after.review);
    if (after != preferences()) {
        Q_EMIT wanted(what, after);
    }
}

void ReviewSection::addWorkplace()
{
    m_store->setPlaceholderText(tr("This desk's own queue"));
    addRow(tr("Queue"), m_store,
           tr("A file, or a team's database: postgresql://user@host/database. Empty: a file in your data folder, made "
              "when you send the first items."));
    m_reviewer->setPlaceholderText(tr("The name of your account"));
    addRow(tr("Your name"), m_reviewer, tr("It stays in the queue; exports carry a pseudonym."));
    connect(m_store, &QLineEdit::editingFinished, this, [this] {
        want(tr("Review queue"), [this](ReviewPreferences& review) { review.store = m_store->text().trimmed(); });
    });
    connect(m_reviewer, &QLineEdit::editingFinished, this, [this] {
        want(tr("Your name"), [this](ReviewPreferences& review) { review.reviewer = m_reviewer->text().trimmed(); });
    });
}

void ReviewSection::addProtection()
{
    m_pressTwice = addCheckBox(tr("Press once to look, press again to cover"),
                               tr("Instead of holding the key. Pictures still cover themselves after 8 seconds."));
    m_keepSmall = addCheckBox(tr("Keep pictures small while you look"));
    m_maskText =
        addCheckBox(tr("Mask targeted terms in texts"), tr("Hold a key to read them. Models read the text as it is."));
    m_terms->setFixedHeight(kTermsHeight);
    m_terms->setAccessibleName(tr("More terms to mask"));
    addRow(tr("More terms to mask"), m_terms, tr("One a line; * at the end stands for any ending."));
    m_optOuts->setAccessibleName(tr("Classes you do not want to be given"));
    addRow(tr("Not for me"), m_optOuts,
           tr("Classes you do not want to be given, separated by commas. Nobody else can see this."));
    connect(m_pressTwice, &QCheckBox::toggled, this,
            [this](bool on) { want(tr("How to look"), [on](ReviewPreferences& review) { review.pressTwice = on; }); });
    connect(m_keepSmall, &QCheckBox::toggled, this, [this](bool on) {
        want(tr("Size of pictures"), [on](ReviewPreferences& review) { review.keepSmall = on; });
    });
    connect(m_maskText, &QCheckBox::toggled, this,
            [this](bool on) { want(tr("Masked terms"), [on](ReviewPreferences& review) { review.maskText = on; }); });
    connect(m_terms, &QPlainTextEdit::textChanged, this, [this] {
        want(tr("Masked terms"), [this](ReviewPreferences& review) {
            review.maskedTerms = nonEmptyLines(m_terms->toPlainText(), QLatin1Char('\n'));
        });
    });
    connect(m_optOuts, &QLineEdit::editingFinished, this, [this] {
        want(tr("Not for me"), [this](ReviewPreferences& review) {
            review.optOuts = nonEmptyLines(m_optOuts->text(), QLatin1Char(','));
        });
    });
}

void ReviewSection::addBreaks()
{
    m_suggestBreaks = addCheckBox(tr("Suggest breaks"));
    addRow(tr("After work of"), m_minutes);
    addRow(tr("Or uncovered pictures of"), m_revealed,
           tr("Filters give you control; evidence that they reduce harm is mixed."));
    connect(m_suggestBreaks, &QCheckBox::toggled, this,
            [this](bool on) { want(tr("Breaks"), [on](ReviewPreferences& review) { review.breaks.suggest = on; }); });
    connect(m_minutes, &QSpinBox::valueChanged, this, [this](int minutes) {
        want(tr("Breaks"), [minutes](ReviewPreferences& review) { review.breaks.afterMinutes = minutes; });
    });
    connect(m_revealed, &QSpinBox::valueChanged, this, [this](int minutes) {
        want(tr("Breaks"), [minutes](ReviewPreferences& review) { review.breaks.afterRevealedMinutes = minutes; });
    });
}

void ReviewSection::refresh()
{
    const ReviewPreferences& review = preferences().review;
    const QSignalBlocker quiet[] = {QSignalBlocker(m_pressTwice),    QSignalBlocker(m_keepSmall),
                                    QSignalBlocker(m_maskText),      QSignalBlocker(m_terms),
                                    QSignalBlocker(m_suggestBreaks), QSignalBlocker(m_minutes),
                                    QSignalBlocker(m_revealed)};
    m_store->setText(review.store);
    m_reviewer->setText(review.reviewer);
    m_pressTwice->setChecked(review.pressTwice);
    m_keepSmall->setChecked(review.keepSmall);
    m_maskText->setChecked(review.maskText);
    if (nonEmptyLines(m_terms->toPlainText(), QLatin1Char('\n')) != review.maskedTerms) {
        m_terms->setPlainText(review.maskedTerms.join(QLatin1Char('\n')));
    }
    m_terms->setEnabled(review.maskText);
    m_optOuts->setText(review.optOuts.join(QStringLiteral(", ")));
    m_suggestBreaks->setChecked(review.breaks.suggest);
    m_minutes->setValue(review.breaks.afterMinutes);
    m_revealed->setValue(review.breaks.afterRevealedMinutes);
}

} // namespace modscope::ui
