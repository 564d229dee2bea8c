#include "ui/main_window/main_window.h"

#include "ui/controllers/model_controller.h"
#include "ui/main_window/status_line.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner_bar.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/key_map_panel.h"
#include "ui/widgets/popover.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kInspectorWidth = 388;
constexpr int kInspectorMinimum = 356;
constexpr int kInspectorMaximum = 480;
constexpr int kDrawerBelow = 1200; ///< narrower windows keep the inspector shut until it is asked for

/// Keeps the hairline between page and inspector, which a dock has no place for.
class InspectorFrame final : public QFrame {
public:
    explicit InspectorFrame(QStackedWidget* stack)
    {
        setVariant(this, "inspector");
        auto* row = new QVBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(stack);
    }

    /// What the dock starts with.
    [[nodiscard]] QSize sizeHint() const override { return {kInspectorWidth, QFrame::sizeHint().height()}; }
};

} // namespace

MainWindow::MainWindow(Theme* theme, ActionRegistry* registry, Settings* settings, ModelController* models)
    : m_theme(theme), m_registry(registry), m_settings(settings), m_models(models), m_stack(new QStackedWidget)
{
    setWindowTitle(tr("Modscope", "name of the program"));
    setMinimumSize(1120, 700);
    resize(1440, 900);
    setAcceptDrops(true);
    addActions();
    buildFrame();
    registry->attach(this);
    connect(models, &ModelController::slotsChanged, this, &MainWindow::refreshJobs);
    connect(models, &ModelController::loadProgressed, this, &MainWindow::refreshJobs);
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    m_rail = new ModeRail(m_theme);
    m_header = new HeaderBar(m_theme, m_registry, m_registry->action(QStringLiteral("app.palette")));
    m_banner = new BannerBar(m_theme, m_registry);
    m_status = new StatusLine(m_theme, m_models, m_registry->action(QStringLiteral("app.keyMap")));

    auto* page = new QWidget;
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(0, 0, 0, 0);
    pageColumn->setSpacing(0);
    auto* bannerRow = new QVBoxLayout;
    bannerRow->setContentsMargins(16, 0, 16, 0);
    bannerRow->addWidget(m_banner);
    pageColumn->addLayout(bannerRow);
    pageColumn->addWidget(m_stack, 1);

    m_area = new QMainWindow;
    m_area->setWindowFlags(Qt::Widget);
    m_area->setCentralWidget(page);
    buildInspector();

    auto* central = new QWidget;
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_area, 1);
    column->addWidget(m_status);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(central);

    m_toast = new Toast(m_theme, this);
    m_popover = new Popover(m_theme, this);
    m_status->setPopover(m_popover);
    m_palette = new CommandPalette(m_theme, m_registry, this);
    m_keyMap = new KeyMapPanel(m_theme, m_registry, this);
    m_dropOverlay = new DropOverlay(m_theme, this);
    new FocusRing(this);
    QAction* settings = m_registry->action(QStringLiteral("app.settings"));
    m_rail->addCommand(tr("Settings"), QStringLiteral("gear"), settings);
    connect(m_rail, &ModeRail::chosen, this,
            [this](int index) { showPage(m_entries.at(static_cast<std::size_t>(index)).id); });
}

void MainWindow::buildInspector()
{
    m_inspectorStack = new QStackedWidget;
    m_inspector = new QDockWidget(tr("Inspector"));
    m_inspector->setObjectName(QStringLiteral("inspector"));
    m_inspector->setTitleBarWidget(new QWidget);
    m_inspector->setWidget(new InspectorFrame(m_inspectorStack));
    m_inspector->setMinimumWidth(kInspectorMinimum);
    m_inspector->setMaximumWidth(kInspectorMaximum);
    m_area->addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    // Floating on a second screen it needs a bar to be moved by; docked it has none.
    connect(m_inspector, &QDockWidget::topLevelChanged, this, [this](bool floating) {
        delete m_inspector->titleBarWidget();
        m_inspector->setTitleBarWidget(floating ? nullptr : new QWidget);
    });
}

