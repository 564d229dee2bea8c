#include "ui/widgets/text_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kEditorHeight = 58; // two lines

} // namespace

TextCard::TextCard(QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Text in the picture"))), m_origin(new QLabel), m_hint(new QLabel),
      m_editor(new QPlainTextEdit)
{
    setRole(m_origin, "chip");
    setRole(m_hint, "secondary");
    m_card->addTitleWidget(m_origin);
    m_card->addTitleWidget(m_hint);
    m_editor->setFixedHeight(kEditorHeight);
    m_editor->setTabChangesFocus(true);
    m_editor->setPlaceholderText(tr("No text. Type what the picture says."));
    m_editor->setAccessibleName(tr("Text in the picture"));
    m_editor->installEventFilter(this);
    m_card->body()->addWidget(m_editor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        m_origin->hide(); // no longer the table's words
        updateHint();
        Q_EMIT textEdited(text());
    });
    setText({}, {});
}

void TextCard::setText(const QString& text, const QString& origin)
{
    if (text != this->text()) {
        const QSignalBlocker blocker(m_editor);
        m_editor->setPlainText(text);
    }
    m_origin->setText(origin);
    m_origin->setVisible(!origin.isEmpty());
    updateHint();
}

QString TextCard::text() const
{
    return m_editor->toPlainText();
}

void TextCard::updateHint()
{
    m_hint->setText(text().trimmed().isEmpty() ? tr("The picture is scored without text")
                                               : tr("Edits re-score the item"));
}

// Esc gives the keyboard back to the page: single keys work again.
bool TextCard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_editor->clearFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace modscope::ui
