#include "ui/widgets/policy_card.h"

#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/diff_label.h"
#include "ui/widgets/markdown_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kPolicyLines = 9; // then it scrolls

} // namespace

PolicyCard::PolicyCard(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_card(new Card(tr("Policy"))), m_version(new QLabel),
      m_text(new MarkdownView(theme)), m_changes(new DiffLabel(theme)), m_toggle(new QPushButton(tr("What changed")))
{
    setRole(m_version, "secondary");
    setVariant(m_toggle, "link");
    setVariant(m_text, "bare");
    m_toggle->setFocusPolicy(Qt::TabFocus);
    m_text->setFocusPolicy(Qt::TabFocus);
    m_card->addTitleWidget(m_version);
    m_card->body()->addWidget(m_text);
    m_card->body()->addWidget(m_changes);
    m_card->body()->addWidget(m_toggle, 0, Qt::AlignTrailing);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    connect(m_toggle, &QPushButton::clicked, this, [this] { setShowsChanges(!m_showsChanges); });
    connect(theme, &Theme::changed, this, &PolicyCard::refresh);
    refresh();
}

void PolicyCard::addTitleWidget(QWidget* widget)
{
    m_card->addTitleWidget(widget);
}

void PolicyCard::setPolicies(const std::vector<PolicyView>& versions)
{
    m_versions = versions;
    refresh();
}

void PolicyCard::setClass(const QString& label)
{
    if (label != m_label) {
        m_label = label;
        m_showsChanges = false;
        refresh();
    }
}

void PolicyCard::setShowsChanges(bool shows)
{
    m_showsChanges = shows;
    refresh();
}

void PolicyCard::refresh()
{
    setVisible(!m_versions.empty() && !m_label.isEmpty());
    if (m_versions.empty()) {
        return;
    }
    const PolicyView& latest = m_versions.back();
    const auto section = policySection(latest.markdown, m_label);
    m_card->setTitle(tr("Policy: %1").arg(className(m_label.toStdString())));
    m_version->setText(
        section && !section->number.isEmpty()
            ? tr("v%1 · section %2", "version and section of the policy").arg(latest.version, section->number)
            : tr("v%1", "version of the policy").arg(latest.version));
    const QString text = section ? section->markdown : tr("The policy has no section for this class.");
    QString before;
    if (m_versions.size() > 1) {
        const auto former = policySection(m_versions[m_versions.size() - 2].markdown, m_label);
        before = former ? former->markdown : QString();
    }
    const bool changed = m_versions.size() > 1 && section && before != section->markdown;
    m_showsChanges = m_showsChanges && changed;
    m_toggle->setVisible(changed);
    m_toggle->setText(m_showsChanges ? tr("The text of v%1").arg(latest.version)
                                     : tr("What changed in v%1").arg(latest.version));
    m_text->setVisible(!m_showsChanges);
    m_changes->setVisible(m_showsChanges);
    if (m_showsChanges) {
        m_changes->setTexts(plainWords(before), plainWords(text));
    } else {
        m_text->setText(text);
        fitText();
    }
}

// As tall as its words, up to a few lines.
void PolicyCard::fitText()
{
    m_text->document()->setTextWidth(m_text->viewport()->width());
    const int line = QFontMetrics(m_theme->font(TypeRole::Body)).lineSpacing();
    const int height = static_cast<int>(m_text->document()->size().height()) + 2;
    m_text->setFixedHeight(std::min(height, kPolicyLines * line));
}

void PolicyCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitText();
}

} // namespace modscope::ui
