#pragma once

#include "ui/models/team_table.h"

#include <QScrollArea>

#include <vector>

class QGridLayout;

namespace modscope::ui {

/// Cards of facts in two columns, each with a title and one sentence below.
class FactCards final : public QScrollArea {
    Q_OBJECT
public:
    explicit FactCards(QWidget* parent = nullptr);

    void setCards(const std::vector<TeamCard>& cards);
    [[nodiscard]] const std::vector<TeamCard>& cards() const { return m_cards; }

private:
    QGridLayout* m_grid;
    std::vector<TeamCard> m_cards;
};

} // namespace modscope::ui
