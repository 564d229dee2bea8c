#include "ui/controllers/model_controller.h"

#include "core/nn/model_path.h"

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

std::optional<Precision> precisionNamed(const QString& name)
{
    constexpr std::array<std::pair<const char*, Precision>, 5> kNames = {{{"auto", Precision::Auto},
                                                                          {"fp32", Precision::Fp32},
                                                                          {"bf16", Precision::Bf16},
                                                                          {"fp16", Precision::Fp16},
                                                                          {"int8", Precision::Int8}}};
    for (const auto& [word, precision] : kNames) {
        if (name == QLatin1String(word)) {
            return precision;
        }
    }
    return std::nullopt;
}

Result<Classifier> openWithCore(const ModelRequest& request,
                                ClassifierOptions options,
                                std::stop_token stop,
                                const ProgressFn& progress)
{
    const auto directory = resolveModel(request.path.toStdString());
    if (!directory) {
        return fail(directory.error());
    }
    const auto precision = precisionNamed(request.precision);
    if (!precision) {
        return fail(ErrorCode::InvalidArgument, "'" + request.precision.toStdString() + "' is not a precision");
    }
    options.engine.device = request.device.toStdString();
    options.engine.precision = *precision;
    options.checkpoint.progress = progress;
    return Classifier::open(*directory, options, std::move(stop));
}

} // namespace

ModelBackend ModelBackend::core()
{
    return {
        [](const ModelRequest& request, ClassifierOptions options, std::stop_token stop, const ProgressFn& progress) {
            return openWithCore(request, std::move(options), std::move(stop), progress);
        },
        []() -> Result<EngineDiagnosis> {
            const auto library = engineLibrary();
            if (!library) {
                return fail(library.error());
            }
            return (*library)->diagnose();
        }};
}

ModelController::ModelController(QThreadPool* pool, QObject* parent)
    : ModelController(pool, ModelBackend::core(), parent)
{}

ModelController::ModelController(QThreadPool* pool, ModelBackend backend, QObject* parent)
    : QObject(parent), m_pool(pool), m_backend(std::move(backend)),
      m_diagnosisJob(std::make_unique<Job<EngineDiagnosis>>(pool))
{
    for (int slot = 0; slot < kMaxSlots; ++slot) {
        auto& job = m_jobs[static_cast<std::size_t>(slot)];
        job = std::make_unique<Job<Classifier>>(pool);
        connect(job.get(), &JobBase::finished, this, [this, slot] { finishOpen(slot); });
        connect(job.get(), &JobBase::progressed, this, [this, slot](const Progress& progress) {
            m_slots[static_cast<std::size_t>(slot)].progress = progress;
            Q_EMIT loadProgressed(slot, progress);
        });
    }
    connect(m_diagnosisJob.get(), &JobBase::finished, this, &ModelController::finishDiagnosis);
}

ModelController::~ModelController() = default;

void ModelController::open(int slot, const QString& path, const QString& device, const QString& precision)
{
    Q_ASSERT(slot >= 0 && slot < kMaxSlots);
    while (static_cast<int>(m_slots.size()) <= slot) {
        m_slots.push_back(ModelSlot{.letter = QChar(u'A' + static_cast<int>(m_slots.size()))});
    }
    start(slot, {path, device, precision});
    Q_EMIT slotsChanged();
}

void ModelController::start(int slot, const ModelRequest& request)
{
    ModelSlot& target = m_slots[static_cast<std::size_t>(slot)];
    if (!target.classifier) {
        target.path = request.path;
        target.device = request.device;
        target.precision = request.precision;
    }
    target.error.clear();
    target.loading = true;
    target.stopping = false;
    target.request = request;
    target.progress = {};
    ClassifierOptions options;
    options.threads = m_threads;
    options.batchSize = static_cast<std::size_t>(m_batchSize);
    m_jobs[static_cast<std::size_t>(slot)]->start(
        [open = m_backend.open, request, options](std::stop_token stop, const ProgressFn& progress) {
            return open(request, options, stop, progress);
        });
}

void ModelController::finishOpen(int slot)
{
    ModelSlot& target = m_slots[static_cast<std::size_t>(slot)];
    const Result<Classifier>& result = m_jobs[static_cast<std::size_t>(slot)]->result();
    const ModelRequest request = std::exchange(target.request, {});
    const bool cancelled =
        std::exchange(target.stopping, false) || (!result && result.error().code == ErrorCode::Cancelled);
    target.loading = false;
    target.progress = {};
    QString reason;
    if (cancelled) {
        // Also when the work was done before it noticed: who cancels does not want the model.
    } else if (result) {
        target.path = request.path;
        target.device = request.device;
        target.precision = request.precision;
        target.classifier = *result;
    } else {
        reason = QString::fromStdString(result.error().message);
    }
    if (!target.classifier) {
        if (cancelled) {
            target = ModelSlot{.letter = target.letter};
        } else {
            target.error = reason;
        }
    }
    dropFreeTail();
    Q_EMIT slotsChanged();
    if (!reason.isEmpty()) {
        Q_EMIT openFailed(slot, request.path, reason);
    }
}

void ModelController::cancel(int slot)
{
    if (slot < 0 || slot >= static_cast<int>(m_slots.size()) || !m_slots[static_cast<std::size_t>(slot)].loading) {
        return;
    }
    m_slots[static_cast<std::size_t>(slot)].stopping = true;
    m_jobs[static_cast<std::size_t>(slot)]->cancel();
    Q_EMIT slotsChanged();
}

void ModelController::close(int slot)
{
    if (slot < 0 || slot >= static_cast<int>(m_slots.size())) {
        return;
    }
    ModelSlot& target = m_slots[static_cast<std::size_t>(slot)];
    if (target.loading) {
        target.classifier.reset(); // and finishOpen() frees the slot, once the work has noticed
        cancel(slot);
        return;
    }
    target = ModelSlot{.letter = target.letter};
    dropFreeTail();
    Q_EMIT slotsChanged();
}

void ModelController::dropFreeTail()
{
    while (!m_slots.empty() && m_slots.back().path.isEmpty()) {
        m_slots.pop_back();
    }
}

bool ModelController::isLoading() const
{
    return std::ranges::any_of(m_slots, &ModelSlot::loading);
}

std::optional<int> ModelController::freeSlot() const
{
    for (int slot = 0; slot < kMaxSlots; ++slot) {
        const auto index = static_cast<std::size_t>(slot);
        if (index >= m_slots.size() || m_slots[index].path.isEmpty()) {
            return slot;
        }
    }
    return std::nullopt;
}

void ModelController::setScoring(int threads, int batchSize)
{
    if (threads == m_threads && batchSize == m_batchSize) {
        return;
    }
    m_threads = threads;
    m_batchSize = batchSize;
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        const ModelSlot& target = m_slots[static_cast<std::size_t>(slot)];
        if (target.loading) {
            start(slot, ModelRequest(target.request));
        } else if (target.classifier) {
            start(slot, {target.path, target.device, target.precision});
        }
    }
    Q_EMIT slotsChanged();
}

void ModelController::diagnose()
{
    if (m_diagnosisJob->isRunning()) {
        return;
    }
    m_diagnosisJob->start([diagnose = m_backend.diagnose](std::stop_token, const ProgressFn&) { return diagnose(); });
}

void ModelController::finishDiagnosis()
{
    const Result<EngineDiagnosis>& result = m_diagnosisJob->result();
    m_diagnosis = result ? std::optional(*result) : std::nullopt;
    m_engineError = result ? QString() : QString::fromStdString(result.error().message);
    Q_EMIT devicesChanged();
}

} // namespace modscope::ui
