#include "ui/models/step_text.h"

#include "ui/models/decision_draft.h"

#include <QCoreApplication>

namespace modscope::ui {

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 60 * kMinuteMs;
constexpr qint64 kDayMs = 24 * kHourMs;

struct StepText {
    Q_DECLARE_TR_FUNCTIONS(StepText)
};

} // namespace

QString stepText(Step step, const std::vector<Answer>& answers, const std::vector<std::string>& labels)
{
    switch (step) {
    case Step::Decide:
    case Step::Adjudicate:
    case Step::AnswerGolden:
        return answers.empty() ? StepText::tr("decided") : answersText(answers, labels);
    case Step::AskSecondOpinion:
        return StepText::tr("second opinion");
    case Step::Skip:
        return StepText::tr("skipped");
    case Step::HandOver:
        return StepText::tr("handed over");
    case Step::Escalate:
        return StepText::tr("escalated");
    case Step::Withdraw:
        return StepText::tr("withdrawn");
    case Step::AskReReview:
        return StepText::tr("another look asked for");
    case Step::Finalise:
        return StepText::tr("made final");
    case Step::Remove:
        return StepText::tr("removed");
    case Step::MarkGolden:
        return StepText::tr("made a known item");
    case Step::UnmarkGolden:
        return StepText::tr("no known item any more");
    case Step::MarkAudit:
        return StepText::tr("drawn for the audit");
    case Step::Restore:
        return StepText::tr("restored from an export");
    }
    return {};
}

QString stepIcon(Step step)
{
    switch (step) {
    case Step::Escalate:
        return QStringLiteral("arrow-up-right");
    case Step::Skip:
        return QStringLiteral("skip-forward");
    case Step::AskSecondOpinion:
        return QStringLiteral("people");
    default:
        return {};
    }
}

QString eventText(EventKind kind)
{
    switch (kind) {
    case EventKind::Imported:
        return StepText::tr("imported");
    case EventKind::Scored:
        return StepText::tr("scored by a model");
    case EventKind::Grouped:
        return StepText::tr("put into a group of duplicates");
    case EventKind::CannotLink:
        return StepText::tr("parted from others that are no duplicates");
    case EventKind::TextRead:
        return StepText::tr("text read from the picture");
    default:
        return {};
    }
}

QString durationText(qint64 ms)
{
    return ms < kMinuteMs ? StepText::tr("under 1 min")
           : ms < kHourMs ? StepText::tr("%1 min", "minutes").arg(ms / kMinuteMs)
           : ms < kDayMs  ? StepText::tr("%1 h", "hours").arg(ms / kHourMs)
                          : StepText::tr("%n day(s)", nullptr, static_cast<int>(ms / kDayMs));
}

} // namespace modscope::ui
