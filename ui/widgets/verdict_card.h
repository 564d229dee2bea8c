#pragma once

#include "ui/widgets/verdict_style.h"

#include <QFrame>

class QLabel;

namespace modscope::ui {

class Theme;

/// The verdict on the item in one title and one sentence that says why, in the verdict's colour and with its icon.
class VerdictCard final : public QFrame {
    Q_OBJECT
public:
    explicit VerdictCard(const Theme* theme, QWidget* parent = nullptr);

    void setVerdict(ItemState state, Verdict verdict, const QString& title, const QString& reason);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString reason() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void colour();

    const Theme* m_theme;
    VerdictStyle m_style;
    QLabel* m_title;
    QLabel* m_reason;
};

} // namespace modscope::ui
