#include "ui/controllers/classify_controller.h"

#include "ui/controllers/score_run.h"

#include <array>
#include <ranges>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kPulseMs = 100;     // results reach the list at most ten times a second
constexpr int kFirstPulseMs = 20; // the first rows of a drop should not wait that long
constexpr std::size_t kItemsPerPulse = 1000;
constexpr std::size_t kEventsPerPulse = 1000; // both keep a pulse far below 50 ms

} // namespace

ClassifyController::ClassifyController(QThreadPool* inferencePool,
                                       QThreadPool* ioPool,
                                       OpenPictureReader openReader,
                                       QObject* parent)
    : QObject(parent), m_intake(ioPool), m_newItems(std::make_shared<Inbox<ClassifyItem>>()),
      m_captions(std::move(openReader), ioPool), m_queue(std::make_shared<ScoreQueue>()),
      m_events(std::make_shared<Inbox<ScoreEvent>>()), m_scoring(inferencePool)
{
    connect(&m_pulse, &QTimer::timeout, this, &ClassifyController::pulse);
    connect(&m_intake, &JobBase::finished, this, [this] { m_intakeEnding = true; });
    connect(&m_scoring, &JobBase::finished, this, [this] { m_runEnding = true; });
}

ClassifyController::~ClassifyController() = default;

template <typename Rule>
std::vector<ItemId> ClassifyController::idsWhere(Rule&& rule) const
{
    std::vector<ItemId> ids;
    for (const auto& item : m_items.items()) {
        if (rule(item)) {
            ids.push_back(item.id);
        }
    }
    return ids;
}

void ClassifyController::setModels(std::vector<OpenModel> models)
{
    // The running worker knows the former models by number: its answers must not reach the new columns.
    m_scoring.cancel();
    (void)m_queue->clear();
    m_events = std::make_shared<Inbox<ScoreEvent>>();
    m_followers.clear();
    m_edited.clear();
    m_models = std::move(models);

    std::vector<ModelSummary> summaries;
    for (const auto& model : m_models) {
        summaries.push_back(model.summary);
    }
    m_items.setModels(std::move(summaries));
    const auto pending = idsWhere([](const auto& item) { return isPending(item); });
    m_items.setState(pending, ItemState::Waiting);
    enqueue(pending);
    startScoring(); // or, while the former run still ends, when it has ended
    refreshStatus();
}

void ClassifyController::addPaths(const QStringList& paths)
{
    IntakeRequest request;
    for (const auto& path : paths) {
        request.paths.emplace_back(path.toStdString());
    }
    read(std::move(request));
}

void ClassifyController::addPicture(const QImage& picture)
{
    IntakeRequest request;
    request.picture = picture;
    read(std::move(request));
}

void ClassifyController::addText(const QString& text)
{
    IntakeRequest request;
    request.text = text;
    read(std::move(request));
}

void ClassifyController::addItems(std::vector<ClassifyItem> items)
{
    if (items.empty()) {
        return;
    }
    std::vector<ItemId> ids;
    for (auto& item : items) {
        item.id = ++m_lastId;
        ids.push_back(item.id);
    }
    m_items.append(std::move(items));
    enqueue(ids);
    startScoring();
    refreshStatus();
    Q_EMIT itemsArrived(ids.front());
}

void ClassifyController::addTheRest()
{
    IntakeRequest rest = std::exchange(m_rest, {});
    rest.skip += std::exchange(rest.limit, 0);
    m_requests.push_back(std::move(rest));
    readNext();
}

void ClassifyController::read(IntakeRequest request)
{
    request.limit = kDropLimit;
    m_requests.push_back(std::move(request));
    readNext();
}

void ClassifyController::readNext()
{
    if (m_status.reading || m_requests.empty()) {
        return;
    }
    m_status.reading = true;
    m_firstArrived = false;
    m_intake.start([request = m_requests.front(), inbox = m_newItems](std::stop_token stop, const ProgressFn&) {
        return readIntake(request, std::move(stop), [&inbox](ClassifyItem item) { inbox->push(std::move(item)); });
    });
    startPulse();
}

