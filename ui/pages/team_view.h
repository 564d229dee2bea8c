#pragma once

#include "ui/controllers/team_reporter.h"

#include <QWidget>

#include <vector>

class QLabel;
class QSlider;

namespace modscope::ui {

class Card;
class FactList;

/// A lead's view of the team's work, at any moment of its record: a slider leads back in time, and what is shown is
/// the queue, the labels and the agreement as they were then.
class TeamView final : public QWidget {
    Q_OBJECT
public:
    TeamView(DeskLink* link, QThreadPool* ioPool, QWidget* parent = nullptr);

    /// Asks for the report of now.
    void open();
    [[nodiscard]] QSlider* slider() const { return m_slider; }
    [[nodiscard]] const std::vector<FactList*>& facts() const { return m_facts; }

private:
    void show(const TeamAnswer& answer);
    void ask();
    [[nodiscard]] std::optional<TimeMs> moment() const;

    TeamReporter m_reporter;
    RecordSpan m_span;
    QLabel* m_moment;
    QLabel* m_state;
    QSlider* m_slider;
    std::vector<Card*> m_cards;
    std::vector<FactList*> m_facts; ///< parallel to m_cards
    std::vector<QLabel*> m_hints;   ///< parallel to m_cards
};

} // namespace modscope::ui
