#include "core/review/state.h"

#include "core/review/words.h"

namespace modscope {

namespace {

constexpr std::array<std::string_view, kItemStates> kStateNames = {"new",          "decided", "second_opinion",
                                                                   "adjudication", "final",   "removed"};
constexpr std::array<std::string_view, kSteps> kStepNames = {
    "decide",      "ask_second_opinion", "skip",         "hand_over",     "escalate",
    "adjudicate",  "withdraw",           "ask_rereview", "finalise",      "remove",
    "mark_golden", "unmark_golden",      "mark_audit",   "answer_golden", "restore"};

constexpr bool kYes = true;
constexpr bool kNo = false;

/// Rows: states, columns: steps, both in the order of their enumerations.
constexpr std::array<std::array<bool, kSteps>, kItemStates> kAllowed = {{
    // decide, ask, skip, hand over, escalate, adjudicate, withdraw, re-review, finalise, remove, golden, ungolden,
    // audit, answer, restore
    {kYes, kNo, kYes, kYes, kYes, kNo, kNo, kNo, kNo, kYes, kYes, kYes, kYes, kYes, kYes},  // new
    {kYes, kYes, kNo, kNo, kYes, kNo, kYes, kYes, kYes, kYes, kYes, kYes, kYes, kYes, kNo}, // decided
    {kYes, kNo, kYes, kYes, kYes, kNo, kYes, kNo, kNo, kYes, kNo, kNo, kNo, kNo, kNo},      // second opinion
    {kNo, kNo, kYes, kYes, kYes, kYes, kYes, kNo, kNo, kYes, kNo, kNo, kNo, kNo, kNo},      // adjudication
    {kNo, kNo, kNo, kNo, kNo, kNo, kYes, kYes, kNo, kYes, kYes, kYes, kYes, kYes, kNo},     // final
    {kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo},            // removed
}};

} // namespace

std::string_view name(ItemState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

std::string_view name(Step step)
{
    return kStepNames[static_cast<std::size_t>(step)];
}

Result<ItemState> itemStateNamed(std::string_view word)
{
    return valueNamed<ItemState>(kStateNames, word, "a state of an item");
}

Result<Step> stepNamed(std::string_view word)
{
    return valueNamed<Step>(kStepNames, word, "a step");
}

bool allowed(ItemState state, Step step)
{
    return kAllowed[static_cast<std::size_t>(state)][static_cast<std::size_t>(step)];
}

bool claimable(ItemState state)
{
    return state == ItemState::New || state == ItemState::SecondOpinion || state == ItemState::Adjudication;
}

} // namespace modscope
