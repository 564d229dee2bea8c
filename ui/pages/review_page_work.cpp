// What the Review page shows of the work behind it, and how it tells what became of a step.
#include "ui/models/decision_draft.h"
#include "ui/models/step_text.h"
#include "ui/pages/own_view.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_compare_pane.h"
#include "ui/pages/review_grid_pane.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/claim_chip.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/reason_bar.h"

#include <QFileDialog>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr qint64 kMillisecond = 1000;

} // namespace

void ReviewPage::connectWork()
{
    ReviewController& review = m_work->review;
    review.setSeenSource([this] { return seen(); });
    connect(&review, &ReviewController::stageChanged, this, &ReviewPage::showStage);
    connect(&review, &ReviewController::busyChanged, m_registry, &ActionRegistry::refresh);
    connect(&review, &ReviewController::historyChanged, this, &ReviewPage::showHistory);
    connect(&review, &ReviewController::saved, this, &ReviewPage::stepSaved);
    connect(&review, &ReviewController::notSaved, this, &ReviewPage::stepNotSaved);
    connect(&review, &ReviewController::refused, this,
            [this](const QString& reason) { Q_EMIT toastRaised(reason, {}); });
    connect(&review, &ReviewController::tookBack, this, &ReviewPage::stepTakenBack);
    connect(&review, &ReviewController::reReviewOffered, this, [this](const TakenBack& taken) {
        m_reReview = taken.reReview;
        m_registry->refresh();
        Q_EMIT bannerRaised({QStringLiteral("review.rereview"),
                             BannerKind::Attention,
                             tr("Somebody built on this step:"),
                             tr("%1. It stays; another look can be asked for. Undo again to reach the step before it.")
                                 .arg(stepName(taken.step)),
                             {QStringLiteral("review.askReReview")}});
    });
    connect(&review, &ReviewController::claimChanged, this, [this] {
        const qint64 left = m_work->review.claimLeftMs();
        left < 0 ? m_centre->claim()->clear() : m_centre->claim()->setTimeLeft(left);
    });
    connect(&m_work->queues, &ReviewQueues::rowsChanged, this, &ReviewPage::refresh);
    connect(&m_work->queues, &ReviewQueues::countsChanged, this, &ReviewPage::refresh);
    connect(&m_work->queues, &ReviewQueues::currentChanged, this, &ReviewPage::refresh);
    connect(&m_work->queues, &ReviewQueues::failed, this,
            [this](const QString& reason) { stepNotSaved(reason, false); });
    connect(&m_work->lead, &LeadOrders::done, this, [this](const QString& text) { Q_EMIT toastRaised(text, {}); });
    connect(&m_work->lead, &LeadOrders::failed, this, [this](const QString& reason) { stepNotSaved(reason, false); });
    connect(&m_work->ledger, &ExposureLedger::breakSuggested, this, &ReviewPage::suggestBreak);
    connect(&m_work->covers, &CoverLoader::ready, this, [this](ReviewItemId id, const QImage& tile) {
        if (id == m_shown && !tile.isNull()) { // a picture that cannot be read says so with its clear copy
            showCover(tile);
        } else if (id != m_shown) {
            m_centre->duplicates()->setTile(id, tile);
        }
    });
    connect(&m_work->picture, &ItemPicture::loaded, this, [this](ReviewItemId id, const Picture& picture) {
        if (id == m_shown) {
            showCover(picture.covered);
            m_centre->setPicture({picture.levels, picture.greyLevels, picture.covered, picture.size, {}});
        }
    });
    connect(&m_work->picture, &ItemPicture::failed, this, [this](ReviewItemId id, const QString& reason) {
        if (id == m_shown) {
            m_centre->setPictureProblem(reason);
        }
    });
    connect(&m_work->picture, &ItemPicture::missingChanged, m_registry, &ActionRegistry::refresh);
    connect(&m_work->picture, &ItemPicture::notLocated, this,
            [this](const QString& reason) { Q_EMIT toastRaised(reason, {}); });
    connect(&m_work->sender, &ReviewSender::progressed, this, &Page::jobsChanged);
    connect(&m_work->transfer, &ReviewTransfer::progressed, this, &Page::jobsChanged);
    connect(&m_work->link, &DeskLink::unreachable, this, &ReviewPage::storeLost);
    connect(&review, &ReviewController::waitingChanged, this, [this] {
        if (m_work->review.waiting() > 0) {
            storeLost({});
        }
        Q_EMIT jobsChanged();
    });
    connect(&m_work->link, &DeskLink::reachable, this, [this] {
        Q_EMIT bannerWithdrawn(QStringLiteral("review.lost"));
        refresh();
    });
}

