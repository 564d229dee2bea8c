#pragma once

#include "ui/models/caption_mask.h"
#include "ui/models/review_task_view.h"
#include "ui/models/score_model.h"
#include "ui/widgets/canvas_picture.h"
#include "ui/widgets/split_card.h"

#include <QWidget>

#include <optional>

class QLabel;
class QStackedWidget;

namespace modscope::ui {

class ActionRegistry;
class CaptionView;
class ClaimChip;
class DisclosureStepper;
class DisclosureTile;
class DuplicateStrip;
class ElidedLabel;
class HistoryStrip;
class IconLabel;
class PriorityCard;
class ReviewMessage;
class ScoresCard;
class Theme;

/// The middle of the Review page: everything there is to know of an item before its picture, the covered picture, its
/// near-duplicates, and the reviewer's own last steps. It shows and says what was touched; it never decides.
class ReviewCentre final : public QWidget {
    Q_OBJECT
public:
    ReviewCentre(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);
    ~ReviewCentre() override;

    /// Another item: covered, without pictures until they come.
    void showTask(const ReviewTaskView& task);
    /// @param tile  small and already covered
    void setCoveredTile(const QImage& tile);
    /// The clear copy; stays covered until held.
    void setPicture(CanvasPicture picture);
    /// The picture cannot be shown: "The picture is missing: …".
    void setPictureProblem(const QString& problem);
    /// In place of an item: an empty queue. @param action  id of the action its button runs; empty: no button
    void setMessage(const QString& title, const QString& text, const QString& action = {});
    /// Flat blocks where an item will be.
    void setLoading();

    void setMask(const CaptionMask& mask);
    /// Where a class's score comes from; nothing hides the card.
    void setSplit(const QString& className, const QString& letter, const std::optional<SplitValues>& values);

    [[nodiscard]] DisclosureTile* tile() const { return m_tile; }
    [[nodiscard]] CaptionView* caption() const { return m_caption; }
    [[nodiscard]] ClaimChip* claim() const { return m_claim; }
    [[nodiscard]] DisclosureStepper* stepper() const { return m_stepper; }
    [[nodiscard]] DuplicateStrip* duplicates() const { return m_duplicates; }
    [[nodiscard]] HistoryStrip* history() const { return m_history; }
    [[nodiscard]] ScoresCard* scores() const { return m_scores; }
    [[nodiscard]] const ReviewTaskView& task() const { return m_task; }

Q_SIGNALS:
    void classChosen(const QString& label); ///< the class in front in the scores

protected:
    bool event(QEvent* event) override;

private:
    QWidget* buildItem();
    QWidget* buildTitleRow();
    QWidget* buildEvidence();
    QWidget* buildSkeleton();
    [[nodiscard]] QString alternativeText() const;
    void showScores();
    void showBand();
    void nameKeys();
    void follow();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    ReviewTaskView m_task;
    ScoreModel m_scoreModel;
    CaptionMask m_mask;

    QStackedWidget* m_stack;
    QLabel* m_key;
    ClaimChip* m_claim;
    ElidedLabel* m_source;
    DisclosureStepper* m_stepper;
    DisclosureTile* m_tile;
    CaptionView* m_caption;
    ScoresCard* m_scores;
    IconLabel* m_band;
    QLabel* m_bandWord;
    SplitCard* m_split;
    PriorityCard* m_priority;
    QLabel* m_hidden;
    DuplicateStrip* m_duplicates;
    HistoryStrip* m_history;
    ReviewMessage* m_message;
};

} // namespace modscope::ui
