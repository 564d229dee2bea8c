#pragma once

#include "ui/controllers/classify_workspace.h"
#include "ui/models/classify_filter_model.h"
#include "ui/models/drop_content.h"
#include "ui/pages/page.h"

#include <functional>

class QSplitter;
class QStackedWidget;

namespace modscope::ui {

class ClassifyCentre;
class ClassifyInspector;
class ClassifyListPane;
class ClassifyWelcome;
class GetStartedCard;
class Settings;
class Theme;

/// Drop a meme, see what the models think. Without items it shows ways in; with items the list, the item in front and
/// its scores. It shows and forwards: the workspace does the work.
class ClassifyPage final : public Page {
    Q_OBJECT
public:
    /// Registers the page's actions.
    ClassifyPage(const Theme* theme,
                 ActionRegistry* registry,
                 Settings* settings,
                 ClassifyWorkspace* workspace,
                 QWidget* parent = nullptr);
    ~ClassifyPage() override;

    /// Replaces the dialog that asks for files; an empty answer means the person thought better of it.
    void setFileChooser(std::function<QStringList()> chooser) { m_chooseFiles = std::move(chooser); }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] ActionContext context() const override { return ActionContext::Classify; }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("bullseye"); }
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

Q_SIGNALS:
    /// The person wants to choose models.
    void modelsRequested();
    /// The person wants these items, with their scores, in the review queue.
    void reviewWanted(const std::vector<modscope::ui::ClassifyItem>& items);
    /// A checkpoint folder was dropped: its card is shown before anything is loaded.
    void modelOffered(const QString& folder);

private:
    // classify_page_actions.cpp
    void addActions();
    void addItemActions();
    void addListActions();
    void addViewActions();
    void addClassActions();
    void open();
    void openFolder();
    void paste();
    void exportScores();
    void copyScores(bool asJson);
    void removeSelected();
    void sendSelected();
    void showInFolder();
    void showContextMenu(const QPoint& globalPosition);

    // classify_page_text.cpp
    void connectText();
    void useText(const QString& text);
    void editText(const QString& text);

    void buildInspector();
    void connectWork();
    void use(const DropContent& content, const QMimeData& mime);
    void showItem(ItemId id);
    void itemsChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);
    void refreshEmptiness();
    void refreshStatus(const ClassifyStatus& status);
    void refreshGetStarted();
    void refreshCover();
    [[nodiscard]] ItemId currentItem() const;
    [[nodiscard]] const ClassifyItem* current() const;
    [[nodiscard]] bool isEmpty() const;

    const Theme* m_theme;
    ActionRegistry* m_registry;
    Settings* m_settings;
    ClassifyWorkspace* m_work;
    ClassifyFilterModel m_rows;
    std::function<QStringList()> m_chooseFiles;

    QStackedWidget* m_stack = nullptr;
    ClassifyWelcome* m_welcome = nullptr;
    QSplitter* m_splitter = nullptr;
    ClassifyListPane* m_list = nullptr;
    ClassifyCentre* m_centre = nullptr;
    QStackedWidget* m_side = nullptr; ///< the inspector: first steps, or the item's scores
    GetStartedCard* m_getStarted = nullptr;
    ClassifyInspector* m_inspector = nullptr;
    bool m_scoredOnce = false;
    bool m_wasScoring = false;
};

} // namespace modscope::ui
