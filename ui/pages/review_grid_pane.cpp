#include "ui/pages/review_grid_pane.h"

#include "ui/controllers/review_workspace.h"
#include "ui/widgets/review_grid.h"

#include <QListView>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr std::size_t kAllItems = 0;

} // namespace

ReviewGridPane::ReviewGridPane(const Theme* theme, ReviewWorkspace* workspace, QWidget* parent)
    : QWidget(parent), m_work(workspace), m_grid(new ReviewGrid(theme, &m_items))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 16, 0);
    column->addWidget(m_grid);
    // Queued: the model asks while a view paints.
    connect(&m_items, &ReviewListModel::viewsWanted, this, &ReviewGridPane::readViews, Qt::QueuedConnection);
    connect(
        &m_items, &ReviewListModel::coverWanted, this,
        [this](ReviewItemId id, const QString& path) { m_work->covers.request(id, path, m_pictures.value(id).band); },
        Qt::QueuedConnection);
    connect(&workspace->covers, &CoverLoader::ready, this, [this](ReviewItemId id, const QImage& tile) {
        if (m_open) {
            m_items.setCover(id, tile);
        }
    });
    connect(&workspace->queues, &ReviewQueues::currentChanged, this, [this] {
        if (m_open) {
            list();
        }
    });
    connectGrid();
}

void ReviewGridPane::connectGrid()
{
    connect(m_grid, &ReviewGrid::pictureWanted, this, [this](ReviewItemId id) {
        const Place place = m_pictures.value(id);
        m_work->picture.load(id, place.path, place.sha256, place.band);
    });
    connect(&m_work->picture, &ItemPicture::loaded, this, [this](ReviewItemId id, const Picture& picture) {
        if (m_open) {
            m_grid->setPicture(id, {picture.levels, picture.greyLevels, picture.covered, picture.size, {}});
        }
    });
    connect(&m_work->picture, &ItemPicture::failed, this, [this](ReviewItemId /*id*/, const QString& reason) {
        if (m_open) {
            Q_EMIT refused(reason);
        }
    });
    connect(m_grid, &ReviewGrid::pictureSeen, this, [this](ReviewItemId /*id*/, const SeenPicture& picture) {
        m_work->ledger.add({0, picture.seconds, picture.megapixelSeconds, picture.furthest}, 0, false);
    });
    connect(m_grid, &ReviewGrid::openRequested, this, &ReviewGridPane::itemOpened);
    connect(m_grid, &ReviewGrid::decisionWanted, &m_work->review, &ReviewController::decideMany);
    connect(&m_work->review, &ReviewController::manyDecided, this,
            [this](const std::vector<ReviewItemId>& changed) { m_items.setDecided(changed, true); });
    connect(&m_work->review, &ReviewController::tookBack, this, [this] {
        if (m_open) {
            list();
        }
    });
}

void ReviewGridPane::open()
{
    m_open = true;
    m_grid->setLabels(m_work->link.facts().labels);
    list();
    m_grid->view()->setFocus(Qt::OtherFocusReason);
}

void ReviewGridPane::close()
{
    m_open = false;
    m_grid->coverAgain();
    m_grid->cancelChoice();
    m_items.setIds({});
    m_pictures.clear();
    m_work->picture.clear();
}

void ReviewGridPane::list()
{
    m_work->link.ask([queue = m_work->queues.currentQueue()](ReviewDesk& desk) { return desk.list(queue, kAllItems); },
                     [this](Result<std::vector<ReviewItemId>> ids) {
                         if (!ids) {
                             Q_EMIT refused(QString::fromStdString(ids.error().message));
                         } else if (m_open) {
                             m_items.setIds(std::move(*ids));
                         }
                     });
}

void ReviewGridPane::readViews(const std::vector<ReviewItemId>& ids)
{
    m_work->link.ask([ids](ReviewDesk& desk) { return desk.views(ids); },
                     [this](const Result<std::vector<ReviewTaskView>>& views) {
                         if (!views) {
                             Q_EMIT refused(QString::fromStdString(views.error().message));
                             return;
                         }
                         for (const ReviewTaskView& view : *views) {
                             m_pictures.insert(view.id, {view.imagePath, view.pictureSha256, view.band});
                         }
                         m_items.setViews(*views);
                     });
}

} // namespace modscope::ui
