#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"

#include <QObject>
#include <QThreadPool>

#include <concepts>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace modscope::ui {

/// The part of Job that does not depend on its result. Lives on its owner's thread.
class JobBase : public QObject {
    Q_OBJECT
public:
    ~JobBase() override;

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Asks the work to stop; finished() follows with whatever the work returns (usually ErrorCode::Cancelled).
    void cancel();

Q_SIGNALS:
    /// At most ten a second, and once at the end.
    void progressed(const modscope::Progress& progress);
    void finished();

protected:
    explicit JobBase(QThreadPool* pool, QObject* parent);

    using Work = std::function<void(std::stop_token, const ProgressFn&)>;
    /// Runs `work` on the pool, then `deliver` and finished() on this object's thread.
    void run(Work work, std::function<void()> deliver);
    /// Stops, and waits until the work has left the pool. Derived destructors call it first.
    void stopAndWait();

private:
    struct Run;
    void report(const std::shared_ptr<Run>& run);
    void conclude(const std::shared_ptr<Run>& run);

    QThreadPool* m_pool;
    std::shared_ptr<Run> m_run; ///< the current one, or null
    /// Every run that may still be on the pool, the current one and superseded ones: all hold a pointer to this object.
    std::vector<std::shared_ptr<Run>> m_live;
    bool m_running = false;
};

/// One core call on a thread pool, reported on its owner's thread. Values go in, a Result comes out; destruction stops
/// the work and waits. Starting again while running cancels the earlier work, whose result is then dropped.
template <typename T>
class Job final : public JobBase {
public:
    using Function = std::function<Result<T>(std::stop_token, const ProgressFn&)>;

    explicit Job(QThreadPool* pool, QObject* parent = nullptr) : JobBase(pool, parent) {}
    ~Job() override { stopAndWait(); }

    void start(Function function)
    {
        auto slot = std::make_shared<std::optional<Result<T>>>();
        run([function = std::move(function), slot](std::stop_token stop,
                                                   const ProgressFn& report) { slot->emplace(function(stop, report)); },
            [this, slot] { m_result = std::move(*slot); });
    }

    /// Valid from finished() until the next start. Precondition: hasResult().
    [[nodiscard]] const Result<T>& result() const { return *m_result; }
    [[nodiscard]] bool hasResult() const { return m_result.has_value(); }

private:
    std::optional<Result<T>> m_result;
};

} // namespace modscope::ui
