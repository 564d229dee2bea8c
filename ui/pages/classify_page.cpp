#include "ui/pages/classify_page.h"

#include "ui/pages/classify_centre.h"
#include "ui/pages/classify_inspector.h"
#include "ui/pages/classify_list_pane.h"
#include "ui/pages/classify_welcome.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/comfort_card.h"
#include "ui/widgets/get_started_card.h"
#include "ui/widgets/picture_canvas.h"
#include "ui/widgets/scores_card.h"
#include "ui/widgets/text_card.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QItemSelectionModel>
#include <QListView>
#include <QMimeData>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <optional>

namespace modscope::ui {

namespace {

constexpr int kListWidth = 264;
constexpr quint32 kStateVersion = 1;

} // namespace

ClassifyPage::ClassifyPage(
    const Theme* theme, ActionRegistry* registry, Settings* settings, ClassifyWorkspace* workspace, QWidget* parent)
    : Page(parent), m_theme(theme), m_registry(registry), m_settings(settings), m_work(workspace),
      m_rows(workspace->classify.items())
{
    addActions();
    m_welcome = new ClassifyWelcome(theme, registry, settings, &workspace->samples);
    m_list = new ClassifyListPane(theme, registry, &workspace->classify, &m_rows);
    m_centre = new ClassifyCentre(theme, registry, workspace->classify.items(), &workspace->explainer);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_centre);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kListWidth, 3 * kListWidth});
    m_list->setMinimumWidth(kListWidth - 8);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    buildInspector();
    connectWork();
    refreshCover();
    refreshEmptiness();
    refreshGetStarted();
}

ClassifyPage::~ClassifyPage() = default;

void ClassifyPage::buildInspector()
{
    auto* openModel = new ActionButton(m_theme, m_registry->action(QStringLiteral("classify.addModel")));
    openModel->setLabel(tr("Open a model…"));
    openModel->setShowsKey(false);
    m_getStarted = new GetStartedCard(m_theme, openModel);
    auto* first = new QWidget;
    auto* column = new QVBoxLayout(first);
    column->setContentsMargins(16, 24, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_getStarted);
    column->addWidget(new ComfortCard(m_settings));
    column->addStretch();
    m_inspector = new ClassifyInspector(m_theme, m_registry, m_work->classify.items(), &m_work->explainer);
    m_side = new QStackedWidget;
    m_side->addWidget(first);
    m_side->addWidget(m_inspector);
}

void ClassifyPage::connectWork()
{
    auto* items = m_work->classify.items();
    connect(items, &QAbstractItemModel::dataChanged, this, &ClassifyPage::itemsChanged);
    connect(items, &QAbstractItemModel::rowsInserted, this, &ClassifyPage::refreshEmptiness);
    connect(items, &QAbstractItemModel::rowsRemoved, this, &ClassifyPage::refreshEmptiness);
    connect(&m_work->classify, &ClassifyController::statusChanged, this, &ClassifyPage::refreshStatus);
    connect(&m_work->classify, &ClassifyController::itemsArrived, m_list, &ClassifyListPane::setCurrentItem);
    connect(&m_work->classify, &ClassifyController::itemsAdded, this, [this](int count) {
        Q_EMIT toastRaised(count > 0 ? tr("%n item(s) added", nullptr, count) : tr("Nothing to score was found there."),
                           {});
    });
    connect(&m_work->classify, &ClassifyController::limitReached, this, [this](int limit) {
        Q_EMIT bannerRaised({QStringLiteral("classify.limit"),
                             BannerKind::Attention,
                             tr("There is more."),
                             tr("The first %n item(s) of this drop are in the list.", nullptr, limit),
                             {QStringLiteral("classify.addRest")}});
    });
    connectText();
    connect(&m_work->explainer, &ItemExplainer::heatMapChanged, this, &Page::jobsChanged);
    connect(&m_work->exporter, &PredictionExporter::progressed, this, &Page::jobsChanged);

    connect(m_list, &ClassifyListPane::currentItemChanged, this, &ClassifyPage::showItem);
    connect(m_list, &ClassifyListPane::openRequested, this, &ClassifyPage::open);
    connect(m_list, &ClassifyListPane::contextMenuWanted, this, &ClassifyPage::showContextMenu);
    connect(m_list->view()->selectionModel(), &QItemSelectionModel::selectionChanged, m_registry,
            &ActionRegistry::refresh);
    connect(m_centre, &ClassifyCentre::menuWanted, this, &ClassifyPage::showContextMenu);
    connect(m_centre->canvas(), &PictureCanvas::fullSizeWanted, this, [this] {
        m_list->setVisible(m_centre->isFullCanvas());
        m_centre->setFullCanvas(!m_centre->isFullCanvas());
    });
    connect(m_centre->canvas(), &PictureCanvas::scrolled, this,
            [this](QWheelEvent* event) { QCoreApplication::sendEvent(m_list->view()->viewport(), event); });
    connect(m_inspector, &ClassifyInspector::classChosen, m_centre, &ClassifyCentre::setClass);
    connect(m_welcome, &ClassifyWelcome::sampleChosen, this, [this](int index) {
        m_work->classify.addItems({m_work->samples.samples().at(static_cast<std::size_t>(index)).item});
    });
    connect(m_settings, &Settings::comfortChanged, this, &ClassifyPage::refreshCover);
}

