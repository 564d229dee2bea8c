#pragma once

#include "core/base/error.h"
#include "core/metrics/agreement.h"
#include "core/review/item.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// Gathers what two people said independently of one another about the same item: its first opinion and the blind
/// second one. An adjudication knows both and is left out; so are items that one person has seen. "Unsure" is no rating
/// of that class, and no rating of the whole set. Memory: 40 bytes an item with two opinions.
class OpinionPairs {
public:
    /// @param labels  at most 64, as QueueIndex
    explicit OpinionPairs(std::size_t labels) : m_labels(labels) {}

    /// @param group  duplicates share one and are drawn together; 0: the item has none
    void add(const ItemStatus& status, std::int64_t group = 0);
    [[nodiscard]] std::size_t size() const { return m_pairs.size(); }

    /// Columns of the tables are the order of opinions: first, second. Errors: Cancelled.
    [[nodiscard]] Result<LabelSetAgreement> agreement(const BootstrapOptions& options, std::stop_token stop = {}) const;

private:
    /// Bit l: label l.
    struct Rating {
        LabelSet yes = 0;
        LabelSet unsure = 0;
    };
    struct Pair {
        Rating first;
        Rating second;
    };

    [[nodiscard]] static Rating ratingOf(const Decision& decision);
    [[nodiscard]] RatingTable tableOf(std::size_t label) const;
    [[nodiscard]] std::vector<std::uint32_t> groupsOfPairs() const;

    std::size_t m_labels;
    std::vector<Pair> m_pairs;
    std::vector<std::int64_t> m_groups; ///< parallel to m_pairs
};

/// Agreement as one JSON object with the classes' names, undefined numbers as null.
[[nodiscard]] std::string agreementJson(const LabelSetAgreement& agreement, const std::vector<std::string>& labels);
/// The other way round. Errors: ParseError naming the key.
[[nodiscard]] Result<LabelSetAgreement> agreementFromJson(std::string_view json);

} // namespace modscope
