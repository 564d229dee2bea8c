#include "ui/pages/review_compare_pane.h"

#include "ui/actions/action_registry.h"
#include "ui/controllers/review_workspace.h"
#include "ui/pages/compare_view.h"

#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

ReviewComparePane::ReviewComparePane(const Theme* theme,
                                     const ActionRegistry* registry,
                                     ReviewWorkspace* workspace,
                                     QThreadPool* ioPool,
                                     QWidget* parent)
    : QWidget(parent), m_work(workspace), m_view(new CompareView(theme)), m_first(ioPool), m_second(ioPool),
      m_comparer(ioPool)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    const auto nameKeys = [this, registry] {
        m_view->setKeys(keyText(registry->key(QStringLiteral("review.revealGrey"))),
                        keyText(registry->key(QStringLiteral("review.colour"))));
    };
    connect(registry, &ActionRegistry::keysChanged, this, nameKeys);
    nameKeys();
    for (ItemPicture* one : {&m_first, &m_second}) {
        connect(one, &ItemPicture::loaded, this, [this](ReviewItemId id, const Picture& picture) {
            m_view->setCoveredTile(id, picture.covered);
            m_view->setPicture(id, {picture.levels, picture.greyLevels, picture.covered, picture.size, {}});
        });
        connect(one, &ItemPicture::failed, m_view, &CompareView::setProblem);
    }
    connect(&m_comparer, &PictureComparer::compared, this, [this](const PictureDistance& distance) {
        m_view->setDistance(distance.usable ? distance.bits : -1, distance.orientation);
        if (distance.cosine) {
            m_view->setLikeness(m_model, *distance.cosine);
        }
    });
    connect(m_view, &CompareView::sameWanted, this, [this] {
        Q_EMIT sameMeant(m_duplicate);
        Q_EMIT finished();
    });
    connect(m_view, &CompareView::notSameWanted, this, [this] {
        m_work->review.markNotSame(m_item, m_duplicate);
        Q_EMIT finished();
    });
    connect(m_view, &CompareView::splitWanted, this, [this] {
        m_work->review.splitGroup({m_duplicate});
        Q_EMIT finished();
    });
    connect(m_view, &CompareView::closed, this, &ReviewComparePane::finished);
}

void ReviewComparePane::open(const ReviewTaskView& task, const DuplicateView& duplicate, const CaptionMask& mask)
{
    m_item = task.id;
    m_duplicate = duplicate.id;
    m_first.setStyles(m_work->picture.styles());
    m_second.setStyles(m_work->picture.styles());
    m_view->setMask(mask);
    m_view->showPair({task.id, task.key, task.text.isEmpty() ? task.ocrText : task.text},
                     {duplicate.id, duplicate.key, duplicate.text});
    m_view->setDistance(duplicate.distance);
    m_view->setCanSplit(task.duplicates.size() > 1); // of two, "not the same" says all
    m_first.load(task.id, task.imagePath, task.pictureSha256, task.band);
    m_second.load(duplicate.id, duplicate.imagePath, {}, duplicate.band);
    if (!task.imagePath.isEmpty() && !duplicate.imagePath.isEmpty()) {
        const auto& models = m_work->openModels();
        const auto real = std::ranges::find(models, false, [](const OpenModel& one) { return one.summary.bundled; });
        m_model = real == models.end() ? QString() : real->summary.name; // what the demo model sees means nothing
        m_comparer.request(task.imagePath, duplicate.imagePath, real == models.end() ? nullptr : real->scorer);
    }
}

void ReviewComparePane::close()
{
    m_view->coverAgain();
    m_first.clear();
    m_second.clear();
    m_comparer.cancel();
}

} // namespace modscope::ui
