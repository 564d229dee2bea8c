#include "ui/models/team_table.h"

#include "ui/models/verdict.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace modscope::ui {

namespace {

constexpr std::size_t kShownDays = 14;
constexpr double kHundred = 100;

QString tr(const char* text, const char* comment = nullptr)
{
    return QCoreApplication::translate("TeamTable", text, comment);
}

QString countText(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

TeamCard backlogCard(const TeamReport& report)
{
    const std::array<QString, kItemStates> states{tr("New"),          tr("Decided"), tr("Wait for a second opinion"),
                                                  tr("Two opinions"), tr("Final"),   tr("Taken back")};
    TeamCard card{tr("Items"), {}, {{tr("All"), countText(report.items)}}};
    for (std::size_t i = 0; i < states.size(); ++i) {
        card.facts.push_back({states[i], countText(report.states[i])});
    }
    card.facts.push_back({tr("Escalated"), countText(report.escalated)});
    return card;
}

TeamCard ageCard(const TeamReport& report)
{
    const std::array<QString, kAgeBands.size()> bands{tr("Below 1 hour"), tr("Below 1 day"), tr("Below 7 days"),
                                                      tr("Below 30 days"), tr("Older")};
    TeamCard card{tr("Waiting, by age"), {}, {}};
    for (std::size_t i = 0; i < bands.size(); ++i) {
        card.facts.push_back({bands[i], countText(report.openByAge[i])});
    }
    return card;
}

TeamCard classCard(const TeamReport& report, const std::vector<std::string>& labels)
{
    TeamCard card{
        tr("Labelled, by class"), tr("By what counts now: one opinion, two that agree, or the settled one."), {}};
    for (std::size_t i = 0; i < labels.size() && i < report.yes.size(); ++i) {
        card.facts.push_back({className(labels[i]), countText(report.yes[i])});
    }
    return card;
}

TeamCard dayCard(const TeamReport& report)
{
    TeamCard card{tr("Decisions, by day"), tr("Of everybody together. Nobody is ranked."), {}};
    std::size_t left = report.decisionsByDay.size();
    for (const auto& [day, decisions] : report.decisionsByDay) {
        if (left-- <= kShownDays) {
            card.facts.push_back({QString::fromStdString(day), countText(decisions)});
        }
    }
    return card;
}

TeamCard agreementCard(const TeamReport& report, const std::vector<std::string>& labels)
{
    TeamCard card{
        tr("Agreement of two people"),
        tr("Cohen's kappa, then Gwet's AC1, with 95 % ranges. Where a class is rare, kappa is low though people "
           "agree; AC1 is not."),
        {}};
    for (std::size_t i = 0; i < labels.size() && i < report.agreement.labels.size(); ++i) {
        const AgreementReport& label = report.agreement.labels[i];
        card.facts.push_back(
            {className(labels[i]),
             tr("%1; %2; %3 items", "kappa, AC1, items")
                 .arg(estimateText(label.cohenKappa), estimateText(label.gwetAc1), countText(label.pairableUnits))});
    }
    card.facts.push_back({tr("All classes (MASI alpha)"), estimateText(report.agreement.masiAlpha)});
    return card;
}

TeamCard careCard(const TeamReport& report)
{
    return {tr("Known items and exposure"),
            tr("How often the picture had to be uncovered for an opinion."),
            {{tr("Known items answered as agreed"), shareText(report.golden)},
             {tr("Opinions with the picture uncovered"), shareText(report.revealed)}}};
}

TeamCard skipCard(const TeamReport& report)
{
    TeamCard card{tr("Why items were skipped"), {}, {}};
    for (const auto& [reason, items] : report.skipReasons) {
        const QString words = reason.empty() ? tr("No reason given") : visibleText(reason);
        card.facts.push_back({words, countText(items)});
    }
    if (card.facts.empty()) {
        card.hint = tr("None was.");
    }
    return card;
}

} // namespace

QString estimateText(const Estimate& estimate)
{
    const QLocale locale;
    const auto number = [&locale](double value) { return locale.toString(value, 'f', 2); };
    if (!estimate.value) {
        return tr("not defined");
    }
    return estimate.interval
               ? tr("%1 (%2 to %3)", "value and range")
                     .arg(number(*estimate.value), number(estimate.interval->lower), number(estimate.interval->upper))
               : number(*estimate.value);
}

QString shareText(const Share& share)
{
    const QLocale locale;
    const auto interval = share.interval();
    if (!interval) {
        return tr("none yet");
    }
    const auto percent = [&locale](double value) { return locale.toString(value * kHundred, 'f', 0); };
    return tr("%1 % (%2 to %3) of %4", "percent, range, cases")
        .arg(percent(static_cast<double>(share.yes) / static_cast<double>(share.of)), percent(interval->lower),
             percent(interval->upper), countText(share.of));
}

std::vector<TeamCard> teamCards(const TeamReport& report, const std::vector<std::string>& labels)
{
    return {backlogCard(report),           ageCard(report),  classCard(report, labels), dayCard(report),
            agreementCard(report, labels), careCard(report), skipCard(report)};
}

} // namespace modscope::ui
