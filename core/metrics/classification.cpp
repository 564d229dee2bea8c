#include "core/metrics/classification.h"

#include <cassert>
#include <iterator>

namespace modscope {

namespace {

std::optional<double> ratio(std::uint64_t part, std::uint64_t whole)
{
    return whole > 0 ? std::optional(static_cast<double>(part) / static_cast<double>(whole)) : std::nullopt;
}

void count(ConfusionCounts& counts, bool predicted, bool actual)
{
    counts.truePositive += predicted && actual ? 1U : 0U;
    counts.falsePositive += predicted && !actual ? 1U : 0U;
    counts.falseNegative += !predicted && actual ? 1U : 0U;
    counts.trueNegative += !predicted && !actual ? 1U : 0U;
}

PrecisionRecallF1 ofCounts(const ConfusionCounts& counts)
{
    return {counts.precision(), counts.recall(), counts.f1()};
}

/// One number of each class, in a row.
template <typename Number>
std::vector<std::optional<double>> each(std::span<const ConfusionCounts> classes, Number number)
{
    std::vector<std::optional<double>> values;
    for (const ConfusionCounts& counts : classes) {
        values.push_back((counts.*number)());
    }
    return values;
}

std::optional<double> meanBySupport(std::span<const std::optional<double>> values,
                                    std::span<const ConfusionCounts> classes,
                                    Undefined undefined)
{
    double sum = 0;
    double weight = 0;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const auto support = static_cast<double>(classes[i].support());
        if (support == 0 || (!values[i] && undefined == Undefined::LeftOut)) {
            continue;
        }
        if (!values[i] && undefined == Undefined::Spreads) {
            return std::nullopt;
        }
        sum += values[i].value_or(0) * support;
        weight += support;
    }
    if (weight == 0) {
        return undefined == Undefined::AsZero ? std::optional(0.0) : std::nullopt;
    }
    return sum / weight;
}

template <typename Mean>
PrecisionRecallF1 averaged(std::span<const ConfusionCounts> classes, const Mean& mean)
{
    return {mean(each(classes, &ConfusionCounts::precision)), mean(each(classes, &ConfusionCounts::recall)),
            mean(each(classes, &ConfusionCounts::f1))};
}

std::optional<double> orZero(std::optional<double> value, Undefined undefined)
{
    return value || undefined != Undefined::AsZero ? value : std::optional(0.0);
}

} // namespace

std::optional<double> ConfusionCounts::precision() const
{
    return ratio(truePositive, predicted());
}

std::optional<double> ConfusionCounts::recall() const
{
    return ratio(truePositive, support());
}

std::optional<double> ConfusionCounts::specificity() const
{
    return ratio(trueNegative, trueNegative + falsePositive);
}

std::optional<double> ConfusionCounts::f1() const
{
    return ratio(2 * truePositive, support() + predicted());
}

std::optional<double> ConfusionCounts::accuracy() const
{
    return ratio(truePositive + trueNegative, items());
}

ConfusionCounts ConfusionCounts::inverted() const
{
    return {trueNegative, falseNegative, falsePositive, truePositive};
}

ConfusionCounts& ConfusionCounts::operator+=(const ConfusionCounts& other)
{
    truePositive += other.truePositive;
    falsePositive += other.falsePositive;
    falseNegative += other.falseNegative;
    trueNegative += other.trueNegative;
    return *this;
}

ConfusionCounts confusionCounts(std::span<const double> scores, std::span<const std::uint8_t> labels, double threshold)
{
    assert(scores.size() == labels.size());
    ConfusionCounts counts;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        count(counts, scores[i] >= threshold, labels[i] != 0);
    }
    return counts;
}

std::optional<double> macroMean(std::span<const std::optional<double>> values, Undefined undefined)
{
    double sum = 0;
    std::size_t members = 0;
    for (const auto& value : values) {
        if (!value && undefined == Undefined::Spreads) {
            return std::nullopt;
        }
        sum += value.value_or(0);
        members += value || undefined == Undefined::AsZero ? 1U : 0U;
    }
    return members > 0 ? std::optional(sum / static_cast<double>(members)) : std::nullopt;
}

MultilabelAverages multilabelAverages(std::span<const std::uint8_t> predicted,
                                      std::span<const std::uint8_t> actual,
                                      std::size_t labels,
                                      Undefined undefined)
{
    assert(labels > 0 && predicted.size() == actual.size() && actual.size() % labels == 0);
    if (actual.empty()) {
        return {};
    }
    std::vector<ConfusionCounts> classes(labels);
    std::vector<std::optional<double>> itemF1;
    std::uint64_t exact = 0;
    for (std::size_t start = 0; start < actual.size(); start += labels) {
        ConfusionCounts item;
        for (std::size_t label = 0; label < labels; ++label) {
            count(classes[label], predicted[start + label] != 0, actual[start + label] != 0);
            count(item, predicted[start + label] != 0, actual[start + label] != 0);
        }
        itemF1.push_back(item.f1());
        exact += item.falsePositive + item.falseNegative == 0 ? 1U : 0U;
    }
    MultilabelAverages averages;
    if (labels == 1) {
        classes.push_back(classes[0].inverted());
    } else {
        averages.f1Samples = macroMean(itemF1, undefined);
    }
    ConfusionCounts pooled;
    for (const ConfusionCounts& counts : classes) {
        pooled += counts;
    }
    averages.macro = averaged(classes, [&](const auto& values) { return macroMean(values, undefined); });
    averages.weighted =
        averaged(classes, [&](const auto& values) { return meanBySupport(values, classes, undefined); });
    averages.micro = ofCounts(pooled);
    for (auto* value : {&averages.micro.precision, &averages.micro.recall, &averages.micro.f1}) {
        *value = orZero(*value, undefined);
    }
    averages.subsetAccuracy = ratio(exact, itemF1.size());
    averages.hammingLoss = ratio(pooled.falsePositive + pooled.falseNegative, pooled.items());
    return averages;
}

} // namespace modscope
