#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

enum class Answer : std::uint8_t { No, Yes, Unsure };

/// How much of the picture a person had seen when deciding.
enum class Disclosure : std::uint8_t { TextOnly, CoveredTile, Revealed };

/// What a person says about one item.
struct Decision {
    std::vector<Answer> answers; ///< parallel to the project's labels
    std::string reason;          ///< required by Escalate and Adjudicate
    std::string note;
    std::string policyVersion;
    std::optional<double> confidence; ///< 0..1, as the person gave it
    double secondsVisible = 0;        ///< the item was on the screen
    double secondsRevealed = 0;       ///< its picture was uncovered
    Disclosure disclosure = Disclosure::TextOnly;
    bool blind = false;           ///< scores and other opinions were hidden
    bool suggestionShown = false; ///< the model's suggestion was on the screen

    /// Yes if any class is, else Unsure if any class is, else No.
    [[nodiscard]] Answer verdict() const;
    bool operator==(const Decision&) const = default;
};

[[nodiscard]] std::string_view name(Answer answer);         ///< "no", "yes", "unsure"
[[nodiscard]] std::string_view name(Disclosure disclosure); ///< "text", "covered", "revealed"
[[nodiscard]] Result<Answer> answerNamed(std::string_view word);
[[nodiscard]] Result<Disclosure> disclosureNamed(std::string_view word);

/// One letter a class: n, y, u. Compact, and readable in a database.
[[nodiscard]] std::string answerLetters(const std::vector<Answer>& answers);
/// Errors: ParseError for another letter.
[[nodiscard]] Result<std::vector<Answer>> answersFromLetters(std::string_view letters);

} // namespace modscope
