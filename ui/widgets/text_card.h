#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace modscope::ui {

class Card;

/// The text of the item: editable, with a word on where it comes from. An empty field means "no text".
class TextCard final : public QWidget {
    Q_OBJECT
public:
    explicit TextCard(QWidget* parent = nullptr);

    /// Shows another item's text; says nothing. A text that is being edited and did not change keeps its cursor.
    /// @param origin  "From CSV"; empty: no chip
    void setText(const QString& text, const QString& origin);
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
    QPlainTextEdit* m_editor;
};

} // namespace modscope::ui
