#pragma once

#include "ui/models/decision_draft.h"
#include "ui/models/review_list_model.h"
#include "ui/widgets/canvas_picture.h"
#include "ui/widgets/disclosure_tile.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QListView;
class QPushButton;

namespace modscope::ui {

class BulkPanel;
class ReviewTileDelegate;
class Theme;

/// Many items of a queue at once, all covered. Tiles are marked, and one decision is taken for all that are marked,
/// after a preview. Only the current tile can be uncovered, at its own size, by the rules of DisclosureTile; pointing
/// at a tile never uncovers it. The page drives it: it owns keys, pictures and the store.
class ReviewGrid final : public QWidget {
    Q_OBJECT
public:
    ReviewGrid(const Theme* theme, ReviewListModel* items, QWidget* parent = nullptr);
    ~ReviewGrid() override;

    /// The project's classes: digit 1 is the first.
    void setLabels(std::vector<std::string> labels);
    /// As DisclosureTile::setPressOnce().
    void setPressOnce(bool pressOnce);

    [[nodiscard]] QListView* view() const { return m_view; }
    [[nodiscard]] ReviewItemId currentItem() const;
    void setCurrentItem(ReviewItemId id);
    [[nodiscard]] bool isRevealed() const { return m_tile->isRevealed(); }
    /// Answers pictureWanted(); for another item than the current one nothing happens.
    void setPicture(ReviewItemId id, CanvasPicture picture);
    /// A choice for the marked tiles waits to be applied or cancelled.
    [[nodiscard]] bool isChoosing() const { return m_choosing; }

public Q_SLOTS:
    void toggleMark();
    /// Marks the tiles on the screen.
    void markShown();
    void clearMarks();
    /// Chooses a class for the marked tiles, or takes it back, and shows the preview.
    void toggleClass(int index);
    void toggleNone();
    /// Emits decisionWanted(). Nothing happens while nothing is chosen.
    void applyChoice();
    void cancelChoice();
    void openCurrent();
    /// The reveal key went down or up, the colour key: as of DisclosureTile, for the current tile.
    void beginHold();
    void endHold();
    void setColour(bool colour);
    void coverAgain();

Q_SIGNALS:
    void currentChanged(modscope::ui::ReviewItemId id);
    /// The clear picture of the current item is to be uncovered: setPicture() is expected.
    void pictureWanted(modscope::ui::ReviewItemId id);
    /// An item's picture was uncovered and is covered again.
    void pictureSeen(modscope::ui::ReviewItemId id, const modscope::ui::SeenPicture& seen);
    void openRequested(modscope::ui::ReviewItemId id);
    /// One decision on many items: one event, one undo. The decision says that covered tiles were seen.
    void decisionWanted(const std::vector<modscope::ui::ReviewItemId>& ids, const modscope::Decision& decision);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* buildHead();
    void buildView();
    void restyleTiles();
    void showCount();
    bool startChoice();
    void showChoice();
    [[nodiscard]] QString choiceText() const;
    void placeTile();
    void tileCovered();

    const Theme* m_theme;
    ReviewListModel* m_items;
    QListView* m_view;
    ReviewTileDelegate* m_delegate;
    BulkPanel* m_panel;
    DisclosureTile* m_tile = nullptr; ///< over the current tile while it is held
    QLabel* m_count;
    QLabel* m_hint;
    QPushButton* m_clear;
    DecisionDraft m_draft;
    bool m_choosing = false;
    ReviewItemId m_held = 0; ///< the item whose picture is open or on its way
};

} // namespace modscope::ui