QString ClassifyPage::title() const
{
    return tr("Classify");
}

QString ClassifyPage::subtitle() const
{
    const auto& models = m_work->classify.models();
    if (isEmpty()) {
        return models.empty() ? tr("no model yet") : tr("%1 model").arg(models.front().summary.name);
    }
    return tr("%1, %2", "items, models")
        .arg(tr("%n item(s)", nullptr, m_work->classify.status().counts.total),
             tr("%n model(s)", nullptr, static_cast<int>(models.size())));
}

QList<HeaderAction> ClassifyPage::headerActions() const
{
    QList<HeaderAction> actions{{QStringLiteral("classify.open")}};
    if (!isEmpty()) {
        actions << HeaderAction{QStringLiteral("classify.send")}
                << HeaderAction{QStringLiteral("classify.export"), true};
    }
    return actions;
}

QWidget* ClassifyPage::inspector()
{
    return m_side;
}

QWidget* ClassifyPage::listPane()
{
    return isEmpty() ? nullptr : m_list;
}

QList<QWidget*> ClassifyPage::panes()
{
    return isEmpty() ? QList<QWidget*>{m_welcome} : QList<QWidget*>{m_list, m_centre};
}

bool ClassifyPage::isEmpty() const
{
    return m_work->classify.items()->rowCount() == 0;
}

ItemId ClassifyPage::currentItem() const
{
    return m_list->currentItem();
}

const ClassifyItem* ClassifyPage::current() const
{
    return m_work->classify.items()->find(currentItem());
}

DropOffer ClassifyPage::dropOffer(const QMimeData& mime) const
{
    const DropContent content = readDrop(mime);
    if (!content.isUsable()) {
        return {false, content.refusal};
    }
    if (!content.modelFolder.isEmpty()) {
        return {true, tr("Open as model")};
    }
    const auto* item = current();
    if (!content.text.isEmpty() && item != nullptr && item->sample.text.empty() && !item->inputError) {
        return {true, tr("Use as the text of %1").arg(item->name)};
    }
    return {true, offerText(content)};
}

void ClassifyPage::drop(const QMimeData& mime)
{
    use(readDrop(mime), mime);
}

void ClassifyPage::use(const DropContent& content, const QMimeData& mime)
{
    if (!content.modelFolder.isEmpty()) {
        Q_EMIT modelOffered(content.modelFolder);
    } else if (!content.paths.isEmpty()) {
        m_work->classify.addPaths(content.paths);
    } else if (content.hasPicture) {
        m_work->classify.addPicture(mime.imageData().value<QImage>());
    } else if (!content.text.isEmpty()) {
        useText(content.text);
    }
}

void ClassifyPage::showItem(ItemId id)
{
    m_inspector->showItem(id);
    m_centre->showItem(id);
    m_registry->refresh();
    Q_EMIT placeChanged();
}

void ClassifyPage::itemsChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles)
{
    const int row = m_work->classify.items()->rowOf(currentItem());
    const bool onlyThumbnail = roles == QList<int>{ClassifyListModel::ThumbnailRole};
    if (row < first.row() || row > last.row() || onlyThumbnail) {
        return;
    }
    m_centre->refreshItem();
    m_inspector->refresh();
}

void ClassifyPage::refreshEmptiness()
{
    const bool empty = isEmpty();
    const bool changed = (m_stack->currentIndex() == 0) != empty || m_side->currentIndex() != m_stack->currentIndex();
    m_stack->setCurrentIndex(empty ? 0 : 1);
    m_side->setCurrentIndex(empty ? 0 : 1);
    if (changed) {
        refreshGetStarted();
    }
    Q_EMIT headerChanged();
    m_registry->refresh();
}

