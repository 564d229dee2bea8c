#pragma once

#include <QTableView>

namespace modscope::ui {

class Theme;
class ThresholdsModel;

/// Every class of a model with its marker, its threshold on a line from 0 to 1, and the number. As high as its rows.
class ThresholdsTable final : public QTableView {
    Q_OBJECT
public:
    explicit ThresholdsTable(const Theme* theme, QWidget* parent = nullptr);

    void setThresholds(const QStringList& labels, const std::vector<float>& thresholds);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    const Theme* m_theme;
    ThresholdsModel* m_model;
};

} // namespace modscope::ui
