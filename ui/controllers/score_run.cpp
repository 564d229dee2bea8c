#include "ui/controllers/score_run.h"

#include <algorithm>

namespace modscope::ui {

namespace {

// With several models a group of items goes through one model after the other, so that rows are completed in order; a
// single model streams without a break.
constexpr std::size_t kGroupOfSeveralModels = 64;
constexpr std::size_t kGroupOfOneModel = 4096;
constexpr std::uint64_t kMaxHashedBytes = DecodeOptions{}.maxBytes;

class ScoreRun {
public:
    ScoreRun(const std::vector<OpenModel>& models, ScoreQueue& queue, Inbox<ScoreEvent>& inbox, std::stop_token stop)
        : m_models(models), m_queue(queue), m_inbox(inbox), m_stop(std::move(stop))
    {}

    Result<std::size_t> run()
    {
        std::size_t taken = 0;
        do {
            m_group.clear();
            for (std::size_t model = 0; model < m_models.size() && !m_stop.stop_requested(); ++model) {
                scoreGroup(model);
            }
            taken += m_group.size();
        } while (!m_group.empty() && !m_stop.stop_requested());
        if (m_stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Scoring was stopped.");
        }
        return taken;
    }

private:
    void scoreGroup(std::size_t model)
    {
        std::size_t next = 0;
        std::vector<ItemId> asked;
        const auto nextSample = [&]() -> std::optional<Sample> {
            while (next < m_group.size() || (model == 0 && fillGroup())) {
                const ScoreWork& work = m_group[next++];
                if (work.wanted[model]) {
                    asked.push_back(work.id);
                    return work.sample;
                }
            }
            return std::nullopt;
        };
        const auto emit = [&](std::size_t index, const Sample& /*sample*/, Result<Prediction> prediction) {
            if (!prediction && prediction.error().code == ErrorCode::Cancelled) {
                return; // the row is told that it was stopped, not that it failed
            }
            auto outcome = std::make_shared<const Result<Prediction>>(std::move(prediction));
            m_inbox.push({asked[index], ScoreEvent::Answer{model, std::move(outcome)}});
        };
        m_models[model].scorer->predictStream(nextSample, emit, m_stop);
    }

    /// Takes one more item that is not a duplicate. False when the group is full, or nothing waits.
    bool fillGroup()
    {
        const auto most = m_models.size() == 1 ? kGroupOfOneModel : kGroupOfSeveralModels;
        while (m_group.size() < most) {
            auto work = m_queue.take(m_stop);
            if (!work) {
                return false;
            }
            const ItemId original = work->mayBeDuplicate ? originalOf(*work) : work->id;
            if (original != work->id) {
                m_inbox.push({work->id, ScoreEvent::SameAs{original}});
                continue;
            }
            m_inbox.push({work->id, ScoreEvent::Started{}});
            m_group.push_back(std::move(*work));
            return true;
        }
        return false;
    }

    ItemId originalOf(const ScoreWork& work)
    {
        const auto hash = contentHash(work.sample, kMaxHashedBytes);
        return hash ? m_queue.firstWith(*hash, work.id) : work.id;
    }

    const std::vector<OpenModel>& m_models;
    ScoreQueue& m_queue;
    Inbox<ScoreEvent>& m_inbox;
    std::stop_token m_stop;
    std::vector<ScoreWork> m_group;
};

} // namespace

Result<std::size_t> runScoring(const std::vector<OpenModel>& models,
                               ScoreQueue& queue,
                               Inbox<ScoreEvent>& inbox,
                               std::stop_token stop)
{
    return ScoreRun(models, queue, inbox, std::move(stop)).run();
}

} // namespace modscope::ui