void ClassifyPage::refreshStatus(const ClassifyStatus& status)
{
    const bool finished = m_wasScoring && !status.isWorking();
    m_wasScoring = status.scoring || (m_wasScoring && status.isWorking());
    m_scoredOnce = m_scoredOnce || status.counts.scored > 0;
    if (finished && status.counts.total > 1) {
        Q_EMIT toastRaised(progressText(status), {});
    }
    refreshGetStarted();
    m_registry->refresh();
    Q_EMIT headerChanged();
    Q_EMIT jobsChanged();
}

void ClassifyPage::refreshGetStarted()
{
    const auto& models = m_work->classify.models();
    if (models.empty()) {
        m_getStarted->setModelStep(tr("The demo model is loading"), tr("It opens in the background."), false);
    } else {
        const ModelSummary& first = models.front().summary;
        const auto classes = tr("%n class(es)", nullptr, static_cast<int>(first.labels.size()));
        const auto facts = tr("%1, %2, %3.", "model, classes, device").arg(first.name, classes, first.device);
        m_getStarted->setModelStep(
            first.bundled ? tr("The demo model is ready") : tr("Your model is ready"),
            first.bundled ? tr("%1 A demonstration: do not act on its scores.").arg(facts) : facts, true);
    }
    m_getStarted->setScoreStep(m_scoredOnce);
    m_getStarted->setOwnModelStep(
        std::any_of(models.begin(), models.end(), [](const OpenModel& model) { return !model.summary.bundled; }));
}

void ClassifyPage::refreshCover()
{
    const auto& comfort = m_settings->preferences().comfort;
    const CoverStyle style{.grey = comfort.grey, .sigma = blurSigma(comfort.blur)};
    m_work->explainer.setCover(style);
    m_work->thumbnails.setDevicePixelRatio(devicePixelRatioF());
    m_work->thumbnails.setCover(comfort.coverOnClassify ? std::optional(style) : std::nullopt);
    m_centre->setCovered(comfort.coverOnClassify);
    m_registry->refresh();
}

QList<BusyJob> ClassifyPage::jobs() const
{
    const ClassifyStatus& status = m_work->classify.status();
    const auto done = static_cast<std::uint64_t>(status.counts.total - status.counts.waiting);
    QList<BusyJob> jobs;
    if (status.scoring) {
        jobs << BusyJob{
            QStringLiteral("score"), tr("Scoring"), {done, static_cast<std::uint64_t>(status.counts.total)}};
    }
    if (status.reading) {
        jobs << BusyJob{
            QStringLiteral("read"), tr("Reading files"), {static_cast<std::uint64_t>(status.counts.total), 0}};
    }
    if (status.readingText) {
        jobs << BusyJob{QStringLiteral("ocr"), tr("Reading text"), {}};
    }
    if (m_work->explainer.isMakingHeatMap()) {
        jobs << BusyJob{QStringLiteral("heat"), tr("Heat map"), {}};
    }
    if (m_work->exporter.isRunning()) {
        jobs << BusyJob{QStringLiteral("export"), tr("Exporting"), {}};
    }
    return jobs;
}

void ClassifyPage::cancelJob(const QString& id)
{
    if (id == QLatin1String("score") || id == QLatin1String("read") || id == QLatin1String("ocr")) {
        m_work->classify.stop();
    } else if (id == QLatin1String("heat")) {
        m_work->explainer.cancelHeatMap();
    } else if (id == QLatin1String("export")) {
        m_work->exporter.cancel();
    }
}

bool ClassifyPage::goUp()
{
    if (m_centre->isFullCanvas()) {
        m_centre->setFullCanvas(false);
        m_list->show();
        return true;
    }
    if (m_centre->showsHeatMap() && m_work->explainer.isMakingHeatMap()) {
        m_work->explainer.cancelHeatMap();
        return true;
    }
    return m_list->leaveSearch();
}

QVariant ClassifyPage::place() const
{
    return isEmpty() ? QVariant() : QVariant::fromValue(currentItem());
}

void ClassifyPage::goTo(const QVariant& place)
{
    m_list->setCurrentItem(place.value<ItemId>());
}

QByteArray ClassifyPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << kStateVersion << m_splitter->saveState() << static_cast<qint32>(m_rows.sortKind());
    return state;
}

void ClassifyPage::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    quint32 version = 0;
    QByteArray splitter;
    qint32 sort = 0;
    stream >> version >> splitter >> sort;
    if (stream.status() != QDataStream::Ok || version != kStateVersion) {
        return;
    }
    m_splitter->restoreState(splitter);
    if (sort >= 0 && sort < static_cast<qint32>(ClassifySort::ClassScore)) { // a class may be unknown next time
        m_rows.setSort(static_cast<ClassifySort>(sort));
    }
}

} // namespace modscope::ui
