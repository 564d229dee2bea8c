#pragma once

#include "ui/models/decision_draft.h"

#include <QAbstractButton>

namespace modscope::ui {

class Theme;

/// One class to choose: check box, marker, name, what the model suggests, key.
class DecisionRow final : public QAbstractButton {
    Q_OBJECT
public:
    /// @param slot  of the class's colour and marker; -1: "None of these"
    DecisionRow(const Theme* theme, const QString& name, int slot, QWidget* parent = nullptr);

    void setAnswer(Answer answer);
    [[nodiscard]] Answer answer() const { return m_answer; }
    /// Grey words before the key: "suggested 0.57".
    void setDetail(const QString& detail);
    [[nodiscard]] const QString& detail() const { return m_detail; }
    void setKey(const QString& key);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void unsureWanted(); ///< Shift and a click

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void nextCheckState() override;

private:
    [[nodiscard]] QColor markColour() const;
    void paintBox(QPainter& painter, const QRect& box) const;
    void paintWords(QPainter& painter, int left) const;
    void describe();

    const Theme* m_theme;
    int m_slot;
    Answer m_answer = Answer::No;
    QString m_detail;
    QString m_key;
};

} // namespace modscope::ui
