#include "core/review/queue_order.h"

#include "core/review/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace modscope {

namespace {

struct Part {
    std::string_view name;
    double QueueOrder::*weight;
};
constexpr std::array<Part, 5> kParts = {{{"risk", &QueueOrder::risk},
                                         {"uncertainty", &QueueOrder::uncertainty},
                                         {"disagreement", &QueueOrder::disagreement},
                                         {"age", &QueueOrder::age},
                                         {"duplicates", &QueueOrder::duplicates}}};
constexpr std::string_view kOldest = "oldest";

QueueOrder noOrder()
{
    QueueOrder order;
    order.risk = 0;
    return order;
}

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) {
            return words;
        }
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
}

const Part* partNamed(std::string_view word)
{
    for (const Part& part : kParts) {
        if (part.name == word) {
            return &part;
        }
    }
    return nullptr;
}

/// A weight: a number from 0; nothing when the word is no number at all.
std::optional<double> weightFrom(std::string_view word)
{
    double weight = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), weight);
    const bool whole = error == std::errc() && end == word.data() + word.size();
    return whole && std::isfinite(weight) && weight >= 0 ? std::optional(weight) : std::nullopt;
}

} // namespace

Result<QueueOrder> parseOrder(std::string_view text)
{
    const auto words = wordsOf(text);
    if (words.empty()) {
        return QueueOrder{};
    }
    QueueOrder order = noOrder();
    if (words.size() == 1 && words[0] == kOldest) {
        order.oldestFirst = true;
        return order;
    }
    double sum = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Part* part = partNamed(words[i]);
        if (part == nullptr) {
            return fail(
                ErrorCode::ParseError,
                "order: '" + std::string(words[i]) +
                    "' is not known (risk, uncertainty, disagreement, age, duplicates with weights, or oldest)");
        }
        double weight = 1;
        if (i + 1 < words.size() && partNamed(words[i + 1]) == nullptr) {
            const auto given = weightFrom(words[++i]);
            if (!given) {
                return fail(ErrorCode::ParseError,
                            "order: '" + std::string(words[i]) + "' is not a weight (a number from 0)");
            }
            weight = *given;
        }
        order.*(part->weight) = weight;
        sum += weight;
    }
    if (sum <= 0) {
        return fail(ErrorCode::ParseError, "order: '" + std::string(text) + "' gives nothing a weight");
    }
    return order;
}

std::string toText(const QueueOrder& order)
{
    if (order.oldestFirst) {
        return std::string(kOldest);
    }
    std::string text;
    for (const Part& part : kParts) {
        const double weight = order.*(part.weight);
        if (weight > 0) {
            text += (text.empty() ? "" : " ") + std::string(part.name) + (weight == 1 ? "" : " " + decimal(weight));
        }
    }
    return text;
}

} // namespace modscope
