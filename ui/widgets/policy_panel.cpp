#include "ui/widgets/policy_panel.h"

#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/diff_label.h"
#include "ui/widgets/markdown_view.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kTextMargin = 17;

/// The heading of a class's section; an invalid block when there is none.
QTextBlock headingOf(const QTextDocument& document, const QString& label)
{
    const QString name = className(label.toStdString());
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const bool named = block.text().endsWith(name, Qt::CaseInsensitive);
        if (block.blockFormat().headingLevel() > 0 && named) {
            return block;
        }
    }
    return {};
}

} // namespace

PolicyPanel::PolicyPanel(const Theme* theme, QWidget* over)
    : SidePanel(theme, over), m_version(new QLabel), m_toggle(new QPushButton(tr("What changed"))),
      m_stack(new QStackedWidget), m_text(new MarkdownView(theme)), m_changes(new DiffLabel(theme))
{
    setAccessibleName(tr("Policy in full"));
    auto* title = new QLabel(tr("Policy"));
    setRole(title, "title");
    setRole(m_version, "secondary");
    setVariant(m_toggle, "link");
    setVariant(m_text, "bare");
    m_toggle->setFocusPolicy(Qt::TabFocus);
    m_text->setAccessibleName(accessibleName());
    setFocusProxy(m_text); // arrow keys scroll at once
    head()->addWidget(title);
    head()->addWidget(m_version, 1);
    head()->addWidget(m_toggle);
    endHead();
    auto* changed = new QWidget;
    auto* column = new QVBoxLayout(changed);
    column->addWidget(m_changes);
    column->addStretch();
    m_stack->addWidget(m_text);
    auto* scroll = new ColumnScroll(changed);
    scroll->viewport()->setAutoFillBackground(false); // it lies on the panel, not on the window
    changed->setAutoFillBackground(false);
    m_stack->addWidget(scroll);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(kTextMargin, 0, kTextMargin, 0);
    inset->addWidget(m_stack);
    body()->addLayout(inset, 1);
    connect(m_toggle, &QPushButton::clicked, this, [this] { setShowsChanges(!m_showsChanges); });
}

void PolicyPanel::open(const std::vector<PolicyView>& versions, const QString& label)
{
    m_versions = versions;
    m_showsChanges = false;
    refresh();
    SidePanel::open();
    scrollTo(label);
}

void PolicyPanel::setShowsChanges(bool shows)
{
    m_showsChanges = shows;
    refresh();
}

QString PolicyPanel::versionText() const
{
    return m_version->text();
}

void PolicyPanel::refresh()
{
    const PolicyView& latest = m_versions.back();
    const QString before = m_versions.size() > 1 ? m_versions[m_versions.size() - 2].markdown : QString();
    const bool changed = m_versions.size() > 1 && before != latest.markdown;
    m_showsChanges = m_showsChanges && changed;
    m_version->setText(tr("v%1", "version of the policy").arg(latest.version));
    m_toggle->setVisible(changed);
    m_toggle->setText(m_showsChanges ? tr("The text of v%1").arg(latest.version)
                                     : tr("What changed in v%1").arg(latest.version));
    if (m_showsChanges) {
        m_changes->setTexts(plainWords(before), plainWords(latest.markdown));
    }
    m_text->setText(latest.markdown);
    m_stack->setCurrentIndex(m_showsChanges ? 1 : 0);
}

void PolicyPanel::scrollTo(const QString& label)
{
    const QTextDocument* document = m_text->document();
    const QTextBlock heading = headingOf(*document, label);
    m_text->verticalScrollBar()->setValue(
        heading.isValid() ? static_cast<int>(document->documentLayout()->blockBoundingRect(heading).top()) : 0);
}

} // namespace modscope::ui