void ReviewPage::showStage()
{
    if (!m_work->review.isOutdated()) {
        Q_EMIT bannerWithdrawn(QStringLiteral("review.changed"));
    }
    if (m_shown != 0 && (!isDeciding() || m_work->review.task()->id != m_shown)) {
        m_drafts.insert(m_shown, m_inspector->draft()); // taken out again when its step is saved
    }
    if (isGrid() != (m_stack->currentWidget() == m_grid)) {
        isGrid() ? m_grid->open() : m_grid->close();
    }
    if (!isAside() || isGrid() || m_work->review.task() == nullptr || m_work->review.task()->id != m_shown) {
        m_compare->close();
        m_stack->setCurrentWidget(isGrid() ? static_cast<QWidget*>(m_grid) : m_centre);
    }
    if (isDeciding()) {
        if (m_work->review.task()->id != m_shown) {
            showItem();
        }
    } else {
        m_shown = 0;
        m_work->picture.clear();
        showRest();
    }
    refresh();
    Q_EMIT placeChanged();
}

void ReviewPage::showItem()
{
    const ReviewTaskView& task = *m_work->review.task();
    if (task.id != m_shown) {
        m_seenBefore = {};
    }
    m_shown = task.id;
    m_covered = false;
    m_visible.start();
    m_reason->leave();
    m_centre->showTask(task);
    m_inspector->setPolicies(policyViews());
    m_inspector->showTask(task);
    if (const auto draft = m_drafts.constFind(task.id); draft != m_drafts.constEnd()) {
        m_inspector->setDraft(*draft);
    } else if (const auto former = m_work->review.former()) {
        DecisionDraft before(task.labels);
        before.adopt(*former);
        m_inspector->setDraft(before);
    }
    m_inspector->setItemCount(1 + static_cast<int>(m_centre->duplicates()->included().size()));
    if (!task.imagePath.isEmpty()) {
        m_work->covers.request(task.id, task.imagePath, task.band);
        m_work->picture.load(task.id, task.imagePath, task.pictureSha256, task.band);
    }
    for (const DuplicateView& duplicate : task.duplicates) {
        if (!duplicate.imagePath.isEmpty()) {
            m_work->covers.request(duplicate.id, duplicate.imagePath, duplicate.band);
        }
    }
    for (const PictureToCome& ahead : m_work->review.picturesAhead()) {
        m_work->covers.request(ahead.id, ahead.path, ahead.band);
    }
}

// The cover comes from two sides, ahead of the item and with its picture; the first one stays: a second one would cover
// what is being looked at.
void ReviewPage::showCover(const QImage& tile)
{
    if (!m_covered) {
        m_covered = true;
        m_centre->setCoveredTile(tile);
    }
}

void ReviewPage::locatePicture()
{
    const QStringList files =
        m_chooseFiles ? m_chooseFiles()
                      : QFileDialog::getOpenFileNames(this, tr("Locate the picture"), {}, tr("All files (*)"));
    if (!files.isEmpty() && m_work->picture.canLocate()) { // another item may be in front by now
        m_work->picture.locate(files.front());
    }
}

void ReviewPage::showRest()
{
    m_inspector->showNothing();
    switch (m_work->review.stage()) {
    case ReviewStage::Closed:
        m_centre->setMessage(tr("No review queue yet"),
                             tr("Send items from Classify, or open a queue in the settings."));
        break;
    case ReviewStage::Loading:
    case ReviewStage::Item:
    case ReviewStage::Grid:
        m_centre->setLoading();
        break;
    case ReviewStage::Empty: {
        const auto& rows = m_work->queues.rows();
        const auto other =
            std::find_if(rows.begin(), rows.end(), [](const ReviewQueueRow& row) { return row.count > 0; });
        m_centre->setMessage(
            tr("Nothing waits in this queue."),
            other == rows.end()
                ? tr("What arrives is shown at once.")
                : tr("%1 has %2.", "queue, items").arg(other->name, tr("%n item(s)", nullptr, other->count)));
        break;
    }
    case ReviewStage::Paused:
        m_centre->setMessage(tr("Paused"), tr("Everything is covered. The item stays yours until the claim ends."),
                             QStringLiteral("review.pause"));
        break;
    case ReviewStage::Break:
        m_own->request();
        m_centre->setMessage(tr("A break"),
                             tr("Everything is covered and nothing is claimed. Come back when you like."),
                             QStringLiteral("review.pause"));
        break;
    }
}

void ReviewPage::showHistory()
{
    std::vector<HistoryEntry> entries;
    const auto& labels = m_work->link.facts().labels;
    for (const OwnStep& step : m_work->review.history()) {
        QString text = stepText(step.step, step.answers, labels);
        if (step.changedAfter > 0) {
            text = tr("%1, changed after %2", "what was decided, time").arg(text, durationText(step.changedAfter));
        }
        entries.push_back({step.item, step.key, text, stepIcon(step.step), step.time});
    }
    m_centre->history()->setEntries(entries, m_work->review.hasOlderHistory());
    refresh();
}

