#pragma once

#include "ui/models/review_list_model.h"

#include <QHash>
#include <QWidget>

namespace modscope::ui {

class ReviewGrid;
class ReviewWorkspace;
class Theme;

/// The compact grid over a queue: brings it the queue's items, their covered pictures, the clear one of the current
/// tile, and takes its decisions to the store.
class ReviewGridPane final : public QWidget {
    Q_OBJECT
public:
    ReviewGridPane(const Theme* theme, ReviewWorkspace* workspace, QWidget* parent = nullptr);

    /// Lists the current queue.
    void open();
    /// Forgets the tiles; nothing is uncovered.
    void close();
    [[nodiscard]] ReviewGrid* grid() const { return m_grid; }
    [[nodiscard]] const ReviewListModel& items() const { return m_items; }

Q_SIGNALS:
    void itemOpened(modscope::ui::ReviewItemId id);
    void refused(const QString& reason);

private:
    void connectGrid();
    void list();
    void readViews(const std::vector<ReviewItemId>& ids);

    struct Place {
        QString path;
        QString sha256;
        CoverBand band = CoverBand::Normal;
    };

    ReviewWorkspace* m_work;
    ReviewListModel m_items;
    ReviewGrid* m_grid;
    QHash<ReviewItemId, Place> m_pictures; ///< of the tiles that were read
    bool m_open = false;
};

} // namespace modscope::ui
