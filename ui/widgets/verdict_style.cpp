#include "ui/widgets/verdict_style.h"

namespace modscope::ui {

VerdictStyle verdictStyle(ItemState state, Verdict verdict)
{
    switch (state) {
    case ItemState::Failed:
        return {QStringLiteral("exclamation-triangle"), Token::Flag, Token::FlagSoft};
    case ItemState::Stopped:
        return {QStringLiteral("pause-fill"), Token::Text2, Token::Sunken};
    case ItemState::Waiting:
    case ItemState::Scoring:
        return {QStringLiteral("hourglass-split"), Token::Info, Token::InfoSoft};
    case ItemState::Scored:
        break;
    }
    switch (verdict) {
    case Verdict::Flag:
        return {QStringLiteral("flag-fill"), Token::Flag, Token::FlagSoft};
    case Verdict::Review:
        return {QStringLiteral("circle-half"), Token::Review, Token::ReviewSoft};
    case Verdict::Clear:
    case Verdict::None:
        break;
    }
    return {QStringLiteral("check-circle"), Token::Clear, Token::ClearSoft};
}

} // namespace modscope::ui
