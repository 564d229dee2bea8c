#pragma once

#include "core/nn/classifier.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace modscope::ui {

/// A model, and where and how it shall run.
struct ModelRequest {
    QString path;                               ///< a folder, or "demo"
    QString device = QStringLiteral("auto");    ///< auto, cpu, cuda, cuda:N
    QString precision = QStringLiteral("auto"); ///< auto, fp32, bf16, fp16, int8

    bool operator==(const ModelRequest&) const = default;
};

/// One of up to four models that score side by side. A slot with an empty path is free.
struct ModelSlot {
    QChar letter;        ///< A..D
    QString path = {};   ///< what the person opened; "demo" for the built-in one
    QString device = {}; ///< auto, cpu, cuda:N
    QString precision = {};
    std::optional<Classifier> classifier = {}; ///< empty while the first model loads, or after it could not be loaded
    QString error = {};                        ///< why there is no classifier
    bool loading = false;      ///< `request` is on its way; the classifier, if any, is still the former one
    bool stopping = false;     ///< loading was cancelled; the work has not noticed yet
    ModelRequest request = {}; ///< valid while loading
    Progress progress = {};    ///< bytes read, while loading; total 0 until known
};

/// What the controller needs of core; tests hand in their own.
struct ModelBackend {
    /// Runs on the pool. `progress` counts bytes of weights.
    std::function<Result<Classifier>(
        const ModelRequest& request, ClassifierOptions options, std::stop_token stop, const ProgressFn& progress)>
        open;
    /// Runs on the pool; loads the engine.
    std::function<Result<EngineDiagnosis>()> diagnose;

    [[nodiscard]] static ModelBackend core();
};

/// Opens, holds and lets go of models. Slot 0 is model A; a slot keeps its letter when others are closed.
/// Loading runs on the given pool. Lives on the GUI thread.
class ModelController : public QObject {
    Q_OBJECT
public:
    static constexpr int kMaxSlots = 4;

    explicit ModelController(QThreadPool* pool, QObject* parent = nullptr);
    ModelController(QThreadPool* pool, ModelBackend backend, QObject* parent = nullptr);
    ~ModelController() override;

    [[nodiscard]] const std::vector<ModelSlot>& models() const { return m_slots; }
    /// Loads a model into a slot; the slot keeps its former model until the new one is ready.
    /// Precondition: 0 <= slot < kMaxSlots.
    void open(int slot, const QString& path, const QString& device, const QString& precision);
    /// Stops loading into the slot; it keeps what it had. Answers between two steps of reading.
    void cancel(int slot);
    /// Lets go of the slot's model, or of what is being loaded into it.
    void close(int slot);
    [[nodiscard]] bool isLoading() const;
    /// The first free slot, or nothing when four are in use.
    [[nodiscard]] std::optional<int> freeSlot() const;

    /// Threads of each model's pipeline and items of a batch, 0 = chosen for the machine; open models are loaded again.
    void setScoring(int threads, int batchSize);

    /// Asks the engine what this machine offers; devicesChanged() follows. Runs once unless asked again.
    void diagnose();
    /// Empty until the engine has answered, and when there is no engine.
    [[nodiscard]] const std::optional<EngineDiagnosis>& diagnosis() const { return m_diagnosis; }
    /// Why there is no engine; empty when there is one or nobody asked yet.
    [[nodiscard]] const QString& engineError() const { return m_engineError; }

Q_SIGNALS:
    /// A model was opened, closed, began to load, could not be loaded.
    void slotsChanged();
    void loadProgressed(int slot, const modscope::Progress& progress);
    /// A model could not be loaded; the slot keeps what it had.
    void openFailed(int slot, const QString& path, const QString& reason);
    void devicesChanged();

private:
    void start(int slot, const ModelRequest& request);
    void finishOpen(int slot);
    void finishDiagnosis();
    void dropFreeTail();

    QThreadPool* m_pool;
    ModelBackend m_backend;
    std::vector<ModelSlot> m_slots;
    std::optional<EngineDiagnosis> m_diagnosis;
    QString m_engineError;
    int m_threads = 0;
    int m_batchSize = 0;
    std::array<std::unique_ptr<Job<Classifier>>, kMaxSlots> m_jobs;
    std::unique_ptr<Job<EngineDiagnosis>> m_diagnosisJob;
};

} // namespace modscope::ui