void MainWindow::addPage(const QString& id, Page* page, ModeRail::Place place, int number)
{
    ActionSpec spec;
    spec.id = QStringLiteral("go.") + id;
    spec.group = ActionGroup::Go;
    spec.label = page->title();
    spec.icon = page->iconName();
    spec.keys = {QStringLiteral("Alt+%1").arg(number)};
    spec.run = [this, id] { showPage(id); };
    QAction* action = m_registry->add(std::move(spec));
    m_rail->addMode(static_cast<int>(m_entries.size()), page->title(), page->iconName(), action, place);
    m_stack->addWidget(page);
    if (QWidget* inspector = page->inspector()) {
        m_inspectorStack->addWidget(inspector);
    }
    // The whole window takes what is dropped; a text field must not swallow a file as its path.
    page->setAcceptDrops(false);
    const auto children = page->findChildren<QWidget*>();
    for (QWidget* child : children) {
        child->setAcceptDrops(false);
    }
    m_entries.push_back({id, page});
    connectPage(m_entries.back());
}

void MainWindow::connectPage(const Entry& entry)
{
    Page* page = entry.page;
    connect(page, &Page::headerChanged, this, &MainWindow::refreshHeader);
    connect(page, &Page::jobsChanged, this, &MainWindow::refreshJobs);
    connect(page, &Page::inspectorChanged, this, &MainWindow::refreshInspector);
    connect(page, &Page::bannerRaised, this, &MainWindow::raiseBanner);
    connect(page, &Page::bannerWithdrawn, this, &MainWindow::withdrawBanner);
    connect(page, &Page::toastRaised, this, [this](const QString& text, const QString& actionId) {
        m_toast->showText(text, actionId.isEmpty() ? nullptr : m_registry->action(actionId));
    });
    connect(page, &Page::placeChanged, this, [this, page, id = entry.id] {
        if (page == currentPage() && !m_walking) {
            m_history.visit({id, page->place()});
            m_registry->refresh();
        }
    });
}

Page* MainWindow::currentPage() const
{
    return static_cast<Page*>(m_stack->currentWidget());
}

QString MainWindow::currentPageId() const
{
    const Entry* entry = entryOf(currentPage());
    return entry ? entry->id : QString();
}

const MainWindow::Entry* MainWindow::entryOf(const Page* page) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [page](const Entry& entry) { return entry.page == page; });
    return found != m_entries.end() ? &*found : nullptr;
}

void MainWindow::showPage(const QString& id)
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&id](const Entry& entry) { return entry.id == id; });
    Q_ASSERT(found != m_entries.end());
    m_popover->close();
    m_stack->setCurrentWidget(found->page);
    m_rail->setCurrent(static_cast<int>(found - m_entries.begin()));
    m_registry->setContext(found->page->context());
    if (!m_walking) {
        m_history.visit({id, found->page->place()});
    }
    refreshHeader();
    refreshInspector();
    m_registry->refresh();
    found->page->setFocus(Qt::OtherFocusReason);
}

void MainWindow::goTo(const std::optional<Visit>& visit)
{
    if (!visit) {
        return;
    }
    m_walking = true;
    showPage(visit->page);
    currentPage()->goTo(visit->place);
    m_walking = false;
    m_registry->refresh();
}

void MainWindow::refreshHeader()
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_rail->setBadge(static_cast<int>(i), m_entries[i].page->badge());
    }
    if (Page* page = currentPage()) {
        m_header->setTitle(page->title(), page->subtitle());
        m_header->setActions(page->headerActions());
    }
}

void MainWindow::refreshInspector()
{
    Page* page = currentPage();
    QWidget* inspector = page ? page->inspector() : nullptr;
    if (inspector) {
        if (m_inspectorStack->indexOf(inspector) < 0) {
            m_inspectorStack->addWidget(inspector);
        }
        m_inspectorStack->setCurrentWidget(inspector);
    }
    placeInspector();
}