void ClassifyController::intakeFinished()
{
    m_intakeEnding = false;
    m_status.reading = false;
    const IntakeRequest request = std::move(m_requests.front());
    m_requests.pop_front();
    if (const auto& summary = m_intake.result()) {
        Q_EMIT itemsAdded(static_cast<int>(summary->items));
        if (summary->limitReached) {
            m_rest = request;
            Q_EMIT limitReached(static_cast<int>(kDropLimit));
        }
    }
    readNext();
}

void ClassifyController::scoreAgain(std::span<const ItemId> ids)
{
    std::vector<ItemId> again;
    for (const ItemId id : ids) {
        const auto* item = m_items.find(id);
        if (item == nullptr || item->inputError || item->state == ItemState::Scoring ||
            (item->beingRead && !item->sample.hasText())) {
            continue;
        }
        m_edited.remove(id); // no worker holds its former text
        m_items.forgetAnswers(id, false);
        again.push_back(id);
    }
    m_queue->drop(again);
    m_items.setState(again, ItemState::Waiting);
    for (const ItemId id : std::ranges::reverse_view(again)) { // in front of the others, in their own order
        ScoreWork work = workFor(*m_items.find(id));
        work.mayBeDuplicate = false;
        m_queue->addFirst(std::move(work));
    }
    startScoring();
}

void ClassifyController::retryFailed()
{
    const auto failed = idsWhere([](const auto& item) { return item.state == ItemState::Failed && !item.inputError; });
    for (const ItemId id : failed) {
        m_items.forgetAnswers(id, true);
        if (const auto& reading = m_items.find(id)->reading; reading && !reading->has_value()) {
            m_items.setReading(id, nullptr); // read anew as well
        }
    }
    enqueue(failed);
    startScoring();
}

void ClassifyController::stop()
{
    m_resumeWanted = false;
    m_intake.cancel();
    m_scoring.cancel();
    auto left = m_captions.clear();
    const auto read = idsWhere([](const auto& item) { return item.beingRead; });
    m_items.setBeingRead(read, false);
    const auto queued = m_queue->clear();
    left.insert(left.end(), queued.begin(), queued.end());
    m_items.setState(left, ItemState::Stopped);
    refreshStatus();
}

void ClassifyController::resume()
{
    if (m_status.scoring) {
        m_resumeWanted = true;
        return;
    }
    const auto stopped = idsWhere([](const auto& item) { return item.state == ItemState::Stopped; });
    m_items.setState(stopped, ItemState::Waiting);
    enqueue(stopped);
    startScoring();
}

void ClassifyController::remove(std::span<const ItemId> ids)
{
    m_queue->drop(ids);
    m_captions.drop(ids);
    m_removed.clear();
    std::vector<ItemId> orphans;
    for (const ItemId id : ids) {
        if (const auto* item = m_items.find(id)) {
            m_removed.push_back(*item);
        }
        m_queue->forget(id);
        if (const auto followers = m_followers.find(id); followers != m_followers.end()) {
            orphans.insert(orphans.end(), followers->second.begin(), followers->second.end());
            m_followers.erase(followers);
        }
    }
    m_items.remove(ids);
    std::erase_if(orphans, [this](ItemId id) { return m_items.find(id) == nullptr; });
    enqueue(orphans);
    startScoring();
    refreshStatus();
}

void ClassifyController::undoRemove()
{
    auto items = std::exchange(m_removed, {});
    for (auto& item : items) {
        item.state = isPending(item) ? ItemState::Waiting : item.state;
        item.outcomes.clear(); // models may have come and gone meanwhile
        item.beingRead = false;
        item.duplicateOf = 0;
    }
    addItems(std::move(items));
}

