#include "ui/controllers/exposure_ledger.h"

#include "ui/controllers/desk_link.h"

#include <QDate>

#include <utility>

namespace modscope::ui {

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kLaterMinutes = 10;
constexpr double kSecondsPerMinute = 60;

QString dayNow()
{
    return QDate::currentDate().toString(Qt::ISODate);
}

} // namespace

ExposureLedger::ExposureLedger(DeskLink* link, QObject* parent) : QObject(parent), m_link(link)
{
    m_stretch.start();
    connect(link, &DeskLink::opened, this, &ExposureLedger::read);
    connect(link, &DeskLink::closed, this, [this] { m_unsaved.clear(); });
    connect(link, &DeskLink::reachable, this, [this] {
        for (const Exposure& more : std::exchange(m_unsaved, {})) {
            save(more);
        }
    });
}

int ExposureLedger::minutesAtWork() const
{
    return static_cast<int>(m_stretch.elapsed() / kMinuteMs);
}

int ExposureLedger::revealedMinutes() const
{
    return static_cast<int>(m_stretchRevealed / kSecondsPerMinute);
}

void ExposureLedger::read()
{
    const QString day = dayNow();
    m_link->ask([day = day.toStdString()](ReviewDesk& desk) { return desk.session().store().myExposure(day); },
                [this, day](const Result<std::vector<Exposure>>& days) {
                    if (!days) {
                        return; // what was read last stays
                    }
                    m_today = days->empty() ? Exposure{} : days->back();
                    m_today.day = day.toStdString();
                    Q_EMIT todayChanged();
                });
}

void ExposureLedger::add(const Seen& seen, double risk, bool decided)
{
    m_stretchRevealed += seen.secondsRevealed;
    Exposure more;
    more.day = dayNow().toStdString();
    more.secondsRevealed = seen.secondsRevealed;
    more.severitySeconds = seen.secondsRevealed * risk;
    more.megapixelSeconds = seen.megapixelSeconds;
    more.items = decided ? 1 : 0;
    more.revealed = decided && seen.disclosure == Disclosure::Revealed ? 1 : 0;
    const bool nothing = more.items == 0 && more.secondsRevealed <= 0;
    if (nothing || !m_link->isOpen() || m_link->facts().readOnly) {
        return;
    }
    save(more);
}

void ExposureLedger::save(const Exposure& more)
{
    m_link->ask(
        [more](ReviewDesk& desk) -> Result<int> {
            const auto added = desk.session().store().addExposure(more);
            return added ? Result<int>(0) : fail(added.error());
        },
        [this, more](const Result<int>& added) {
            if (!added && added.error().code == ErrorCode::Unavailable) {
                m_unsaved.push_back(more);
                return;
            }
            read();
        });
}

void ExposureLedger::considerBreak()
{
    const bool quiet = m_quietDay == dayNow() || m_stretch.elapsed() < m_quietUntilMs;
    const bool due = minutesAtWork() >= m_rules.afterMinutes || revealedMinutes() >= m_rules.afterRevealedMinutes;
    if (m_rules.suggest && due && !quiet) {
        m_quietUntilMs = m_stretch.elapsed() + kLaterMinutes * kMinuteMs;
        Q_EMIT breakSuggested(minutesAtWork(), revealedMinutes());
    }
}

void ExposureLedger::breakTaken()
{
    m_stretch.restart();
    m_stretchRevealed = 0;
    m_quietUntilMs = 0;
}

void ExposureLedger::remindLater()
{
    m_quietUntilMs = m_stretch.elapsed() + kLaterMinutes * kMinuteMs;
}

void ExposureLedger::notToday()
{
    m_quietDay = dayNow();
}

} // namespace modscope::ui
