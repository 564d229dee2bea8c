#pragma once

#include <QLabel>

namespace modscope::ui {

class Theme;

/// What turns one text into another: words that went are struck through, words that came are underlined, so that colour
/// never stands alone.
class DiffLabel final : public QLabel {
    Q_OBJECT
public:
    explicit DiffLabel(const Theme* theme, QWidget* parent = nullptr);

    void setTexts(const QString& before, const QString& after);

private:
    void render();

    const Theme* m_theme;
    QString m_before;
    QString m_after;
};

} // namespace modscope::ui
