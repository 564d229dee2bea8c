#pragma once

#include "ui/actions/hold_keys.h"
#include "ui/controllers/review_workspace.h"
#include "ui/models/caption_mask.h"
#include "ui/models/decision_draft.h"
#include "ui/models/policy_text.h"
#include "ui/pages/page.h"

#include <QElapsedTimer>
#include <QHash>

#include <functional>

class QSplitter;
class QStackedWidget;

namespace modscope::ui {

class ItemHistoryPanel;
class PolicyPanel;
class ReasonBar;
class ReviewComparePane;
class ReviewGridPane;
class OwnView;
class TeamView;
class ReviewCentre;
class ReviewInspector;
class ReviewListPane;
class Settings;
class Theme;

/// One item after the other, by keyboard: evidence first, the picture covered until a key is held, a decision, the next
/// one. It shows and forwards: the workspace does the work.
class ReviewPage final : public Page {
    Q_OBJECT
public:
    /// Registers the page's actions.
    ReviewPage(const Theme* theme,
               ActionRegistry* registry,
               Settings* settings,
               ReviewWorkspace* workspace,
               QThreadPool* ioPool,
               QWidget* parent = nullptr);
    ~ReviewPage() override;

    /// Replaces the dialog that asks for files; an empty answer means the person thought better of it.
    void setFileChooser(std::function<QStringList()> chooser) { m_chooseFiles = std::move(chooser); }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] ActionContext context() const override { return ActionContext::Review; }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("inbox"); }
    [[nodiscard]] QString badge() const override;
    [[nodiscard]] QList<HeaderAction> headerActions() const override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QWidget* listPane() override;
    [[nodiscard]] QList<QWidget*> panes() override;
    [[nodiscard]] DropOffer dropOffer(const QMimeData& mime) const override;
    void drop(const QMimeData& mime) override;
    [[nodiscard]] QList<BusyJob> jobs() const override;
    void cancelJob(const QString& id) override;
    bool goUp() override;
    [[nodiscard]] QVariant place() const override;
    void goTo(const QVariant& place) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    // review_page_actions.cpp
    void addActions();
    void addDecisionActions();
    void addClassActions();
    void addPictureActions();
    void addWayActions();
    void addQueueActions();
    void addQueueOrderActions();
    [[nodiscard]] QString queueOrderName() const;
    void addGridActions();
    void addLeadActions();
    // review_page_watch.cpp
    void addWatchActions();
    Q_INVOKABLE void watchFolders(const QStringList& folders);
    void showWatching();
    [[nodiscard]] QString watchingText() const;
    [[nodiscard]] QString watchedFoldersName() const;
    void addItemActions();
    void addOwnActions(); // review_page_own.cpp
    void chooseClassByName(const QString& name);
    [[nodiscard]] QStringList chooseFiles();
    void importFiles(const QStringList& paths);
    void exportItems();
    [[nodiscard]] QString blockedFromWriting() const;
    [[nodiscard]] QString blockedWithoutItem() const;
    [[nodiscard]] QString blockedFromSubmitting() const;

    // review_page_item.cpp
    void connectItem();
    [[nodiscard]] std::vector<PolicyView> policyViews() const;
    /// A panel with something to read lies over the page.
    [[nodiscard]] bool isReading() const;
    /// False when there was none.
    bool leaveReading();
    void togglePolicy();
    void showItemHistory(ReviewItemId item, const std::vector<ItemMoment>& moments);
    void itemChanged(qint64 timeMs);
    void lookedAgain();

    // review_page_work.cpp
    void connectWork();
    void showStage();
    void showItem();
    void showCover(const QImage& tile);
    void locatePicture();
    void showRest();
    void showHistory();
    void stepSaved(const SavedStep& saved);
    void stepTakenBack(bool undone, const TakenBack& taken);
    [[nodiscard]] QString stepName(const OwnStep& step) const;
    void stepNotSaved(const QString& reason, bool lost);
    /// The store cannot be reached; a step may wait for it.
    void storeLost(const QString& reason);
    void suggestBreak(int minutesAtWork, int revealedMinutes);
    void submit();
    void openGrid();
    void leaveGrid();
    void compare();
    /// Back from what lies over the item: two duplicates, or the team's view.
    void leaveAside();
    void toggleTeam();

    // review_page_own.cpp
    void toggleOwn();
    void tellOwn();
    void askReason(const QString& question,
                   const QString& verb,
                   bool required,
                   std::function<void(const QString&)> answered);
    [[nodiscard]] Seen seen() const;

    void connectParts();
    void holdPressed(const QString& id);
    void holdReleased(const QString& id);
    void cover();
    void followSettings();
    void refresh();
    [[nodiscard]] bool isDeciding() const { return m_work->review.stage() == ReviewStage::Item; }
    [[nodiscard]] bool isGrid() const { return m_work->review.stage() == ReviewStage::Grid; }
    [[nodiscard]] bool isComparing() const;
    /// Something lies over the item, which stays claimed.
    [[nodiscard]] bool isAside() const;

    const Theme* m_theme;
    ActionRegistry* m_registry;
    Settings* m_settings;
    ReviewWorkspace* m_work;
    HoldKeys* m_keys = nullptr;
    QSplitter* m_splitter = nullptr;
    ReviewListPane* m_list = nullptr;
    QStackedWidget* m_stack = nullptr;
    ReviewCentre* m_centre = nullptr;
    ReviewGridPane* m_grid = nullptr;
    ReviewComparePane* m_compare = nullptr;
    TeamView* m_team = nullptr;
    OwnView* m_own = nullptr;
    CaptionMask m_mask;
    ReasonBar* m_reason = nullptr;
    PolicyPanel* m_policy = nullptr;
    ItemHistoryPanel* m_itemHistory = nullptr;
    ReviewInspector* m_inspector = nullptr;
    QHash<ReviewItemId, DecisionDraft> m_drafts; ///< of items that were left or lost before they were decided
    std::function<QStringList()> m_chooseFiles;
    std::vector<ReviewItemId> m_reReview; ///< what "Ask for re-review" is about
    ReviewItemId m_shown = 0;
    bool m_covered = false;  ///< its covered picture is there
    QElapsedTimer m_visible; ///< since the item came to the front, or was looked at again
    Seen m_seenBefore;       ///< of the item in front, before it was looked at again
};

} // namespace modscope::ui
