#pragma once

#include "app/desktop/translations.h"
#include "ui/actions/action_registry.h"
#include "ui/controllers/classify_workspace.h"
#include "ui/controllers/model_catalog.h"
#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

namespace modscope {

/// The desktop's objects, built in the order in which they need each other and destroyed in reverse: the window first,
/// then the controllers, which stop their work and wait, the pools last.
class Desktop final : public QObject {
    Q_OBJECT
public:
    /// @param settingsFile  where choices are remembered
    /// @param dataFolder    where this desk's review queue is kept; made when there is one
    Desktop(QApplication& application, const QString& settingsFile, const QString& dataFolder);
    ~Desktop() override;

    /// Shows the window; everything that needs the engine starts after the first paint. Pictures, tables and folders
    /// of `paths` are added to Classify, a model's folder is opened as model A.
    void start(const QStringList& paths);

    [[nodiscard]] ui::MainWindow& window() { return m_window; }
    [[nodiscard]] ui::ClassifyPage& classifyPage() { return *m_classifyPage; }
    [[nodiscard]] ui::ClassifyWorkspace& workspace() { return m_workspace; }
    [[nodiscard]] ui::ReviewWorkspace& review() { return m_review; }
    [[nodiscard]] ui::ModelController& models() { return m_models; }
    [[nodiscard]] ui::ActionRegistry& registry() { return m_registry; }
    [[nodiscard]] ui::Settings& settings() { return m_settings; }

Q_SIGNALS:
    /// The window was painted for the first time.
    void painted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void followSettings();
    void connectPages();
    void connectReview();
    void openModel(const QString& folder);
    void startWork();
    void showSettings();

    Translations m_translations;
    QThreadPool m_ioPool;
    QThreadPool m_inferencePool;
    ui::Settings m_settings;
    ui::Theme m_theme;
    ui::ActionRegistry m_registry;
    ui::ModelController m_models;
    ui::ModelCatalog m_catalog;
    ui::ClassifyWorkspace m_workspace;
    ui::ReviewWorkspace m_review;
    ui::MainWindow m_window;
    ui::ClassifyPage* m_classifyPage; ///< owned by the window
    ui::ReviewPage* m_reviewPage;
    ui::ModelsPage* m_modelsPage;
    QPointer<QDialog> m_settingsDialog;
    QStringList m_paths; ///< of the command line, until the first paint
    bool m_painted = false;
};

} // namespace modscope
