#include "core/review/iso_time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace modscope {

std::string isoTime(TimeMs time)
{
    using namespace std::chrono;
    const sys_time<milliseconds> moment{milliseconds(time)};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss clock(moment - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text.data();
}

Result<TimeMs> timeFromIso(std::string_view text)
{
    using namespace std::chrono;
    constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";
    const auto refuse = [&] {
        return fail(ErrorCode::ParseError,
                    "'" + std::string(text) + "' is not a time such as 2026-11-25T13:05:09.120Z");
    };
    if (text.size() != kShape.size()) {
        return refuse();
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == '0' ? !digit : text[i] != kShape[i]) {
            return refuse();
        }
    }
    const auto number = [&](std::size_t from, std::size_t digits) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + digits, value);
        return value;
    };
    const year_month_day date{year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2)))};
    const bool clockFits = number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) < 60;
    if (!date.ok() || !clockFits) {
        return refuse();
    }
    const auto moment = sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2)) +
                        milliseconds(number(20, 3));
    return duration_cast<milliseconds>(moment.time_since_epoch()).count();
}

} // namespace modscope
