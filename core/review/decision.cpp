#include "core/review/decision.h"

#include "core/review/words.h"

namespace modscope {

namespace {

constexpr std::array<std::string_view, 3> kAnswerNames = {"no", "yes", "unsure"};
constexpr std::array<std::string_view, 3> kDisclosureNames = {"text", "covered", "revealed"};
constexpr std::string_view kAnswerLetters = "nyu";

} // namespace

Answer Decision::verdict() const
{
    const auto any = [this](Answer answer) {
        return std::find(answers.begin(), answers.end(), answer) != answers.end();
    };
    return any(Answer::Yes) ? Answer::Yes : any(Answer::Unsure) ? Answer::Unsure : Answer::No;
}

std::string_view name(Answer answer)
{
    return kAnswerNames[static_cast<std::size_t>(answer)];
}

std::string_view name(Disclosure disclosure)
{
    return kDisclosureNames[static_cast<std::size_t>(disclosure)];
}

Result<Answer> answerNamed(std::string_view word)
{
    return valueNamed<Answer>(kAnswerNames, word, "an answer");
}

Result<Disclosure> disclosureNamed(std::string_view word)
{
    return valueNamed<Disclosure>(kDisclosureNames, word, "how much was seen");
}

std::string answerLetters(const std::vector<Answer>& answers)
{
    std::string letters;
    for (const Answer answer : answers) {
        letters += kAnswerLetters[static_cast<std::size_t>(answer)];
    }
    return letters;
}

Result<std::vector<Answer>> answersFromLetters(std::string_view letters)
{
    std::vector<Answer> answers;
    answers.reserve(letters.size());
    for (const char letter : letters) {
        const std::size_t place = kAnswerLetters.find(letter);
        if (place == std::string_view::npos) {
            return fail(ErrorCode::ParseError,
                        "answers '" + std::string(letters) + "' may hold the letters n, y and u only");
        }
        answers.push_back(static_cast<Answer>(place));
    }
    return answers;
}

} // namespace modscope
