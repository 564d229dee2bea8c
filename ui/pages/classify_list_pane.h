#pragma once

#include "ui/controllers/classify_controller.h"
#include "ui/models/classify_filter_model.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class DropStrip;
class Theme;

/// The left pane of the Classify page: drop strip, count, sort and filter, the rows, and how scoring stands.
class ClassifyListPane final : public QWidget {
    Q_OBJECT
public:
    ClassifyListPane(const Theme* theme,
                     const ActionRegistry* registry,
                     ClassifyController* controller,
                     ClassifyFilterModel* rows,
                     QWidget* parent = nullptr);

    [[nodiscard]] QListView* view() const { return m_view; }
    /// Shows the search line and puts the keyboard there.
    void startSearch();
    /// Clears the search and the filter; false when nothing was set.
    bool leaveSearch();

    [[nodiscard]] ItemId currentItem() const;
    [[nodiscard]] std::vector<ItemId> selectedItems() const;
    void setCurrentItem(ItemId id);
    /// @param step  +1 for the next row, -1 for the one before
    void moveCurrent(int step);

Q_SIGNALS:
    void currentItemChanged(modscope::ui::ItemId id);
    void openRequested();
    void contextMenuWanted(const QPoint& globalPosition);

private:
    QWidget* buildHead();
    QWidget* buildFoot();
    void buildView();
    void showSortMenu();
    void showFilterMenu();
    void refreshHead();
    void refreshFoot(const ClassifyStatus& status);
    [[nodiscard]] std::vector<std::string> classes() const;

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    ClassifyController* m_controller;
    ClassifyFilterModel* m_rows;
    DropStrip* m_strip;
    QLabel* m_count;
    QToolButton* m_filter;
    QToolButton* m_sort;
    QLineEdit* m_search;
    QListView* m_view;
    QLabel* m_scored;
    QLabel* m_failed;
    QPushButton* m_footButton; ///< Stop, Continue or Retry: what fits now
    QString m_footAction;
};

/// What the footer says: "6 of 8 scored", "Stopped. 120 of 400 scored."
[[nodiscard]] QString progressText(const ClassifyStatus& status);

} // namespace modscope::ui