ScoreWork ClassifyController::workFor(const ClassifyItem& item) const
{
    ScoreWork work{.id = item.id, .sample = item.sample, .wanted = {}};
    for (const auto& outcome : item.outcomes) {
        work.wanted.push_back(outcome == nullptr);
    }
    return work;
}

void ClassifyController::enqueue(std::span<const ItemId> ids)
{
    std::vector<ItemId> toRead;
    for (const ItemId id : ids) {
        const auto* item = m_items.find(id);
        if (item == nullptr || item->inputError) {
            continue;
        }
        const bool read = wantsText(*item);
        if (read) {
            toRead.push_back(id);
        }
        const bool readFirst = read && !item->sample.hasText();
        if (!readFirst && !m_models.empty()) { // setModels() comes back to what waits
            m_edited.remove(id);
            m_queue->add(workFor(*item));
        }
    }
    requestReadings(toRead);
}

void ClassifyController::startScoring()
{
    if (m_status.scoring || m_models.empty() || m_queue->isEmpty()) {
        return;
    }
    m_status.scoring = true;
    m_scoring.start([models = m_models, queue = m_queue, events = m_events](std::stop_token stop, const ProgressFn&) {
        return runScoring(models, *queue, *events, std::move(stop));
    });
    startPulse();
    refreshStatus();
}

void ClassifyController::startPulse()
{
    if (!m_pulse.isActive()) {
        m_pulse.start(kFirstPulseMs);
    }
}

void ClassifyController::pulse()
{
    m_pulse.setInterval(kPulseMs);
    takeItems();
    takeReadings();
    takeEvents();
    if (m_intakeEnding && m_newItems->isEmpty()) {
        intakeFinished();
    }
    if (m_runEnding && m_events->isEmpty()) {
        runFinished();
    }
    refreshStatus();
    if (!m_status.isWorking()) {
        m_pulse.stop();
    }
}

void ClassifyController::takeItems()
{
    auto items = m_newItems->take(kItemsPerPulse);
    if (items.empty()) {
        return;
    }
    std::vector<ItemId> ids;
    for (auto& item : items) {
        item.id = ++m_lastId;
        ids.push_back(item.id);
    }
    m_items.append(std::move(items));
    enqueue(ids);
    startScoring();
    if (!std::exchange(m_firstArrived, true)) {
        Q_EMIT itemsArrived(ids.front());
    }
}

void ClassifyController::takeEvents()
{
    auto events = m_events->take(kEventsPerPulse);
    std::erase_if(events, [this](const ScoreEvent& event) { return m_edited.contains(event.id); });
    m_items.apply(events);
    for (const auto& event : events) {
        if (const auto* same = std::get_if<ScoreEvent::SameAs>(&event.what)) {
            followOriginal(event.id, same->original);
        } else if (std::holds_alternative<ScoreEvent::Answer>(event.what)) {
            answerFollowers(event.id);
        }
    }
}

void ClassifyController::runFinished()
{
    m_runEnding = false;
    m_status.scoring = false;
    m_edited.clear();
    // Taken from the queue, but not reached before the stop; duplicates wait with their originals.
    auto unreached = idsWhere([](const auto& item) { return item.state == ItemState::Scoring; });
    for (const auto& [original, followers] : m_followers) {
        unreached.insert(unreached.end(), followers.begin(), followers.end());
    }
    m_followers.clear();
    m_items.setState(unreached, ItemState::Stopped);
    if (std::exchange(m_resumeWanted, false)) {
        resume();
    }
    startScoring();
}

void ClassifyController::refreshStatus()
{
    m_status.counts = m_items.counts();
    m_status.readingText = m_captions.isBusy() || !m_readings.empty();
    m_status.stopped = m_status.counts.stopped > 0 && !m_status.readingText && !m_status.scoring;
    Q_EMIT statusChanged(m_status);
}

} // namespace modscope::ui