Seen ReviewPage::seen() const
{
    Seen seen = m_seenBefore;
    if (m_shown != 0) {
        const SeenPicture picture = m_centre->tile()->seen();
        seen.secondsVisible += static_cast<double>(m_visible.elapsed()) / kMillisecond;
        seen.secondsRevealed += picture.seconds;
        seen.megapixelSeconds += picture.megapixelSeconds;
        seen.disclosure = std::max(seen.disclosure, picture.furthest);
    }
    return seen;
}

void ReviewPage::submit()
{
    const Decision decision = m_inspector->draft().decision();
    if (m_work->review.task()->adjudication) {
        m_work->review.adjudicate(decision, seen());
    } else {
        m_work->review.submit(decision, m_centre->duplicates()->included(), seen());
    }
}

void ReviewPage::askReason(const QString& question,
                           const QString& verb,
                           bool required,
                           std::function<void(const QString&)> answered)
{
    cover();
    m_reason->ask(question, verb, required, std::move(answered));
}

void ReviewPage::stepSaved(const SavedStep& saved)
{
    Q_EMIT bannerWithdrawn(QStringLiteral("review.notSaved"));
    m_drafts.remove(saved.item);
    QString text = tr("%1, %2", "what was decided, how many items")
                       .arg(stepText(saved.step, saved.decision.answers, m_work->link.facts().labels),
                            tr("%n item(s)", nullptr, saved.items));
    if (saved.leftOut > 0) {
        text += QLatin1Char(' ') + tr("%n item(s) changed meanwhile and were left out.", nullptr, saved.leftOut);
    }
    Q_EMIT toastRaised(text, QStringLiteral("review.undo"));
}

void ReviewPage::stepTakenBack(bool undone, const TakenBack& taken)
{
    if (taken.parting) {
        Q_EMIT toastRaised(tr("Undone: %1 and others are no duplicates.").arg(taken.step.key),
                           QStringLiteral("review.undo"));
        return;
    }
    const QString step = stepName(taken.step);
    QString text = undone ? tr("Undone: %1.").arg(step) : tr("Done again: %1.").arg(step);
    if (!taken.outcome.leftOut.empty()) {
        text += QLatin1Char(' ') + tr("%n item(s) changed meanwhile and stay as they are.", nullptr,
                                      static_cast<int>(taken.outcome.leftOut.size()));
    }
    QStringList standing;
    for (const OwnStep& left : taken.leftStanding) {
        standing << stepName(left);
    }
    if (!standing.isEmpty()) {
        text += QLatin1Char(' ') +
                tr("Left standing, because somebody built on it: %1.").arg(QLocale().createSeparatedList(standing));
    }
    Q_EMIT toastRaised(text, undone ? QStringLiteral("review.redo") : QStringLiteral("review.undo"));
}

// "Religion on 4f2a-91c0", "skipped on 12 items"
QString ReviewPage::stepName(const OwnStep& step) const
{
    const QString what = stepText(step.step, step.answers, m_work->link.facts().labels);
    return step.items == 1
               ? tr("%1 on %2", "what was done, the item").arg(what, step.key)
               : tr("%1 on %2", "what was done, how many items").arg(what, tr("%n item(s)", nullptr, step.items));
}

void ReviewPage::stepNotSaved(const QString& reason, bool lost)
{
    if (lost) {
        m_centre->claim()->setLost();
        Q_EMIT bannerRaised({QStringLiteral("review.notSaved"),
                             BannerKind::Attention,
                             tr("Someone else took this item."),
                             tr("Your notes were kept as a draft. Nothing was changed."),
                             {QStringLiteral("review.next")}});
        return;
    }
    Q_EMIT bannerRaised({QStringLiteral("review.notSaved"),
                         BannerKind::Error,
                         tr("The decision was not saved:"),
                         tr("%1. Nothing was changed.").arg(reason),
                         {QStringLiteral("review.submit")}});
}

void ReviewPage::storeLost(const QString& reason)
{
    const int waiting = m_work->review.waiting();
    const QString text = waiting == 0
                             ? tr("Nothing can be decided until it is back; it is tried every second. %1").arg(reason)
                             : tr("%n decision(s) wait here and are saved, once, when it is back.", nullptr, waiting);
    Q_EMIT bannerRaised({QStringLiteral("review.lost"), BannerKind::Attention,
                         tr("The review database cannot be reached."), text.trimmed()});
    refresh();
}

void ReviewPage::suggestBreak(int minutesAtWork, int revealedMinutes)
{
    const QString text =
        revealedMinutes > 0
            ? tr("You have looked at revealed pictures for %n minute(s) in this stretch.", nullptr, revealedMinutes)
            : tr("You have worked for %n minute(s) in this stretch.", nullptr, minutesAtWork);
    Q_EMIT bannerRaised({QStringLiteral("review.break"),
                         BannerKind::Info,
                         text,
                         tr("A good moment for a break?"),
                         {QStringLiteral("review.break"), QStringLiteral("review.breakLater")}});
}

} // namespace modscope::ui
