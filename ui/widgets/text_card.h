#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace modscope::ui {

class Card;

/// The text of the item: editable, with a word on where it comes from. An empty field means "no text".
class TextCard final : public QWidget {
    Q_OBJECT
public:
    /// @param readAgain  reads the picture's text; its label may be long, the button says "Read again"
    explicit TextCard(QAction* readAgain, QWidget* parent = nullptr);

    /// Shows another item's text; says nothing.
    void setText(const QString& text);
    /// The text of the item that is shown became another, or stayed as it is. Says nothing; Undo in the field brings
    /// the former text back.
    void updateText(const QString& text);
    /// @param chip  "From CSV"; empty: no chip
    void setNote(const QString& chip, const QString& toolTip);
    /// Whether there is a picture to read, and whether that was done before.
    void setReadable(bool readable, bool wasRead);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPlainTextEdit* editor() const { return m_editor; }

Q_SIGNALS:
    void textEdited(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateHint();

    Card* m_card;
    QLabel* m_origin;
    QLabel* m_hint;
    QPushButton* m_read;
    QPlainTextEdit* m_editor;
};

} // namespace modscope::ui
