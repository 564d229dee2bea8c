#pragma once

#include "ui/theme/palette.h"

#include <QString>
#include <QWidget>

namespace modscope::ui {

class Theme;

/// One icon in a token's colour. It is painted when shown, so it follows theme and scale without being told.
class IconLabel final : public QWidget {
    Q_OBJECT
public:
    /// @param side  pixels at 100 %
    IconLabel(const Theme* theme, int side, QWidget* parent = nullptr);

    /// @param name  listed in resources/icons.txt
    void setIcon(const QString& name, Token token);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    int m_side;
    QString m_name;
    Token m_token = Token::Text2;
};

} // namespace modscope::ui
