#include "app/desktop/desktop.h"

#include "ui/controllers/model_folder.h"
#include "ui/pages/settings_dialog.h"

#include <QApplication>
#include <QFileInfo>
#include <QTimer>

#include <utility>

namespace modscope {

using ui::Banner;
using ui::BannerKind;

namespace {

/// One worker scores the list, one answers for the item in front, one loads a model meanwhile.
constexpr int kInferenceThreads = 3;

} // namespace

Desktop::Desktop(QApplication& application, const QString& settingsFile, const QString& dataFolder)
    : m_settings(settingsFile), m_theme(application), m_registry(&m_theme), m_models(&m_inferencePool),
      m_catalog(&m_ioPool, &m_settings, &m_models, ui::CatalogBackend::core()),
      m_workspace(&m_inferencePool, &m_ioPool), m_review(&m_ioPool, dataFolder),
      m_window(&m_theme, &m_registry, &m_settings, &m_models),
      m_classifyPage(new ui::ClassifyPage(&m_theme, &m_registry, &m_settings, &m_workspace)),
      m_reviewPage(new ui::ReviewPage(&m_theme, &m_registry, &m_settings, &m_review, &m_ioPool)),
      m_modelsPage(new ui::ModelsPage(&m_theme, &m_registry, &m_catalog))
{
    m_inferencePool.setMaxThreadCount(kInferenceThreads);
    followSettings();
    connectPages();
    connectReview();
    m_window.addPage(QStringLiteral("classify"), m_classifyPage, ui::ModeRail::Place::Top, 1);
    m_window.addPage(QStringLiteral("review"), m_reviewPage, ui::ModeRail::Place::Top, 2);
    m_window.addPage(QStringLiteral("models"), m_modelsPage, ui::ModeRail::Place::Bottom, 5);
    m_window.restoreLayout();
    m_workspace.follow(&m_models);
}

Desktop::~Desktop() = default;

void Desktop::followSettings()
{
    const auto followAppearance = [this](const ui::AppearancePreferences& appearance) {
        m_theme.setChoice(appearance.theme);
        m_theme.setScalePercent(appearance.scalePercent);
    };
    const auto followKeys = [this](const ui::KeyPreferences& keys) {
        m_registry.setPreset(keys.preset);
        m_registry.setRemaps(keys.remaps);
    };
    const auto followCompute = [this](const ui::ComputePreferences& compute) {
        m_models.setScoring(compute.threads, compute.batchSize);
    };
    connect(&m_settings, &ui::Settings::appearanceChanged, this, followAppearance);
    connect(&m_settings, &ui::Settings::keysChanged, this, followKeys);
    connect(&m_settings, &ui::Settings::computeChanged, this, followCompute);
    followAppearance(m_settings.preferences().appearance);
    followKeys(m_settings.preferences().keys);
    followCompute(m_settings.preferences().compute);
    connect(&m_settings, &ui::Settings::writeFailed, &m_window, [this](const QString& reason) {
        m_window.raiseBanner(
            {QStringLiteral("settings"), BannerKind::Attention, tr("Settings were not saved."), reason});
    });
    if (!m_settings.problems().isEmpty()) {
        m_window.raiseBanner({QStringLiteral("settings"), BannerKind::Info,
                              tr("Some settings could not be used and have their defaults:"),
                              m_settings.problems().join(QLatin1Char(' '))});
    }
}

void Desktop::connectPages()
{
    connect(&m_window, &ui::MainWindow::settingsRequested, this, &Desktop::showSettings);
    connect(m_classifyPage, &ui::ClassifyPage::modelsRequested, this,
            [this] { m_window.showPage(QStringLiteral("models")); });
    connect(m_classifyPage, &ui::ClassifyPage::modelOffered, this, [this](const QString& folder) {
        m_modelsPage->openFolder(folder);
        m_window.showPage(QStringLiteral("models"));
    });
    connect(m_modelsPage, &ui::ModelsPage::shown, this, [this] { m_window.showPage(QStringLiteral("models")); });
    connect(&m_models, &ui::ModelController::openFailed, this, [this](int, const QString&, const QString& reason) {
        m_window.raiseBanner({QStringLiteral("model"),
                              BannerKind::Error,
                              tr("The model could not be loaded:"),
                              reason,
                              {QStringLiteral("go.models")}});
    });
    connect(&m_models, &ui::ModelController::slotsChanged, this, [this] {
        if (m_models.isLoading()) {
            m_window.withdrawBanner(QStringLiteral("model")); // another try is on its way
        }
    });
}

void Desktop::connectReview()
{
    m_window.followReview(&m_review);
    // Queued: the workspace follows first.
    connect(
        &m_models, &ui::ModelController::slotsChanged, this,
        [this] { m_review.setModels(m_workspace.classify.models()); }, Qt::QueuedConnection);
    connect(m_classifyPage, &ui::ClassifyPage::reviewWanted, this, [this](const std::vector<ui::ClassifyItem>& items) {
        m_review.send(items, m_workspace.classify.models(), m_settings.preferences().review);
    });
    connect(&m_review.sender, &ui::ReviewSender::sent, this, [this](const ui::SendSummary& summary) {
        QString text = tr("%n item(s) sent to review", nullptr, static_cast<int>(summary.added));
        if (summary.joined > 0) {
            text =
                tr("%1, %2", "two facts").arg(text, tr("%n known already", nullptr, static_cast<int>(summary.joined)));
        }
        Q_EMIT m_classifyPage->toastRaised(text, QStringLiteral("go.review"));
        if (!summary.problems.isEmpty()) {
            m_window.raiseBanner(
                {QStringLiteral("review.send"), BannerKind::Attention,
                 tr("%n item(s) could not be sent:", nullptr, static_cast<int>(summary.problems.size())),
                 summary.problems.join(QLatin1Char(' '))});
        }
    });
    connect(&m_review.sender, &ui::ReviewSender::failed, this, [this](const QString& reason) {
        m_window.raiseBanner(
            {QStringLiteral("review.send"), BannerKind::Error, tr("Nothing was sent to review:"), reason});
    });
    connect(&m_review.link, &ui::DeskLink::openFailed, this, [this](const QString& reason) {
        m_window.raiseBanner({QStringLiteral("review.open"),
                              BannerKind::Error,
                              tr("The review queue could not be opened:"),
                              reason,
                              {QStringLiteral("review.openAgain"), QStringLiteral("app.settings")}});
    });
    connect(&m_review.link, &ui::DeskLink::opened, this,
            [this] { m_window.withdrawBanner(QStringLiteral("review.open")); });
    const auto place = [](const ui::ReviewPreferences& review) { return std::pair(review.store, review.reviewer); };
    connect(
        &m_settings, &ui::Settings::reviewChanged, this,
        [this, place, before = place(m_settings.preferences().review)](const ui::ReviewPreferences& review) mutable {
            if (place(review) != before) {
                before = place(review);
                m_review.openRemembered(review);
            }
        });
}

void Desktop::start(const QStringList& paths)
{
    m_paths = paths;
    m_window.installEventFilter(this);
    m_window.show();
}

bool Desktop::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        QTimer::singleShot(0, this, &Desktop::startWork);
    }
    return QObject::eventFilter(watched, event);
}

void Desktop::startWork()
{
    m_window.removeEventFilter(this);
    Q_EMIT painted();
    m_models.diagnose();
    m_review.openRemembered(m_settings.preferences().review);
    QStringList pictures;
    QString model;
    for (const QString& path : std::as_const(m_paths)) {
        const QString absolute = QFileInfo(path).absoluteFilePath();
        if (ui::looksLikeModel(absolute)) {
            model = absolute;
        } else {
            pictures << absolute;
        }
    }
    if (model.isEmpty()) {
        m_catalog.openRemembered();
    } else {
        m_catalog.use(m_catalog.add(model), 0);
    }
    m_catalog.readBundled();
    if (!pictures.isEmpty()) {
        m_workspace.classify.addPaths(pictures);
    }
}

void Desktop::showSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog = new ui::SettingsDialog(&m_theme, &m_registry, &m_settings, &m_models, &m_window);
        m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

} // namespace modscope
