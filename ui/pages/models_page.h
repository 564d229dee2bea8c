#pragma once

#include "ui/pages/page.h"

#include <functional>

class QLabel;
class QModelIndex;
class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace modscope::ui {

class Card;
class MarkdownView;
class ModelCatalog;
class ModelListModel;
class ModelPanel;
class Theme;

/// The models that are known: a table, the selected one's card as its authors wrote it, and in the inspector what can
/// be done with it. A folder that is opened or dropped shows its card before anything is loaded.
class ModelsPage final : public Page {
    Q_OBJECT
public:
    /// Registers the page's actions.
    ModelsPage(const Theme* theme, ActionRegistry* registry, ModelCatalog* catalog, QWidget* parent = nullptr);

    /// Lists a folder and selects it.
    void openFolder(const QString& folder);
    /// Replaces the dialog that asks for a folder; it returns an empty text when the person thinks better of it.
    void setFolderChooser(std::function<QString()> chooser) { m_chooseFolder = std::move(chooser); }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] ActionContext context() const override { return ActionContext::Models; }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("box"); }
    [[nodiscard]] QList<HeaderAction> headerActions() const override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QList<QWidget*> panes() override;
    [[nodiscard]] DropOffer dropOffer(const QMimeData& data) const override;
    void drop(const QMimeData& data) override;
    [[nodiscard]] QList<BusyJob> jobs() const override;
    void cancelJob(const QString& id) override;
    [[nodiscard]] QVariant place() const override { return m_path; }
    void goTo(const QVariant& place) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

Q_SIGNALS:
    /// A folder was opened: the window brings this page to the front.
    void shown();

private:
    void addActions();
    void buildTable();
    void buildCard();
    void refresh();
    void showEntry();
    void select(const QString& path);
    void openUseMenu();
    void removeCurrent();
    [[nodiscard]] QString blockedUnless(bool possible, const QString& reason) const;

    const Theme* m_theme;
    ActionRegistry* m_registry;
    ModelCatalog* m_catalog;
    ModelListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ModelPanel* m_panel; ///< handed to the window as the inspector
    std::function<QString()> m_chooseFolder;
    QString m_path; ///< of the selected entry

    QStackedWidget* m_stack = nullptr;
    QSplitter* m_splitter = nullptr;
    QTableView* m_table = nullptr;
    Card* m_cardFrame = nullptr;
    MarkdownView* m_card = nullptr;
    QLabel* m_noCard = nullptr;
};

} // namespace modscope::ui
