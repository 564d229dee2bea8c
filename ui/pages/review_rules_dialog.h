#pragma once

#include "ui/controllers/lead_orders.h"

#include <QDialog>

class QSpinBox;

namespace modscope::ui {

/// How work is handed out, for a lead. What is changed here is an event of the record.
class ReviewRulesDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ReviewRulesDialog(const ReviewRules& rules, QWidget* parent = nullptr);

    [[nodiscard]] ReviewRules rules() const;

private:
    QSpinBox* m_random;
    QSpinBox* m_golden;
    QSpinBox* m_second;
    QSpinBox* m_hidden;
    QSpinBox* m_severeInARow;
    QSpinBox* m_severeFrom;
};

} // namespace modscope::ui