void MainWindow::placeInspector()
{
    const bool has = currentPage() && currentPage()->inspector();
    const bool narrow = width() < m_theme->px(kDrawerBelow);
    m_inspector->setVisible(has && (narrow ? m_drawerOpen : m_inspectorWanted));
}

void MainWindow::refreshJobs()
{
    std::vector<StatusLine::RunningJob> running;
    const std::vector<ModelSlot>& models = m_models->models();
    for (std::size_t index = 0; index < models.size(); ++index) {
        if (!models[index].loading) {
            continue;
        }
        const int slot = static_cast<int>(index);
        running.push_back({{QStringLiteral("model"), tr("Reading model %1").arg(models[index].letter), {}},
                           [this, slot] { m_models->cancel(slot); }});
    }
    for (const Entry& entry : m_entries) {
        const QList<BusyJob> jobs = entry.page->jobs();
        for (const BusyJob& job : jobs) {
            running.push_back({job, [page = entry.page, id = job.id] { page->cancelJob(id); }});
        }
    }
    m_status->setJobs(std::move(running));
}

void MainWindow::followReview(const ReviewWorkspace* review)
{
    m_status->followReview(review);
}

void MainWindow::raiseBanner(const Banner& banner)
{
    m_banner->raiseBanner(banner);
}

void MainWindow::withdrawBanner(const QString& id)
{
    m_banner->withdraw(id);
}

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings->layout(QStringLiteral("window/geometry")));
    for (const Entry& entry : m_entries) {
        entry.page->restoreState(m_settings->layout(QStringLiteral("page/") + entry.id));
    }
    m_inspectorWanted = m_settings->remembered(QStringLiteral("inspector")) != QStringLiteral("closed");
    m_palette->setRecent(
        m_settings->remembered(QStringLiteral("recentCommands")).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    const QString page = m_settings->remembered(QStringLiteral("page"));
    const bool known =
        std::any_of(m_entries.begin(), m_entries.end(), [&page](const Entry& entry) { return entry.id == page; });
    showPage(known ? page : m_entries.front().id);
    m_area->restoreState(m_settings->layout(QStringLiteral("window/docks")));
    placeInspector();
    buildMenus();
}

void MainWindow::saveLayout()
{
    m_settings->setLayout(QStringLiteral("window/geometry"), saveGeometry());
    m_settings->setLayout(QStringLiteral("window/docks"), m_area->saveState());
    for (const Entry& entry : m_entries) {
        m_settings->setLayout(QStringLiteral("page/") + entry.id, entry.page->saveState());
    }
    m_settings->remember(QStringLiteral("inspector"),
                         m_inspectorWanted ? QStringLiteral("open") : QStringLiteral("closed"));
    m_settings->remember(QStringLiteral("recentCommands"), m_palette->recent().join(QLatin1Char(' ')));
    m_settings->remember(QStringLiteral("page"), currentPageId());
}

bool MainWindow::mayClose()
{
    QStringList running;
    for (const Entry& entry : m_entries) {
        const QList<BusyJob> jobs = entry.page->jobs();
        for (const BusyJob& job : jobs) {
            running << job.text;
        }
    }
    if (running.isEmpty()) {
        return true;
    }
    QMessageBox question(this);
    question.setIcon(QMessageBox::Question);
    question.setText(tr("Work is still running: %1.").arg(running.join(QStringLiteral(", "))));
    question.setInformativeText(tr("Stop it and close? Nothing half-written is left behind."));
    QPushButton* stop = question.addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    question.setDefaultButton(question.addButton(tr("Keep working"), QMessageBox::RejectRole));
    question.exec();
    return question.clickedButton() == stop;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    for (const Entry& entry : m_entries) {
        const QList<BusyJob> jobs = entry.page->jobs();
        for (const BusyJob& job : jobs) {
            entry.page->cancelJob(job.id);
        }
    }
    saveLayout();
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    placeInspector();
}

} // namespace modscope::ui
