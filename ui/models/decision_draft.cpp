#include "ui/models/decision_draft.h"

#include "ui/models/verdict.h"

#include <QCoreApplication>

#include <algorithm>
#include <cassert>
#include <utility>

namespace modscope::ui {

namespace {

struct DraftWords {
    Q_DECLARE_TR_FUNCTIONS(DecisionDraft)
};

} // namespace

DecisionDraft::DecisionDraft(std::vector<std::string> labels, bool needsReason)
    : m_labels(std::move(labels)), m_answers(m_labels.size(), Answer::No), m_needsReason(needsReason)
{}

void DecisionDraft::flip(int index, Answer answer)
{
    if (index < 0 || index >= classCount()) {
        return;
    }
    auto& now = m_answers[static_cast<std::size_t>(index)];
    now = now == answer ? Answer::No : answer;
    m_none = false;
}

void DecisionDraft::toggle(int index)
{
    flip(index, Answer::Yes);
}

void DecisionDraft::toggleUnsure(int index)
{
    flip(index, Answer::Unsure);
}

void DecisionDraft::toggleNone()
{
    m_none = !m_none;
    std::fill(m_answers.begin(), m_answers.end(), Answer::No);
}

void DecisionDraft::adopt(const Decision& opinion)
{
    assert(opinion.answers.size() == m_answers.size());
    m_answers = opinion.answers;
    m_none = std::all_of(m_answers.begin(), m_answers.end(), [](Answer answer) { return answer == Answer::No; });
}

void DecisionDraft::clear()
{
    *this = DecisionDraft(std::move(m_labels), m_needsReason);
}

QString DecisionDraft::missing() const
{
    const bool chosen =
        m_none || std::any_of(m_answers.begin(), m_answers.end(), [](Answer answer) { return answer != Answer::No; });
    if (!chosen) {
        return DraftWords::tr("Choose a class, or 0 for none");
    }
    if (m_needsReason && m_reason.trimmed().isEmpty()) {
        return DraftWords::tr("Say in one line why");
    }
    return {};
}

Decision DecisionDraft::decision() const
{
    assert(isComplete());
    Decision decision;
    decision.answers = m_answers;
    decision.reason = m_reason.trimmed().toStdString();
    decision.note = m_note.trimmed().toStdString();
    return decision;
}

QString answersText(const std::vector<Answer>& answers, const std::vector<std::string>& labels)
{
    QStringList classes;
    for (std::size_t i = 0; i < labels.size() && i < answers.size(); ++i) {
        const QString name = className(labels[i]);
        if (answers[i] == Answer::Yes) {
            classes << name;
        } else if (answers[i] == Answer::Unsure) {
            classes << DraftWords::tr("%1 (unsure)").arg(name);
        }
    }
    return classes.isEmpty() ? DraftWords::tr("None of these") : classes.join(DraftWords::tr(", "));
}

} // namespace modscope::ui
