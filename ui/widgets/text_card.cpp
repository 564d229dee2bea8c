#include "ui/widgets/text_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextCursor>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kEditorHeight = 76; // three lines, as many captions have

} // namespace

TextCard::TextCard(QAction* readAgain, QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Text in the picture"))), m_origin(new QLabel), m_hint(new QLabel),
      m_read(new QPushButton), m_editor(new QPlainTextEdit)
{
    setVariant(m_read, "link");
    const auto follow = [this, readAgain] {
        m_read->setEnabled(readAgain->isEnabled());
        m_read->setToolTip(readAgain->toolTip());
    };
    connect(readAgain, &QAction::changed, m_read, follow);
    connect(m_read, &QPushButton::clicked, readAgain, &QAction::trigger);
    follow();
    setRole(m_origin, "chip");
    setRole(m_hint, "secondary");
    m_card->addTitleWidget(m_origin);
    m_card->addTitleWidget(m_hint);
    m_card->addTitleWidget(m_read);
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
        m_origin->hide(); // no longer the table's words, nor OCR's
        updateHint();
        Q_EMIT textEdited(text());
    });
    setText({});
    setNote({}, {});
    setReadable(false, false);
}

void TextCard::setText(const QString& text)
{
    const QSignalBlocker blocker(m_editor);
    m_editor->setPlainText(text);
    updateHint();
}

void TextCard::updateText(const QString& text)
{
    if (text != this->text()) {
        const QSignalBlocker blocker(m_editor);
        QTextCursor all(m_editor->document());
        all.select(QTextCursor::Document);
        all.insertText(text);
    }
    updateHint();
}

void TextCard::setNote(const QString& chip, const QString& toolTip)
{
    m_origin->setText(chip);
    m_origin->setToolTip(toolTip);
    m_origin->setVisible(!chip.isEmpty());
}

void TextCard::setReadable(bool readable, bool wasRead)
{
    m_read->setVisible(readable);
    m_read->setText(wasRead ? tr("Read again") : tr("Read the text"));
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
