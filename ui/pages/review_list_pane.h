#pragma once

#include "ui/controllers/exposure_ledger.h"
#include "ui/controllers/review_queues.h"
#include "ui/models/queue_list_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace modscope::ui {

class Theme;
class TodayCard;

/// The left pane of the Review page: the queues with live counts, a line to ask for others, and the person's own day.
/// A narrow one is a strip of icons.
class ReviewListPane final : public QWidget {
    Q_OBJECT
public:
    ReviewListPane(const Theme* theme, ReviewQueues* queues, ExposureLedger* ledger, QWidget* parent = nullptr);

    /// Minutes of uncovered pictures a day that the person set for themselves.
    void setDose(int minutes);
    /// How the known items of the day went, "7 of 8 as agreed"; empty: nothing is said.
    void setKnown(const QString& sentence);
    void setStrip(bool strip);
    [[nodiscard]] bool isStrip() const { return m_strip; }
    void startSearch();
    /// Clears the search; false when there was none.
    bool leaveSearch();
    [[nodiscard]] QListView* view() const { return m_view; }
    [[nodiscard]] QLineEdit* searchLine() const { return m_search; }

private:
    void buildHead();
    void search();
    void saveSearch();
    void follow();
    void refreshToday();
    void showMenu(const QPoint& position);

    const Theme* m_theme;
    ReviewQueues* m_queues;
    ExposureLedger* m_ledger;
    QueueListModel m_model;
    bool m_strip = false;
    int m_dose = 0;
    QWidget* m_head;
    QToolButton* m_save;
    QLineEdit* m_search;
    QLabel* m_problem;
    QListView* m_view;
    TodayCard* m_today;
};

} // namespace modscope::ui
