#pragma once

#include "ui/models/model_card.h"

#include <QWidget>

#include <vector>

class QFormLayout;

namespace modscope::ui {

/// Words and their values, a line each; values can be selected and wrap.
class FactList final : public QWidget {
    Q_OBJECT
public:
    explicit FactList(QWidget* parent = nullptr);

    void setFacts(const std::vector<CardFact>& facts);
    [[nodiscard]] bool isEmpty() const { return m_facts.empty(); }

private:
    QFormLayout* m_form;
    std::vector<CardFact> m_facts;
};

} // namespace modscope::ui
