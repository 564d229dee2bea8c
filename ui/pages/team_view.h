#pragma once

#include "ui/controllers/team_reporter.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace modscope::ui {

class FactCards;

/// A lead's view of the team's work, at any moment of its record: a slider leads back in time, and what is shown is
/// the queue, the labels and the agreement as they were then.
class TeamView final : public QWidget {
    Q_OBJECT
public:
    TeamView(DeskLink* link, QThreadPool* ioPool, QWidget* parent = nullptr);

    /// Asks for the report of now.
    void open();
    [[nodiscard]] QSlider* slider() const { return m_slider; }
    [[nodiscard]] const FactCards* cards() const { return m_cards; }

private:
    void show(const TeamAnswer& answer);
    void ask();
    [[nodiscard]] std::optional<TimeMs> moment() const;

    TeamReporter m_reporter;
    RecordSpan m_span;
    FactCards* m_cards;
    QLabel* m_moment;
    QLabel* m_state;
    QSlider* m_slider;
};

} // namespace modscope::ui
