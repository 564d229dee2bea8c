#include "core/review/item.h"

#include "core/review/words.h"

namespace modscope {

namespace {

constexpr std::array<std::string_view, 3> kRoleNames = {"reviewer", "lead", "auditor"};

} // namespace

std::string_view name(Role role)
{
    return kRoleNames[static_cast<std::size_t>(role)];
}

Result<Role> roleNamed(std::string_view word)
{
    return valueNamed<Role>(kRoleNames, word, "a role");
}

std::optional<std::vector<Answer>> ItemStatus::consensus() const
{
    if (settled) {
        return settled->decision.answers;
    }
    const bool counts = state == ItemState::Decided || state == ItemState::Final;
    return counts && first ? std::optional(first->decision.answers) : std::nullopt;
}

} // namespace modscope
