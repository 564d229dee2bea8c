#include "ui/models/own_work.h"

#include "ui/models/decision_draft.h"
#include "ui/models/verdict.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace modscope::ui {

namespace {

struct OwnWords {
    Q_DECLARE_TR_FUNCTIONS(OwnWork)
};

constexpr int kShownText = 120; ///< characters of an item's text

/// "+0.03 (0.00 to 0.06)"
QString changeText(const Estimate& change)
{
    const QString text = estimateText(change);
    return change.value && *change.value > 0 ? OwnWords::tr("+%1", "a rise").arg(text) : text;
}

/// The class whose recall rose most; null when none did.
const OwnValue::Class* bestClass(const OwnValue& value)
{
    const auto rise = [](const OwnValue::Class& one) { return one.recallChange.value.value_or(0); };
    const auto best = std::max_element(
        value.classes.begin(), value.classes.end(),
        [&rise](const OwnValue::Class& one, const OwnValue::Class& other) { return rise(one) < rise(other); });
    return best != value.classes.end() && rise(*best) > 0 ? &*best : nullptr;
}

TeamCard knownCard(const std::vector<KnownAnswer>& known,
                   const std::vector<std::string>& labels,
                   const CaptionMask& mask)
{
    TeamCard card{OwnWords::tr("Known items today, private to you"),
                  OwnWords::tr("Items whose answer is agreed, among the others. Nobody else is shown how you answered "
                               "them."),
                  {}};
    const QString sentence = knownSentence(known);
    card.facts.push_back(
        {OwnWords::tr("As agreed"), sentence.isEmpty() ? OwnWords::tr("none answered yet") : sentence});
    for (const KnownAnswer& answer : known) {
        if (answer.asAgreed()) {
            continue;
        }
        const QString text = visibleText(QString::fromStdString(answer.text)).left(kShownText);
        card.facts.push_back({QString::fromStdString(answer.key),
                              OwnWords::tr("You: %1. Agreed: %2. Text: %3")
                                  .arg(answersText(answer.given, labels), answersText(answer.agreed, labels),
                                       text.isEmpty() ? OwnWords::tr("none")
                                                      : maskedText(text, mask.spans(text), OwnWords::tr("[masked]")))});
    }
    return card;
}

TeamCard valueCard(const OwnValue& value, const std::vector<std::string>& labels)
{
    const QString model = visibleText(QString::fromStdString(value.model));
    TeamCard card{OwnWords::tr("What your decisions of the last 7 days did"), {}, {}};
    if (model.isEmpty()) {
        card.hint = OwnWords::tr("No model has scored items here.");
        return card;
    }
    const QString sentence = valueSentence(value, labels);
    card.hint = OwnWords::tr("%1 Measured against what counts now, on all items that %2 scored; ranges of 95 %. "
                             "Duplicates count together.")
                    .arg(sentence.isEmpty() ? OwnWords::tr("You decided none of them.") : sentence, model);
    for (std::size_t i = 0; i < labels.size() && i < value.classes.size(); ++i) {
        const OwnValue::Class& one = value.classes[i];
        const QString corrected = OwnWords::tr("%n label(s) corrected", nullptr, static_cast<int>(one.corrected));
        const QString recall = one.positives == 0 ? OwnWords::tr("recall not defined: no item of the class")
                                                  : OwnWords::tr("recall %1, %n item(s) of the class", nullptr,
                                                                 static_cast<int>(one.positives))
                                                        .arg(changeText(one.recallChange));
        card.facts.push_back(
            {className(labels[i]), OwnWords::tr("%1; %2", "corrections, recall").arg(corrected, recall)});
    }
    return card;
}

} // namespace

QString knownSentence(const std::vector<KnownAnswer>& known)
{
    if (known.empty()) {
        return {};
    }
    const auto same = std::count_if(known.begin(), known.end(), [](const KnownAnswer& one) { return one.asAgreed(); });
    const int differ = static_cast<int>(known.size()) - static_cast<int>(same);
    const QString counts =
        OwnWords::tr("%1 of %2 as agreed", "answers to known items")
            .arg(QLocale().toString(qlonglong{same}), QLocale().toString(static_cast<qulonglong>(known.size())));
    return differ == 0 ? counts : OwnWords::tr("%1; see the %n that differ(s)", nullptr, differ).arg(counts);
}

QString valueSentence(const OwnValue& value, const std::vector<std::string>& labels)
{
    if (value.decided == 0) {
        return {};
    }
    const int corrected = static_cast<int>(value.corrected);
    const OwnValue::Class* best = bestClass(value);
    if (best == nullptr) {
        return OwnWords::tr("Your decisions corrected %n model error(s).", nullptr, corrected);
    }
    const auto place = static_cast<std::size_t>(best - value.classes.data());
    return OwnWords::tr("Your decisions corrected %n model error(s) and raised recall for %1 by %2.", nullptr,
                        corrected)
        .arg(className(labels.at(place)), estimateText(best->recallChange));
}

std::vector<TeamCard> ownCards(const std::vector<KnownAnswer>& known,
                               const OwnValue& value,
                               const std::vector<std::string>& labels,
                               const CaptionMask& mask)
{
    return {knownCard(known, labels, mask), valueCard(value, labels)};
}

} // namespace modscope::ui
