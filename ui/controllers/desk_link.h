#pragma once

#include "ui/controllers/review_desk.h"
#include "ui/jobs/serial_worker.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace modscope::ui {

/// The error's sentence, for people.
[[nodiscard]] QString errorText(const Error& error);

/// The way from the desktop's thread to the review store's: calls run there one after the other, answers come back
/// here. It looks for other people's changes every second, and tells when the store cannot be reached.
class DeskLink : public QObject {
    Q_OBJECT
public:
    explicit DeskLink(QObject* parent = nullptr);
    ~DeskLink() override;

    /// Opens a store; a former one is closed. opened() or openFailed() follows.
    void open(const StoreOptions& options);
    void close();
    [[nodiscard]] bool isOpen() const { return m_facts.has_value(); }
    [[nodiscard]] bool isReachable() const { return m_reachable; }
    /// Precondition: isOpen().
    [[nodiscard]] const DeskFacts& facts() const { return *m_facts; }

    /// What the store was opened with, for a second connection.
    [[nodiscard]] const StoreOptions& options() const { return m_options; }

    /// Runs `work(desk)`, which gives a Result, then `done(result)` here. Precondition: isOpen().
    template <typename Work, typename Done>
    void ask(Work work, Done done)
    {
        using Answer = std::invoke_result_t<Work, ReviewDesk&>;
        m_worker->ask(
            [place = m_place, work = std::move(work)]() mutable -> Answer {
                return place->desk ? work(*place->desk) : Answer(fail(ErrorCode::Unavailable, "no store is open"));
            },
            [this, done = std::move(done)](Answer answer) mutable {
                noteReachable(answer.has_value() ? std::nullopt : std::optional(answer.error()));
                done(std::move(answer));
            });
    }

    /// Looks for changes now instead of with the next tick.
    void look();
    /// Reads rules, queues and policies again, after one of them was changed here.
    void readFacts();

Q_SIGNALS:
    void opened();
    void openFailed(const QString& reason);
    void closed();
    void factsChanged();
    /// Items, states or scores are different now; counts and lists are out of date.
    void changed();
    void unreachable(const QString& reason);
    void reachable();

private:
    /// Where the desk lives: made, used and destroyed on the worker's thread.
    struct Place {
        std::optional<ReviewDesk> desk;
    };

    void noteReachable(const std::optional<Error>& error);

    std::shared_ptr<Place> m_place;
    std::unique_ptr<SerialWorker> m_worker;
    std::optional<DeskFacts> m_facts;
    StoreOptions m_options;
    bool m_reachable = true;
    bool m_looking = false;
    QTimer m_tick;
};

} // namespace modscope::ui
