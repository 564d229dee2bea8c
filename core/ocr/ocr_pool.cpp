#include "core/ocr/ocr_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace modscope {

namespace {

Result<OcrText> readPicture(OcrReader& reader, const OcrPicture& picture, const std::stop_token& stop)
{
    return picture.bytes ? reader.read(std::span<const std::byte>(*picture.bytes), stop)
                         : reader.readFile(picture.file, stop);
}

/// Reading is the longest work there is and never what a person waits for: it gives way to scoring and to the window.
/// Linux lowers one thread; where that is refused, nothing is lost.
void giveWay()
{
    constexpr int kNiceness = 10;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
}

} // namespace

bool wantsReading(OcrMode mode, bool hasText, bool hasPicture)
{
    return hasPicture && (mode == OcrMode::Always || (mode == OcrMode::Auto && !hasText));
}

struct OcrPool::State {
    struct Task {
        OcrPicture picture;
        std::promise<Result<OcrText>> promise;
    };

    OcrOptions options;
    std::string languages;
    std::mutex mutex;
    std::condition_variable_any arrived;
    std::deque<Task> waiting;
    std::vector<std::jthread> threads; // last: they end before what they use

    void work(std::optional<OcrReader> reader, const std::stop_token& stop)
    {
        giveWay();
        while (auto task = take(stop)) {
            if (!reader) {
                auto opened = OcrReader::open(options);
                if (!opened) {
                    task->promise.set_value(fail(opened.error()));
                    continue;
                }
                reader = std::move(*opened);
            }
            task->promise.set_value(readPicture(*reader, task->picture, stop));
        }
    }

    std::optional<Task> take(const std::stop_token& stop)
    {
        std::unique_lock lock(mutex);
        if (!arrived.wait(lock, stop, [this] { return !waiting.empty(); }) || stop.stop_requested()) {
            return std::nullopt;
        }
        std::optional<Task> task(std::move(waiting.front()));
        waiting.pop_front();
        return task;
    }
};

OcrPool::OcrPool(std::unique_ptr<State> state) : m_state(std::move(state)) {}

OcrPool::~OcrPool()
{
    for (auto& thread : m_state->threads) {
        thread.request_stop();
    }
    for (auto& thread : m_state->threads) {
        thread.join();
    }
    for (State::Task& task : m_state->waiting) {
        task.promise.set_value(fail(ErrorCode::Cancelled, "Reading the picture's text was cancelled"));
    }
}

Result<std::unique_ptr<OcrPool>> OcrPool::open(const OcrOptions& options, std::size_t workers)
{
    auto reader = OcrReader::open(options);
    if (!reader) {
        return fail(reader.error());
    }
    auto state = std::make_unique<State>();
    state->options = options;
    state->languages = reader->languages();
    std::optional<OcrReader> first(std::move(*reader));
    for (std::size_t worker = 0; worker < std::max<std::size_t>(workers, 1); ++worker) {
        state->threads.emplace_back([own = std::exchange(first, std::nullopt), shared = state.get()](
                                        const std::stop_token& stop) mutable { shared->work(std::move(own), stop); });
    }
    return std::unique_ptr<OcrPool>(new OcrPool(std::move(state)));
}

std::future<Result<OcrText>> OcrPool::submit(OcrPicture picture)
{
    State::Task task{std::move(picture), {}};
    auto result = task.promise.get_future();
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->waiting.push_back(std::move(task));
    }
    m_state->arrived.notify_one();
    return result;
}

std::size_t OcrPool::workers() const
{
    return m_state->threads.size();
}

const std::string& OcrPool::languages() const
{
    return m_state->languages;
}

} // namespace modscope
