#include "ui/controllers/desk_link.h"

#include <chrono>
#include <random>

namespace modscope::ui {

namespace {

constexpr std::chrono::seconds kLookEvery{1};

} // namespace

QString errorText(const Error& error)
{
    return QString::fromStdString(error.message);
}

DeskLink::DeskLink(QObject* parent) : QObject(parent)
{
    m_tick.setInterval(kLookEvery);
    connect(&m_tick, &QTimer::timeout, this, &DeskLink::look);
}

DeskLink::~DeskLink()
{
    close();
}

void DeskLink::open(const StoreOptions& options)
{
    close();
    m_options = options;
    m_options.create.reset();
    m_place = std::make_shared<Place>();
    m_worker = std::make_unique<SerialWorker>(this);
    m_worker->ask(
        [place = m_place, options]() -> Result<DeskFacts> {
            auto desk = ReviewDesk::open(options, std::random_device{}());
            if (!desk) {
                return fail(desk.error());
            }
            place->desk.emplace(std::move(*desk));
            return place->desk->facts();
        },
        [this](Result<DeskFacts> facts) {
            if (!facts) {
                Q_EMIT openFailed(errorText(facts.error()));
                return;
            }
            m_facts = std::move(*facts);
            m_tick.start();
            Q_EMIT opened();
        });
}

void DeskLink::close()
{
    m_tick.stop();
    if (m_worker) {
        m_worker->ask(
            [place = m_place] {
                place->desk.reset();
                return 0;
            },
            [](int) {});
        m_worker.reset(); // waits
    }
    const bool wasOpen = m_facts.has_value();
    m_facts.reset();
    m_reachable = true;
    m_looking = false;
    if (wasOpen) {
        Q_EMIT closed();
    }
}

void DeskLink::look()
{
    if (!isOpen() || m_looking) {
        return;
    }
    m_looking = true;
    ask([](ReviewDesk& desk) { return desk.refresh(); },
        [this](const Result<bool>& any) {
            m_looking = false;
            if (any && *any) {
                readFacts();
                Q_EMIT changed();
            }
        });
}

void DeskLink::readFacts()
{
    ask([](ReviewDesk& desk) { return desk.facts(); },
        [this](Result<DeskFacts> facts) {
            if (facts && isOpen() && *facts != *m_facts) {
                m_facts = std::move(*facts);
                Q_EMIT factsChanged();
            }
        });
}

void DeskLink::noteReachable(const std::optional<Error>& error)
{
    const bool lost = error && error->code == ErrorCode::Unavailable;
    if (lost && m_reachable) {
        m_reachable = false;
        Q_EMIT unreachable(QString::fromStdString(error->message));
    } else if (!error && !m_reachable) {
        m_reachable = true;
        Q_EMIT reachable();
    }
}

} // namespace modscope::ui
