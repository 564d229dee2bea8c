#include "core/store/sql_store.h"
#include "core/store/text.h"

#include <algorithm>
#include <cmath>

namespace modscope {

namespace {

constexpr int kFewestPeople = 5; ///< below it a sum would tell about single people

bool isDay(std::string_view text)
{
    const auto digitAt = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    bool sound = text.size() == 10 && text[4] == '-' && text[7] == '-';
    for (std::size_t i = 0; sound && i < text.size(); ++i) {
        sound = i == 4 || i == 7 || digitAt(i);
    }
    return sound;
}

Result<void> checkExposure(const Exposure& more)
{
    const bool sound = std::isfinite(more.secondsRevealed) && more.secondsRevealed >= 0 &&
                       std::isfinite(more.severitySeconds) && more.severitySeconds >= 0 &&
                       std::isfinite(more.megapixelSeconds) && more.megapixelSeconds >= 0 && more.items >= 0 &&
                       more.revealed >= 0;
    if (!isDay(more.day)) {
        return fail(ErrorCode::InvalidArgument, "'" + more.day + "' is not a day like 2026-11-25");
    }
    return sound ? Result<void>() : fail(ErrorCode::InvalidArgument, "exposure only grows");
}

} // namespace

Result<void> SqlStore::addExposure(const Exposure& more)
{
    const auto may = mayWrite();
    const auto sound = checkExposure(more);
    if (!may || !sound) {
        return may ? sound : may;
    }
    return m_connection->write([&]() -> Result<void> {
        m_connection->sql() << "INSERT INTO exposure(reviewer, day, seconds_revealed, severity_seconds,"
                               " megapixel_seconds, items, revealed) VALUES (:me, :day, :seconds, :severity,"
                               " :megapixels, :items, :revealed) ON CONFLICT (reviewer, day) DO UPDATE SET"
                               " seconds_revealed = exposure.seconds_revealed + excluded.seconds_revealed,"
                               " severity_seconds = exposure.severity_seconds + excluded.severity_seconds,"
                               " megapixel_seconds = exposure.megapixel_seconds + excluded.megapixel_seconds,"
                               " items = exposure.items + excluded.items,"
                               " revealed = exposure.revealed + excluded.revealed",
            soci::use(m_me.id), soci::use(more.day), soci::use(more.secondsRevealed), soci::use(more.severitySeconds),
            soci::use(more.megapixelSeconds), soci::use(more.items), soci::use(more.revealed);
        return {};
    });
}

Result<std::vector<Exposure>> SqlStore::myExposure(std::string_view fromDay)
{
    const std::string from(fromDay);
    if (!isDay(from)) {
        return fail(ErrorCode::InvalidArgument, "'" + from + "' is not a day like 2026-11-25");
    }
    return m_connection->read([&]() -> Result<std::vector<Exposure>> {
        std::vector<Exposure> found;
        Exposure one;
        soci::statement rows = (m_connection->sql().prepare
                                    << "SELECT day, seconds_revealed, severity_seconds, megapixel_seconds, items,"
                                       " revealed FROM exposure WHERE reviewer = :me AND day >= :from ORDER BY day",
                                soci::use(m_me.id), soci::use(from), soci::into(one.day),
                                soci::into(one.secondsRevealed), soci::into(one.severitySeconds),
                                soci::into(one.megapixelSeconds), soci::into(one.items), soci::into(one.revealed));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(one);
        }
        return found;
    });
}

Result<std::optional<Exposure>> SqlStore::teamExposure(std::string_view fromDay)
{
    const std::string from(fromDay);
    if (!isDay(from)) {
        return fail(ErrorCode::InvalidArgument, "'" + from + "' is not a day like 2026-11-25");
    }
    return m_connection->read([&]() -> Result<std::optional<Exposure>> {
        Exposure sum;
        sum.day = from;
        int people = 0;
        m_connection->sql() << "SELECT count(DISTINCT reviewer), coalesce(sum(seconds_revealed), 0),"
                               " coalesce(sum(severity_seconds), 0), coalesce(sum(megapixel_seconds), 0),"
                               " CAST(coalesce(sum(items), 0) AS bigint), CAST(coalesce(sum(revealed), 0) AS bigint)"
                               " FROM exposure WHERE day >= :from",
            soci::use(from), soci::into(people), soci::into(sum.secondsRevealed), soci::into(sum.severitySeconds),
            soci::into(sum.megapixelSeconds), soci::into(sum.items), soci::into(sum.revealed);
        return people < kFewestPeople ? std::nullopt : std::optional(sum);
    });
}

} // namespace modscope
